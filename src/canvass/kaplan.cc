#include "canvass/kaplan.h"

#include <algorithm>
#include <cmath>

namespace scrutineer::canvass {
namespace {

template <typename Factor>
double martingale_p(std::span<const double> values, Look look, const Factor& factor) {
  double logarithm = 0;
  double greatest = 0;
  for (const double value : values) {
    logarithm += std::log(factor(value));
    greatest = std::max(greatest, logarithm);
  }
  return std::exp(-(look == Look::after_every ? greatest : std::max(0.0, logarithm)));
}

double log_of(const Discrepancies& found, double gamma) {
  return static_cast<double>(found.over_one) * std::log1p(-1 / (2 * gamma)) +
         static_cast<double>(found.over_two) * std::log1p(-1 / gamma) +
         static_cast<double>(found.under_one) * std::log1p(1 / (2 * gamma)) +
         static_cast<double>(found.under_two) * std::log1p(1 / gamma);
}

}  // namespace

double kaplan_markov_p(std::span<const double> values, double mean, double padding, Look look) {
  return martingale_p(values, look, [=](double value) { return (value + padding) / (mean + padding); });
}

double kaplan_wald_p(std::span<const double> values, double mean, double padding, Look look) {
  return martingale_p(values, look, [=](double value) { return (1 - padding) * value / mean + padding; });
}

double betting_p(std::span<const double> values, double mean, double bet) {
  return martingale_p(values, Look::after_every, [=](double value) { return 1 + bet * (value - mean); });
}

double kaplan_markov_comparison_p(std::uint64_t sample, double margin, const Discrepancies& found,
                                  double gamma) {
  const double clean = static_cast<double>(sample) * std::log1p(-margin / (2 * gamma));
  return std::min(1.0, std::exp(clean - log_of(found, gamma)));
}

std::uint64_t kaplan_markov_comparison_sample(double margin, const Discrepancies& found, double risk,
                                              double gamma) {
  const double needed = -2 * gamma * (std::log(risk) + log_of(found, gamma)) / margin;
  const auto least = found.over_one + found.over_two + found.under_one + found.under_two;
  return std::max(least, static_cast<std::uint64_t>(std::max(0.0, std::ceil(needed))));
}

}  // namespace scrutineer::canvass
