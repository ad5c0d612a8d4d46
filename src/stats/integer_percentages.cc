#include "stats/integer_percentages.h"

#include <cmath>

#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr std::uint64_t least_voters = 100;
constexpr double largest_share = 0.99;
constexpr double negligible = 1e-12;

void add(IntegerExcess& excess, bool observed, double probability) {
  excess.observed += observed ? 1U : 0U;
  excess.expected += probability;
  excess.deviation += probability * (1.0 - probability);  // a variance until the end
}

}  // namespace

bool is_integer_percentage(std::uint64_t part, std::uint64_t whole, double tolerance) {
  if (whole == 0) return false;
  const double percentage = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  return std::abs(percentage - std::round(percentage)) <= tolerance;
}

double integer_percentage_probability(std::uint64_t whole, double share, double tolerance) {
  if (whole == 0) return 0.0;
  if (share <= 0) return is_integer_percentage(0, whole, tolerance) ? 1.0 : 0.0;
  if (share >= 1) return is_integer_percentage(whole, whole, tolerance) ? 1.0 : 0.0;
  const auto n = static_cast<double>(whole);
  const auto mode = static_cast<std::uint64_t>((n + 1.0) * share);
  const auto k = static_cast<double>(mode);
  const double largest = std::exp(log_choose(n, k) + k * std::log(share) + (n - k) * std::log1p(-share));
  const double odds = share / (1.0 - share);
  double sum = is_integer_percentage(mode, whole, tolerance) ? largest : 0.0;
  // Outwards from the mode, each term from its neighbour.
  double term = largest;
  for (std::uint64_t x = mode; x < whole && term > negligible * largest; ++x) {
    term *= (n - static_cast<double>(x)) / (static_cast<double>(x) + 1.0) * odds;
    if (is_integer_percentage(x + 1, whole, tolerance)) sum += term;
  }
  term = largest;
  for (std::uint64_t x = mode; x > 0 && term > negligible * largest; --x) {
    term *= static_cast<double>(x) / (n - static_cast<double>(x) + 1.0) / odds;
    if (is_integer_percentage(x - 1, whole, tolerance)) sum += term;
  }
  return sum;
}

IntegerPercentages integer_percentages(std::span<const Station> stations, double tolerance) {
  IntegerPercentages sums;
  for (const Station& station : stations) {
    if (station.voters < least_voters || station.received == 0) continue;
    const double turnout = static_cast<double>(station.given) / static_cast<double>(station.voters);
    const double share = static_cast<double>(station.leader) / static_cast<double>(station.received);
    if (turnout > largest_share || share > largest_share) continue;
    ++sums.stations;
    const double of_turnout = integer_percentage_probability(station.voters, turnout, tolerance);
    const double of_result = integer_percentage_probability(station.received, share, tolerance);
    const bool turnout_whole = is_integer_percentage(station.given, station.voters, tolerance);
    const bool result_whole = is_integer_percentage(station.leader, station.received, tolerance);
    add(sums.turnout, turnout_whole, of_turnout);
    add(sums.result, result_whole, of_result);
    add(sums.either, turnout_whole || result_whole, of_turnout + of_result - of_turnout * of_result);
  }
  for (IntegerExcess* excess : {&sums.turnout, &sums.result, &sums.either})
    excess->deviation = std::sqrt(excess->deviation);
  return sums;
}

}  // namespace scrutineer::stats
