// Dates of spreadsheets: a number with a date's format.
#ifndef SCRUTINEER_ROLLS_XLSX_DATES_H_
#define SCRUTINEER_ROLLS_XLSX_DATES_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

// True if a cell with this number format shows a date or a time. `code` is the format of a custom id
// ("dd/mm/yyyy;@"); built-in ids need none (ECMA-376 part 1, 18.8.30, and the East Asian ids 27-36, 50-58).
bool is_date_format(unsigned id, std::string_view code);

// A day number as ISO text: "2026-05-06", "2026-05-06 14:30:00" where a time of day stands in it, "14:30:00"
// for a time alone (less than one day). The 1900 system counts a 29 February 1900 that never was: day 60 is
// shown as "1900-02-29", which no reader of dates will take for a day. Numbers outside years 1900 to 9999 are
// shown as numbers.
std::string date_of_serial(double serial, bool from_1904);

// A number as a person would type it: "12" for 12 and 1.2E1, "0.1" for 0.10000000000000001; the text itself
// if it is no number.
std::string plain_number(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XLSX_DATES_H_
