// The SQL conditions that Splink's own library writes for levels and blocking rules, read for what they say.
// No SQL parser: whatever is of another shape is not understood, and said so.
#ifndef SCRUTINEER_LINKAGE_SPLINK_SQL_H_
#define SCRUTINEER_LINKAGE_SPLINK_SQL_H_

#include <string>
#include <string_view>
#include <vector>

#include "linkage/splink_settings.h"

namespace scrutineer::linkage {

// A level's condition: kind, strength and columns (their names without _l and _r). m, u and label are left
// out. Functions that only write a value in another way (LOWER, TRIM, CAST, TRY_STRPTIME, NULLIF, ...) are
// looked through; identifiers may stand in double quotes or backticks and hold any character.
SplinkLevel read_level(const std::string& sql);

// The column holds a phonetic code, by its name: first_name_dm, surname_soundex.
bool is_phonetic_column(std::string_view column);

// The SQL on one line, as notes quote it.
std::string on_one_line(std::string_view sql);

// A conjunction of equalities between l and r, each of a column, or of its first characters (substr,
// substring, left). Tests that a value is there are passed over. Empty if any part is of another shape.
std::vector<SplinkRulePart> read_rule(const std::string& sql);

// The rules that together find every pair that this one finds: those of "a OR b" are a and b, and parts of
// another shape than read_rule's are left out and named in `wider`. Empty if that leaves an alternative bare.
std::vector<SplinkRule> read_rules(const std::string& sql, std::vector<std::string>& wider);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_SQL_H_
