// The parts of `scrutineer canvass`, one file each.
#ifndef SCRUTINEER_CLI_CANVASS_COMMAND_H_
#define SCRUTINEER_CLI_CANVASS_COMMAND_H_

#include <string>

#include "cli/commands.h"

namespace scrutineer::cli {

void add_canvass_plan(CLI::App& canvass, Chosen& chosen);
void add_canvass_draw(CLI::App& canvass, Chosen& chosen);
void add_canvass_sheets(CLI::App& canvass, Chosen& chosen);
void add_canvass_record(CLI::App& canvass, Chosen& chosen);
void add_canvass_count(CLI::App& canvass, Chosen& chosen);
void add_canvass_status(CLI::App& canvass, Chosen& chosen);

// Who acts, for the ledger: `as` if it is given, else the login name.
std::string acting(const std::string& as);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_CANVASS_COMMAND_H_
