// scrutineer canvass: how many doors, which, and what the answers certify.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "base/text.h"
#include "canvass/case_facts.h"
#include "canvass/draw_record.h"
#include "canvass/plan.h"
#include "canvass/status.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {
namespace {

struct PlanArguments {
  std::string folder;
  std::optional<std::uint64_t> margin;
  canvass::PlanSettings settings;
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
  SCRUTINEER_TRY(const canvass::Plan plan, canvass::plan(std::move(settings)));
  fmt::print("{}", arguments.json ? canvass::to_json(plan) : canvass::to_text(plan));
  return {};
}

void add_plan(CLI::App& canvass, Chosen& chosen) {
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
  command->add_option("--most-doors", settings.most_doors, "Where a canvass gives up");
  command->add_option("--replicates", settings.replicates, "Simulated canvasses a row")
      ->capture_default_str();
  command->add_option("--seed", settings.seed, "Seed of the simulation")->capture_default_str();
  command->add_option("--threads", settings.threads, "Threads; 0: all")->capture_default_str();
  command->add_flag("--json", arguments->json, "Print the plan as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer canvass plan northmere-case --response 0.6 --calls 4\n"
      "  scrutineer canvass plan northmere-case --margin 60 --ineligible 0 20 40");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_plan(*arguments); }; });
}

struct DrawArguments {
  std::string folder;
  canvass::DrawRequest request;
  std::optional<std::uint64_t> margin;
  std::string out, frame, revisits, as;
};

// Without a seed: the list alone, so that its digest can be published before the seed exists.
Status run_publish(store::CaseFile& file, const DrawArguments& arguments, const std::string& by) {
  SCRUTINEER_TRY(const canvass::Frame frame, canvass::publish_frame(file, utc_now(), by));
  if (!arguments.frame.empty()) SCRUTINEER_CHECK(write_result(arguments.frame, frame.text()));
  fmt::print(
      "The list of {} eligible entries has the SHA-256\n  {}\nPublish this, and which public event will give "
      "the "
      "seed (dice thrown before witnesses, a lottery,\na randomness beacon), before that event; then draw "
      "with "
      "--seed.\n",
      frame.entries(), frame.digest());
  return {};
}

Status run_draw(const DrawArguments& arguments) {
  const char* user = std::getenv("USER");
  const std::string by = !arguments.as.empty() ? arguments.as : user ? user : "not named";
  SCRUTINEER_TRY(store::CaseFile file,
                 store::CaseFile::open(arguments.folder, store::SqliteMode::read_write));
  if (arguments.request.seed.empty()) return run_publish(file, arguments, by);
  SCRUTINEER_TRY(const canvass::CaseFacts facts, canvass::facts_of(file));
  canvass::DrawRequest request = arguments.request;
  SCRUTINEER_TRY(request.margin, canvass::margin_to_use(facts, arguments.margin));
  SCRUTINEER_TRY(const canvass::Drawn drawn, canvass::record_draw(file, request, utc_now(), by));
  SCRUTINEER_CHECK(write_result(arguments.out, canvass::doors_csv(drawn.frame, drawn.doors)));
  if (!arguments.frame.empty()) SCRUTINEER_CHECK(write_result(arguments.frame, drawn.frame.text()));
  if (!arguments.revisits.empty())
    SCRUTINEER_CHECK(write_result(arguments.revisits, canvass::revisits_csv(drawn.frame, drawn.doors)));
  fmt::print("{} doors in {}, to certify fewer than {} of {} at a risk limit of {}.\n", drawn.doors.size(),
             arguments.out, drawn.claim.margin, drawn.claim.entries, drawn.claim.risk);
  fmt::print("{}\n", drawn.recorded ? "The draw is in the ledger of the case."
                                    : "The ledger of the case held this draw already.");
  if (!drawn.published) {
    fmt::print(
        "The list was not noted before the draw: nothing shows that it was fixed before the seed was "
        "known.\n");
  }
  fmt::print("\n{}", canvass::recipe(drawn, printable(request.seed)));
  return {};
}

void add_draw(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<DrawArguments>();
  CLI::App* command = canvass.add_subcommand("draw", "Draw the doors from a public seed");
  canvass::DrawRequest& request = arguments->request;
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  CLI::Option* seed = command->add_option(
      "--seed", request.seed, "The public seed; without it only the list's digest is noted and shown");
  CLI::Option* doors = command->add_option("--doors", request.doors, "How many doors");
  CLI::Option* out =
      command->add_option("--out", arguments->out, "Write the doors, in the order drawn (CSV)");
  seed->needs(doors)->needs(out);
  doors->needs(seed);
  out->needs(seed);
  command->add_option("--margin", arguments->margin,
                      "Certify fewer ineligible entries than this (default: the margin in the case)");
  command->add_option("--risk", request.risk, "Risk limit")->capture_default_str();
  command->add_option("--frame", arguments->frame, "Write the list, to be published with its digest");
  command->add_option("--revisits", arguments->revisits, "Write which doors are visited twice (CSV)")
      ->needs(seed);
  command->add_option("--again", request.again, "Why an earlier draw is given up");
  command->add_option("--as", arguments->as, "Who draws, for the ledger; default: the login name");
  command->footer(
      "Examples:\n"
      "  scrutineer canvass draw northmere-case --frame list.txt\n"
      "  scrutineer canvass draw northmere-case --seed \"dice 2 6 1 4 4 3 5 1\" --doors 120 --out doors.csv");
  command->callback([arguments, seed, &chosen] {
    if (seed->count() > 0 && arguments->request.seed.empty())
      throw CLI::ValidationError("--seed", "is empty");
    chosen = [arguments] { return run_draw(*arguments); };
  });
}

struct StatusArguments {
  std::string folder, visits;
  bool json = false;
};

Status run_status(const StatusArguments& arguments) {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const canvass::Visits visits, canvass::read_visits(arguments.visits));
  SCRUTINEER_TRY(const canvass::CanvassStatus status, canvass::status_of(file, visits));
  fmt::print("{}", arguments.json ? canvass::to_json(status) : canvass::to_text(status));
  return {};
}

void add_status(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<StatusArguments>();
  CLI::App* command = canvass.add_subcommand("status", "What the doors certify so far");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command
      ->add_option(
          "--visits", arguments->visits,
          "The canvass roll, one row a visit: id, outcome (verified, denied, not-known, moved, deceased, "
          "refused, no-contact), visitor")
      ->required()
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "Print the status as JSON");
  command->footer("Example:\n  scrutineer canvass status northmere-case --visits canvass.csv");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_status(*arguments); }; });
}

}  // namespace

void add_canvass(CLI::App& app, Chosen& chosen) {
  CLI::App* canvass = app.add_subcommand("canvass", "Doors to knock on, and what the answers certify");
  canvass->require_subcommand(1);
  canvass->footer("Example:\n  scrutineer canvass plan northmere-case");
  add_plan(*canvass, chosen);
  add_draw(*canvass, chosen);
  add_status(*canvass, chosen);
}

}  // namespace scrutineer::cli
