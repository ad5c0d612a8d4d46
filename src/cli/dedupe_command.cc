// scrutineer dedupe: which rows of a roll are one person.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/linkage_charts_file.h"
#include "cli/linkage_input.h"
#include "cli/linkage_labels.h"
#include "cli/linkage_output.h"
#include "cli/linkage_splink.h"
#include "cli/linkage_state_file.h"
#include "cli/person_ids.h"
#include "linkage/dedupe.h"

namespace scrutineer::cli {
namespace {

struct DedupeCommand {
  LinkageSettings settings;
  std::string roll;
  std::string pairs;
  std::string decisions;
  std::string snapshot;
  std::string keep_ids;
};

// The list that each row comes from: the values of one column, numbered.
Result<std::vector<std::uint32_t>> snapshot_of_rows(const LinkageRoll& roll, const std::string& header) {
  if (header.empty()) return std::vector<std::uint32_t>{};
  const auto found = std::find_if(roll.roll.extra.begin(), roll.roll.extra.end(),
                                  [&](const auto& one) { return one.first == header; });
  if (found != roll.roll.extra.end()) return found->second.codes();
  return refused("column \"" + printable(header) + "\" is not in the header, or is read as something else",
                 {roll.roll.spec.file.string(), 1, 0});
}

Status take_decisions(const DedupeCommand& command, const LinkageRoll& roll,
                      linkage::DedupeOptions& options) {
  if (command.decisions.empty()) return {};
  SCRUTINEER_TRY(const std::vector<JudgedPair> decisions, read_judged_pairs(command.decisions, roll, roll));
  for (const JudgedPair& decision : decisions)
    (decision.same ? options.same : options.different)
        .push_back(linkage::pair_key(decision.left, decision.right));
  return {};
}

// People under the ids of an earlier run, as CSV.
Status write_known_people(const DedupeCommand& command, const LinkageRoll& roll,
                          std::span<const std::uint32_t> person) {
  SCRUTINEER_TRY(const std::vector<std::string> ids, person_ids(roll, person, command.keep_ids));
  std::string text = "id,person_id\n";
  for (std::size_t row = 0; row < ids.size(); ++row)
    text += csv_field(roll.ids.text(row)) + "," + csv_field(ids[row]) + "\n";
  return write_result(command.settings.out, text);
}

Status run_dedupe(const DedupeCommand& command) {
  const LinkageSettings& settings = command.settings;
  StageClock reading;
  SCRUTINEER_TRY(const auto roll, read_linkage_roll(command.roll, settings, {}));
  SCRUTINEER_TRY(std::vector<linkage::Field> fields, linkage_fields(*roll, *roll, settings));
  SplinkStart splink;
  if (!settings.splink_settings.empty()) {
    SCRUTINEER_TRY(splink, start_from_splink(settings.splink_settings, *roll, *roll, fields));
    fields = splink.fields;
  }
  // Where a row came from says nothing about who it is.
  std::erase_if(fields, [&](const linkage::Field& field) { return field.name == command.snapshot; });
  reading.lap("reading");
  linkage::DedupeOptions options;
  options.threads = settings.threads;
  options.memory = settings.memory / 4;
  options.seed = settings.seed;
  options.explain_blocking = settings.explain_blocking || !settings.charts.empty();
  options.threshold =
      settings.labels.empty() ? settings.threshold : std::min(settings.threshold, label_floor);
  SCRUTINEER_TRY(options.rules, block_rules(with_rules(settings, splink.rules), fields));
  SCRUTINEER_CHECK(take_decisions(command, *roll, options));
  SCRUTINEER_TRY(options.snapshot, snapshot_of_rows(*roll, command.snapshot));
  SCRUTINEER_TRY(options.model, model_to_use(settings));
  SCRUTINEER_TRY(std::optional<linkage::LinkageState> earlier, earlier_state(settings));
  options.continuation = continuation(settings, "dedupe", earlier);
  const bool reused = !options.model.empty();
  if (!reused) options.model = splink.model;
  SCRUTINEER_TRY(linkage::DedupeResult result, linkage::dedupe(fields, roll->standard.rows, options));
  std::optional<LabelReport> report;
  if (!settings.labels.empty()) {
    SCRUTINEER_TRY(const std::vector<JudgedPair> labels, read_judged_pairs(settings.labels, *roll, *roll));
    report = learn_from_labels(settings, *roll, labels, result.pairs, result.diagnostics);
  }
  for (const std::string& note : splink.notes) result.diagnostics.notes.push_back("Splink settings: " + note);
  StageClock writing;
  if (command.keep_ids.empty()) {
    SCRUTINEER_CHECK(write_people(settings, settings.out, roll->ids, result.person));
  } else {
    SCRUTINEER_CHECK(write_known_people(command, *roll, result.person));
  }
  if (!command.pairs.empty()) {
    SCRUTINEER_CHECK(write_links(settings, command.pairs, roll->ids, roll->ids, result.pairs));
  }
  SCRUTINEER_CHECK(save_model(settings, result.model, reused));
  SCRUTINEER_CHECK(save_state(settings, result.state));
  linkage::LinkOptions explain;
  explain.threads = settings.threads;
  explain.memory = settings.memory;
  explain.seed = settings.seed;
  SCRUTINEER_CHECK(write_charts(settings, *roll, *roll, fields, result.model, explain, result.diagnostics,
                                result.pairs, report ? &*report : nullptr));
  writing.lap("writing");
  print_timings(settings, reading, result.diagnostics.clock, writing);
  print_diagnostics(settings, result.diagnostics, fields, result.repeated, "people listed more than once",
                    report ? &*report : nullptr);
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
  command
      ->add_option(
          "--decisions", dedupe->decisions,
          "CSV file of judged pairs (id,id,same or different) that are kept to, whatever the evidence")
      ->check(CLI::ExistingFile);
  command->add_option("--snapshot", dedupe->snapshot,
                      "Column that tells the list a row comes from; each list holds a person at most once");
  command
      ->add_option("--keep-ids", dedupe->keep_ids,
                   "People of an earlier run (its --out): who was there before keeps the person_id")
      ->check(CLI::ExistingFile);
  command->footer(
      "Example:\n"
      "  scrutineer dedupe members.csv --out people.csv --pairs pairs.csv\n"
      "writes id,person_id: every row, and the id of the first row of the same person.");
  command->callback([dedupe, &chosen] {
    chosen = [dedupe] { return under_ceiling(dedupe->settings, [&] { return run_dedupe(*dedupe); }); };
  });
}

}  // namespace scrutineer::cli
