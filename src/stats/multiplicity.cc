#include "stats/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace scrutineer::stats {
namespace {

// Indices from the largest to the smallest value; equal values in their own order.
std::vector<std::size_t> falling_order(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  return order;
}

std::vector<double> without_nan(std::span<const double> e) {
  std::vector<double> clean(e.begin(), e.end());
  for (double& value : clean)
    if (std::isnan(value)) value = 0;
  return clean;
}

// Does every set A of hypotheses satisfy sum over A of e >= |A| |A n R| / (alpha r), R the r largest of
// `falling`? For |A n R| = s the worst A takes the s smallest of R and then such others, smallest first, as
// have e < s / (alpha r): each of them makes the condition harder.
bool closed_under(const std::vector<double>& falling, std::size_t r, double alpha) {
  const std::size_t m = falling.size();
  double from_kept = 0;
  std::size_t others = 0;  // how many of the smallest outside R are taken
  double from_others = 0;
  for (std::size_t s = 1; s <= r; ++s) {
    from_kept += falling[r - s];
    const double needed = static_cast<double>(s) / (alpha * static_cast<double>(r));
    while (others < m - r && falling[m - 1 - others] < needed) from_others += falling[m - 1 - others++];
    const auto size = static_cast<double>(s + others);
    if (from_kept + from_others < size * needed * (1.0 - 1e-12)) return false;
  }
  return true;
}

}  // namespace

std::vector<bool> e_bh(std::span<const double> e, double alpha, std::size_t family) {
  const std::vector<double> clean = without_nan(e);
  const auto m = static_cast<double>(std::max(family, e.size()));
  const auto order = falling_order(clean);
  std::size_t kept = 0;
  for (std::size_t k = 1; k <= order.size(); ++k)
    if (clean[order[k - 1]] * alpha * static_cast<double>(k) >= m) kept = k;
  std::vector<bool> result(e.size(), false);
  for (std::size_t k = 0; k < kept; ++k) result[order[k]] = true;
  return result;
}

std::vector<bool> closed_e_bh(std::span<const double> e, double alpha) {
  const std::vector<double> clean = without_nan(e);
  const auto order = falling_order(clean);
  std::vector<double> falling;
  for (const std::size_t i : order) falling.push_back(clean[i]);
  std::size_t kept = falling.size();
  while (kept > 0 && !closed_under(falling, kept, alpha)) --kept;
  std::vector<bool> result(e.size(), false);
  for (std::size_t k = 0; k < kept; ++k) result[order[k]] = true;
  return result;
}

std::vector<bool> benjamini_hochberg(std::span<const double> p, double alpha) {
  const auto m = static_cast<double>(p.size());
  const auto order = falling_order(p);
  std::vector<bool> result(p.size(), false);
  bool keep = false;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto rank = static_cast<double>(p.size() - i);  // of this p among the rising ones
    keep = keep || p[order[i]] <= alpha * rank / m;
    result[order[i]] = keep;
  }
  return result;
}

std::vector<double> holm_adjusted(std::span<const double> p) {
  const auto falling = falling_order(p);
  std::vector<double> result(p.size(), 1.0);
  double largest = 0;
  for (std::size_t i = 0; i < falling.size(); ++i) {
    const std::size_t index = falling[falling.size() - 1 - i];
    largest = std::max(largest, std::min(1.0, p[index] * static_cast<double>(p.size() - i)));
    result[index] = largest;
  }
  return result;
}

}  // namespace scrutineer::stats
