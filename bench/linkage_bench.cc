// The linker: its kernels against their textbook twins, pairs compared a second, a list against a register,
// and the whole of historical_50k where the reference data is beside the project. Ratios are taken within one
// run.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "linkage/block_engine.h"
#include "linkage/block_pairs.h"
#include "linkage/block_scoring.h"
#include "linkage/comparison.h"
#include "linkage/dedupe.h"
#include "linkage/edit_distance.h"
#include "linkage/electoral_scene.h"
#include "linkage/fixed_point.h"
#include "linkage/jaro_winkler.h"
#include "linkage/labelled_sets.h"
#include "linkage/level_kernels.h"
#include "linkage/link.h"
#include "linkage/recognised_fields.h"
#include "linkage/training.h"
#include "reference/string_similarity.h"
#include "support/shared_data.h"

namespace {

using namespace scrutineer;
using namespace scrutineer::linkage;

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Seconds that `work` takes for every pair drawn from the words.
template <typename Work>
double timed(const std::vector<std::string>& words, std::uint64_t pairs, double& sum, Work work) {
  const double start = seconds();
  for (std::uint64_t pair = 0; pair < pairs; ++pair) {
    const std::string& left = words[below(mixed(1, 2 * pair), words.size())];
    const std::string& right = words[below(mixed(1, 2 * pair + 1), words.size())];
    sum += static_cast<double>(work(left, right));
  }
  return seconds() - start;
}

void bench_kernels(const std::vector<std::string>& words) {
  constexpr std::uint64_t pairs = 2'000'000;
  double fast = 0;
  double slow = 0;
  const double jaro =
      timed(words, pairs, fast, [](const auto& a, const auto& b) { return jaro_winkler(a, b); });
  const double jaro_textbook =
      timed(words, pairs, slow, [](const auto& a, const auto& b) { return reference::jaro_winkler(a, b); });
  const double osa =
      timed(words, pairs, fast, [](const auto& a, const auto& b) { return osa_distance(a, b); });
  const double osa_textbook =
      timed(words, pairs, slow, [](const auto& a, const auto& b) { return reference::osa_distance(a, b); });
  std::printf("Jaro-Winkler: %.1f M pairs/s, %.1f x the textbook's\n",
              static_cast<double>(pairs) / jaro / 1e6, jaro_textbook / jaro);
  std::printf("optimal string alignment: %.1f M pairs/s, %.1f x the textbook's%s\n",
              static_cast<double>(pairs) / osa / 1e6, osa_textbook / osa,
              fast == slow ? "" : " (THEY DISAGREE)");
}

std::vector<Field> scene_fields(const tests::ElectoralScene& scene) {
  const auto& left = scene.members;
  const auto& right = scene.electors;
  return {{"given", Role::given_name, &left.given, &right.given},
          {"middle", Role::middle_name, &left.middle, &right.middle},
          {"family", Role::family_name, &left.family, &right.family},
          {"sex", Role::category, &left.sex, &right.sex},
          {"number", Role::number, &left.number, &right.number},
          {"street", Role::text, &left.street, &right.street},
          {"postcode", Role::code, &left.postcode, &right.postcode}};
}

void bench_register(std::size_t electors, std::size_t members) {
  const auto scene = tests::electoral_scene(electors, members, 1);
  const auto fields = scene_fields(scene);
  const auto comparison = Comparison::make(fields, scene.members.rows(), scene.electors.rows(), {});
  const Chance chance(*comparison, {});
  const Companions companions;
  const Scorer scorer(*comparison, chance, companions);
  std::vector<PairKey> pairs;
  for (std::uint64_t draw = 0; draw < 2'000'000; ++draw) {
    pairs.push_back(pair_key(static_cast<std::uint32_t>(below(mixed(2, 2 * draw), members)),
                             static_cast<std::uint32_t>(below(mixed(2, 2 * draw + 1), electors))));
  }
  double start = seconds();
  const auto evidence = evidence_of(scorer, pairs, 0);
  std::printf("patterns with value-specific u, 7 fields: %.2f M pairs/s\n",
              static_cast<double>(evidence.size()) / (seconds() - start) / 1e6);
  start = seconds();
  const auto result = link(fields, scene.members.rows(), scene.electors.rows(), {});
  std::printf("%zu members against %zu electors, anywhere: %.1f s, %zu links, %llu pairs compared\n", members,
              electors, seconds() - start, result->links.size(),
              static_cast<unsigned long long>(result->diagnostics.pairs_compared));
}

// Pairs within blocks by kernels, against comparing every pair in full: the same patterns, counted.
void bench_blocks() {
  const auto scene = tests::electoral_scene(100'000, 100, 3);
  const auto& table = scene.electors;
  const std::vector<Field> fields = {{"given", Role::given_name, &table.given, &table.given},
                                     {"family", Role::family_name, &table.family, &table.family},
                                     {"sex", Role::category, &table.sex, &table.sex},
                                     {"number", Role::number, &table.number, &table.number},
                                     {"postcode", Role::code, &table.postcode, &table.postcode}};
  const auto comparison = Comparison::make(fields, table.rows(), table.rows(), {});
  std::vector<BlockRule> rules;
  for (const char* const text : {"given+soundex(family)", "postcode", "family+sex"})
    rules.push_back(*parse_block_rule(text, fields));
  const RuleBlocks blocks(*comparison, given_blocks(*comparison, rules, 0));
  const Chance chance(*comparison, large_chance_options(0, 0));
  const Companions companions;
  const Scorer scorer(*comparison, chance, companions);
  BlockScoreOptions options;
  options.count_only = true;
  double start = seconds();
  const auto account = score_blocks(scorer, blocks, options, {});
  const double fast = seconds() - start;
  start = seconds();
  const auto twin = count_patterns_by_pairs(*comparison, blocks);
  const double slow = seconds() - start;
  std::uint64_t pairs = 0;
  for (const std::uint64_t of_rule : account->pairs) pairs += of_rule;
  const bool same = std::equal(twin.begin(), twin.end(), account->patterns.begin(), account->patterns.end(),
                               [](const PatternCount& a, const PatternCount& b) {
                                 return a.pattern == b.pattern && a.pairs == b.pairs;
                               });
  std::printf(
      "blocks, 5 fields, %s kernels: %llu pairs, %.1f M pairs/s, %.1f x one thread of full comparison%s\n",
      level_kernel_target(), static_cast<unsigned long long>(pairs), static_cast<double>(pairs) / fast / 1e6,
      slow / fast, same ? "" : " (THEY DISAGREE)");
}

void bench_historical() {
  const auto file = tests::shared_data("linkage/historical_50k/historical_50k.csv");
  if (!file) {
    std::printf("historical_50k: not beside the project\n");
    return;
  }
  const auto table = tests::read_labelled(*file);
  const auto truth = tests::truth_of(table.column("cluster"));
  const double start = seconds();
  DedupeOptions options;
  options.threshold = 0.1;
  const auto result = dedupe(tests::recognised_fields(table, table), table.rows, options);
  const double taken = seconds() - start;
  const auto pairs = tests::pair_quality(result->person, truth);
  const auto rows = tests::b_cubed(result->person, truth);
  std::printf("historical_50k: pair F1 %.4f (precision %.4f, recall %.4f), B-cubed F1 %.4f, %.1f s\n",
              pairs.f1, pairs.precision, pairs.recall, rows.f1, taken);
  const double bands[] = {0.1, 0.5, 0.9, 0.99, 0.999, 1.1};
  for (std::size_t band = 0; band + 1 < std::size(bands); ++band) {
    double count = 0, predicted = 0, right = 0;
    for (const Link& link : result->pairs) {
      if (link.probability < bands[band] || link.probability >= bands[band + 1]) continue;
      count += 1;
      predicted += link.probability;
      right += truth[link.left] == truth[link.right] ? 1 : 0;
    }
    std::printf("  probability from %.3f: %7.0f pairs, predicted %.4f, true %.4f\n", bands[band], count,
                predicted / count, right / count);
  }
}

}  // namespace

int main() {
  const auto scene = tests::electoral_scene(20'000, 100, 3);
  std::vector<std::string> words;
  for (std::uint32_t code = 1; code < scene.electors.family.distinct(); ++code) {
    words.emplace_back(scene.electors.family.value(code));
  }
  bench_kernels(words);
  bench_blocks();
  bench_register(1'000'000, 10'000);
  bench_historical();
  return 0;
}
