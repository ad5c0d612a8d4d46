// Impact on fictional inquiries, held against who was really planted and how they voted.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "end_to_end/fictional_inquiry.h"

namespace scrutineer::tests {
namespace {

using impact::ImpactOutcome;

synth::SynthOptions options_for(const ScratchFolder& folder, std::uint64_t seed, std::uint64_t planted,
                                std::uint64_t margin) {
  synth::SynthOptions options;
  options.out = folder.path() / "inquiry";
  options.electors = 12'000;
  options.members = 700;
  options.snapshots = 2;
  options.seed = seed;
  options.scenario = synth::Scenario::organised;
  options.planted = planted;
  options.margin = margin;
  return options;
}

// Planted members are all for A, who wins by `margin`.
struct Truth {
  std::int64_t planted_votes = 0;
};

Truth truth_of(const std::filesystem::path& inquiry) {
  Truth truth;
  for (const auto& row : read_truth(inquiry))
    truth.planted_votes += row.at("planted") == "yes" && row.at("voted_for") == "A";
  return truth;
}

class Planted : public testing::TestWithParam<std::uint64_t> {};

// More than the margin, all with the winner's votes: never "could not".
TEST_P(Planted, MoreThanTheMarginIsNeverCouldNot) {
  const ScratchFolder folder("impact-more-" + std::to_string(GetParam()));
  const auto options = options_for(folder, GetParam(), 40, 12);
  const inquiry::Audit audit = make_and_audit(options);
  const Truth truth = truth_of(options.out);
  ASSERT_TRUE(audit.margins && audit.margins->deletion->lots.exact());
  ASSERT_GT(truth.planted_votes, *audit.margins->deletion->lots.high);
  const impact::Impact& impact = audit.outcome.impact;
  EXPECT_NE(impact.outcome, ImpactOutcome::could_not) << impact.sentence;
  ASSERT_FALSE(impact.tiers.empty());
  EXPECT_EQ(impact.tiers.back().outcome, impact.outcome);
  EXPECT_LE(impact.tiers.front().entries, impact.tiers.back().entries);
}

// Fewer than the margin: what the exhibits show never could, and neither could all questioned as long as they
// are fewer too.
TEST_P(Planted, FewerThanTheMarginIsNeverCould) {
  const ScratchFolder folder("impact-fewer-" + std::to_string(GetParam()));
  const auto options = options_for(folder, GetParam(), 15, 140);
  const inquiry::Audit audit = make_and_audit(options);
  const Truth truth = truth_of(options.out);
  ASSERT_TRUE(audit.margins && audit.margins->deletion->lots.exact());
  const std::int64_t margin = *audit.margins->deletion->lots.high;
  ASSERT_LT(truth.planted_votes, margin);
  const impact::Impact& impact = audit.outcome.impact;
  EXPECT_EQ(impact.tiers.front().outcome, ImpactOutcome::could_not) << impact.sentence;
  EXPECT_EQ(impact.outcome == ImpactOutcome::could, impact.questioned >= margin) << impact.sentence;
  ASSERT_TRUE(impact.at_random);
  EXPECT_LT(impact.at_random->high, 0.05);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Planted, testing::Values(1, 2, 3));

}  // namespace
}  // namespace scrutineer::tests
