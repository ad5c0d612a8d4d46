// Telephone numbers in one form, so that two entries that share one can be seen to.
#ifndef SCRUTINEER_ROLLS_PHONE_H_
#define SCRUTINEER_ROLLS_PHONE_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

struct PhoneReading {
  std::string digits;       // "07700900123"; "00" and the country code for numbers abroad; empty if none
  bool unreadable = false;  // the text holds something, but neither a number nor a way of saying "none"
};

// United Kingdom national form: +44, 0044 and 44 become 0, "(0)" goes, a leading 0 lost to a spreadsheet is
// put back on nine or ten digits that start 1, 2, 3 or 7. Valid are 0 and nine or ten digits starting 1, 2,
// 3, 5, 7, 8 or 9 (Ofcom's National Telephone Numbering Plan), and 00 with 7 to 15 digits. Of several numbers
// in one cell ("020 7946 0123 / 07700 900123") the first readable one is taken; an extension is dropped.
//
// Missing, without complaint: masked numbers (07*** ***123), and numbers typed because the field wanted
// something: one digit repeated, or the run 1234567 or 7654321, after the first two digits.
PhoneReading standard_phone(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_PHONE_H_
