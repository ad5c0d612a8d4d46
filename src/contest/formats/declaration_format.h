// The two ways in which a declaration is written down. Both are told from their content.
#ifndef SCRUTINEER_CONTEST_FORMATS_DECLARATION_FORMAT_H_
#define SCRUTINEER_CONTEST_FORMATS_DECLARATION_FORMAT_H_

#include "contest/declaration.h"
#include "contest/formats/format.h"

namespace scrutineer::contest {

bool looks_like_declaration_csv(const Source& source);
bool looks_like_declaration_toml(const Source& source);

// Refused with line and column where a figure is none, and, naming the contests, where the file holds several
// and the source asks for none of them. A row stated twice is a contradiction of the declaration, not an
// error: the first statement stands.
Result<Declaration> read_declaration_csv(const Source& source);
Result<Declaration> read_declaration_toml(const Source& source);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_DECLARATION_FORMAT_H_
