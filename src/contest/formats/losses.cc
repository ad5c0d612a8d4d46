#include "contest/formats/losses.h"

#include <algorithm>

#include "base/text.h"

namespace scrutineer::contest {
namespace {

struct Found {
  bool blank = false, equal = false, skipped = false, repeated = false, unmentioned = false;
};

Found found_in(const Ballots& ballots) {
  Found found;
  std::vector<char> mentioned(ballots.candidates.size(), 0);
  std::vector<Candidate> seen;
  for (const Ballot& ballot : ballots.ballots) {
    found.blank = found.blank || ballot.ranks.empty();
    seen.clear();
    for (const auto& rank : ballot.ranks) {
      found.skipped = found.skipped || rank.empty();
      found.equal = found.equal || rank.size() > 1;
      seen.insert(seen.end(), rank.begin(), rank.end());
    }
    std::sort(seen.begin(), seen.end());
    found.repeated = found.repeated || std::adjacent_find(seen.begin(), seen.end()) != seen.end();
    for (const Candidate c : seen) mentioned[c] = 1;
  }
  found.unmentioned = std::find(mentioned.begin(), mentioned.end(), 0) != mentioned.end();
  return found;
}

}  // namespace

bool has_wards(const Ballots& ballots) {
  return std::any_of(ballots.ballots.begin(), ballots.ballots.end(),
                     [&](const Ballot& ballot) { return !ballots.groups[ballot.group].empty(); });
}

std::vector<std::string> losses(const Ballots& ballots, const Holds& holds) {
  const Found found = found_in(ballots);
  std::vector<std::string> lost;
  const auto add = [&](bool is_lost, const char* what) {
    if (is_lost) lost.emplace_back(what);
  };
  add(!holds.title && !ballots.title.empty(), "the title");
  add(!holds.seats && ballots.seats != 1, "the number of seats");
  add(!holds.withdrawn && !ballots.withdrawn.empty(), "withdrawn candidates");
  add(!holds.wards && has_wards(ballots), "wards or sections");
  add(!holds.blank && found.blank, "papers without a preference");
  add(!holds.equal && found.equal, "ranks held equal, and what follows them");
  add(!holds.skipped && found.skipped, "skipped ranks");
  add(!holds.repeated && found.repeated, "candidates ranked twice");
  add(!holds.unmentioned && found.unmentioned, "candidates whom no paper mentions");
  return lost;
}

std::string decimal_weight(std::int64_t units, std::int64_t scale) {
  if (scale == 1) return std::to_string(units);
  std::string fraction = std::to_string(units % scale + scale).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(units / scale) + (fraction.empty() ? "" : "." + fraction);
}

bool fits_a_line(const std::string& text) {
  return text.find_first_of("\n\r") == std::string::npos && trimmed(text) == text;
}

}  // namespace scrutineer::contest
