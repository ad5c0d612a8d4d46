// Counting as a textbook does it: one paper at a time, every paper looked at anew in every round, no piles
// and no gathering. The twin of each rule.
#ifndef SCRUTINEER_TESTS_CONTEST_REFERENCE_HAND_COUNT_H_
#define SCRUTINEER_TESTS_CONTEST_REFERENCE_HAND_COUNT_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "contest/rctab/config.h"

namespace scrutineer::contest::reference {

// One paper: whom it marks at each rank (several: an overvote; none: skipped), and its section.
struct HandPaper {
  std::vector<std::vector<std::string>> ranks;
  std::string section;
};

struct HandRound {
  std::map<std::string, double> tally;  // of candidates who are neither elected nor out
  std::set<std::string> elected, eliminated;
};

struct HandCount {
  std::vector<std::string> winners;
  std::vector<HandRound> rounds;
};

// What a rule may read of a paper, as an order of candidates: stops at an overvote, closes over skipped
// ranks, counts a candidate once. At most `ranks` ranks.
std::vector<std::string> order_of(const HandPaper& paper, std::size_t ranks);

HandCount hand_plurality(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                         std::uint64_t seed);
HandCount hand_supplementary(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                             std::uint64_t seed);
HandCount hand_irv(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                   std::uint64_t seed);
// Sections of equal weight; tallies in percent of the college.
HandCount hand_college(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                       std::uint64_t seed);
// Two seats or more; Droop or Hare; four decimals.
HandCount hand_stv(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                   std::uint64_t seed, std::uint32_t seats, bool hare);
// One seat under RCTab's rules for untidy papers; ties go out in falling order of `names`.
HandCount hand_ranked_choice(const std::vector<std::string>& names, const std::vector<HandPaper>& papers,
                             const rctab::Rules& rules);

}  // namespace scrutineer::contest::reference

#endif  // SCRUTINEER_TESTS_CONTEST_REFERENCE_HAND_COUNT_H_
