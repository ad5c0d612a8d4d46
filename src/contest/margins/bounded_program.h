// Small linear and integer programs with bounded variables, and lower bounds on them that are proved in
// integers.
//
//   minimise cost . x   where   A x >= rhs,   lower <= x <= upper,   cost >= 0
//
// A has integer entries and is given in two levels, because here many columns are sums of few vectors: a
// column is a sum of `bases`, a base is a sparse vector of rows. The simplex method below works in floating
// point and only *proposes* multipliers of the rows; certified_bound() turns any multipliers into a bound
// that holds exactly.
#ifndef SCRUTINEER_CONTEST_MARGINS_BOUNDED_PROGRAM_H_
#define SCRUTINEER_CONTEST_MARGINS_BOUNDED_PROGRAM_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scrutineer::contest {

struct Term {
  std::uint32_t index;
  std::int32_t factor;
};

class BoundedProgram {
 public:
  // Rows, bases and columns are numbered from 0 in the order in which they are added.
  std::uint32_t add_row(std::int64_t rhs);
  std::uint32_t add_base(std::span<const Term> rows);
  std::uint32_t add_column(std::int64_t cost, std::int64_t lower, std::int64_t upper,
                           std::span<const Term> bases);

  std::size_t rows() const { return rhs.size(); }
  std::size_t columns() const { return cost.size(); }
  std::span<const Term> base(std::size_t i) const { return slice(base_terms, base_ends, i); }
  std::span<const Term> column(std::size_t j) const { return slice(column_terms, column_ends, j); }

  std::vector<std::int64_t> rhs;
  std::vector<std::int64_t> cost, lower, upper;
  std::vector<Term> base_terms, column_terms;
  std::vector<std::size_t> base_ends, column_ends;

 private:
  static std::span<const Term> slice(const std::vector<Term>& terms, const std::vector<std::size_t>& ends,
                                     std::size_t i) {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return {terms.data() + begin, ends[i] - begin};
  }
};

enum class ProgramStatus : std::uint8_t {
  optimal,     // `x` is the optimum, up to rounding
  cut_off,     // the optimum is at least the cutoff
  infeasible,  // no x; the multipliers are along a ray, so that their bound passes the cutoff
  stopped,     // too many pivots; the multipliers still give a bound
};

struct ProgramSolution {
  ProgramStatus status = ProgramStatus::stopped;
  double value = 0;
  std::vector<double> x;
  std::vector<double> multipliers;  // one a row, at least 0 up to rounding
  std::uint32_t pivots = 0;
};

// Bounded dual simplex (Lemke 1954; bound flipping, Maros 2003) from the slack basis, which is dual feasible
// because costs are not negative. The objective only rises, so it stops at `cutoff`. `work` grows by the
// number of matrix entries touched, the same on any machine.
ProgramSolution solve(const BoundedProgram& program, double cutoff, std::int64_t& work);

// Multipliers in units of 2^-32, none negative.
std::vector<std::int64_t> rounded(std::span<const double> multipliers);

// For any multipliers Y >= 0 and any feasible x:  cost.x >= Y.rhs + sum_j min over [lower, upper] of (cost -
// Y A)_j x_j. That sum in exact integers, divided by 2^32 and rounded up (an integer program cannot cost
// less). REQUIRES multipliers below 2^55 and |upper|, |rhs| below 2^40.
std::int64_t certified_bound(const BoundedProgram& program, std::span<const std::int64_t> multipliers);

struct IntegerSolution {
  std::int64_t cost = 0;
  std::vector<std::int64_t> x;
};

// How a program was divided into boxes: node 0 is the whole; a node is split at a column or is bounded by its
// multipliers (as rounded()).
struct DivisionNode {
  std::optional<std::size_t> column;
  std::int64_t at = 0;
  std::uint32_t below = 0, above = 0;
  std::vector<std::int64_t> multipliers;
};

// How branch and bound went. `proved`: no integer x costs less (the least certified bound of the boxes into
// which the program was divided; where the search was stopped, boxes not looked into have the bound of the
// one they were split from).
struct IntegerSearch {
  std::optional<IntegerSolution> best;  // costing less than the cutoff
  std::int64_t proved = 0;
  std::uint64_t programs = 0;
};

// Branch and bound, depth first on the most fractional variable, within `most_programs` programs; stops at
// the first solution that costs no more than `enough`, a known lower bound. `division`, where given, is
// filled with the boxes; it proves `proved` where that is above 0.
IntegerSearch solve_in_integers(const BoundedProgram& program, std::int64_t cutoff, std::int64_t enough,
                                std::uint32_t most_programs, std::int64_t& work,
                                std::vector<DivisionNode>* division = nullptr);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_BOUNDED_PROGRAM_H_
