// The margin by trying everything: the textbook twin of every margin computation. Only for tiny electorates.
#ifndef SCRUTINEER_TESTS_CONTEST_REFERENCE_BRUTE_FORCE_H_
#define SCRUTINEER_TESTS_CONTEST_REFERENCE_BRUTE_FORCE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "contest/margin.h"

namespace scrutineer::contest::reference {

// How many papers of each kind there are: kind = order * groups + group.
using Papers = std::vector<std::int8_t>;
using Order = std::vector<Candidate>;

// All orders of at least one of `candidates`, up to `ranks` long.
std::vector<Order> all_orders(unsigned candidates, unsigned ranks);

struct Electorate {
  unsigned candidates = 3;
  unsigned groups = 1;
  bool sections = false;  // it matters in which group a paper is: a changed paper stays in its own
  std::vector<Order> orders;
  Papers papers;

  Ballots ballots() const;
  unsigned valid() const;
};

// Bit c: candidate c can win under some way of settling ties.
using PossibleWinners = std::function<unsigned(const Electorate&, const Papers&)>;

unsigned possible_plurality(const Electorate& electorate, const Papers& papers);
unsigned possible_irv(const Electorate& electorate, const Papers& papers);
unsigned possible_sv(const Electorate& electorate, const Papers& papers);  // orders of up to 2 ranks
unsigned possible_college(const Electorate& electorate,
                          const Papers& papers);  // plurality shares, equal sections

enum class By : std::uint8_t { deleting, adding, modifying, mixing };

struct Found {
  std::optional<int> lots, change;  // nothing: not within the limit
  int searched = 0;                 // numbers of papers up to this were tried
};

// Tries 0, 1, .. `limit` papers. One valid paper must remain. Caps by group, empty for none; when mixing they
// bind what is deleted, and no more than `most_added` papers are added.
Found brute_force(const Electorate& electorate, const PossibleWinners& possible, Candidate winner, By by,
                  int limit, const Caps& caps, int most_added = 1 << 20);

}  // namespace scrutineer::contest::reference

#endif  // SCRUTINEER_TESTS_CONTEST_REFERENCE_BRUTE_FORCE_H_
