// A declaration: the totals that a returning officer states, where the papers themselves are not to be had.
// It holds what was stated and nothing derived; reconcile.h says where it contradicts itself.
#ifndef SCRUTINEER_CONTEST_DECLARATION_H_
#define SCRUTINEER_CONTEST_DECLARATION_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"
#include "contest/rules.h"

namespace scrutineer::contest {

using Fraction = boost::multiprecision::cpp_rational;

// The votes of one candidate in one area; nothing where it was not stated.
struct DeclaredVotes {
  std::optional<std::int64_t> first;      // first preferences, or the votes where there is one vote only
  std::optional<std::int64_t> second;     // second preferences, whoever stood first on those papers
  std::optional<std::int64_t> transfers;  // second preferences that were added in the run-off
  std::optional<std::int64_t> total;      // as declared after the run-off
};

struct DeclaredPapers {
  std::optional<std::int64_t> electorate;
  std::optional<std::int64_t> marked;    // people marked as having voted
  std::optional<std::int64_t> papers;    // counted, valid or not
  std::optional<std::int64_t> valid;     // with a valid first preference
  std::optional<std::int64_t> rejected;  // without one
};

// The whole contest, or one ward of it.
struct DeclaredArea {
  std::string name;
  DeclaredPapers papers;
  std::vector<DeclaredVotes> votes;  // by candidate
};

// A section of an electoral college: its weight, and by round the share of each candidate in percent of the
// votes cast in the section.
struct DeclaredSection {
  std::string name;
  Fraction weight = 1;
  std::vector<std::vector<std::optional<Fraction>>> shares;  // [round][candidate]
};

struct Declaration {
  std::string title;
  std::uint32_t seats = 1;
  std::vector<std::string> candidates;
  DeclaredArea whole;
  std::vector<DeclaredArea> wards;
  std::vector<DeclaredSection> sections;
  std::vector<Candidate> elected;             // as declared
  std::vector<std::string> notes;             // what was stated and is not used
  std::vector<Contradiction> contradictions;  // met while reading: rows stated twice
};

// First preferences of a candidate: as stated for the whole contest, else the sum over wards where each of
// them states a number; nothing otherwise.
std::optional<std::int64_t> first_preferences(const Declaration& declaration, Candidate candidate);

// Papers with a valid first preference: as stated, else the sum of the first preferences that are known.
std::int64_t valid_papers(const Declaration& declaration);

// The total of a candidate after the run-off: as stated, else first preferences and transfers together.
std::optional<std::int64_t> runoff_total(const Declaration& declaration, Candidate candidate);

// A paper with that one preference for each first preference, by ward where the wards add up to the whole:
// enough for plurality, and for nothing that reads a second preference.
Result<Ballots> first_preference_papers(const Declaration& declaration);

// Counts what was declared under a rule, as far as the totals determine it: plurality; the supplementary vote
// where the run-off is stated or cannot matter; a college from the shares of each round; and any rule of one
// seat where a candidate has more than half of the first preferences. Refused, naming the figures that are
// missing, where the totals do not determine the result. Ties by lot as in count().
Result<Count> count_declaration(const Declaration& declaration, Rule rule, const CountOptions& options = {});

// "1/3", "86.5" or "40": exactly. Refused (no place set) if it is none of them.
Result<Fraction> parse_fraction(std::string_view text);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_DECLARATION_H_
