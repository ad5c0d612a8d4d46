#include "stats/count_regression.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/negative_binomial.h"

namespace scrutineer::stats {
namespace {

constexpr std::size_t weekdays = 7;
constexpr double level_penalty = 4.0;    // of squared second differences of the level's knots
constexpr double weekday_penalty = 1.0;  // ridge: also makes the seven effects identifiable
constexpr double indicator_penalty = 0.25;
constexpr int rounds = 6;

using Matrix = std::vector<std::vector<double>>;

// Solves the symmetric positive definite system by Cholesky's method; `a` is overwritten.
std::vector<double> solved(Matrix& a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(std::max(a[j][j], 1e-12));
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

// Each day touches four coefficients: two neighbouring knots, its weekday, and the indicator.
class Design {
 public:
  Design(std::span<const DailyCount> days, int knot_days) : days_(days) {
    const double spans = std::max(1.0, std::floor(static_cast<double>(days.size()) / knot_days));
    knots_ = static_cast<std::size_t>(spans) + 1;
    step_ = static_cast<double>(days.size() - 1) / spans;
  }
  [[nodiscard]] std::size_t knots() const { return knots_; }
  [[nodiscard]] std::size_t size() const { return knots_ + weekdays + 1; }

  struct Row {
    std::array<std::size_t, 4> column;
    std::array<double, 4> value;
  };
  [[nodiscard]] Row row(std::size_t day) const {
    const double place = static_cast<double>(day) / step_;
    const std::size_t left = std::min(static_cast<std::size_t>(place), knots_ - 2);
    const double share = place - static_cast<double>(left);
    return {{left, left + 1, knots_ + static_cast<std::size_t>(days_[day].weekday), knots_ + weekdays},
            {1.0 - share, share, 1.0, days_[day].indicated ? 1.0 : 0.0}};
  }

 private:
  std::span<const DailyCount> days_;
  std::size_t knots_ = 2;
  double step_ = 1;
};

void add_penalties(const Design& design, Matrix& a) {
  for (std::size_t k = 0; k + 2 < design.knots(); ++k) {
    constexpr std::array difference{1.0, -2.0, 1.0};
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) a[k + i][k + j] += level_penalty * difference[i] * difference[j];
  }
  for (std::size_t w = 0; w < weekdays; ++w) a[design.knots() + w][design.knots() + w] += weekday_penalty;
  a[design.size() - 1][design.size() - 1] += indicator_penalty;
  for (std::size_t i = 0; i < design.size(); ++i) a[i][i] += 1e-6;
}

// One step of penalised iteratively reweighted least squares, from the linear predictor `eta`.
std::vector<double> reweighted_step(const Design& design, std::span<const double> counts,
                                    std::span<const double> eta, double size) {
  Matrix a(design.size(), std::vector<double>(design.size(), 0.0));
  std::vector<double> b(design.size(), 0.0);
  for (std::size_t day = 0; day < counts.size(); ++day) {
    const double mean = std::exp(eta[day]);
    const double weight = mean / (1.0 + mean / size);
    const double working = eta[day] + (counts[day] - mean) / mean;
    const auto [column, value] = design.row(day);
    for (std::size_t i = 0; i < 4; ++i) {
      b[column[i]] += weight * value[i] * working;
      for (std::size_t j = 0; j < 4; ++j) a[column[i]][column[j]] += weight * value[i] * value[j];
    }
  }
  add_penalties(design, a);
  return solved(a, std::move(b));
}

void predict(const Design& design, const std::vector<double>& coefficients, std::vector<double>& eta) {
  for (std::size_t day = 0; day < eta.size(); ++day) {
    const auto [column, value] = design.row(day);
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += coefficients[column[i]] * value[i];
    eta[day] = std::clamp(sum, -9.0, 12.0);
  }
}

}  // namespace

std::optional<CountRegression> fit_daily_counts(std::span<const DailyCount> days, int knot_days) {
  double total = 0;
  for (const auto& day : days) total += static_cast<double>(day.count);
  if (days.size() < 56 || total < 10) return std::nullopt;
  const Design design(days, knot_days);
  std::vector<double> eta(days.size(), std::log(total / static_cast<double>(days.size())));
  std::vector<double> counts(days.size());
  std::vector<double> coefficients;
  CountRegression fit;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t day = 0; day < days.size(); ++day) {
      const double mean = std::exp(eta[day]);
      const double most = std::ceil(std::log(1e-3) / std::log(mean / (1.0 + mean)));
      counts[day] = std::min(static_cast<double>(days[day].count), most);
    }
    for (int step = 0; step < 4; ++step) {
      coefficients = reweighted_step(design, counts, eta, fit.size);
      predict(design, coefficients, eta);
    }
    std::vector<CountCell> cells;
    for (std::size_t day = 0; day < days.size(); ++day)
      cells.push_back({days[day].count, std::exp(eta[day]), 1});
    const auto size = fit_size(cells);
    if (!size) return std::nullopt;
    fit.size = size->size;
    fit.size_lower = size->size_lower;
  }
  for (const double value : eta) fit.mean.push_back(std::exp(value));
  double level = 0;
  for (std::size_t w = 0; w < weekdays; ++w) level += coefficients[design.knots() + w] / weekdays;
  for (std::size_t w = 0; w < weekdays; ++w)
    fit.weekday_effect.push_back(std::exp(coefficients[design.knots() + w] - level));
  fit.indicator_effect = std::exp(coefficients.back());
  return fit;
}

}  // namespace scrutineer::stats
