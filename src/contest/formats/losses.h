// What a format cannot hold of a set of ballots, in words.
#ifndef SCRUTINEER_CONTEST_FORMATS_LOSSES_H_
#define SCRUTINEER_CONTEST_FORMATS_LOSSES_H_

#include <string>
#include <vector>

#include "contest/contest.h"

namespace scrutineer::contest {

// What a format holds; what it does not hold and the ballots have is a loss.
struct Holds {
  bool title = false, seats = false, withdrawn = false;
  bool wards = false, blank = false, equal = false, skipped = false, repeated = false;
  bool unmentioned = true;  // candidates whom no paper mentions
};
std::vector<std::string> losses(const Ballots& ballots, const Holds& holds);

// True if the papers are told apart by ward or section.
bool has_wards(const Ballots& ballots);

// A weight in units of 1 / scale as a decimal without trailing zeros.
std::string decimal_weight(std::int64_t units, std::int64_t scale);

// True if the text has no line break and no white space around it: what a format of lines can hold.
bool fits_a_line(const std::string& text);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_LOSSES_H_
