// Values published with rlacalc, Arlo and raire-rs, beside those of the shared vectors.
#include "canvass/bravo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/shared_data.h"

namespace scrutineer::canvass {
namespace {

TEST(Bravo, AgreesWithPublishedAudits) {
  EXPECT_NEAR(bravo_p({1410, 1132}, {170, 135}), 0.1342382069344729, 1e-12);
  EXPECT_NEAR(bravo_p({2894, 1695}, {45, 32}), 0.47002027242290234, 1e-12);
  EXPECT_EQ(bravo_p({2894, 1695}, {0, 9}), 1);
  EXPECT_EQ(bravo_expected({.505, .495}, 1, .1), 46151U);
  EXPECT_EQ(bravo_expected({.52, .48}, 1, .1), 2902U);
  EXPECT_EQ(bravo_expected({600, 400}, 1000, .1), 119U);
  EXPECT_EQ(bravo_expected({300, 200}, 1000, .1), 238U);
  EXPECT_NEAR(comparison_difficulty(1000, 60000, .05, 1.1), 395.4366601091268, 1e-9);
}

double after(const std::string& text, const std::string& name) {
  const auto at = text.find(name + "=");
  return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + name.size() + 1, nullptr);
}

TEST(Bravo, AgreesWithTheSharedVectors) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/rla/vectors.tsv");
  std::ifstream input(file);
  int compared = 0;
  for (std::string line; std::getline(input, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() < 4) continue;
    const std::string& in = cells[1];
    const double expected = std::strtod(cells[2].empty() ? cells[3].c_str() : cells[2].c_str(), nullptr);
    if (cells[0] == "bravo_P") {
      Pair reported, sample;
      ASSERT_EQ(std::sscanf(in.c_str(), "reported=%lf:%lf sample=%lf:%lf", &reported.winner, &reported.loser,
                            &sample.winner, &sample.loser),
                4);
      EXPECT_NEAR(bravo_p(reported, sample), expected, 1e-12) << line;
    } else if (cells[0] == "bravo_ASN") {
      const double margin = after(in, "margin");
      EXPECT_EQ(
          static_cast<double>(bravo_expected({(1 + margin) / 2, (1 - margin) / 2}, 1, after(in, "alpha"))),
          expected)
          << line;
    } else if (cells[0] == "bravo_ASN_raire") {
      // Published to the digits of the paper; recomputed to all of them where the fourth cell has them.
      const double found = bravo_difficulty({after(in, "winner"), after(in, "loser")}, after(in, "ballots"),
                                            after(in, "alpha"));
      EXPECT_NEAR(found, std::strtod(cells[3].c_str(), nullptr), 1e-6 * found) << line;
      EXPECT_NEAR(found, expected, std::max(1.0, 1e-8 * found)) << line;
    } else if (cells[0] == "macro_ASN") {
      const double found = comparison_difficulty(after(in, "margin_votes"), after(in, "ballots"),
                                                 after(in, "alpha"), after(in, "gamma"));
      EXPECT_NEAR(found, std::strtod(cells[3].c_str(), nullptr), 1e-9 * found) << line;
      EXPECT_NEAR(found, expected, .06) << line;
    } else if (cells[0] == "bravo_ASN_contest") {
      // The pair that takes most: the weaker winner against the strongest loser.
      double first = 0, second = 0, loser = 0, papers = 0;
      Pair pair;
      if (std::sscanf(in.c_str(), "2 winners %lf,%lf vs %lf of %lf", &first, &second, &loser, &papers) == 4) {
        pair = {std::min(first, second), loser};
      } else {
        ASSERT_EQ(std::sscanf(in.c_str(), "%lf:%lf", &pair.winner, &pair.loser), 2) << line;
        papers = std::strtod(in.c_str() + in.find(" of ") + 4, nullptr);
      }
      EXPECT_EQ(
          static_cast<double>(bravo_expected(pair, papers, after(in, "alpha") > 0 ? after(in, "alpha") : .1)),
          expected)
          << line;
    } else {
      continue;
    }
    ++compared;
  }
  EXPECT_EQ(compared, 2 + 3 + 9 + 6 + 6);
}

}  // namespace
}  // namespace scrutineer::canvass
