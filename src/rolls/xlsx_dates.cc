#include "rolls/xlsx_dates.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/date.h"

namespace scrutineer::rolls {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

}  // namespace

bool is_date_format(unsigned id, std::string_view code) {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) {
    return true;
  }
  bool quoted = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char byte = code[at];
    if (byte == ';' && !quoted) return false;  // only the first section, for positive numbers, counts
    if (byte == '"') quoted = !quoted;
    if (quoted || byte == '"') continue;
    if (byte == '\\' || byte == '_' || byte == '*') {
      ++at;  // the next character is shown or measured as it stands
    } else if (byte == '[') {
      // [Red], [$-809], [>=100] are no part of a date; [h], [mm], [ss] are elapsed time.
      const std::size_t end = std::min(code.find(']', at), code.size() - 1);
      const std::string_view inside = code.substr(at + 1, end - at - 1);
      if (!inside.empty() && inside.find_first_not_of("hmsHMS") == std::string_view::npos) return true;
      at = end;
    } else if (byte == 'G' || byte == 'g') {
      if (code.substr(at).starts_with("General")) return false;
    } else if (std::string_view("dDmMyYhHsS").find(byte) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::string date_of_serial(double serial, bool from_1904) {
  constexpr double last_day = 2'958'466;  // 9999-12-31 and a day
  if (!(serial >= 0) || serial >= last_day) return fmt::format("{}", serial);
  auto days = static_cast<std::int64_t>(std::floor(serial));
  auto seconds =
      static_cast<std::int64_t>(std::llround((serial - static_cast<double>(days)) * seconds_a_day));
  if (seconds == seconds_a_day) {
    ++days;
    seconds = 0;
  }
  const std::string time = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (days == 0 && (seconds > 0 || !from_1904)) return time;
  std::string day;
  if (from_1904) {
    day = (*Date::of(1904, 1, 1) + static_cast<std::int32_t>(days)).iso();
  } else if (days == 60) {
    day = "1900-02-29";
  } else {
    day = (*Date::of(1899, 12, days < 60 ? 31 : 30) + static_cast<std::int32_t>(days)).iso();
  }
  return seconds == 0 ? day : day + " " + time;
}

std::string plain_number(std::string_view text) {
  const bool digits =
      !text.empty() && text.size() <= 15 &&
      std::all_of(text.begin(), text.end(), [](char byte) { return byte >= '0' && byte <= '9'; });
  if (digits) return std::string(text);
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::string(text);
  if (std::floor(value) == value && std::abs(value) < 1e15)
    return fmt::format("{}", static_cast<std::int64_t>(value));
  // Fifteen significant digits are what a spreadsheet holds.
  return fmt::format("{:.15g}", value);
}

}  // namespace scrutineer::rolls
