// Every row of the shared file of values published with the audit programs SHANGRLA, Arlo, rlacalc and
// raire-rs. A row that no check is written for fails, so that none is passed over.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "canvass/alpha.h"
#include "canvass/bravo.h"
#include "canvass/kaplan.h"
#include "support/shared_data.h"

namespace scrutineer::canvass {
namespace {

struct Row {
  std::string quantity, inputs;
  double published = 0;   // NaN where only a recomputation is given, or neither
  double recomputed = 0;  // NaN where none is given
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream input(text);
  for (std::string part; std::getline(input, part, at);) parts.push_back(part);
  return parts;
}

double number(const std::string& text) {
  return text.empty() ? std::nan("") : std::strtod(text.c_str(), nullptr);
}

// What follows "name=" in the inputs; empty where it does not stand there.
std::string text_of(const Row& row, const std::string& name) {
  const auto at = (" " + row.inputs).find(" " + name + "=");
  if (at == std::string::npos) return {};
  const auto from = at + name.size() + 1;
  return row.inputs.substr(from, row.inputs.find(' ', from) - from);
}

double input(const Row& row, const std::string& name) {
  const double found = number(text_of(row, name));
  EXPECT_FALSE(std::isnan(found)) << row.inputs << ": " << name;
  return found;
}

// "x=1,1,0" or "x=0.75*20", whatever the commas divide it from.
std::vector<double> values_of(const Row& row) {
  const std::string text = split(text_of(row, "x").substr(0, text_of(row, "x").find(",t=")), ' ').at(0);
  const auto times = text.find('*');
  if (times != std::string::npos)
    return std::vector<double>(static_cast<std::size_t>(number(text.substr(times + 1))),
                               number(text.substr(0, times)));
  std::vector<double> values;
  for (const std::string& value : split(text, ',')) values.push_back(number(value));
  return values;
}

void supersimple(const Row& row) {
  const auto count = [&](const char* name) { return static_cast<std::uint64_t>(input(row, name)); };
  EXPECT_EQ(static_cast<double>(kaplan_markov_comparison_sample(
                input(row, "margin"), {count("o1"), count("o2"), count("u1"), count("u2")},
                input(row, "alpha"), input(row, "gamma"))),
            row.published);
}

// Expected rates of one in a thousand, rounded up to one over- and one understatement in samples as small as
// these; of two-vote ones none.
void supersimple_initial(const Row& row) {
  EXPECT_EQ(static_cast<double>(kaplan_markov_comparison_sample(
                input(row, "diluted_margin"), {.over_one = 1, .under_one = 1}, input(row, "alpha"))),
            row.published);
}

void kaplan_markov_comparison(const Row& row) {
  const double p = kaplan_markov_comparison_p(
      static_cast<std::uint64_t>(input(row, "n")), input(row, "margin"),
      {.over_one = static_cast<std::uint64_t>(input(row, "o1"))}, input(row, "gamma"));
  EXPECT_NEAR(p, row.published, 1e-8);  // the margin is given to nine places
}

void bravo(const Row& row) {
  const auto reported = split(text_of(row, "reported"), ':'), sample = split(text_of(row, "sample"), ':');
  EXPECT_NEAR(
      bravo_p({number(reported.at(0)), number(reported.at(1))}, {number(sample.at(0)), number(sample.at(1))}),
      row.published, 1e-12);
}

void bravo_sample(const Row& row) {
  const double margin = input(row, "margin");
  EXPECT_EQ(static_cast<double>(bravo_expected({(1 + margin) / 2, (1 - margin) / 2}, 1, input(row, "alpha"))),
            row.published);
}

// Published to the digits of the paper; recomputed to all of them. One row has only the second.
void bravo_difficulties(const Row& row) {
  const double found = bravo_difficulty({input(row, "winner"), input(row, "loser")}, input(row, "ballots"),
                                        input(row, "alpha"));
  EXPECT_NEAR(found, row.recomputed, 1e-9 * found);
  if (std::isnan(row.published)) return;
  EXPECT_NEAR(found, row.published, std::max(1.0, 1e-8 * found));
}

void macro_difficulties(const Row& row) {
  const double found = comparison_difficulty(input(row, "margin_votes"), input(row, "ballots"),
                                             input(row, "alpha"), input(row, "gamma"));
  EXPECT_NEAR(found, row.recomputed, 1e-9 * found);
  EXPECT_NEAR(found, row.published, .06);
}

// "600:200:100 of 900 ..." or "2 winners 300,200 vs 100 of 700 ...": the pair that takes most, the weaker
// winner against the strongest loser. Arlo's risk limit is a tenth throughout.
void bravo_contest(const Row& row) {
  const auto words = split(row.inputs, ' ');
  const bool two = words.at(1) == "winners";
  const auto votes = split(words.at(two ? 2 : 0), two ? ',' : ':');
  const Pair pair = two ? Pair{std::min(number(votes.at(0)), number(votes.at(1))), number(words.at(4))}
                        : Pair{number(votes.at(0)), number(votes.at(1))};
  const double papers = number(words.at(two ? 6 : 2));
  EXPECT_EQ(static_cast<double>(bravo_expected(pair, papers, .1)), row.published);
}

void alpha_fixed(const Row& row) {
  Alpha martingale({.total = input(row, "t"), .upper = input(row, "u")},
                   {.first = input(row, "eta"), .weight = std::nullopt, .distance = {}});
  for (const double value : values_of(row)) martingale.see(value);
  EXPECT_NEAR(martingale.p(), row.published, 1e-11);
  EXPECT_NEAR(martingale.p(), row.recomputed, 1e-15);
}

// "x=1*5,t=.5,g=0", or with spaces and "random_order" or "fixed order" at the end.
void kaplan(const Row& row) {
  Row spaced = row;
  const bool close = row.inputs.find(",t=") != std::string::npos;
  if (close)
    for (const char* name : {",t=", ",g="})
      if (const auto at = spaced.inputs.find(name); at != std::string::npos) spaced.inputs[at] = ' ';
  const Look look =
      row.inputs.find("fixed order") == std::string::npos ? Look::after_every : Look::at_the_end;
  const auto p = row.quantity == "kaplan_wald" ? kaplan_wald_p : kaplan_markov_p;
  EXPECT_NEAR(p(values_of(spaced), input(spaced, "t"), input(spaced, "g"), look), row.published, 1e-13);
}

void betting(const Row& row) {
  EXPECT_NEAR(betting_p(values_of(row), input(row, "t"), input(row, "lam")), row.published, 1e-13);
}

// "N=5 t=1.53 x=... -> m=... S=...": what the null allows the next value on average, and the sum before it.
void sums_and_means(const Row& row) {
  const auto values = values_of(row);
  const auto means = split(text_of(row, "m"), ','), sums = split(text_of(row, "S"), ',');
  const double entries = input(row, "N");
  Alpha martingale({.population = static_cast<std::uint64_t>(entries),
                    .total = entries * input(row, "t"),
                    .upper = *std::max_element(values.begin(), values.end())},
                   {.first = 2, .weight = std::nullopt, .distance = {}});
  ASSERT_EQ(values.size(), means.size());
  ASSERT_EQ(values.size(), sums.size());
  for (std::size_t j = 0; j < values.size(); ++j) {
    EXPECT_NEAR(martingale.null_mean(), number(means[j]), 1e-12);
    EXPECT_NEAR(martingale.sum(), number(sums[j]), 1e-12);
    martingale.see(values[j]);
  }
}

TEST(PublishedValues, EveryRowIsReproduced) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/rla/vectors.tsv");
  const std::map<std::string, std::function<void(const Row&)>> checks = {
      {"supersimple_nmin", supersimple},
      {"supersimple_initial_size", supersimple_initial},
      {"kaplan_markov_P", kaplan_markov_comparison},
      {"bravo_P", bravo},
      {"bravo_ASN", bravo_sample},
      {"bravo_ASN_raire", bravo_difficulties},
      {"macro_ASN", macro_difficulties},
      {"bravo_ASN_contest", bravo_contest},
      {"alpha_mart_fixed_eta", alpha_fixed},
      {"kaplan_markov", kaplan},
      {"kaplan_wald", kaplan},
      {"betting_mart_P", betting},
      {"sjm", sums_and_means}};
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  ASSERT_EQ(line.substr(0, 8), "quantity");
  int rows = 0;
  for (; std::getline(input, line); ++rows) {
    auto cells = split(line, '\t');
    cells.resize(4);
    SCOPED_TRACE(line);
    const auto check = checks.find(cells[0]);
    ASSERT_NE(check, checks.end()) << "no check for this row";
    check->second({cells[0], cells[1], number(cells[2]), number(cells[3])});
  }
  EXPECT_GE(rows, 52);
}

}  // namespace
}  // namespace scrutineer::canvass
