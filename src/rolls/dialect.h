// Which character separates the fields of a text.
#ifndef SCRUTINEER_ROLLS_DIALECT_H_
#define SCRUTINEER_ROLLS_DIALECT_H_

#include <optional>
#include <string_view>

#include "rolls/record_splitter.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

inline constexpr char one_column = '\x1F';

// Tries comma, semicolon, tab, bar and the other characters that separate fields in practice on the first
// records of the text, and takes the one under which most headers are recognised, then the one under which
// most records have the same number of fields (at least two), then the one that makes most fields, then the
// commoner one. A text in which none makes two fields, or none in the first record and no header is
// recognised, is one column wide, and `one_column` is returned for it, which does not stand in it. `whole`
// says that the text is the whole file and its last record is complete.
Dialect find_dialect(std::string_view head, bool whole, const RollSpec& spec);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_DIALECT_H_
