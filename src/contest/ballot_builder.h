// Gathers equal ballots while a file is read: every format adds papers one by one (or a weight at a time) and
// takes the finished Ballots at the end. Papers are conserved: the counts of what is taken sum to what was
// added.
#ifndef SCRUTINEER_CONTEST_BALLOT_BUILDER_H_
#define SCRUTINEER_CONTEST_BALLOT_BUILDER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"

namespace scrutineer::contest {

// A decimal weight as written in a file: value = units / 10^decimals, at least 0.
struct Weight {
  std::int64_t units = 1;
  std::uint32_t decimals = 0;
};

// "3" or "2.50"; refused (no place set) when empty, signed, not a number, above 10^15 or finer than 10^-9.
Result<Weight> parse_weight(std::string_view text);

class BallotBuilder {
 public:
  // Ends a rank in the flat form of a paper that add() takes: [2, end, end, 0, 1, end] is
  // "2 first, second rank skipped, 0 and 1 third equal".
  static constexpr Candidate rank_end = 0xffffffff;

  // Adds `weight` papers of one kind. The ranks are in the flat form; trailing empty ranks are dropped
  // because no rule can tell them from no rank, and a kind of weight 0 is dropped. Refused if the total would
  // pass 9 * 10^15 units, where whole votes would no longer be exact.
  Status add(std::span<const Candidate> flat, Weight weight = {}, std::uint32_t group = 0);

  // The number of a ward or section by its name, new ones in order of first appearance. The first call
  // replaces the unnamed group 0.
  std::uint32_t group_of(std::string_view name);

  // The gathered ballots, in order of first appearance, in `ballots`, with the weight scale and the groups.
  void finish(Ballots& ballots);

 private:
  struct Slot {
    std::uint32_t kind;  // index + 1 of a kind; 0 is free
    std::uint32_t tag;   // upper half of its hash
  };
  struct Kind {
    std::size_t begin;
    std::uint32_t length;
    std::uint32_t group;
    std::int64_t count;
  };

  Status rescale(std::uint32_t decimals);
  void grow();
  Kind& kind_of(std::span<const Candidate> flat, std::uint32_t group);

  std::vector<Candidate> pool_;
  std::vector<Kind> kinds_;
  std::vector<Slot> slots_;
  std::vector<std::string> groups_;
  std::unordered_map<std::string, std::uint32_t> group_numbers_;  // looked up, never walked
  std::uint32_t decimals_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_BALLOT_BUILDER_H_
