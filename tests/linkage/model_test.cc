// The mixture recovers what generated the data; models survive being saved; parts of the model do what they
// say.
#include "linkage/model.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "linkage/fixed_point.h"
#include "linkage/mixture.h"
#include "linkage/model_text.h"
#include "linkage/one_to_one.h"
#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t fields = 5;

std::vector<Compared> five_fields() {
  std::vector<Compared> compared(fields);
  for (Compared& field : compared) field.kind = Kind::category;  // same, typing error, different
  return compared;
}

// 2,000 matches among 200,000 pairs: for a match the levels have probabilities .85 .10 .05, else .05 .05 .90,
// independently in five fields; a tenth of values are missing.
std::vector<Evidence> generated() {
  constexpr double m[] = {0.85, 0.10, 0.05};
  constexpr double u[] = {0.05, 0.05, 0.90};
  std::vector<Evidence> evidence;
  for (std::uint64_t pair = 0; pair < 200'000; ++pair) {
    const double* const shares = pair < 2000 ? m : u;
    Evidence seen;
    for (std::size_t field = 0; field < fields; ++field) {
      const double draw = static_cast<double>(below(mixed(11, pair * fields + field), 1'000'000)) / 1e6;
      if (below(mixed(12, pair * fields + field), 10) == 0) continue;
      const std::uint8_t level = draw < shares[0] ? 1 : draw < shares[0] + shares[1] ? 2 : 3;
      seen.pattern |= at_level(field, level);
      seen.log2_u += to_weight(u[level - 1]);
    }
    evidence.push_back(seen);
  }
  return evidence;
}

TEST(Mixture, RecoversTheParametersThatGeneratedTheData) {
  const auto evidence = generated();
  const auto compared = five_fields();
  MixtureOptions options;
  options.all_pairs = evidence.size();
  options.first_prior = 0.001;
  const Mixture mixture = fit(count_patterns(evidence), compared, {}, options);
  EXPECT_TRUE(mixture.converged);
  EXPECT_NEAR(mixture.prior, 0.01, 0.0005);
  for (const auto& m : mixture.m) {
    EXPECT_NEAR(m[1], 0.85, 0.03);
    EXPECT_NEAR(m[2], 0.10, 0.03);
    EXPECT_NEAR(m[3], 0.05, 0.03);
  }
}

TEST(Mixture, IterationsNeverLowerTheLikelihoodAndNonConvergenceIsTold) {
  const auto evidence = generated();
  const auto compared = five_fields();
  const PatternCounts counts = count_patterns(evidence);
  MixtureOptions options;
  options.all_pairs = evidence.size();
  options.most_iterations = 1;
  Mixture mixture;
  mixture.prior = 0.1;
  mixture.m.assign(fields, {0.0, 0.5, 0.3, 0.2});
  double before = -1e300;
  for (int step = 0; step < 12; ++step) {
    mixture = fit_from(counts, compared, {}, options, mixture);
    EXPECT_GE(mixture.log_likelihood, before - 1e-6);  // but for the pseudo-counts
    before = mixture.log_likelihood;
  }
  mixture.m.assign(fields, {0.0, 0.5, 0.3, 0.2});
  mixture.prior = 0.1;
  EXPECT_FALSE(fit_from(counts, compared, {}, options, mixture).converged);
}

TEST(Mixture, CountsEveryPairOnce) {
  const auto evidence = generated();
  const PatternCounts counts = count_patterns(evidence);
  std::uint64_t pairs = 0;
  for (const Cell& cell : counts.cells) pairs += cell.pairs;
  EXPECT_EQ(pairs, evidence.size());
  EXPECT_TRUE(std::is_sorted(counts.patterns.begin(), counts.patterns.end()));
}

TEST(FixedPoint, MeanOfLogarithms) {
  for (const Weight left : {0, -1, -500, -7000, -30000}) {
    for (const Weight right : {0, -999, -12000, -12001, -29000}) {
      const double exact = std::log2((from_weight(left) + from_weight(right)) / 2) * weight_scale;
      EXPECT_NEAR(log2_mean(left, right), exact, 1.0) << left << " " << right;
    }
  }
  EXPECT_DOUBLE_EQ(probability_of(0), 0.5);
  EXPECT_NEAR(probability_of(10 * weight_scale), 1024.0 / 1025.0, 1e-12);
}

Model small_model() {
  Model model;
  model.prior = 1.0 / 3.0;
  model.fields = {
      {"given", Role::given_name, {"missing", "same", "different"}, {0, 0.9, 0.1}, {0, 1e-7, 1 - 1e-7}},
      {"town \"x\"", Role::text, {"missing", "same", "different"}, {0, 0.7, 0.3}, {0, 0.2, 0.8}}};
  model.dependences = {{0, 1, std::vector<Weight>(9, -12)}};
  return model;
}

TEST(ModelText, ReadsBackExactly) {
  const Model model = small_model();
  const auto read = model_from_json(to_json(model), "model.json");
  ASSERT_TRUE(read.has_value()) << read.error().message();
  EXPECT_EQ(to_json(*read), to_json(model));
  EXPECT_EQ(read->prior, model.prior);
  EXPECT_EQ(read->fields[0].u, model.fields[0].u);
}

TEST(ModelText, IsRefusedWhereItIsNotAModel) {
  const std::string good = to_json(small_model());
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{\"format\":1}"),
        replaced("\"version\": 1", "\"version\": 9"), replaced("given_name", "no_role"),
        replaced("0.9", "1.9"), replaced("\"first\": 0", "\"first\": 7"), replaced("-12", "1e99"),
        replaced("\"dependences\"", "\"other\"")}) {
    const auto read = model_from_json(text, "model.json");
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().category, ErrorCategory::refused_input);
    EXPECT_EQ(read.error().where.file, "model.json");
  }
}

RC_GTEST_PROP(OneToOne, IsAMatchingThatNoLinkLeftOutCouldImprove, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 40);
  std::vector<Link> links;
  for (std::size_t at = 0; at < count; ++at) {
    links.push_back(
        {*rc::gen::inRange(0U, 8U), *rc::gen::inRange(0U, 8U), *rc::gen::inRange(-5000, 5000), 0});
  }
  std::vector<Link> kept = links;
  one_to_one(kept, 8, 8);
  std::vector<int> left(8, 0), right(8, 0);
  std::vector<Weight> left_weight(8, -1'000'000), right_weight(8, -1'000'000);
  for (const Link& link : kept) {
    RC_ASSERT(++left[link.left] == 1);
    RC_ASSERT(++right[link.right] == 1);
    left_weight[link.left] = right_weight[link.right] = link.weight;
  }
  for (const Link& link : links) {
    RC_ASSERT(std::max(left_weight[link.left], right_weight[link.right]) >= link.weight);
  }
}

TEST(UnionFind, RepresentsASetByItsSmallest) {
  UnionFind sets(6);
  EXPECT_TRUE(sets.unite(5, 3));
  EXPECT_TRUE(sets.unite(4, 5));
  EXPECT_FALSE(sets.unite(3, 4));
  EXPECT_EQ(sets.find(4), 3U);
  EXPECT_TRUE(sets.unite(4, 1));
  EXPECT_EQ(sets.find(5), 1U);
  EXPECT_EQ(sets.find(0), 0U);
}

TEST(ModelText, TellsEveryLevelWithItsWeight) {
  Model model;
  model.prior = 0.001;
  model.fields.push_back(
      {"given", Role::given_name, {"missing", "same", "different"}, {0, 0.9, 0.1}, {0, 0.0125, 0.9875}});
  model.fields.push_back(
      {"sex", Role::category, {"missing", "same", "different"}, {0, 0.99, 0.01}, {0, 0.5, 0.5}});
  model.dependences.push_back({0, 1, {0, 0, 0, 0, -1000, 0, 0, 0, 250}});
  const std::string text = to_text(model);
  EXPECT_NE(text.find("one pair in 1000"), std::string::npos) << text;
  EXPECT_NE(text.find("+6.17"), std::string::npos) << text;  // log2(0.9 / 0.0125)
  EXPECT_NE(text.find("together: given same with sex same: -1.00 bits"), std::string::npos) << text;
}

}  // namespace
}  // namespace scrutineer::linkage
