// The linker: its kernels against their textbook twins, pairs compared a second, a list against a register,
// and the whole of historical_50k where the reference data is beside the project. Ratios are taken within one
// run.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "linkage/comparison.h"
#include "linkage/dedupe.h"
#include "linkage/edit_distance.h"
#include "linkage/electoral_scene.h"
#include "linkage/fixed_point.h"
#include "linkage/jaro_winkler.h"
#include "linkage/labelled_sets.h"
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
  bench_register(1'000'000, 10'000);
  bench_historical();
  return 0;
}
