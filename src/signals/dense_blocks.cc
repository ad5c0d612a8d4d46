#include "signals/dense_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/parallel.h"
#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/dense_block.h"
#include "stats/permutation.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint32_t most_swaps = 99;

struct LinkGraph {
  std::vector<stats::BipartiteEdge> edges;          // sorted, distinct
  std::vector<std::vector<std::uint32_t>> members;  // of each left node
};

// Adds one kind of link: code(member) or `none`; values shared by one household alone are dropped.
template <typename Code>
void add_links(const Evidence& evidence, const std::vector<std::uint32_t>& left_of, Code code,
               std::uint32_t& next_right, std::vector<stats::BipartiteEdge>& edges) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;  // value, household
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    if (const std::uint32_t value = code(evidence.members[i]); value != none)
      pairs.emplace(value, left_of[i]);
  for (auto it = pairs.begin(); it != pairs.end();) {
    const auto end = pairs.upper_bound({it->first, none});
    if (std::distance(it, end) > 1) {
      for (auto at = it; at != end; ++at) edges.push_back({at->second, next_right});
      ++next_right;
    }
    it = end;
  }
}

LinkGraph graph_of(const Evidence& evidence) {
  LinkGraph graph;
  std::vector<std::uint32_t> left_of(evidence.members.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      by_household;  // household or a number beyond them, member
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const std::uint32_t household = evidence.members[i].household;
    by_household.emplace_back(household == none ? 0x80000000U + i : household, i);
  }
  std::sort(by_household.begin(), by_household.end());
  for (std::size_t k = 0; k < by_household.size(); ++k) {
    if (k == 0 || by_household[k].first != by_household[k - 1].first) graph.members.emplace_back();
    graph.members.back().push_back(by_household[k].second);
    left_of[by_household[k].second] = static_cast<std::uint32_t>(graph.members.size() - 1);
  }
  std::uint32_t right = 0;
  add_links(
      evidence, left_of, [](const Member& m) { return m.payer; }, right, graph.edges);
  add_links(
      evidence, left_of, [](const Member& m) { return m.phone; }, right, graph.edges);
  add_links(
      evidence, left_of, [](const Member& m) { return m.email; }, right, graph.edges);
  add_links(
      evidence, left_of,
      [](const Member& m) {
        return m.joined ? static_cast<std::uint32_t>(m.joined->days() + 1000000) : none;
      },
      right, graph.edges);
  std::sort(graph.edges.begin(), graph.edges.end());
  return graph;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = dense_blocks();
  const LinkGraph graph = graph_of(evidence);
  if (graph.edges.empty())
    return absent(signal, "payers, telephones, e-mails or days of joining that households share");
  SignalReport report = report_of(signal,
                                  "Given how many links every household and every shared thing has, who is "
                                  "linked to what is random: edges "
                                  "are exchanged, and the densest blocks compared.");
  const std::uint32_t swaps = std::min(most_swaps, options.permutations);
  std::vector<double> densities(std::size_t{swaps} + 1);
  densities[0] = stats::greedy_block(graph.edges).density;
  parallel_for(options.threads, swaps, [&](std::size_t b) {
    densities[b + 1] =
        stats::greedy_block(
            stats::swapped_edges(graph.edges, stats::Random(evidence.seed, "dense-blocks", b + 1)))
            .density;
  });
  const stats::Block block = stats::densest_block(graph.edges);
  std::vector<std::uint32_t> members;
  for (const std::uint32_t household : block.left)
    members.insert(members.end(), graph.members[household].begin(), graph.members[household].end());
  double sum = 0;
  for (const double density : densities) sum += density;
  Finding finding = finding_of(report, "block", "1");
  finding.members = ids_of(evidence, members);
  finding.observed = densities[0];
  finding.expected = sum / static_cast<double>(densities.size());
  finding.p = stats::permutation_p(densities);
  finding.expected_innocent = static_cast<double>(finding.members.size());
  finding.innocent = {"a family in two homes", "an estate or a street", "a union branch", "one stall"};
  add_member_rows(evidence, members, finding.exhibits);
  finding.text = wording::context_only(
      fmt::format("{} households and {} things they share are the densest block (density {:.2f}, {:.2f} with "
                  "links exchanged at "
                  "random); blocks are normal, and this is an order of reading",
                  block.left.size(), block.right.size(), *finding.observed, *finding.expected));
  report.findings.push_back(std::move(finding));
  settle(report, options, 1, [](Finding&) {});
  report.notes.push_back(
      fmt::format("{} links of {} households; exact density of the block {:.3f}, greedy {:.3f}; {} "
                  "exchanged graphs.",
                  graph.edges.size(), graph.members.size(), block.density, densities[0], swaps));
  return report;
}

}  // namespace

Signal dense_blocks() {
  return {24, "dense-blocks", "The densest block of shared links", Tier::lead, run};
}

}  // namespace scrutineer::signals
