#include "stats/permutation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "stats/random.h"

namespace scrutineer::stats {
namespace {

// Permutations a chunk: enough work to hide the cost of handing it out.
constexpr std::size_t rows_a_chunk = 32;

bool reaches(double value, double observed) {
  return value >= observed - 1e-9 * std::max(1.0, std::abs(observed));
}

std::vector<std::vector<double>> standardised_columns(const PermutationTable& table) {
  std::vector<std::vector<double>> columns;
  columns.reserve(table.statistics);
  for (std::size_t k = 0; k < table.statistics; ++k) columns.push_back(standardised(table.column(k)));
  return columns;
}

}  // namespace

ExchangeClasses::ExchangeClasses(std::span<const std::uint32_t> class_of)
    : units_(class_of.size()), members_(class_of.size()) {
  std::iota(members_.begin(), members_.end(), 0U);
  std::stable_sort(members_.begin(), members_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return class_of[a] < class_of[b]; });
  for (std::size_t i = 0; i < units_; ++i)
    if (i == 0 || class_of[members_[i]] != class_of[members_[i - 1]]) starts_.push_back(i);
  starts_.push_back(units_);
}

std::size_t ExchangeClasses::movable() const {
  std::size_t count = 0;
  for (std::size_t c = 0; c + 1 < starts_.size(); ++c)
    if (starts_[c + 1] - starts_[c] > 1) count += starts_[c + 1] - starts_[c];
  return count;
}

void ExchangeClasses::draw(std::uint64_t seed, std::string_view purpose, std::uint64_t index,
                           std::span<std::uint32_t> source) const {
  std::iota(source.begin(), source.end(), 0U);
  if (index == 0) return;
  Random random(seed, purpose, index);
  for (std::size_t c = 0; c + 1 < starts_.size(); ++c) {
    // Fisher-Yates over the places of the class: afterwards source is a permutation of its units.
    for (std::size_t left = starts_[c + 1] - starts_[c]; left > 1; --left) {
      const auto other = static_cast<std::size_t>(random.below(left));
      std::swap(source[members_[starts_[c] + left - 1]], source[members_[starts_[c] + other]]);
    }
  }
}

std::vector<double> PermutationTable::column(std::size_t statistic) const {
  std::vector<double> result(rows());
  for (std::size_t row = 0; row < result.size(); ++row) result[row] = values[row * statistics + statistic];
  return result;
}

PermutationTable permute(const ExchangeClasses& classes, std::size_t statistics,
                         const PermutationOptions& options, const PermutedStatistics& compute) {
  const std::size_t rows = std::size_t{options.permutations} + 1;
  PermutationTable table{statistics, std::vector<double>(rows * statistics, 0.0)};
  const unsigned threads = thread_count(options.threads);
  std::vector<std::vector<std::uint32_t>> sources(threads, std::vector<std::uint32_t>(classes.units()));
  const std::size_t chunks = (rows + rows_a_chunk - 1) / rows_a_chunk;
  parallel_for_worker(threads, chunks, [&](std::size_t chunk, unsigned worker) {
    const std::size_t end = std::min(rows, (chunk + 1) * rows_a_chunk);
    for (std::size_t row = chunk * rows_a_chunk; row < end; ++row) {
      classes.draw(options.seed, options.purpose, row, sources[worker]);
      compute(sources[worker], std::span(table.values).subspan(row * statistics, statistics), worker);
    }
  });
  return table;
}

double permutation_p(std::span<const double> values) {
  if (values.empty()) return 1.0;
  const auto at_least =
      std::count_if(values.begin(), values.end(), [&](double v) { return reaches(v, values[0]); });
  return static_cast<double>(at_least) / static_cast<double>(values.size());
}

std::vector<double> standardised(std::span<const double> values) {
  std::vector<double> result(values.size(), 0.0);
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double deviation = std::sqrt(squares / n);
  if (deviation <= 1e-12 * std::max(1.0, std::abs(mean))) return result;
  for (std::size_t i = 0; i < values.size(); ++i) result[i] = (values[i] - mean) / deviation;
  return result;
}

std::vector<double> sum_of_standardised(const PermutationTable& table) {
  std::vector<double> sums(table.rows(), 0.0);
  for (const auto& column : standardised_columns(table))
    for (std::size_t row = 0; row < sums.size(); ++row) sums[row] += column[row];
  return sums;
}

std::vector<double> max_of_standardised(const PermutationTable& table) {
  const auto columns = standardised_columns(table);
  std::vector<double> maxima = columns.empty() ? std::vector<double>{} : columns.front();
  for (const auto& column : columns)
    for (std::size_t row = 0; row < maxima.size(); ++row) maxima[row] = std::max(maxima[row], column[row]);
  return maxima;
}

std::vector<double> max_type_p(const PermutationTable& table) {
  auto maxima = max_of_standardised(table);
  std::sort(maxima.begin(), maxima.end());
  std::vector<double> result;
  for (const auto& column : standardised_columns(table)) {
    const double least = column.front() - 1e-9 * std::max(1.0, std::abs(column.front()));
    const auto below = std::lower_bound(maxima.begin(), maxima.end(), least) - maxima.begin();
    result.push_back(static_cast<double>(static_cast<std::ptrdiff_t>(maxima.size()) - below) /
                     static_cast<double>(maxima.size()));
  }
  return result;
}

}  // namespace scrutineer::stats
