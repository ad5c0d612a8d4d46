#include "stats/runs.h"

#include <algorithm>
#include <cmath>

#include "stats/special.h"

namespace scrutineer::stats {
namespace {

// ln C(n - 1, k - 1): ways to cut n items into k pieces. 0 <= k - 1 <= n - 1 is the caller's care.
double log_cuts(double n, double k) {
  return log_choose(n - 1.0, k - 1.0);
}

// P(R = r): even r = 2k has 2 C(n-1, k-1) C(m-1, k-1) orders of C(n+m, n); odd r = 2k+1 has
// C(n-1, k) C(m-1, k-1) + C(n-1, k-1) C(m-1, k).
double probability(std::uint64_t runs, double n, double m) {
  const double all = log_choose(n + m, n);
  const auto k = static_cast<double>(runs / 2);
  const auto term = [&](double in_n, double in_m) {
    if (in_n < 1 || in_m < 1 || in_n > n || in_m > m) return 0.0;
    return std::exp(log_cuts(n, in_n) + log_cuts(m, in_m) - all);
  };
  return runs % 2 == 0 ? 2.0 * term(k, k) : term(k + 1.0, k) + term(k, k + 1.0);
}

}  // namespace

double runs_lower_tail(std::uint64_t runs, std::uint64_t n, std::uint64_t m) {
  if (n == 0 || m == 0) return 1.0;
  double sum = 0;
  for (std::uint64_t r = 2; r <= runs; ++r)
    sum += probability(r, static_cast<double>(n), static_cast<double>(m));
  return std::min(1.0, sum);
}

RunsTest runs_test(const std::vector<bool>& marks) {
  RunsTest test;
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    marks[i] ? ++test.marked : ++test.unmarked;
    if (i == 0 || marks[i] != marks[i - 1]) {
      ++test.runs;
      length = 0;
    }
    ++length;
    if (marks[i] && length > test.longest) {
      test.longest = length;
      test.longest_at = i + 1 - static_cast<std::size_t>(length);
    }
  }
  const auto n = static_cast<double>(test.marked);
  const auto m = static_cast<double>(test.unmarked);
  test.expected = n + m > 0 ? 2.0 * n * m / (n + m) + (marks.empty() ? 0.0 : 1.0) : 0.0;
  test.p = runs_lower_tail(test.runs, test.marked, test.unmarked);
  return test;
}

}  // namespace scrutineer::stats
