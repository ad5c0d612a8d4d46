// The numbers of a supplementary vote, for its count and its margin.
#ifndef SCRUTINEER_CONTEST_RULES_SUPPLEMENTARY_H_
#define SCRUTINEER_CONTEST_RULES_SUPPLEMENTARY_H_

#include <cstdint>
#include <vector>

#include "contest/profile.h"

namespace scrutineer::contest {

// First and second preferences, nothing further; a paper without a valid first preference is blank.
Profile read_supplementary_papers(const Ballots& ballots);

// Who remains (the two with most first preferences, more where they tie) and the totals if there is a second
// count. The rule of more than half needs no place here: with more than half of the first preferences nobody
// can have more in the second count.
struct SupplementaryTotals {
  std::vector<std::int64_t> first;  // by candidate
  std::vector<std::int64_t> total;  // by candidate; means something for those who remain
  std::vector<char> remains;        // by candidate
  std::int64_t exhausted = 0;
};
SupplementaryTotals supplementary_totals(const Profile& profile);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_RULES_SUPPLEMENTARY_H_
