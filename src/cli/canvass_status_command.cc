// scrutineer canvass status: what the doors certify so far.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "base/text.h"
#include "canvass/contradictions.h"
#include "canvass/record.h"
#include "canvass/status.h"
#include "cli/canvass_command.h"
#include "inquiry/member_contacts.h"

namespace scrutineer::cli {
namespace {

struct StatusArguments {
  std::string folder, visits;
  bool json = false;
};

// Of how many words a name is made: a property of the record, so that it shows whether some kinds of name
// open less often. Nothing where the members roll is not there any more.
canvass::ClassesOfIds classes_of_names(store::CaseFile& file) {
  canvass::ClassesOfIds classes;
  const auto contacts = inquiry::member_contacts(file);
  if (!contacts) return classes;
  for (const auto& [id, contact] : *contacts) {
    const std::size_t count = words(contact.name).size();
    if (count > 0)
      classes[id].emplace_back("words in the name", count >= 4 ? "4 or more" : std::to_string(count));
  }
  return classes;
}

Status run_status(const StatusArguments& arguments) {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  canvass::Visits visits;
  std::vector<canvass::RecordedRow> rows;
  if (arguments.visits.empty()) {
    SCRUTINEER_TRY(visits, canvass::visits_of(file));
    SCRUTINEER_TRY(rows, canvass::recorded_rows(file));
  } else {
    SCRUTINEER_TRY(visits, canvass::read_visits(arguments.visits));
  }
  SCRUTINEER_TRY(const canvass::CanvassStatus status,
                 canvass::status_of(file, visits, classes_of_names(file)));
  const canvass::Contradictions contradictions = canvass::contradictions_in(visits, rows);
  fmt::print("{}", arguments.json ? canvass::to_json(status, contradictions)
                                  : canvass::to_text(status) + canvass::to_text(contradictions));
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
