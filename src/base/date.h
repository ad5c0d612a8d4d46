// A calendar day in the proleptic Gregorian calendar, as a number of days since 1970-01-01.
#ifndef SCRUTINEER_BASE_DATE_H_
#define SCRUTINEER_BASE_DATE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scrutineer {

class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}

  // Nothing if there is no such day (31 February) or the year is outside 1 to 9999.
  static std::optional<Date> of(int year, int month, int day);
  // Exactly "YYYY-MM-DD".
  static std::optional<Date> from_iso(std::string_view text);

  [[nodiscard]] constexpr std::int32_t days() const { return days_; }
  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;        // 1 to 12
  [[nodiscard]] int day() const;          // 1 to 31
  [[nodiscard]] int weekday() const;      // 0 Monday to 6 Sunday
  [[nodiscard]] std::string iso() const;  // "YYYY-MM-DD"
  // The same day of the month n months later, or that month's last day if it is shorter.
  [[nodiscard]] Date plus_months(int months) const;

  constexpr auto operator<=>(const Date&) const = default;
  friend constexpr Date operator+(Date date, std::int32_t days) { return Date(date.days_ + days); }
  friend constexpr std::int32_t operator-(Date later, Date earlier) { return later.days_ - earlier.days_; }

 private:
  std::int32_t days_ = 0;
};

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_DATE_H_
