#include "inquiry/key_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace scrutineer::inquiry {
namespace {

constexpr std::size_t bins = 40;
constexpr std::size_t most_pairs = 200;
constexpr std::array<const char*, signals::linkage_statistic_count> statistic_names = {
    "payer", "recruiter", "telephone", "join day", "several of these at once"};

void add_histogram(const signals::JointTest& joint, KeyTest& view) {
  const auto& sums = joint.sums;  // the observed one first
  if (sums.size() < 2) return;
  const auto [least, most] = std::minmax_element(sums.begin(), sums.end());
  view.from = *least;
  view.step = *most > *least ? (*most - *least) / static_cast<double>(bins) : 1.0;
  view.histogram.assign(bins, 0);
  for (std::size_t row = 1; row < sums.size(); ++row) {
    const auto bin = static_cast<std::size_t>((sums[row] - view.from) / view.step);
    ++view.histogram[std::min(bin, bins - 1)];
  }
}

void add_further(const signals::LinkageTest& test, KeyTest& view) {
  // Of each kind the deletion that leaves least, with the number tried.
  for (const char* kind : {"household", "day", "phone", "visitor"}) {
    std::size_t tried = 0;
    double worst = 0;
    for (const signals::Deletion& deletion : test.deletions) {
      if (deletion.kind != kind) continue;
      ++tried;
      worst = std::max(worst, deletion.js);
    }
    if (tried > 0)
      view.further.push_back(
          {fmt::format("without any one {}{}, of the {} that {} most the one that leaves least",
                       kind == std::string_view("day") ? "join " : "", kind, tried,
                       tried == 1 ? "contributes" : "contribute"),
           worst});
  }
  for (const signals::Deletion& deletion : test.deletions) {
    if (!deletion.decides()) view.further.push_back({"without " + deletion.in_words(), deletion.js});
  }
  if (test.sensitivity.permutations > 0)
    view.further.push_back(
        {fmt::format("if the most linked groups went wrong at up to {:.1f} times the odds of others",
                     test.gamma),
         test.sensitivity.js});
  const std::pair<const char*, const std::optional<signals::JointTest>*> beside[] = {
      {"placebo: members who moved, instead of irregular ones", &test.placebo},
      {"among those not verified: irregular against moved", &test.absent_only},
      {"denied in person alone", &test.denied_only},
      {"with the people of each recruiter kept apart", &test.within_recruiter},
      {"whether a visit gave an outcome at all", &test.outcome_recorded}};
  for (const auto& [name, joint] : beside) {
    if (*joint) view.further.push_back({name, (*joint)->js});
  }
}

void add_pairs(const signals::LinkageTest& test, const signals::Evidence& evidence, KeyTest& view) {
  view.pairs_total = test.pairs_total;
  for (const signals::LinkedPair& pair : test.pairs) {
    if (view.pairs.size() == most_pairs) return;
    KeyTest::Pair shown{evidence.members[pair.first].id, evidence.members[pair.second].id, {}, {}};
    for (const signals::LinkType type : pair.shared)
      shown.shared.emplace_back(statistic_names.at(static_cast<std::size_t>(type)));
    for (const std::uint32_t member : {pair.first, pair.second}) {
      shown.exhibits.push_back(evidence.members[member].row);
      shown.exhibits.push_back(evidence.members[member].visit);
    }
    view.pairs.push_back(std::move(shown));
  }
}

}  // namespace

std::optional<KeyTest> key_test_of(const signals::LinkageTest& test, const signals::Evidence& evidence,
                                   const std::vector<signals::SignalReport>& reports) {
  if (test.known == 0 || test.joint.permutations == 0) return std::nullopt;
  KeyTest view;
  view.js = test.joint.js;
  view.sum = test.joint.sum_z;
  view.permutations = test.joint.permutations;
  add_histogram(test.joint, view);
  for (std::size_t k = 0; k < signals::linkage_statistic_count; ++k) {
    view.links.push_back({statistic_names.at(k), test.joint.pairs[k], test.joint.pairs_expected[k],
                          test.joint.z[k], test.joint.p[k]});
  }
  add_further(test, view);
  const int key = signals::linkage_of_irregulars_signal().number;
  for (const signals::SignalReport& report : reports) {
    if (report.signal == key && report.listed > 0) add_pairs(test, evidence, view);
  }
  return view;
}

}  // namespace scrutineer::inquiry
