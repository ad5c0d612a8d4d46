#include "signals/wording.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "base/text.h"

namespace scrutineer::signals::wording {
namespace {

std::string with_thousands(long long value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
    digits.insert(static_cast<std::size_t>(place), ",");
  return value < 0 ? "-" + digits : digits;
}

std::string listed(std::span<const std::string> parts) {
  return join(parts, ", ");
}

std::string compared(const Comparison& c) {
  const std::string unit = c.counted.empty() ? "" : " " + c.counted;
  std::string text;
  if (c.expected && c.expected_low) {
    text = fmt::format("expected {} to {}{}, ", number(*c.expected_low), number(*c.expected), unit);
  } else if (c.expected) {
    text = fmt::format("expected {}{}, ", number(*c.expected), unit);
  }
  text += fmt::format("observed {}{}", number(c.observed), c.expected ? "" : unit);
  if (c.e) text += fmt::format(", e = {}", number(*c.e));
  return text;
}

}  // namespace

std::string number(double value) {
  if (!std::isfinite(value)) return value > 0 ? "over 1,000,000" : "not known";
  if (value > 1e6) return "over 1,000,000";
  if (value == std::round(value) || std::abs(value) >= 100) return with_thousands(std::llround(value));
  if (std::abs(value) >= 10) return fmt::format("{:.1f}", value);
  if (std::abs(value) >= 1) return fmt::format("{:.2f}", value);
  return fmt::format("{:.2g}", value);
}

std::string no_signal(const Comparison& c) {
  constexpr double unusual_alone = 20;  // by Markov's inequality one test of twenty at most
  if (c.e && *c.e >= unusual_alone) {
    Comparison without = c;
    without.e.reset();
    return fmt::format(
        "No signal among all that were tested alike, though e = {} would be unusual of one alone: under {} "
        "{}.",
        number(*c.e), c.model, compared(without));
  }
  return fmt::format("No signal under {}: {}.", c.model, compared(c));
}

std::string context_only(std::string_view described) {
  return fmt::format("No signal. Context only: {}.", described);
}

std::string record_needs_updating() {
  return "Record needs updating.";
}

std::string unusual(const Comparison& c, std::span<const std::string> innocent) {
  return fmt::format("Unusual under {}: {}; innocent explanations not excluded: {}.", c.model, compared(c),
                     listed(innocent));
}

std::string not_verified(int attempts) {
  return fmt::format("Not verified after {} {}.", attempts, attempts == 1 ? "attempt" : "attempts");
}

std::string told_at_address(int interviewers, std::optional<Date> on, std::string_view said) {
  return fmt::format("The person named at this address told {}{} that {}.",
                     interviewers >= 2 ? "two interviewers" : "one interviewer",
                     on ? " on " + on->iso() : std::string(), said);
}

std::string consistent_with_coordination(std::span<const std::string> alternatives_tested) {
  return fmt::format("Pattern consistent with co-ordination; alternatives tested: {}.",
                     listed(alternatives_tested));
}

std::string count_alone_cannot_tell() {
  return "A count alone cannot tell accident from individual acts or co-ordination.";
}

std::string record_to_check(std::string_view what) {
  return fmt::format("Record to check: {}.", what);
}

std::optional<std::string> forbidden_token(std::string_view text) {
  // METHODS.md 6.4, "forbidden tokens"; the start of a word is enough.
  static constexpr std::array forbidden{"fraud", "fake",      "bogus",
                                        "ghost", "infiltrat", "suspect"};  // forbidden
  const std::string lower = ascii_lower(text);
  for (const std::string_view token : forbidden)
    if (lower.find(token) != std::string::npos) return std::string(token);
  return std::nullopt;
}

}  // namespace scrutineer::signals::wording
