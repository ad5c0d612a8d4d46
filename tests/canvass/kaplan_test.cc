// The rows of the shared vectors that concern these tests: values published with SHANGRLA and rlacalc.
#include "canvass/kaplan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/shared_data.h"

namespace scrutineer::canvass {
namespace {

const std::vector<double> five_and_none = {1, 1, 1, 1, 1, 0};
const std::vector<double> five = {1, 1, 1, 1, 1};

TEST(Kaplan, AgreesWithShangrla) {
  EXPECT_NEAR(kaplan_markov_p(five, .5, 0), 0.03125, 1e-15);
  EXPECT_NEAR(kaplan_markov_p(five_and_none, .5, .1), 0.048282842081079885, 1e-15);
  EXPECT_NEAR(kaplan_wald_p(five, .5, 0), 0.03125, 1e-15);
  EXPECT_NEAR(kaplan_wald_p(five_and_none, .5, .1), 0.040386107340619266, 1e-15);
  EXPECT_NEAR(betting_p(std::vector<double>(20, .75), .5, .25), 0.29745496716483116, 1e-13);
  EXPECT_NEAR(betting_p(std::vector<double>(20, .75), .5, .5), 0.09483082985705704, 1e-13);
}

TEST(Kaplan, ComparisonAgreesWithPublishedAudits) {
  EXPECT_NEAR(kaplan_markov_comparison_p(200, 0.022695323, {.over_one = 1}), 0.21438135077031842,
              1e-8);  // the margin is given to nine places
  EXPECT_EQ(kaplan_markov_comparison_sample(.05, {}, .1), 96U);
  EXPECT_EQ(kaplan_markov_comparison_sample(.05, {.over_one = 1}, .1), 123U);
  EXPECT_EQ(kaplan_markov_comparison_sample(.002, {}, .1), 2393U);
}

// "alpha=0.1 gamma=1.03905 margin=0.2 o1=0 ..." as numbers by name.
std::map<std::string, double> inputs_of(const std::string& text) {
  std::map<std::string, double> found;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) found[word.substr(0, equals)] = std::strtod(&word[equals + 1], nullptr);
  }
  return found;
}

TEST(Kaplan, AgreesWithTheSharedVectors) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/rla/vectors.tsv");
  std::ifstream input(file);
  int compared = 0;
  for (std::string line; std::getline(input, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() < 3) continue;
    auto in = inputs_of(cells[1]);
    const Discrepancies found = {static_cast<std::uint64_t>(in["o1"]), static_cast<std::uint64_t>(in["o2"]),
                                 static_cast<std::uint64_t>(in["u1"]), static_cast<std::uint64_t>(in["u2"])};
    const double expected = std::strtod(cells[2].c_str(), nullptr);
    if (cells[0] == "supersimple_nmin") {
      EXPECT_EQ(
          static_cast<double>(kaplan_markov_comparison_sample(in["margin"], found, in["alpha"], in["gamma"])),
          expected)
          << line;
    } else if (cells[0] == "kaplan_markov_P") {
      const double p =
          kaplan_markov_comparison_p(static_cast<std::uint64_t>(in["n"]), in["margin"], found, in["gamma"]);
      EXPECT_NEAR(p, expected, 1e-8) << line;  // the margin is given to nine places
    } else if (cells[0] == "betting_mart_P") {
      const double value = std::strtod(&cells[1][2], nullptr);  // "x=0.75*20 t=.5 lam=0.25 N=inf"
      EXPECT_NEAR(betting_p(std::vector<double>(20, value), in["t"], in["lam"]), expected, 1e-13) << line;
    } else if ((cells[0] == "kaplan_markov" || cells[0] == "kaplan_wald") &&
               cells[1].find("random_order") != std::string::npos) {
      const double p = cells[0] == "kaplan_wald" ? kaplan_wald_p(five_and_none, .5, .1)
                                                 : kaplan_markov_p(five_and_none, .5, .1);
      EXPECT_NEAR(p, expected, 1e-13) << line;
    } else if (cells[0] == "supersimple_initial_size") {
      // Expected rates of one in a thousand, rounded up to one over- and one understatement in samples as
      // small as these; of two-vote ones none.
      EXPECT_EQ(static_cast<double>(kaplan_markov_comparison_sample(
                    in["diluted_margin"], {.over_one = 1, .under_one = 1}, in["alpha"])),
                expected)
          << line;
    } else {
      continue;
    }
    ++compared;
  }
  EXPECT_GE(compared, 19);
}

}  // namespace
}  // namespace scrutineer::canvass
