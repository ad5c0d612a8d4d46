// Starting from the settings of a Splink model.
#ifndef SCRUTINEER_CLI_LINKAGE_SPLINK_H_
#define SCRUTINEER_CLI_LINKAGE_SPLINK_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {

struct SplinkStart {
  std::vector<linkage::Field> fields;  // of the columns that the settings compare, in their order
  linkage::Model model;                // empty where the settings hold no probabilities
  std::vector<std::string> rules;      // blocking rules by the fields' names: "given+prefix3(family)"
  std::vector<std::string> notes;      // what was taken over, and every piece of SQL that was not
};

// `known` are the fields that the rolls offer. A column of the settings that is in neither roll is refused.
Result<SplinkStart> start_from_splink(const std::string& file, const LinkageRoll& left,
                                      const LinkageRoll& right, const std::vector<linkage::Field>& known);

// The settings with these blocking rules, unless the user gave others.
LinkageSettings with_rules(const LinkageSettings& settings, const std::vector<std::string>& rules);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_SPLINK_H_
