// Members against a register: the case that everything after rests on.
#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

#include "linkage/dedupe.h"
#include "linkage/electoral_scene.h"
#include "linkage/link.h"

namespace scrutineer::linkage {
namespace {

using tests::ElectoralScene;

std::vector<Field> name_fields(const ElectoralScene& scene) {
  const auto& members = scene.members;
  const auto& electors = scene.electors;
  return {{"given", Role::given_name, &members.given, &electors.given},
          {"middle", Role::middle_name, &members.middle, &electors.middle},
          {"family", Role::family_name, &members.family, &electors.family},
          {"sex", Role::category, &members.sex, &electors.sex}};
}

Result<LinkResult> at_address(const ElectoralScene& scene, unsigned threads) {
  std::vector<Field> fields = name_fields(scene);
  LinkOptions options;
  options.threads = threads;
  options.threshold = 0.02;
  options.u_among_candidates = true;
  options.keep_per_left = 6;
  options.blocking_fields = {4, 5};
  fields.push_back({"unit", Role::exact, &scene.members.unit, &scene.electors.unit});
  fields.push_back({"building", Role::exact, &scene.members.building, &scene.electors.building});
  return link(fields, scene.members.rows(), scene.electors.rows(), options);
}

std::vector<Field> anywhere_fields(const ElectoralScene& scene) {
  std::vector<Field> fields = name_fields(scene);
  fields.push_back({"number", Role::number, &scene.members.number, &scene.electors.number});
  fields.push_back({"street", Role::text, &scene.members.street, &scene.electors.street});
  fields.push_back({"postcode", Role::code, &scene.members.postcode, &scene.electors.postcode});
  return fields;
}

struct Found {
  double precision;
  double recall;
};

// Of the best link of each member at probability one half.
Found found(const LinkResult& result, std::span<const std::uint32_t> truth) {
  std::vector<bool> seen(truth.size(), false);
  double right = 0, said = 0, there = 0;
  for (const std::uint32_t row : truth) there += row != ElectoralScene::nobody ? 1 : 0;
  for (const Link& one : result.links) {
    if (seen[one.left] || one.probability < 0.5) continue;
    seen[one.left] = true;
    said += 1;
    right += truth[one.left] == one.right ? 1 : 0;
  }
  return {said > 0 ? right / said : 1.0, right / there};
}

bool same(std::span<const Link> one, std::span<const Link> other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](const Link& a, const Link& b) {
    return a.left == b.left && a.right == b.right && a.weight == b.weight && a.probability == b.probability;
  });
}

// Families of this scene hold people whom nothing distinguishes (one name, one address), about one in fifty:
// the best that can be reached is below 1.
TEST(Electoral, MembersAreFoundAtTheirAddressNotTheirRelatives) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const ElectoralScene scene = tests::electoral_scene(20'000, 1'000, seed);
    const auto result = at_address(scene, 2);
    ASSERT_TRUE(result.has_value());
    EXPECT_TRUE(result->diagnostics.converged);
    const Found quality = found(*result, scene.at_address);
    std::printf("at the address: precision %.4f recall %.4f\n", quality.precision, quality.recall);
    EXPECT_GE(quality.precision, 0.95);
    EXPECT_GE(quality.recall, 0.95);
  }
}

TEST(Electoral, HouseholdsDoNotPassForPeople) {
  const ElectoralScene scene = tests::electoral_scene(20'000, 1'000, 4);
  const auto fields = anywhere_fields(scene);
  LinkOptions options;
  options.threads = 2;
  const auto result = link(fields, scene.members.rows(), scene.electors.rows(), options);
  ASSERT_TRUE(result.has_value());
  const Found quality = found(*result, scene.anywhere);
  std::printf("anywhere: precision %.4f recall %.4f prior %.3g\n", quality.precision, quality.recall,
              result->diagnostics.prior);
  EXPECT_GE(quality.precision, 0.95);
  EXPECT_GE(quality.recall, 0.80);  // one in ten moved house, and many of those share their names with others
  const double expected_prior = 0.9 / 20'000;
  EXPECT_NEAR(result->diagnostics.prior / expected_prior, 1.0, 0.15);
}

TEST(Electoral, TheSameBytesOnAnyNumberOfThreads) {
  const ElectoralScene scene = tests::electoral_scene(5'000, 400, 6);
  const auto one = at_address(scene, 1);
  const auto two = at_address(scene, 2);
  ASSERT_TRUE(one.has_value() && two.has_value());
  EXPECT_FALSE(one->links.empty());
  EXPECT_TRUE(same(one->links, two->links));
  EXPECT_EQ(to_json(one->model), to_json(two->model));
  const auto fields = anywhere_fields(scene);
  LinkOptions options;
  options.threads = 1;
  const auto third = link(fields, scene.members.rows(), scene.electors.rows(), options);
  options.threads = 3;
  const auto fourth = link(fields, scene.members.rows(), scene.electors.rows(), options);
  EXPECT_TRUE(same(third->links, fourth->links));
  EXPECT_EQ(to_json(third->model), to_json(fourth->model));
}

TEST(Electoral, ASavedModelAndAWaterfallGiveTheSameWeights) {
  const ElectoralScene scene = tests::electoral_scene(5'000, 400, 7);
  const auto fields = anywhere_fields(scene);
  LinkOptions options;
  options.threads = 2;
  const auto trained = link(fields, scene.members.rows(), scene.electors.rows(), options);
  ASSERT_TRUE(trained.has_value());
  ASSERT_FALSE(trained->links.empty());
  LinkOptions reuse = options;
  const auto model = model_from_json(to_json(trained->model), "model.json");
  ASSERT_TRUE(model.has_value());
  reuse.model = *model;
  const auto reused = link(fields, scene.members.rows(), scene.electors.rows(), reuse);
  ASSERT_TRUE(reused.has_value()) << reused.error().message();
  EXPECT_NEAR(static_cast<double>(reused->links.size()), static_cast<double>(trained->links.size()),
              0.01 * static_cast<double>(trained->links.size()));
  const auto explained =
      explain_pairs(fields, scene.members.rows(), scene.electors.rows(), *model, options, reused->links);
  ASSERT_TRUE(explained.has_value());
  for (std::size_t at = 0; at < explained->size(); ++at) {
    const PairExplanation& pair = (*explained)[at];
    EXPECT_NEAR(pair.total, reused->links[at].weight, 300);
    Weight sum = pair.prior + pair.dependence;
    for (const FieldEvidence& field : pair.fields) sum += field.weight;
    EXPECT_EQ(sum, pair.total);
  }
}

TEST(Electoral, RefusesWhatItCannotCompareAndLivesWithEmptyTables) {
  const ElectoralScene scene = tests::electoral_scene(500, 100, 8);
  auto fields = name_fields(scene);
  EXPECT_FALSE(link(fields, 99, scene.electors.rows(), {}).has_value());
  EXPECT_FALSE(link({}, 100, 100, {}).has_value());
  fields[0].left = nullptr;
  EXPECT_FALSE(link(fields, 100, scene.electors.rows(), {}).has_value());
  LinkOptions options;
  options.blocking_fields = {9};
  EXPECT_FALSE(link(name_fields(scene), 100, scene.electors.rows(), options).has_value());
  const TextColumn empty;
  TextColumn one, missing;
  one.append("mary");
  missing.append("");
  const std::vector<Field> no_rows = {{"given", Role::given_name, &empty, &one}};
  EXPECT_TRUE(link(no_rows, 0, 1, {})->links.empty());
  const std::vector<Field> no_values = {{"given", Role::given_name, &missing, &missing}};
  EXPECT_TRUE(link(no_values, 1, 1, {})->links.empty());
  EXPECT_EQ(dedupe(no_values, 1, {})->person.size(), 1U);
  const std::vector<Field> alone = {{"given", Role::given_name, &one, &one}};
  EXPECT_EQ(dedupe(alone, 1, {})->repeated, 0U);
}

}  // namespace
}  // namespace scrutineer::linkage
