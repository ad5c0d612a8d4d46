// The ballots: four candidates, a transferable vote. The lead in the last round is set by counting out how
// many papers end with each of the two leaders, and only then drawing their earlier preferences.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "synth/branch_files.h"
#include "synth/output.h"

namespace scrutineer::synth {
namespace {

// Candidates by number as BLT counts them. 1 and 2 meet in the last round.
constexpr unsigned leader = 1, rival = 2, third = 3, fourth = 4;

// A paper that ends with `last` when 3 and 4 are out.
std::string preferences(Draw& draw, unsigned last) {
  const unsigned other = last == leader ? rival : leader;
  const double first = draw.unit();
  std::vector<unsigned> order;
  if (first < .15) {
    order = {third, last};
  } else if (first < .24) {
    order = {fourth, last};
  } else if (first < .28) {
    order = {fourth, third, last};
  } else {
    order = {last};
    const double next = draw.unit();
    if (next < .3) order.push_back(other);
    if (next >= .3 && next < .6) order.push_back(third);
    if (next >= .45 && next < .75) order.push_back(fourth);
  }
  std::string text;
  for (const unsigned candidate : order) text += fmt::format("{} ", candidate);
  return text;
}

std::string letter_of(std::string_view preferences) {
  return std::string(1, static_cast<char>('A' + (preferences[0] - '1')));
}

}  // namespace

Result<std::uint64_t> write_ballots(std::span<const Member> members, const SynthOptions& options,
                                    Votes& votes, const std::filesystem::path& ballots) {
  votes.assign(members.size(), "");
  std::vector<std::pair<std::uint64_t, std::size_t>> honest;  // in a random order
  std::map<std::string, std::uint64_t> papers;
  std::uint64_t planted = 0;
  for (std::size_t index = 0; index < members.size(); ++index) {
    const Member& member = members[index];
    Draw draw(options.seed, Stream::ballot, member.person, static_cast<std::uint64_t>(member.joined.days()));
    if (!member.eligible() || member.deceased || !draw.chance(member.planted() ? .9 : .62)) continue;
    if (!member.planted()) {
      honest.emplace_back(draw.next(), index);
      continue;
    }
    ++planted;
    votes[index] = "A";
    ++papers["1 "];
  }
  std::ranges::sort(honest);
  const std::uint64_t total = honest.size() + planted;
  const std::uint64_t exhausted = honest.size() / 50;
  const std::uint64_t lasting = honest.size() - exhausted;
  const std::uint64_t lead = options.margin.value_or(total * 15 / 100);
  // honest_leader + planted - (lasting - honest_leader) = lead, as near as whole papers allow
  const std::uint64_t doubled = lasting + lead > planted ? lasting + lead - planted : 0;
  const std::uint64_t for_leader = std::min(lasting, (doubled + 1) / 2);
  for (std::size_t rank = 0; rank < honest.size(); ++rank) {
    const std::size_t index = honest[rank].second;
    Draw draw(options.seed, Stream::ballot, members[index].person, 1);
    std::string paper = rank < exhausted                ? std::string("3 ")
                        : rank < exhausted + for_leader ? preferences(draw, leader)
                                                        : preferences(draw, rival);
    votes[index] = letter_of(paper);
    ++papers[std::move(paper)];
  }
  OutputFile output(ballots);
  output.write("4 1\n");
  for (const auto& [paper, count] : papers) output.write(fmt::format("{} {}0\n", count, paper));
  output.write(
      "0\n\"Candidate A\"\n\"Candidate B\"\n\"Candidate C\"\n\"Candidate D\"\n"
      "\"Selection of a candidate, Northmere (invented)\"\n");
  SCRUTINEER_CHECK(output.close());
  return total;
}

}  // namespace scrutineer::synth
