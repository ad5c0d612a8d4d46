#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/user_key.h"
#include "inquiry/explain_member.h"

namespace scrutineer::cli {
namespace {

struct ExplainArguments {
  std::string folder;
  std::string member;
  std::string as;
  bool json = false;
};

std::string seen(const std::optional<Date>& date) {
  return date ? date->iso() : "never";
}

void print_file(const inquiry::MemberFile& file) {
  const store::MemberRow& member = file.member;
  fmt::print("Member {} (line {} of the members roll)\n", printable(member.id), member.line);
  fmt::print("  eligible: {}\n", member.eligible ? "yes" : "no: " + member.ineligible_because);
  fmt::print("  register: {} (probability of the match {:.3f}); at the address from {} to {}\n",
             member.register_status, member.match_probability, seen(member.first_seen),
             seen(member.last_seen));
  for (const auto& [date, status] : file.snapshots) fmt::print("    {}  {}\n", date, status);
  if (!member.duplicate_of.empty())
    fmt::print("  held to be the same person as member {}\n", printable(member.duplicate_of));
  fmt::print("  household {}\n", member.household);
  fmt::print("Held of this member:\n");
  for (const std::string& line : file.held) fmt::print("  {}\n", printable(line));
  if (file.findings.empty()) fmt::print("No finding names this member.\n");
  for (const inquiry::HeldFinding& finding : file.findings) {
    fmt::print("Finding {} (tier {}, {})\n  {}\n", printable(finding.id), finding.tier,
               finding.listed ? "listed" : "not listed", printable(finding.text));
    for (const std::string& cause : finding.innocent) fmt::print("  may also be: {}\n", printable(cause));
    for (const store::ExhibitRow& exhibit : finding.exhibits) {
      fmt::print("  shown by: {}, line {}\n", printable(exhibit.roll), exhibit.line);
    }
    for (const std::string& decision : finding.decisions) fmt::print("  decided: {}\n", printable(decision));
  }
  for (const std::string& decision : file.decisions) fmt::print("Decided: {}\n", printable(decision));
  fmt::print("Who looked:\n");
  for (const inquiry::Look& look : file.looks) fmt::print("  {}  {}\n", look.at, printable(look.by));
}

nlohmann::ordered_json as_json(const inquiry::MemberFile& file) {
  const store::MemberRow& member = file.member;
  nlohmann::ordered_json json = {{"id", member.id},
                                 {"line", member.line},
                                 {"eligible", member.eligible},
                                 {"ineligible_because", member.ineligible_because},
                                 {"register_status", member.register_status},
                                 {"match_probability", member.match_probability},
                                 {"ever_at_address", member.ever_at_address},
                                 {"duplicate_of", member.duplicate_of},
                                 {"household", member.household}};
  json["snapshots"] = nlohmann::ordered_json::array();
  for (const auto& [date, status] : file.snapshots)
    json["snapshots"].push_back({{"as_of", date}, {"status", status}});
  json["findings"] = nlohmann::ordered_json::array();
  for (const inquiry::HeldFinding& finding : file.findings) {
    nlohmann::ordered_json exhibits = nlohmann::ordered_json::array();
    for (const store::ExhibitRow& exhibit : finding.exhibits)
      exhibits.push_back({{"roll", exhibit.roll}, {"line", exhibit.line}});
    json["findings"].push_back({{"id", finding.id},
                                {"tier", finding.tier},
                                {"listed", finding.listed},
                                {"text", finding.text},
                                {"innocent", finding.innocent},
                                {"exhibits", exhibits},
                                {"decisions", finding.decisions}});
  }
  json["held"] = file.held;
  json["decisions"] = file.decisions;
  json["looks"] = nlohmann::ordered_json::array();
  for (const inquiry::Look& look : file.looks) json["looks"].push_back({{"at", look.at}, {"by", look.by}});
  return json;
}

Status run(const ExplainArguments& arguments) {
  const std::string by = person_or_login(arguments.as);
  SCRUTINEER_TRY(const auto key, user_key(by, ""));
  SCRUTINEER_TRY(const auto files, inquiry::explain_member(arguments.folder, arguments.member, by, utc_now(),
                                                           key ? &*key : nullptr));
  if (arguments.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const inquiry::MemberFile& file : files) json.push_back(as_json(file));
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return {};
  }
  for (const inquiry::MemberFile& file : files) print_file(file);
  return {};
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand("explain", "Everything held about one person, and who looked");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("member", arguments->member, "The member's id")->required()->type_name("MEMBER_ID");
  command->add_option("--as", arguments->as, "Who looks, for the ledger; default: the login name");
  command->add_flag("--json", arguments->json, "Print JSON");
  command->footer(
      "The look itself is written to the ledger of the case.\n\n"
      "Example:\n  scrutineer explain northmere-case M0042 --as \"A. Scrutineer\"\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
