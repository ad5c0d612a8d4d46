// --since: the file in which a run of `link` or `dedupe` leaves what the next need not do again.
#ifndef SCRUTINEER_CLI_LINKAGE_STATE_FILE_H_
#define SCRUTINEER_CLI_LINKAGE_STATE_FILE_H_

#include <optional>
#include <string>

#include "base/result.h"
#include "cli/linkage_input.h"
#include "linkage/incremental.h"

namespace scrutineer::cli {

// The state in the file, if --since names one that exists. Refused if it is none, or was changed.
Result<std::optional<linkage::LinkageState>> earlier_state(const LinkageSettings& settings);

// How a run of `command` is to go on from it.
linkage::Continuation continuation(const LinkageSettings& settings, const std::string& command,
                                   std::optional<linkage::LinkageState>& earlier);

// Writes what the run left, if anything.
Status save_state(const LinkageSettings& settings, const std::optional<linkage::LinkageState>& state);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_STATE_FILE_H_
