// scrutineer dedupe: which rows of a roll are one person.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/linkage_input.h"
#include "linkage/dedupe.h"

namespace scrutineer::cli {
namespace {

struct DedupeCommand {
  LinkageSettings settings;
  std::string roll;
  std::string pairs;
};

std::string people_csv(const LinkageRoll& roll, std::span<const std::uint32_t> person) {
  std::string text = "id,person_id\n";
  for (std::size_t row = 0; row < person.size(); ++row) {
    fmt::format_to(std::back_inserter(text), "{},{}\n", csv_field(roll.id(row)),
                   csv_field(roll.id(person[row])));
  }
  return text;
}

Status run_dedupe(const DedupeCommand& command) {
  const LinkageSettings& settings = command.settings;
  SCRUTINEER_TRY(const auto roll, read_linkage_roll(command.roll, settings, {}));
  SCRUTINEER_TRY(const std::vector<linkage::Field> fields, linkage_fields(*roll, *roll, settings));
  linkage::DedupeOptions options;
  options.threads = settings.threads;
  options.memory = settings.memory;
  options.seed = settings.seed;
  options.threshold = settings.threshold;
  SCRUTINEER_TRY(options.model, model_to_use(settings));
  SCRUTINEER_TRY(const linkage::DedupeResult result, linkage::dedupe(fields, roll->standard.rows, options));
  SCRUTINEER_CHECK(write_result(settings.out, people_csv(*roll, result.person)));
  if (!command.pairs.empty()) {
    SCRUTINEER_CHECK(write_result(command.pairs, links_csv(*roll, *roll, result.pairs)));
  }
  SCRUTINEER_CHECK(save_model(settings, result.model, !options.model.empty()));
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
  command->add_option("--pairs", dedupe->pairs, "CSV file for the pairs at or above the threshold");
  command->footer(
      "Example:\n"
      "  scrutineer dedupe members.csv --out people.csv --pairs pairs.csv\n"
      "writes id,person_id: every row, and the id of the first row of the same person.");
  command->callback([dedupe, &chosen] { chosen = [dedupe] { return run_dedupe(*dedupe); }; });
}

}  // namespace scrutineer::cli
