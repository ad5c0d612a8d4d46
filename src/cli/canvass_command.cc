// scrutineer canvass: how many doors, which, what the answers were and what they certify.
#include "cli/canvass_command.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace scrutineer::cli {

std::string acting(const std::string& as) {
  if (!as.empty()) return as;
  const char* user = std::getenv("USER");
  return user != nullptr && *user != '\0' ? user : "not named";
}

void add_canvass(CLI::App& app, Chosen& chosen) {
  CLI::App* canvass = app.add_subcommand("canvass", "Doors to knock on, and what the answers certify");
  canvass->require_subcommand(1);
  canvass->footer("Example:\n  scrutineer canvass plan northmere-case");
  add_canvass_plan(*canvass, chosen);
  add_canvass_draw(*canvass, chosen);
  add_canvass_sheets(*canvass, chosen);
  add_canvass_record(*canvass, chosen);
  add_canvass_status(*canvass, chosen);
  add_canvass_count(*canvass, chosen);
}

}  // namespace scrutineer::cli
