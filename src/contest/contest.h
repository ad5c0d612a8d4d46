// Ballots, and what counting them gave. Candidates are numbered from 0 in the order of the source; no rule
// may let that order decide anything.
#ifndef SCRUTINEER_CONTEST_CONTEST_H_
#define SCRUTINEER_CONTEST_CONTEST_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace scrutineer::contest {

using Candidate = std::uint32_t;

// One kind of ballot and how many of it there were. `ranks` holds the preferences in order, best first; a
// rank is empty where the voter skipped it and holds several candidates where they were ranked equal.
// A ballot paper without any valid preference has no ranks. The whole of every paper is kept, valid or not.
struct Ballot {
  std::vector<std::vector<Candidate>> ranks;
  std::int64_t count = 0;   // in units of 1 / Ballots::weight_scale papers
  std::uint32_t group = 0;  // ward or section: index into Ballots::groups
};

struct Ballots {
  std::string title;
  std::uint32_t seats = 1;
  std::vector<std::string> candidates;
  std::vector<Candidate> withdrawn;
  std::vector<std::string> groups = {""};  // wards or sections; one unnamed where the source has none
  std::vector<Ballot> ballots;             // in the order of first appearance
  std::int64_t weight_scale = 1;           // above 1 only where the source has decimal weights
  std::vector<std::string> notes;          // what the format said and counting does not use
};

// One round of a count, in votes as a decimal string-able number: value / scale, scale 1 for whole votes.
struct Round {
  std::uint32_t number = 1;
  std::vector<std::pair<std::string, double>>
      tally;  // candidates still standing or elected, by falling votes
  std::vector<std::string> elected;
  std::vector<std::string> eliminated;
  std::map<std::string, std::vector<std::pair<std::string, double>>> transfers;  // from -> (to, votes)
  double exhausted = 0;  // ballots without a further preference, up to and including this round
  std::map<std::string, double> exhausted_by;  // the same by cause, where the rule tells causes apart
  std::optional<double> threshold;             // votes that elect, where the rule has such a number
  std::string reason;                          // what the rule's text says was done, with its paragraph
};

// A tie and how it was settled; never by the order of the input.
struct Tie {
  std::uint32_t round = 0;
  std::vector<std::string> candidates;
  std::string settled_by;  // "lot from seed 20260506: A", "both kept in (para 4(4))"
  std::string chosen;
};

// Figures of a contest that cannot all be right. A finding about the figures, never a reason to stop.
struct Contradiction {
  std::string check;  // which reconciliation failed: "wards-add-up"
  std::string text;   // one sentence that names the figures
  double stated = 0;  // the figure as stated
  double found = 0;   // what the other figures make it
};

struct Count {
  std::string rule;
  std::vector<std::string> winners;  // in order of election
  std::vector<Round> rounds;
  std::vector<Tie> ties;
  double valid = 0;  // papers with at least one preference that counted
  double invalid = 0;
  std::vector<Contradiction> contradictions;  // of the figures counted, and of the rounds themselves
};

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_CONTEST_H_
