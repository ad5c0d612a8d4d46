// scrutineer canvass plan: how many doors a certificate will take.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "canvass/case_facts.h"
#include "canvass/plan.h"
#include "cli/canvass_command.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {
namespace {

struct PlanArguments {
  std::string folder;
  std::optional<std::uint64_t> margin;
  canvass::PlanSettings settings;
  std::vector<std::string> designs;
  std::string picture;
  bool json = false;
};

Status run_plan(const PlanArguments& arguments) {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const canvass::CaseFacts facts, canvass::facts_of(file));
  SCRUTINEER_TRY(const std::uint64_t margin, canvass::margin_to_use(facts, arguments.margin));
  canvass::PlanSettings settings = arguments.settings;
  settings.claim.entries = facts.eligible;
  settings.claim.margin = margin;
  settings.questioned = facts.questioned;
  for (const std::string& name : arguments.designs) {
    const auto design = canvass::design_of(name);
    if (!design) {
      return wrong_usage(fmt::format("\"{}\" is no design", printable(name, 60)),
                         "simple, stratified, weighted or strip-and-sample");
    }
    settings.designs.push_back(*design);
  }
  SCRUTINEER_TRY(const canvass::Plan plan, canvass::plan(std::move(settings)));
  if (!arguments.picture.empty()) SCRUTINEER_CHECK(write_result(arguments.picture, canvass::to_svg(plan)));
  fmt::print("{}", arguments.json ? canvass::to_json(plan) : canvass::to_text(plan));
  return {};
}

}  // namespace

void add_canvass_plan(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<PlanArguments>();
  CLI::App* command = canvass.add_subcommand("plan", "How many doors a certificate will take");
  canvass::PlanSettings& settings = arguments->settings;
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--margin", arguments->margin,
                      "Certify fewer ineligible entries than this (default: the margin in the case)");
  command->add_option("--risk", settings.claim.risk, "Risk limit")->capture_default_str();
  command->add_option("--response", settings.response, "Chance that one call at a door is answered")
      ->capture_default_str();
  command->add_option("--calls", settings.calls, "Calls at one door, at most")->capture_default_str();
  command->add_option("--never", settings.never, "Share of eligible members who refuse or are never met")
      ->capture_default_str();
  command->add_option("--ineligible", settings.ineligible,
                      "True numbers of ineligible entries to plan for (default: 0 to 3/4 of the margin)");
  command
      ->add_option("--caught", settings.caught,
                   "Share of the ineligible that are among the questioned entries")
      ->capture_default_str();
  command->add_option("--design", arguments->designs,
                      "Designs to plan: simple, stratified, weighted, strip-and-sample (default: all)");
  command->add_option("--pace", settings.pace, "Strip and sample: a questioned entry at every so many doors")
      ->capture_default_str();
  command->add_option("--picture", arguments->picture, "Draw the plan (SVG)")->type_name("FILE");
  command->add_option("--most-doors", settings.most_doors, "Where a canvass gives up");
  command->add_option("--replicates", settings.replicates, "Simulated canvasses a row")
      ->capture_default_str();
  command->add_option("--seed", settings.seed, "Seed of the simulation")->capture_default_str();
  command->add_option("--threads", settings.threads, "Threads; 0: all")->capture_default_str();
  command->add_flag("--json", arguments->json, "Print the plan as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer canvass plan northmere-case --response 0.6 --calls 4\n"
      "  scrutineer canvass plan northmere-case --margin 60 --ineligible 0 20 40\n"
      "  scrutineer canvass plan northmere-case --design simple weighted --picture plan.svg");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_plan(*arguments); }; });
}

}  // namespace scrutineer::cli
