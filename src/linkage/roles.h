// Recognises what the columns of an unknown table hold, from their headers and, above all, their content.
#ifndef SCRUTINEER_LINKAGE_ROLES_H_
#define SCRUTINEER_LINKAGE_ROLES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_column.h"
#include "linkage/linkage.h"

namespace scrutineer::linkage {

struct NamedColumn {
  std::string header;
  const TextColumn* values = nullptr;
};

struct RecognisedColumn {
  std::string header;
  std::optional<Role> role;  // nothing: not to be compared
  std::string why;           // "an identifier: every value occurs once"
};

// One for each column, in order. Not compared: identifiers (every value once, or nearly), columns that are
// empty or hold one value, columns that are no more than others put together, and official numbers (a header
// that names one): a number that decides everything would hide what the rest says.
std::vector<RecognisedColumn> recognise_roles(std::span<const NamedColumn> columns);

// True if the header alone says that the column identifies rows or people ("id", "nino", "cluster").
bool names_identifier(std::string_view header);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_ROLES_H_
