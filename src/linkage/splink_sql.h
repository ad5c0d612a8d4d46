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
// out.
SplinkLevel read_level(const std::string& sql);

// A conjunction of equalities between l and r, each of a column, or of its first characters (substr,
// substring, left). Empty if any part is of another shape.
std::vector<SplinkRulePart> read_rule(const std::string& sql);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_SQL_H_
