// The proof of a lower bound for an instant run-off, as a tree search leaves it: for every order of
// elimination in which the winner does not win, an end of it (a suffix) that needs at least so many papers,
// and why. doc/margin-certificate.md defines each part in integers; nothing here is trusted by the checker.
#ifndef SCRUTINEER_CONTEST_CERTIFICATE_PROOF_H_
#define SCRUTINEER_CONTEST_CERTIFICATE_PROOF_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "contest/contest.h"

namespace scrutineer::contest {

// A row of a suffix's linear program, named so that a reader can build it without knowing any order of rows.
enum class RowKind : std::uint8_t {
  stage,    // at stage a, position b keeps at least the votes of position a
  flow,     // no more new papers leave position a than came to it
  balance,  // no more papers are put in than were taken away (modify)
  cap,      // no more papers of group a are touched than its cap
  added,    // no more papers are put in than may come (mixed)
};

struct RowMultiplier {
  RowKind row = RowKind::stage;
  std::uint32_t a = 0, b = 0;  // positions count from 0
  std::int64_t units = 0;      // of 2^-32; never negative
};

// A column of the program: papers taken away that count for exactly these positions (in one group where caps
// bind), or new papers that pass from one position, or from where they are put in, to a later one.
struct ColumnName {
  bool arc = false;
  std::vector<std::uint32_t> positions;  // taken away: rising
  std::uint32_t group = 0;
  std::optional<std::uint32_t> from;  // arc: nothing where the papers are put in
  std::uint32_t to = 0;
};

// A node of the division of a program into boxes: either split at a column (at most `at` below, at least
// `at` + 1 above), or bounded by multipliers.
struct Division {
  struct Split {
    ColumnName column;
    std::int64_t at = 0;
    std::uint32_t below = 0, above = 0;  // nodes, by number; node 0 is the whole program
  };
  std::optional<Split> split;
  std::vector<RowMultiplier> rows;
};

enum class Pruned : std::uint8_t {
  stage,    // by the tallies when only the suffix stands
  outside,  // by the tallies when one candidate outside still stands
  program,  // by multipliers of its linear program, divided into boxes if need be
};

struct SuffixProof {
  std::vector<Candidate> suffix;  // who goes out first .. who wins
  Pruned by = Pruned::stage;
  std::vector<Division> boxes;
};

struct TreeProof {
  std::vector<SuffixProof> leaves;
};

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_CERTIFICATE_PROOF_H_
