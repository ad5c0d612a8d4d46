// scrutineer dedupe: which rows of a roll are one person.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/linkage_input.h"
#include "cli/linkage_output.h"
#include "linkage/dedupe.h"

namespace scrutineer::cli {
namespace {

struct DedupeCommand {
  LinkageSettings settings;
  std::string roll;
  std::string pairs;
};

Status run_dedupe(const DedupeCommand& command) {
  const LinkageSettings& settings = command.settings;
  StageClock reading;
  SCRUTINEER_TRY(const auto roll, read_linkage_roll(command.roll, settings, {}));
  SCRUTINEER_TRY(const std::vector<linkage::Field> fields, linkage_fields(*roll, *roll, settings));
  reading.lap("reading");
  linkage::DedupeOptions options;
  options.threads = settings.threads;
  options.memory = settings.memory / 4;
  options.seed = settings.seed;
  options.threshold = settings.threshold;
  SCRUTINEER_TRY(options.rules, block_rules(settings, fields));
  SCRUTINEER_TRY(options.model, model_to_use(settings));
  SCRUTINEER_TRY(const linkage::DedupeResult result, linkage::dedupe(fields, roll->standard.rows, options));
  StageClock writing;
  SCRUTINEER_CHECK(write_people(settings, settings.out, roll->ids, result.person));
  if (!command.pairs.empty()) {
    SCRUTINEER_CHECK(write_links(settings, command.pairs, roll->ids, roll->ids, result.pairs));
  }
  SCRUTINEER_CHECK(save_model(settings, result.model, !options.model.empty()));
  writing.lap("writing");
  print_timings(settings, reading, result.diagnostics.clock, writing);
  print_diagnostics(settings, result.diagnostics, fields, result.clusters.size(),
                    "people listed more than once");
  return {};
}

}  // namespace

void add_dedupe(CLI::App& app, Chosen& chosen) {
  auto dedupe = std::make_shared<DedupeCommand>();
  CLI::App* command = app.add_subcommand("dedupe", "Find the entries of a roll that are one person");
  command->add_option("ROLL", dedupe->roll, "Roll: CSV, TSV, Parquet or XLSX")->required();
  add_linkage_options(*command, dedupe->settings);
  command->add_option("--pairs", dedupe->pairs,
                      "File for the pairs at or above the threshold, CSV or .parquet");
  command->footer(
      "Example:\n"
      "  scrutineer dedupe members.csv --out people.csv --pairs pairs.csv\n"
      "writes id,person_id: every row, and the id of the first row of the same person.");
  command->callback([dedupe, &chosen] {
    chosen = [dedupe] { return under_ceiling(dedupe->settings, [&] { return run_dedupe(*dedupe); }); };
  });
}

}  // namespace scrutineer::cli
