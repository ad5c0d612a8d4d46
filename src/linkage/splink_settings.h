// Reads the settings of a Splink model (the JSON of versions 4 and 5, as save_model_to_json writes it or as a
// user wrote it), so that its user can start from them: which columns are compared and as what, the blocking
// rules, m and u of the levels, and the prior. Splink's comparisons are SQL; what this engine has a level for
// is taken over, and every piece of SQL that could not be is named.
#ifndef SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_
#define SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/linkage.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

struct SplinkLevel {
  enum class Kind : std::uint8_t {
    null,       // no evidence
    exact,      // equal
    similar,    // a similarity of at least `strength`, or a distance that stands for one
    part,       // a part equal (of a postcode, of an e-mail address), a date that is near
    swapped,    // one column equal to another
    rest,       // ELSE
    not_taken,  // SQL that no level here stands for
  };
  Kind kind = Kind::not_taken;
  std::string sql;
  std::string label;
  double strength = 0;  // 1 exact, .93 one edit or Jaro-Winkler .93, ... 0 ELSE
  std::vector<std::string> columns;
  std::optional<double> m, u;
};

struct SplinkComparison {
  std::string name;                  // output column
  std::vector<std::string> columns;  // in order of appearance
  std::vector<SplinkLevel> levels;   // strongest first, null left out
};

// One part of a blocking rule: the columns agree, whole or in their first `prefix` characters.
struct SplinkRulePart {
  std::string left, right;   // columns; different ones where names are swapped
  std::uint32_t prefix = 0;  // 0: whole
};

struct SplinkRule {
  std::string sql;
  std::vector<SplinkRulePart> parts;
};

struct SplinkSettings {
  std::string link_type;
  std::string unique_id;
  std::optional<double> prior;
  std::vector<SplinkComparison> comparisons;
  std::vector<SplinkRule> rules;
  std::vector<std::string> not_taken;  // sentences that quote the SQL
};

// Refused, with the place, if the text is not JSON or holds no comparisons; `file` is named in messages.
Result<SplinkSettings> splink_settings(std::string_view json, const std::string& file);

// What a column of the settings holds, by its name and by the functions that compare it.
Role role_of_column(const SplinkSettings& settings, std::string_view column);

// A model over these fields with the settings' m (shared out among the levels here that each of theirs
// covers) and prior; u is always measured on the data and only reported from the settings. Nothing if the
// settings hold no m for a field. `columns[i]` is the settings' column of fields[i]. `notes` gets what was
// lost on the way.
std::optional<Model> model_of_settings(const SplinkSettings& settings, std::span<const Field> fields,
                                       std::span<const std::string> columns, std::vector<std::string>& notes);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_
