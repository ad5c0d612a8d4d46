// scrutineer margin: how many ballots would have to go, come or change to change the winner.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "contest/margin.h"
#include "contest/read_ballots.h"
#include "contest/show.h"

namespace scrutineer::cli {
namespace {

struct MarginSettings {
  std::string ballots;
  std::string rule = "irv";
  std::string kind = "all";
  std::optional<std::string> format;
  std::optional<std::string> caps;
  contest::MarginOptions options;
  bool json = false;
};

Status run_margin(MarginSettings& settings) {
  SCRUTINEER_TRY(const contest::Rule rule, contest::rule_named(settings.rule));
  SCRUTINEER_TRY(const contest::ContestFile read, contest::read_contest(settings.ballots, {settings.format}));
  // What a declaration says of plurality is all that plurality reads.
  const auto* declared = std::get_if<contest::Declaration>(&read);
  if (declared != nullptr && rule != contest::Rule::plurality)
    return refused("a declaration holds totals, not papers", {settings.ballots}, "ballots, or plurality");
  SCRUTINEER_TRY(const contest::Ballots ballots,
                 declared != nullptr ? contest::first_preference_papers(*declared)
                                     : Result<contest::Ballots>(std::get<contest::Ballots>(read)));
  settings.options.deletion = settings.kind == "all" || settings.kind == "delete";
  settings.options.addition = settings.kind == "all" || settings.kind == "add";
  settings.options.modification = settings.kind == "all" || settings.kind == "modify";
  if (settings.caps) {
    SCRUTINEER_TRY(settings.options.caps, contest::read_caps(*settings.caps, ballots));
  }
  SCRUTINEER_TRY(const contest::Margins margins, contest::margins(ballots, rule, settings.options));
  fmt::print("{}", settings.json ? contest::to_json(margins, ballots) : contest::to_text(margins, ballots));
  return {};
}

}  // namespace

void add_margin(CLI::App& app, Chosen& chosen) {
  auto settings = std::make_shared<MarginSettings>();
  CLI::App* command =
      app.add_subcommand("margin", "The least number of ballots that could change who won, and which");
  command->add_option("BALLOTS", settings->ballots, "File of ballots")->required();
  command->add_option("--rule", settings->rule, "Rule of the count:\n" + join(contest::rule_list(), "\n"))
      ->capture_default_str();
  command->add_option("--kind", settings->kind, "delete, add, modify or all")
      ->check(CLI::IsMember({"delete", "add", "modify", "all"}))
      ->capture_default_str();
  command->add_option("--caps", settings->caps, "CSV file: ward or section, questioned papers there at most");
  command->add_option("--seed", settings->options.count.seed, "Seed of the lots that settle ties")
      ->capture_default_str();
  command->add_option("--steps", settings->options.steps, "Budget of the search, in its own steps")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--format", settings->format, "Format of the ballots (default: told from the content)");
  command->add_flag("--json", settings->json, "Print the margins as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer margin ballots.blt --rule irv\n"
      "  scrutineer margin ballots.csv --rule plurality --kind delete --caps caps.csv");
  command->callback([settings, &chosen] { chosen = [settings] { return run_margin(*settings); }; });
}

}  // namespace scrutineer::cli
