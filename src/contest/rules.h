// Counting: one rule a file under rules/, and the list of them.
#ifndef SCRUTINEER_CONTEST_RULES_H_
#define SCRUTINEER_CONTEST_RULES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"
#include "contest/profile.h"

namespace scrutineer::contest {

enum class Rule : std::uint8_t {
  plurality,      // most first preferences
  supplementary,  // Greater London Authority Act 1999 Sch 2 para 4
  irv,            // instant run-off, alternative vote: the last goes out until one has more than half
  stv,            // single transferable vote, weighted inclusive Gregory
  college,        // electoral college: sections weighted, shares of the votes cast in each
};

std::string_view to_string(Rule rule);  // "plurality", "sv", "irv", "stv", "college"

// Also takes "fptp", "av", "omov" (one member one vote: all sections pooled), "supplementary"; usage error
// with the nearest name otherwise.
Result<Rule> rule_named(std::string_view name);

// One line for --help: "irv  instant run-off (alternative vote): …".
std::vector<std::string> rule_list();

enum class Quota : std::uint8_t {
  droop,        // floor(votes / (seats + 1)) + 1
  droop_exact,  // votes / (seats + 1) + the smallest unit of the arithmetic
  hare,         // votes / seats, rounded up
};

// How a tie is settled.
enum class Ties : std::uint8_t {
  lot,              // lots.h
  previous_rounds,  // by the last round in which the tied differed; a lot where there is none
  java_random,      // java.util.Random with the seed on the sorted names, as RCTab draws
};

// Choices of a count of ranked ballots (irv, stv), as RCTab has them; the other rules refuse them.
struct RankedOptions {
  bool batch_elimination = false;      // all whom together the next exceeds go out at once
  bool until_two = false;              // goes on until two are left, whoever has more than half before
  bool first_round_threshold = false;  // the threshold of the first round stands
  std::int64_t minimum_votes = 0;      // below it a candidate goes out in the first round
  std::uint32_t stop_after_round = 0;  // 0: never
  Ties ties = Ties::lot;
  bool operator==(const RankedOptions&) const = default;
};

struct CountOptions {
  std::uint64_t seed = 0;      // of the lots (lots.h)
  std::uint32_t seats = 0;     // 0: as the ballots say
  PaperRules paper = {};       // for irv, stv and college; the others fix their own
  Quota quota = Quota::droop;  // stv
  RankedOptions ranked = {};   // irv and stv
  std::map<std::string, std::int64_t> section_weights = {};  // college: by section; empty: all equal
};

// Counts under a rule. Deterministic: the result depends on the ballots as a set, the names and the seed; no
// order of candidates or ballots decides anything. Refused if no paper has a valid preference, if there are
// fewer candidates than seats or none standing; usage error if the rule cannot fill that many seats.
Result<Count> count(const Ballots& ballots, Rule rule, const CountOptions& options = {});

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_RULES_H_
