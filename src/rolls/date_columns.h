// The date columns of a roll: which order a column is written in, told from all its values; placeholder
// dates; and values that are no dates.
//
// Order. Only values like 14/02/1980 wait for it (rolls/dates.h). Rows that are dates only with the day first
// are counted against rows that are dates only with the month first:
//   - one kind alone, or one at least twenty times the other: that order. The rows against it are problems.
//   - both kinds otherwise: the column is mixed and the roll is refused, asking for date_format.
//   - neither, and day = month in every row: either order gives the same dates; taken as day first.
//   - neither: the column cannot tell. If the columns of the same roll that can tell agree, it takes their
//   order
//     (one system exports one format); else the roll is refused, asking for date_format.
// A two-digit year is taken to stand last, unless more than one row in twenty is then no date and fewer are
// with the year first. Numbers of five digits are spreadsheet day numbers, and where most rows are, so are
// all. date_format ("dmy", "mdy", "ymd", "serial", "serial1904" or a strptime pattern) overrules all of this
// for every date column of the roll; values whose text alone tells its order (1980-02-14, 14 Feb 1980) are
// then still read as they say, except under a pattern, which admits only itself and YYYY-MM-DD.
//
// Two-digit years fall within a hundred years: birth dates within those that end 14 years before the roll's
// date (members and electors are not younger), others within those that end 20 years after it. A roll without
// as_of is taken to be of the latest year written with four digits in its dates, or of 2025.
//
// Birth dates. Before `earliest_birth_year` or after as_of they are problems. 1 January, and any other day of
// the year that holds far more than its share, are placeholders: recorded when the day was unknown, often for
// people born where births were not registered (METHODS.md 1.2(6)). Their year is kept and the rest is
// `partial`. The test: of n full birth dates, c on one day of the year, with p = 1/365.25. The day is a
// placeholder if c >= 5, c/n >= 3p (seasons move a day's births by about a tenth, a fixed date of policy much
// more), and the Chernoff-Hoeffding bound on the upper tail, P(X >= c) <= exp(-n KL(c/n || p)) (Hoeffding
// 1963, theorem 1), times 366 days is below 0.001. The few people truly born on such a day lose day and month
// as evidence.
#ifndef SCRUTINEER_ROLLS_DATE_COLUMNS_H_
#define SCRUTINEER_ROLLS_DATE_COLUMNS_H_

#include <array>
#include <optional>
#include <span>

#include "base/result.h"
#include "rolls/roll.h"
#include "rolls/standard_roll.h"

namespace scrutineer::rolls {

// The standard columns that hold dates.
std::span<const Column> date_columns();

// Standardises them all; values that do not parse are appended to roll.problems by column, then row. Columns
// that the roll lacks are missing in every row and have no order.
Result<std::array<DateColumn, column_count>> standard_dates(Roll& roll, const StandardOptions& options);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_DATE_COLUMNS_H_
