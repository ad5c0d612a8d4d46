// Which character separates the fields of a text.
#ifndef SCRUTINEER_ROLLS_DIALECT_H_
#define SCRUTINEER_ROLLS_DIALECT_H_

#include <optional>
#include <string_view>

#include "rolls/record_splitter.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

// Tries comma, semicolon, tab, bar and the other characters that separate fields in practice on the first
// records of the text, and takes the one under which most headers are recognised, then the one under which
// most records have the same number of fields (at least two), then the one that makes most fields, then the
// commoner one. A text in which none makes two fields is one column wide, and a comma is returned for it.
// `whole` says that the text is the whole file and its last record is complete.
Dialect find_dialect(std::string_view head, bool whole, const RollSpec& spec);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_DIALECT_H_
