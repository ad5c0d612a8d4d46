// A roll made comparable: names, addresses, postcodes and dates in one form, dictionary-coded, each distinct
// value standardised once. Columns that the roll lacks are present and wholly missing, so that callers need
// no special cases. Raw text stays in the Roll; this holds only what is compared.
#ifndef SCRUTINEER_ROLLS_STANDARD_ROLL_H_
#define SCRUTINEER_ROLLS_STANDARD_ROLL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/text_column.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

// Dates of one column. `partial` marks placeholder dates (1 January and the like recorded when the day is
// unknown): the year is evidence, the day and month are not.
struct DateColumn {
  std::vector<std::optional<Date>> dates;  // one a row; nothing where missing or unparsable
  std::vector<bool> partial;
  std::string
      order;  // "dmy", "mdy", "ymd", "serial" (spreadsheet day numbers); empty if the column is absent
  [[nodiscard]] bool present() const { return !order.empty(); }
};

// What of a field's text is compared: no name, address or number is longer.
inline std::string_view clipped(std::string_view text) {
  return text.substr(0, 4096);
}

struct StandardRoll {
  std::size_t rows = 0;

  // Names: folded to lower-case ASCII letters, digits, spaces, apostrophes removed, hyphens as spaces,
  // titles and honorifics taken off.
  TextColumn given;   // first forename
  TextColumn middle;  // further forenames, in order, separated by spaces
  TextColumn family;
  TextColumn title;  // mr, mrs, dr, sir, ...
  // Tokens that carry little weight as a name (md, mst, begum, miah, ...), in order, also left in their
  // column; see rolls/generic_names.h.
  TextColumn generic;

  // Addresses. `unit_key` identifies one dwelling (postcode or locality, street, number, building, flat) and
  // `building_key` the same without the flat; both missing where the address does not say enough. A flat
  // number never merges a block into one address.
  TextColumn flat;      // "2", "b", "ground floor"
  TextColumn building;  // "rosewood court"
  TextColumn number;    // "12", "12a", "12-14"
  TextColumn street;    // "high street": type spelled out
  TextColumn locality;
  TextColumn postcode;  // "N1 7AA": grammatical ones only
  TextColumn unit_key;
  TextColumn building_key;

  TextColumn birth_date;  // ISO "1980-02-14"; "1980" alone where only the year is evidence
  TextColumn sex;         // "f", "m" or missing
  TextColumn phone;       // digits, national form
  TextColumn email;       // lower case

  // The dates of a roll, by standard column: birth_date, attains_on, joined, left, keyed, signed_on,
  // registered_on, paid_on, visited_on, changed_on, date.
  std::array<DateColumn, column_count> dates;

  [[nodiscard]] const DateColumn& date(Column which) const { return dates[static_cast<std::size_t>(which)]; }
};

// Births before this year are taken for mistakes, unless more than a tenth of a column's dates are: then the
// roll is a historical one and every year is believed.
inline constexpr int default_earliest_birth_year = 1880;

struct StandardOptions {
  unsigned threads = 0;                    // 0: all
  std::optional<int> earliest_birth_year;  // instead of the default and its exception
};

// Standardises every column. Values that do not parse are added to roll.problems (which is why the roll is
// not const). Refused where a date column's order is ambiguous and roll.spec.date_format is not given.
// The same result on any number of threads.
Result<StandardRoll> standardise(Roll& roll, const StandardOptions& options);
Result<StandardRoll> standardise(Roll& roll, unsigned threads = 0);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_STANDARD_ROLL_H_
