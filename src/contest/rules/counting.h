// What the rules share: rounds in the order in which they are shown, and ties settled by lot.
#ifndef SCRUTINEER_CONTEST_RULES_COUNTING_H_
#define SCRUTINEER_CONTEST_RULES_COUNTING_H_

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "contest/rules.h"

namespace scrutineer::contest {

using NamedVotes = std::vector<std::pair<std::string, double>>;

// Candidates with votes (in units of 1 / scale), by falling votes and then by name.
NamedVotes named_votes(const Ballots& ballots, std::span<const Candidate> candidates,
                       std::span<const std::int64_t> votes, std::int64_t scale);

// Draws among tied candidates and records the tie; `fate` completes "A …": "is elected", "goes out".
Candidate settle_by_lot(const Ballots& ballots, std::vector<Candidate> tied, const std::string& rule,
                        std::uint32_t round, std::uint64_t seed, const std::string& fate, Count& count);

// What the text of a rule says of whoever has most: the greatest is returned, equals by lot.
struct Clause {
  std::string greatest, by_lot;  // reasons of the round
  std::string fate;              // completes "A …"
};
extern const Clause plurality_clause, supplementary_clause;

// Seats to fill: as the options say, else as the ballots say.
std::uint32_t seats_to_fill(const Ballots& ballots, const CountOptions& options);

// The counters themselves, called by count() after its checks.
Result<Count> count_plurality(const Ballots& ballots, const CountOptions& options);
Result<Count> count_supplementary(const Ballots& ballots, const CountOptions& options);
Result<Count> count_college(const Ballots& ballots, const CountOptions& options);
Result<Count> count_stv(const Ballots& ballots, const CountOptions& options);
Result<Count> count_irv(const Ballots& ballots, const CountOptions& options);

// Ranked ballots under every choice of CountOptions, by the tabulator that counts RCTab's contests.
Result<Count> count_ranked(const Ballots& ballots, const CountOptions& options, Rule rule);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_RULES_COUNTING_H_
