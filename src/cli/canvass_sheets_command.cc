// scrutineer canvass sheets: what those who call take with them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "canvass/draw_record.h"
#include "canvass/sheets.h"
#include "cli/canvass_command.h"
#include "cli/linkage_input.h"
#include "inquiry/member_contacts.h"

namespace scrutineer::cli {
namespace {

struct SheetsArguments {
  std::string folder, out, inquiry;
  std::vector<std::string> languages = {"en"};
  std::string organisation, contact;
  bool second_visits = false;
};

Status run_sheets(const SheetsArguments& arguments) {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const auto draws, canvass::draws_in(file));
  if (draws.empty())
    return refused("the ledger holds no draw", {.file = arguments.folder}, "scrutineer canvass draw first");
  SCRUTINEER_TRY(const canvass::Frame frame, canvass::frame_of(file, draws.back()));
  SCRUTINEER_TRY(const auto doors, canvass::draw(frame, draws.back().seed, draws.back().doors));
  std::vector<canvass::Interview> interviews;
  for (const std::string& language : arguments.languages) {
    SCRUTINEER_TRY(canvass::Interview interview, canvass::interview_in(language));
    interviews.push_back(std::move(interview));
  }
  const auto inquiry = arguments.inquiry.empty() ? std::optional<std::filesystem::path>() : arguments.inquiry;
  SCRUTINEER_TRY(const auto contacts, inquiry::member_contacts(file, inquiry));
  std::vector<canvass::Contact> drawn;
  for (const canvass::Door& door : doors) {
    if (arguments.second_visits && !door.revisit) continue;
    const auto found = contacts.find(frame.id(door.position));
    if (found != contacts.end()) drawn.push_back(found->second);
  }
  SCRUTINEER_TRY(const canvass::CaseFacts facts, canvass::facts_of(file));
  const canvass::Letterhead head = {facts.title, arguments.organisation, arguments.contact};
  const auto sheets = canvass::sheets_of(std::move(drawn));
  const std::filesystem::path out(arguments.out);
  std::error_code failed;
  std::filesystem::create_directories(out, failed);
  if (failed) return refused("cannot be made: " + failed.message(), {.file = out.string()}, "a folder");
  SCRUTINEER_CHECK(write_result(out / "sheets.html", canvass::sheets_html(sheets, interviews, head)));
  SCRUTINEER_CHECK(write_result(out / "leaflet.html", canvass::leaflet_html(interviews, head)));
  SCRUTINEER_CHECK(write_result(out / "phone.csv", canvass::phone_csv(sheets)));
  fmt::print("{} sheets in {}: sheets.html and leaflet.html to print (A4), phone.csv to fill in.\n",
             sheets.size(), arguments.out);
  for (const canvass::Interview& interview : interviews)
    fmt::print("{}: wording {}.\n", interview.name, interview.checked);
  return {};
}

}  // namespace

void add_canvass_sheets(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<SheetsArguments>();
  CLI::App* command = canvass.add_subcommand("sheets", "Walk sheets, the leaflet and a form for phones");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--out", arguments->out, "Folder for sheets.html, leaflet.html and phone.csv")
      ->required();
  command->add_option("--organisation", arguments->organisation, "Who asks, as it stands on the leaflet")
      ->required();
  command->add_option("--contact", arguments->contact, "Where members may object or ask")->required();
  command->add_option("--language", arguments->languages,
                      "Languages: " + join(canvass::built_in_languages(), ", ") +
                          ", or a file of texts that ends in .json (repeatable)");
  command->add_flag("--second-visits", arguments->second_visits,
                    "Only the doors visited twice, for those who make the second visits");
  command->add_option("--inquiry", arguments->inquiry, "The inquiry file, if it has moved")
      ->type_name("INQUIRY.toml");
  command->footer(
      "Sheets show who is asked for and where; nothing of what is known or why they were drawn.\n"
      "Names and texts in Arabic print with DejaVu, which Debian has; Chinese, Japanese and Korean need a "
      "font\n"
      "such as Debian's fonts-noto-cjk, other scripts fonts-noto-core: look at one page before printing "
      "all.\n\n"
      "Example:\n  scrutineer canvass sheets northmere-case --out walk --organisation \"Northmere Society\" "
      "\\\n"
      "    --contact \"members@northmere.example\" --language en fr");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_sheets(*arguments); }; });
}

}  // namespace scrutineer::cli
