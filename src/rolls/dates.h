// One date as somebody typed it: its shape is read without knowing whether day or month comes first, and
// resolved when the whole column has told (rolls/date_columns.h).
#ifndef SCRUTINEER_ROLLS_DATES_H_
#define SCRUTINEER_ROLLS_DATES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace scrutineer::rolls {

enum class DateOrder : std::uint8_t { dmy, mdy, ymd, serial };
std::string_view to_string(DateOrder order);  // "dmy", ...

// Read as dates are, any of / - . , and spaces between the parts; a weekday, "of", ordinal endings (14th) and
// a time of day behind the date are ignored.
enum class DateShape : std::uint8_t {
  missing,     // empty, "n/a", "unknown", "00/00/0000"
  exact,       // order told by the text itself: 1980-02-14, 19800214, 14 Feb 1980, February 14, 1980
  numbers,     // 14/02/1980, 14.2.80, 14021980: first and second wait for the column; 140280 too
  month,       // 02/1980, Feb 1980, Feb-80: no day
  year,        // 1980 alone; in a column of spreadsheet day numbers a day number
  day_number,  // 29265 or 29265.5: days in a spreadsheet's calendar
  unreadable,
};

struct DateText {
  DateShape shape = DateShape::unreadable;
  int first = 0;  // numbers: as they stand; exact and month: year, month, day in that order
  int second = 0;
  int third = 0;
  bool short_year = false;  // the year has two digits; for `numbers` whichever of them is the year
};
DateText date_text(std::string_view text);

struct DateRules {
  DateOrder order = DateOrder::dmy;
  int last_short_year = 2045;          // two-digit years fall within the hundred years that end with it
  bool years_are_day_numbers = false;  // the column is of spreadsheet day numbers
  bool from_1904 = false;              // day numbers count from 1904-01-01 instead of 1899-12-30
};

struct DateReading {
  std::optional<Date> date;  // nothing where missing or wrong
  bool partial = false;      // month or day is not given; the date is then the first day of the month or year
  std::string reason;        // why a value that is there is no date: "there is no 31 February 1980"
};
DateReading resolved(const DateText& text, const DateRules& rules);

// A POSIX strptime pattern in the C locale, for date_format. Whole values must match; %y and %D follow
// `last_short_year`. is_date_pattern is false if the pattern cannot give a year, a month and a day.
bool is_date_pattern(const std::string& pattern);
DateReading read_by_pattern(std::string_view text, const std::string& pattern, int last_short_year);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_DATES_H_
