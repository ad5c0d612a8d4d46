// A model of this engine from the settings of a Splink model: m of its levels shared out among those here.
#ifndef SCRUTINEER_LINKAGE_SPLINK_MODEL_H_
#define SCRUTINEER_LINKAGE_SPLINK_MODEL_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/linkage.h"
#include "linkage/model.h"
#include "linkage/splink_settings.h"

namespace scrutineer::linkage {

// What a column of the settings holds, by its name and by the functions that compare it.
Role role_of_column(const SplinkSettings& settings, std::string_view column);

// A model over these fields with the settings' m (shared out among the levels here that each of theirs
// covers; comparisons of several columns taken apart by column, see splink_margins.h) and prior; u is always
// measured on the data and only reported from the settings. Nothing if the settings hold no m for a field.
// `columns[i]` is the settings' column of fields[i]. `notes` gets what was lost on the way.
std::optional<Model> model_of_settings(const SplinkSettings& settings, std::span<const Field> fields,
                                       std::span<const std::string> columns, std::vector<std::string>& notes);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_MODEL_H_
