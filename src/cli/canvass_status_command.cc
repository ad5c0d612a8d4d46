// scrutineer canvass status: what the doors certify so far.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "canvass/record.h"
#include "canvass/status.h"
#include "cli/canvass_command.h"

namespace scrutineer::cli {
namespace {

struct StatusArguments {
  std::string folder, visits;
  bool json = false;
};

Status run_status(const StatusArguments& arguments) {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  canvass::Visits visits;
  if (arguments.visits.empty()) {
    SCRUTINEER_TRY(visits, canvass::visits_of(file));
  } else {
    SCRUTINEER_TRY(visits, canvass::read_visits(arguments.visits));
  }
  SCRUTINEER_TRY(const canvass::CanvassStatus status, canvass::status_of(file, visits));
  fmt::print("{}", arguments.json ? canvass::to_json(status) : canvass::to_text(status));
  return {};
}

}  // namespace

void add_canvass_status(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<StatusArguments>();
  CLI::App* command = canvass.add_subcommand("status", "What the doors certify so far");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command
      ->add_option(
          "--visits", arguments->visits,
          "Count these visits (one row each: id, outcome, visitor) instead of those recorded in the case")
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "Print the status as JSON");
  command->footer("Example:\n  scrutineer canvass status northmere-case");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_status(*arguments); }; });
}

}  // namespace scrutineer::cli
