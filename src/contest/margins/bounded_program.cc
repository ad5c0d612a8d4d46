#include "contest/margins/bounded_program.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace scrutineer::contest {

std::uint32_t BoundedProgram::add_row(std::int64_t value) {
  rhs.push_back(value);
  return static_cast<std::uint32_t>(rhs.size() - 1);
}

std::uint32_t BoundedProgram::add_base(std::span<const Term> rows_of_base) {
  base_terms.insert(base_terms.end(), rows_of_base.begin(), rows_of_base.end());
  base_ends.push_back(base_terms.size());
  return static_cast<std::uint32_t>(base_ends.size() - 1);
}

std::uint32_t BoundedProgram::add_column(std::int64_t column_cost, std::int64_t least, std::int64_t most,
                                         std::span<const Term> bases) {
  cost.push_back(column_cost);
  lower.push_back(least);
  upper.push_back(most);
  column_terms.insert(column_terms.end(), bases.begin(), bases.end());
  column_ends.push_back(column_terms.size());
  return static_cast<std::uint32_t>(column_ends.size() - 1);
}

namespace {

constexpr double feasible_within = 1e-7;
constexpr double pivot_above = 1e-9;
constexpr std::uint32_t most_pivots = 3000;

// The state of one run of the dual simplex. Variables 0 .. n-1 are the columns; n + r is the slack of row r,
// with A x - slack = rhs and slack >= 0.
class DualSimplex {
 public:
  DualSimplex(const BoundedProgram& program, std::int64_t& work)
      : p_(program), work_(work), m_(program.rows()), n_(program.columns()) {
    inverse_.assign(m_ * m_, 0.0);
    for (std::size_t r = 0; r < m_; ++r) inverse_[r * m_ + r] = -1.0;
    basis_.resize(m_);
    for (std::size_t r = 0; r < m_; ++r) basis_[r] = n_ + r;
    where_.assign(n_ + m_, at_lower);
    for (std::size_t r = 0; r < m_; ++r) where_[n_ + r] = basic;
    reduced_.assign(n_ + m_, 0.0);
    for (std::size_t j = 0; j < n_; ++j) reduced_[j] = cost_of(j);
    alpha_.assign(n_ + m_, 0.0);
    base_value_.resize(p_.base_ends.size());
    std::vector<double> sum(m_, 0.0);
    for (std::size_t j = 0; j < n_; ++j)
      if (p_.lower[j] != 0) add_column(j, static_cast<double>(p_.lower[j]), sum);
    value_.resize(m_);
    for (std::size_t r = 0; r < m_; ++r) value_[r] = sum[r] - static_cast<double>(p_.rhs[r]);
  }

  ProgramSolution run(double cutoff) {
    ProgramSolution solution;
    for (; solution.pivots < most_pivots; ++solution.pivots) {
      solution.value = objective();
      if (solution.value >= cutoff - feasible_within) {
        solution.status = ProgramStatus::cut_off;
        break;
      }
      const std::size_t row = leaving_row();
      if (row == m_) {
        solution.status = ProgramStatus::optimal;
        break;
      }
      if (!pivot(row)) {
        solution.status = ProgramStatus::infeasible;
        finish(solution);
        add_ray(row, cutoff, solution);
        return solution;
      }
    }
    finish(solution);
    return solution;
  }

 private:
  enum Where : char { basic, at_lower, at_upper };

  // Equal costs make equal ratios and the method may turn in a circle; a small push, different for each
  // column and the same in every run, breaks them. The bound is certified with the true costs.
  double cost_of(std::size_t j) const {
    const std::uint64_t hash = (j + 1) * 0x9E3779B97F4A7C15ULL;
    return static_cast<double>(p_.cost[j]) + 1e-7 * (1.0 + static_cast<double>(hash >> 40) / 16777216.0);
  }

  double lower_of(std::size_t v) const { return v < n_ ? static_cast<double>(p_.lower[v]) : 0.0; }
  double upper_of(std::size_t v) const {
    return v < n_ ? static_cast<double>(p_.upper[v]) : std::numeric_limits<double>::infinity();
  }

  void add_column(std::size_t v, double times, std::vector<double>& sum) const {
    if (v >= n_) {
      sum[v - n_] -= times;
      return;
    }
    for (const Term& part : p_.column(v))
      for (const Term& row : p_.base(part.index)) sum[row.index] += times * part.factor * row.factor;
  }

  double objective() const {
    double total = 0;
    for (std::size_t r = 0; r < m_; ++r)
      if (basis_[r] < n_) total += static_cast<double>(p_.cost[basis_[r]]) * value_[r];
    for (std::size_t j = 0; j < n_; ++j) {
      if (where_[j] == at_upper) total += static_cast<double>(p_.cost[j] * p_.upper[j]);
      if (where_[j] == at_lower) total += static_cast<double>(p_.cost[j] * p_.lower[j]);
    }
    return total;
  }

  std::size_t leaving_row() const {
    std::size_t worst = m_;
    double most = feasible_within;
    for (std::size_t r = 0; r < m_; ++r) {
      const double off = std::max(lower_of(basis_[r]) - value_[r], value_[r] - upper_of(basis_[r]));
      if (off <= most) continue;
      most = off;
      worst = r;
    }
    return worst;
  }

  // alpha_[v] = (row of the inverse) . (column of v), for every variable outside the basis.
  void price(std::size_t row) {
    const double* rho = inverse_.data() + row * m_;
    for (std::size_t b = 0; b < base_value_.size(); ++b) {
      double sum = 0;
      for (const Term& term : p_.base(b)) sum += rho[term.index] * term.factor;
      base_value_[b] = sum;
    }
    for (std::size_t j = 0; j < n_; ++j) {
      double sum = 0;
      if (where_[j] != basic)
        for (const Term& part : p_.column(j)) sum += base_value_[part.index] * part.factor;
      alpha_[j] = sum;
    }
    for (std::size_t r = 0; r < m_; ++r) alpha_[n_ + r] = where_[n_ + r] == basic ? 0.0 : -rho[r];
    work_ += static_cast<std::int64_t>(p_.base_terms.size() + p_.column_terms.size() + m_);
  }

  struct Breakpoint {
    double ratio;
    double size;
    std::size_t variable;
  };

  // One step: the basic variable of `row` leaves for the bound it breaks. False if nothing can enter.
  bool pivot(std::size_t row) {
    const bool below = value_[row] < lower_of(basis_[row]);
    const double bound = below ? lower_of(basis_[row]) : upper_of(basis_[row]);
    price(row);
    breakpoints_.clear();
    for (std::size_t v = 0; v < n_ + m_; ++v) {
      if (where_[v] == basic || std::fabs(alpha_[v]) <= pivot_above || lower_of(v) == upper_of(v)) continue;
      const double push = below ? -alpha_[v] : alpha_[v];
      if ((where_[v] == at_lower) != (push > 0)) continue;
      breakpoints_.push_back(
          {std::max(0.0, where_[v] == at_lower ? reduced_[v] : -reduced_[v]) / std::fabs(alpha_[v]),
           std::fabs(alpha_[v]), v});
    }
    if (breakpoints_.empty()) return false;
    std::sort(breakpoints_.begin(), breakpoints_.end(), [](const Breakpoint& a, const Breakpoint& b) {
      if (a.ratio != b.ratio) return a.ratio < b.ratio;
      if (a.size != b.size) return a.size > b.size;
      return a.variable < b.variable;
    });
    double slope = std::fabs(value_[row] - bound);
    std::size_t enters = 0;
    for (; enters < breakpoints_.size(); ++enters) {
      const std::size_t v = breakpoints_[enters].variable;
      slope -= breakpoints_[enters].size * (upper_of(v) - lower_of(v));
      if (slope <= 0) break;
    }
    if (enters == breakpoints_.size()) return false;  // even with all of them flipped the row stays broken
    flip(enters);
    exchange(row, breakpoints_[enters].variable, bound);
    return true;
  }

  // Moves the first `count` breakpoints' variables to their other bound.
  void flip(std::size_t count) {
    if (count == 0) return;
    column_.assign(m_, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t v = breakpoints_[i].variable;
      const double width = upper_of(v) - lower_of(v);
      add_column(v, where_[v] == at_lower ? width : -width, column_);
      where_[v] = where_[v] == at_lower ? at_upper : at_lower;
    }
    const std::vector<double> moved = times_inverse(column_);
    for (std::size_t r = 0; r < m_; ++r) value_[r] -= moved[r];
  }

  std::vector<double> times_inverse(const std::vector<double>& right) {
    std::vector<double> result(m_, 0.0);
    std::vector<std::size_t> used;
    for (std::size_t c = 0; c < m_; ++c)
      if (right[c] != 0.0) used.push_back(c);
    for (std::size_t r = 0; r < m_; ++r) {
      double sum = 0;
      for (const std::size_t c : used) sum += inverse_[r * m_ + c] * right[c];
      result[r] = sum;
    }
    work_ += static_cast<std::int64_t>(m_ * used.size());
    return result;
  }

  void exchange(std::size_t row, std::size_t enters, double bound) {
    column_.assign(m_, 0.0);
    add_column(enters, 1.0, column_);
    const std::vector<double> direction = times_inverse(column_);
    const double pivot_value = direction[row];
    const double step = (value_[row] - bound) / pivot_value;
    const double entering_value = (where_[enters] == at_upper ? upper_of(enters) : lower_of(enters)) + step;
    for (std::size_t r = 0; r < m_; ++r) value_[r] -= step * direction[r];
    const double dual_step = reduced_[enters] / alpha_[enters];
    for (std::size_t v = 0; v < n_ + m_; ++v)
      if (alpha_[v] != 0.0) reduced_[v] -= dual_step * alpha_[v];
    const std::size_t leaves = basis_[row];
    where_[leaves] = bound == lower_of(leaves) ? at_lower : at_upper;
    reduced_[leaves] = -dual_step;
    reduced_[enters] = 0.0;
    where_[enters] = basic;
    basis_[row] = enters;
    value_[row] = entering_value;
    double* pivot_row = inverse_.data() + row * m_;
    for (std::size_t c = 0; c < m_; ++c) pivot_row[c] /= pivot_value;
    for (std::size_t r = 0; r < m_; ++r) {
      if (r == row || direction[r] == 0.0) continue;
      double* target = inverse_.data() + r * m_;
      for (std::size_t c = 0; c < m_; ++c) target[c] -= direction[r] * pivot_row[c];
      work_ += static_cast<std::int64_t>(m_);
    }
  }

  void finish(ProgramSolution& solution) const {
    solution.multipliers.assign(m_, 0.0);
    for (std::size_t r = 0; r < m_; ++r) {
      if (basis_[r] >= n_ || p_.cost[basis_[r]] == 0) continue;
      const auto cost = static_cast<double>(p_.cost[basis_[r]]);
      for (std::size_t c = 0; c < m_; ++c) solution.multipliers[c] += cost * inverse_[r * m_ + c];
    }
    solution.x.resize(n_);
    for (std::size_t j = 0; j < n_; ++j) solution.x[j] = where_[j] == at_upper ? upper_of(j) : lower_of(j);
    for (std::size_t r = 0; r < m_; ++r)
      if (basis_[r] < n_) solution.x[basis_[r]] = value_[r];
  }

  // Where no variable can mend the row, the row of the inverse is a ray along which the bound grows without
  // end: far enough along it the multipliers prove that the cutoff is passed.
  void add_ray(std::size_t row, double cutoff, ProgramSolution& solution) const {
    const bool below = value_[row] < lower_of(basis_[row]);
    const double* rho = inverse_.data() + row * m_;
    double gain = std::fabs(value_[row] - (below ? lower_of(basis_[row]) : upper_of(basis_[row])));
    for (const Breakpoint& point : breakpoints_)
      gain -= point.size * (upper_of(point.variable) - lower_of(point.variable));
    if (!(gain > 1e-6)) return;
    const double far = std::min((std::max(1.0, cutoff) + 1.0) * 4.0 / gain, 1e6);
    for (std::size_t c = 0; c < m_; ++c) solution.multipliers[c] += (below ? -far : far) * rho[c];
  }

  const BoundedProgram& p_;
  std::int64_t& work_;
  const std::size_t m_, n_;
  std::vector<double> inverse_;     // of the basis matrix, by rows
  std::vector<std::size_t> basis_;  // by row: the basic variable
  std::vector<double> value_;       // by row: its value
  std::vector<Where> where_;        // by variable
  std::vector<double> reduced_;     // by variable: reduced cost
  std::vector<double> alpha_;
  std::vector<double> base_value_;
  std::vector<double> column_;
  std::vector<Breakpoint> breakpoints_;
};

}  // namespace

ProgramSolution solve(const BoundedProgram& program, double cutoff, std::int64_t& work) {
  return DualSimplex(program, work).run(cutoff);
}

std::vector<std::int64_t> rounded(std::span<const double> multipliers) {
  constexpr double unit = 4294967296.0;
  constexpr double most = 4503599627370496.0;  // 2^52
  std::vector<std::int64_t> result;
  for (const double y : multipliers)
    result.push_back(y > 0 ? static_cast<std::int64_t>(std::llround(std::min(y * unit, most))) : 0);
  return result;
}

namespace {
__extension__ typedef __int128 Wide;
}  // namespace

std::int64_t certified_bound(const BoundedProgram& program, std::span<const std::int64_t> multipliers) {
  std::vector<Wide> base_value(program.base_ends.size(), 0);
  for (std::size_t b = 0; b < base_value.size(); ++b)
    for (const Term& term : program.base(b))
      base_value[b] += static_cast<Wide>(multipliers[term.index]) * term.factor;
  Wide bound = 0;
  for (std::size_t r = 0; r < program.rows(); ++r)
    bound += static_cast<Wide>(multipliers[r]) * program.rhs[r];
  for (std::size_t j = 0; j < program.columns(); ++j) {
    Wide left = static_cast<Wide>(program.cost[j]) << 32;
    for (const Term& part : program.column(j)) left -= base_value[part.index] * part.factor;
    bound += left * (left < 0 ? program.upper[j] : program.lower[j]);
  }
  const Wide unit = static_cast<Wide>(1) << 32;
  const Wide ceiling = bound >= 0 ? (bound + unit - 1) / unit : -((-bound) / unit);
  return static_cast<std::int64_t>(std::clamp<Wide>(ceiling, 0, std::numeric_limits<std::int64_t>::max()));
}

namespace {

// The column whose value is furthest from a whole number; the number of columns if all are whole.
std::size_t most_fractional(const ProgramSolution& solution) {
  std::size_t worst = solution.x.size();
  double most = 1e-6;
  for (std::size_t j = 0; j < solution.x.size(); ++j) {
    const double off = std::fabs(solution.x[j] - std::nearbyint(solution.x[j]));
    if (off <= most) continue;
    most = off;
    worst = j;
  }
  return worst;
}

IntegerSolution in_integers(const BoundedProgram& program, const ProgramSolution& solution) {
  IntegerSolution result;
  for (std::size_t j = 0; j < program.columns(); ++j) {
    result.x.push_back(std::llround(solution.x[j]));
    result.cost += program.cost[j] * result.x.back();
  }
  return result;
}

}  // namespace

IntegerSearch solve_in_integers(const BoundedProgram& program, std::int64_t cutoff, std::int64_t enough,
                                std::uint32_t most_programs, std::int64_t& work,
                                std::vector<DivisionNode>* division) {
  struct Box {
    std::vector<std::int64_t> lower, upper;
    std::uint32_t node = 0;  // in `division`
    // Of the box that it was split from: they bound it too, should it not be looked into.
    std::shared_ptr<const std::vector<std::int64_t>> multipliers;
  };
  std::vector<Box> open = {{program.lower, program.upper, 0, nullptr}};
  if (division) division->assign(1, {});
  IntegerSearch search;
  std::int64_t proved = std::numeric_limits<std::int64_t>::max();
  BoundedProgram part = program;
  while (!open.empty() && search.programs < most_programs) {
    part.lower = std::move(open.back().lower);
    part.upper = std::move(open.back().upper);
    const std::uint32_t node = open.back().node;
    open.pop_back();
    ++search.programs;
    // Costs are whole, so whatever is better costs at least one less.
    const ProgramSolution solution = solve(part, static_cast<double>(cutoff - 1) + 0.001, work);
    const std::size_t j =
        solution.status == ProgramStatus::optimal ? most_fractional(solution) : program.columns();
    if (j == program.columns()) {
      std::vector<std::int64_t> multipliers = rounded(solution.multipliers);
      proved = std::min(proved, certified_bound(part, multipliers));
      if (division) (*division)[node].multipliers = std::move(multipliers);
      if (solution.status != ProgramStatus::optimal) continue;
      IntegerSolution found = in_integers(part, solution);
      if (found.cost >= cutoff) continue;
      cutoff = found.cost;
      search.best = std::move(found);
      if (cutoff <= enough) break;
      continue;
    }
    const auto inherited = std::make_shared<const std::vector<std::int64_t>>(rounded(solution.multipliers));
    Box up = {part.lower, part.upper, 0, inherited};
    Box down = {part.lower, part.upper, 0, inherited};
    down.upper[j] = static_cast<std::int64_t>(std::floor(solution.x[j]));
    up.lower[j] = down.upper[j] + 1;
    if (division) {
      down.node = static_cast<std::uint32_t>(division->size());
      up.node = down.node + 1;
      division->resize(division->size() + 2);
      DivisionNode& parent = (*division)[node];
      parent.column = j;
      parent.at = down.upper[j];
      parent.below = down.node;
      parent.above = up.node;
    }
    const bool up_first = solution.x[j] - std::floor(solution.x[j]) > 0.5;
    open.push_back(up_first ? std::move(down) : std::move(up));
    open.push_back(up_first ? std::move(up) : std::move(down));
  }
  for (Box& box : open) {
    if (!box.multipliers) return search;  // nothing was looked into
    part.lower = std::move(box.lower);
    part.upper = std::move(box.upper);
    proved = std::min(proved, certified_bound(part, *box.multipliers));
    if (division) (*division)[box.node].multipliers = *box.multipliers;
  }
  if (proved != std::numeric_limits<std::int64_t>::max()) search.proved = proved;
  return search;
}

}  // namespace scrutineer::contest
