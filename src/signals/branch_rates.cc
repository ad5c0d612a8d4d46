#include "signals/branch_rates.h"

#include <vector>

#include "stats/beta_binomial.h"
#include "stats/evalues.h"

namespace scrutineer::signals {

std::optional<BranchTest> test_against_branches(std::int64_t concerned, std::int64_t members,
                                                std::span<const BranchRate> others) {
  std::vector<stats::BetaBinomialCell> cells;
  for (const BranchRate& other : others)
    if (other.members > 0 && other.concerned >= 0 && other.concerned <= other.members)
      cells.push_back(
          {static_cast<std::uint64_t>(other.members), static_cast<std::uint64_t>(other.concerned), 1, 0});
  if (cells.size() < 5 || members <= 0 || concerned < 0 || concerned > members) return std::nullopt;
  const auto fit = stats::fit_beta_binomial(cells);
  if (!fit) return std::nullopt;
  BranchTest test;
  test.share = fit->p;
  test.expected = fit->p * static_cast<double>(members);
  test.p = stats::beta_binomial_upper_tail(static_cast<std::uint64_t>(concerned),
                                           static_cast<std::uint64_t>(members), fit->p, fit->rho_upper);
  test.e = stats::calibrated_mixture(test.p);
  test.branches = cells.size();
  return test;
}

}  // namespace scrutineer::signals
