// "Elsewhere on the register" excuses or accuses, and rests on a name alone: registers tell no birth dates.
// What an inquiry says of it must be true, whatever the name.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "end_to_end/elsewhere_against_truth.h"
#include "end_to_end/fictional_inquiry.h"

namespace scrutineer::tests {
namespace {

struct Account {
  double expected = 0;  // sum of the probabilities
  double variance = 0;  // of the number right, were they true
  double right = 0;
  void add(const SaidElsewhere& said) {
    expected += said.probability;
    variance += said.probability * (1 - said.probability);
    right += said.right ? 1 : 0;
  }
  // By how many standard deviations it was surer than right; half a person off, since people are whole.
  [[nodiscard]] double too_sure() const {
    return (expected - right - 0.5) / std::sqrt(std::max(variance, 0.25));
  }
};

// Several boroughs, pooled, since few members of one are elsewhere.
std::vector<SaidElsewhere> said_of_boroughs() {
  std::vector<SaidElsewhere> pooled;
  for (const std::uint64_t seed : {21U}) {
    const ScratchFolder folder("elsewhere-" + std::to_string(seed));
    synth::SynthOptions options;
    options.out = folder.path() / "inquiry";
    options.electors = 300'000;
    options.members = 16'000;
    options.snapshots = 1;
    options.seed = seed;
    const auto found = elsewhere_against_truth(options, 0);
    std::copy_if(found.said.begin(), found.said.end(), std::back_inserter(pooled),
                 [](const SaidElsewhere& one) {
                   return one.status == signals::RegisterStatus::elsewhere ||
                          one.status == signals::RegisterStatus::not_found;
                 });
  }
  return pooled;
}

// Fifteen bounds are looked at: at 3.3 standard deviations some one run of a true model in a hundred would
// break one.
constexpr double bound = 3.3;

TEST(Elsewhere, IsNoSurerThanRightAndNotDoubtedAway) {
  const std::vector<SaidElsewhere> said_of_all = said_of_boroughs();
  constexpr std::array<double, 6> bounds = {.02, .1, .3, .5, .8, 1.01};
  for (std::size_t band = 0; band + 1 < bounds.size(); ++band) {
    Account account;
    for (const SaidElsewhere& said : said_of_all) {
      if (said.probability >= bounds[band] && said.probability < bounds[band + 1]) account.add(said);
    }
    EXPECT_LE(account.too_sure(), bound)
        << "from " << bounds[band] << ": " << account.expected << " expected, " << account.right << " right";
  }
  for (std::uint8_t decile = 0; decile < 10; ++decile) {
    Account account;
    for (const SaidElsewhere& said : said_of_all) {
      if (said.rarity == decile) account.add(said);
    }
    EXPECT_LE(account.too_sure(), bound)
        << "decile " << decile + 1 << ": " << account.expected << " expected, " << account.right << " right";
  }
  // The other side: the number said to be elsewhere is of the order of the truth.
  Account all;
  for (const SaidElsewhere& said : said_of_all) all.add(said);
  EXPECT_GE(all.right, 25);
  EXPECT_LE(all.right, 2 * all.expected) << all.expected << " expected";
}

}  // namespace
}  // namespace scrutineer::tests
