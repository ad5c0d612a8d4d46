// Names of which forename and family name stand in columns of their own, standardised value by value: a roll
// of millions of people has thousands of each, but hardly two people with the same of both.
#ifndef SCRUTINEER_ROLLS_NAMES_APART_H_
#define SCRUTINEER_ROLLS_NAMES_APART_H_

#include <optional>

#include "base/text_column.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

// Of a whole roll, each with its row codes, or without rows where no row has a value.
struct NamesApart {
  TextColumn given, middle, family;
};

// The same codes and values as standard_name() of each row would give in the order of the rows; titles and
// generic words are not told. A row that says both names and no middle one, without asides in the family
// name, is put together from its values; the others are read as a whole. Nothing where these are more than
// half of the rows, or a column is not there.
std::optional<NamesApart> names_apart(const Roll& roll, unsigned threads);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_NAMES_APART_H_
