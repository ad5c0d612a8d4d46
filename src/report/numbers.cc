#include "report/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace scrutineer::report {
namespace {

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

// Commas between groups of three in a run of digits.
std::string grouped(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string superscript(int exponent) {
  constexpr std::array<std::string_view, 10> digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = exponent < 0 ? "⁻" : "";
  for (const char c : fmt::format("{}", std::abs(exponent))) out += digits[static_cast<std::size_t>(c - '0')];
  return out;
}

// "3.2 × 10⁻⁷"
std::string scientific(double value) {
  const std::string text = fmt::format("{:.1e}", value);
  const std::size_t at = text.find('e');
  return fmt::format("{} × 10{}", text.substr(0, at), superscript(std::stoi(text.substr(at + 1))));
}

// `significant` digits for 0 < value < 10 million, without an exponent.
std::string significant_digits(double value, int significant) {
  const int magnitude = static_cast<int>(std::floor(std::log10(value)));
  std::string text = decimal(value, std::max(0, significant - 1 - magnitude));
  if (text.find('.') != std::string::npos) {  // 2.60 claims no more than 2.6
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

}  // namespace

std::string count(std::uint64_t value) {
  return grouped(fmt::format("{}", value));
}

std::string count(std::int64_t value) {
  if (value >= 0) return count(static_cast<std::uint64_t>(value));
  return "−" + count(~static_cast<std::uint64_t>(value) + 1);
}

std::string counted(std::uint64_t value, std::string_view singular, std::string_view plural) {
  if (value == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", count(value), singular)
                        : fmt::format("{} {}", count(value), plural);
}

std::string decimal(double value, int digits) {
  if (!std::isfinite(value)) return std::string(not_known);
  const std::string text = fmt::format("{:.{}f}", std::fabs(value), digits);
  const std::size_t point = std::min(text.find('.'), text.size());
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  return (value < 0 && !zero ? "−" : "") + grouped(text.substr(0, point)) + text.substr(point);
}

std::string quantity(double value) {
  if (!std::isfinite(value)) return std::string(not_known);
  if (value == 0) return "0";
  const double size = std::fabs(value);
  const std::string sign = value < 0 ? "−" : "";
  if (size >= 1e7 || size < 1e-3) return sign + scientific(size);
  if (size == std::floor(size)) return sign + decimal(size, 0);
  return sign + (size >= 100 ? decimal(size, 0) : significant_digits(size, 3));
}

std::string percent(double share) {
  if (!std::isfinite(share)) return std::string(not_known);
  if (share != 0 && std::fabs(share) < 0.001)
    return quantity(std::stod(fmt::format("{:.1e}", share * 100))) + "%";
  return decimal(share * 100, 1) + "%";
}

std::string share_of(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return fmt::format("{} of 0", count(part));
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{} of {} ({})", count(part), count(whole), percent(share));
}

std::string probability(double p) {
  if (!std::isfinite(p)) return std::string(not_known);
  if (p <= 0) return "0";
  if (p >= 1) return "1";
  return p < 1e-3 ? scientific(p) : significant_digits(p, 3);
}

std::string date(Date day) {
  return fmt::format("{} {} {}", day.day(), months[static_cast<std::size_t>(day.month() - 1)], day.year());
}

std::string short_date(Date day) {
  constexpr std::string_view no_break_space = "\u00A0";
  const std::string_view month = months[static_cast<std::size_t>(day.month() - 1)].substr(0, 3);
  return fmt::format("{}{}{}{}{}", day.day(), no_break_space, month, no_break_space, day.year());
}

std::string date(const std::optional<Date>& day) {
  return day ? date(*day) : "not stated";
}

std::string bytes(std::uint64_t size) {
  constexpr std::array<std::string_view, 5> units = {"kB", "MB", "GB", "TB", "PB"};
  if (size < 1000) return counted(size, "byte");
  double shown = static_cast<double>(size) / 1000;
  std::size_t unit = 0;
  while (shown >= 999.95 && unit + 1 < units.size()) {
    shown /= 1000;
    ++unit;
  }
  return fmt::format("{} {}", decimal(shown, 1), units[unit]);
}

Interval wilson(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return {};
  constexpr double z = 1.959963984540054;
  const double n = static_cast<double>(whole);
  const double share = static_cast<double>(part) / n;
  const double centre = share + z * z / (2 * n);
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {part == 0 ? 0.0 : (centre - half) / scale, part == whole ? 1.0 : (centre + half) / scale};
}

std::string interval(Interval of) {
  return fmt::format("{} to {}", percent(of.low), percent(of.high));
}

std::string e_value_in_words(double e) {
  if (std::isnan(e)) return "The e-value is not known.";
  if (std::isinf(e))
    return "The null model allows no such observation: a bet against it would have won without limit.";
  if (e < 1.05) {
    return fmt::format(
        "An e-value of {} speaks for the null model, not against it: a bet against it at fair odds would "
        "have "
        "kept {} of its stake.",
        quantity(e), e < 0.995 ? percent(e) : "no more than all");
  }
  return fmt::format(
      "An e-value of {0}: a bet against the null model, at odds that are fair if that model is true, would "
      "have "
      "multiplied its stake by {0}.",
      quantity(e));
}

}  // namespace scrutineer::report
