// Reads the settings of a Splink model (the JSON of versions 4 and 5, as save_model_to_json writes it or as a
// user wrote it), so that its user can start from them: which columns are compared and as what, the blocking
// rules, m and u of the levels, and the prior. Splink's comparisons are SQL; what this engine has a level for
// is taken over, and every piece of SQL that could not be is named.
#ifndef SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_
#define SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scrutineer::linkage {

// What a level's SQL says of the columns it names, as far as it is understood.
struct SplinkCondition {
  enum class Kind : std::uint8_t {
    holds,     // ELSE, and tests that a value is there
    reaches,   // the values of `column` are at least `strength` alike (SplinkLevel::strength)
    swapped,   // one column equals another
    all,       // AND of `parts`
    any,       // OR of `parts`
    negation,  // NOT of the one part
    unknown,   // SQL that nothing here stands for
  };
  Kind kind = Kind::unknown;
  std::string column;
  double strength = 0;
  bool part = false;  // about a part of the value, or a difference of dates
  std::string sql;    // as normalised; quoted in notes, and what tells one unknown condition from another
  std::vector<SplinkCondition> parts;
};

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
  SplinkCondition condition;
  std::optional<double> m, u;
};

struct SplinkComparison {
  std::string name;                  // output column
  std::vector<std::string> columns;  // that some level here stands for, in order of appearance
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

// Refused, with file, line and column, if the text is not JSON, holds no comparisons or a value of the wrong
// kind; `file` is named in messages. A probability given as text ("level not observed in training dataset")
// counts as one in a million, as Splink scores it.
Result<SplinkSettings> splink_settings(std::string_view json, const std::string& file);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_SETTINGS_H_
