// scrutineer link: which row of one roll is which row of another.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/commands.h"
#include "cli/linkage_charts_file.h"
#include "cli/linkage_input.h"
#include "cli/linkage_labels.h"
#include "cli/linkage_output.h"
#include "cli/linkage_splink.h"
#include "cli/linkage_state_file.h"
#include "linkage/engine.h"
#include "linkage/field_values.h"
#include "linkage/link.h"
#include "linkage/one_to_one.h"

namespace scrutineer::cli {
namespace {

struct LinkCommand {
  LinkageSettings settings;
  std::string left;
  std::string right;
  std::vector<std::string> left_fields;
  std::vector<std::string> right_fields;
  bool one_to_one = false;
  bool repeats = false;
};

// A list against a table more than this many times as long: that one is taken for a register.
constexpr std::size_t register_times = 4;

// True if a column is a part of where somebody lives: a standard one, or another whose header says so.
bool is_address(const linkage::Field& field) {
  using enum linkage::Role;
  if (field.role != number && field.role != code && field.role != text && field.role != category &&
      field.role != exact)
    return false;
  if (field.name == "number") return true;
  constexpr auto words = std::to_array<std::string_view>(
      {"flat", "building", "house", "street", "road", "address", "locality", "village", "suburb", "town",
       "city", "district", "county", "postcode", "postal", "zip"});
  const std::string header = " " + linkage::folded(text, field.name) + " ";
  const auto has = [&header](std::string_view word) {
    return header.find(" " + std::string(word) + " ") != std::string::npos;
  };
  return std::any_of(words.begin(), words.end(), has) && !has("birth");
}

// Fields that change when a person moves house.
std::vector<std::size_t> movable(std::span<const linkage::Field> fields) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (is_address(fields[at])) found.push_back(at);
  }
  return found;
}

Status run_link(const LinkCommand& command) {
  const LinkageSettings& settings = command.settings;
  StageClock reading;
  SCRUTINEER_TRY(const auto left, read_linkage_roll(command.left, settings, command.left_fields));
  SCRUTINEER_TRY(const auto right, read_linkage_roll(command.right, settings, command.right_fields));
  SCRUTINEER_TRY(std::vector<linkage::Field> fields, linkage_fields(*left, *right, settings));
  SplinkStart splink;
  if (!settings.splink_settings.empty()) {
    SCRUTINEER_TRY(splink, start_from_splink(settings.splink_settings, *left, *right, fields));
    fields = splink.fields;
  }
  reading.lap("reading");
  linkage::LinkOptions options;
  options.threads = settings.threads;
  options.memory = settings.memory / 4;
  options.seed = settings.seed;
  options.explain_blocking = settings.explain_blocking || !settings.charts.empty();
  options.threshold =
      settings.labels.empty() ? settings.threshold : std::min(settings.threshold, label_floor);
  SCRUTINEER_TRY(options.rules, block_rules(with_rules(settings, splink.rules), fields));
  options.competing =
      command.one_to_one || (!command.repeats && right->standard.rows > register_times * left->standard.rows);
  if (options.competing) options.movable_fields = movable(fields);
  SCRUTINEER_TRY(options.model, model_to_use(settings));
  SCRUTINEER_TRY(std::optional<linkage::LinkageState> earlier, earlier_state(settings));
  options.continuation = continuation(settings, "link", earlier);
  const bool reused = !options.model.empty();
  if (!reused) options.model = splink.model;
  SCRUTINEER_TRY(linkage::LinkResult result,
                 linkage::link(fields, left->standard.rows, right->standard.rows, options));
  std::optional<LabelReport> report;
  if (!settings.labels.empty()) {
    SCRUTINEER_TRY(const std::vector<JudgedPair> labels, read_judged_pairs(settings.labels, *left, *right));
    report = learn_from_labels(settings, *left, labels, result.links, result.diagnostics);
  }
  if (command.one_to_one) {
    linkage::expect_without(linkage::one_to_one(result.links, left->standard.rows, right->standard.rows),
                            result.diagnostics);
    linkage::sort_links(result.links);
  }
  for (const std::string& note : splink.notes) result.diagnostics.notes.push_back("Splink settings: " + note);
  StageClock writing;
  SCRUTINEER_CHECK(write_links(settings, settings.out, left->ids, right->ids, result.links));
  SCRUTINEER_CHECK(save_model(settings, result.model, reused));
  SCRUTINEER_CHECK(save_state(settings, result.state));
  SCRUTINEER_CHECK(write_charts(settings, *left, *right, fields, result.model, options, result.diagnostics,
                                result.links, report ? &*report : nullptr));
  writing.lap("writing");
  print_timings(settings, reading, result.diagnostics.clock, writing);
  print_diagnostics(settings, result.diagnostics, fields, result.links.size(), "links",
                    report ? &*report : nullptr);
  return {};
}

}  // namespace

void add_link(CLI::App& app, Chosen& chosen) {
  auto link = std::make_shared<LinkCommand>();
  CLI::App* command =
      app.add_subcommand("link", "Link two rolls: which entry of one is which entry of the other");
  command->add_option("LEFT", link->left, "Roll: CSV, TSV, Parquet or XLSX")->required();
  command->add_option("RIGHT", link->right, "Roll to link it to")->required();
  add_linkage_options(*command, link->settings);
  command->add_option("--left-field", link->left_fields,
                      "STANDARD=COLUMN of the left roll alone (repeatable)");
  command->add_option("--right-field", link->right_fields,
                      "STANDARD=COLUMN of the right roll alone (repeatable)");
  command->add_flag("--one-to-one", link->one_to_one,
                    "Each entry at most once on either side: entries of RIGHT are rivals for one of LEFT, "
                    "and of two of LEFT\nthe likelier gets it");
  command
      ->add_flag(
          "--repeats", link->repeats,
          "RIGHT may list a person more than once, even where it is so much longer than LEFT (over 4 "
          "times)\nthat it would be taken for a register, whose entries are rivals of each other, however "
          "found")
      ->excludes("--one-to-one");
  command->footer(
      "Example:\n"
      "  scrutineer link members.csv register.csv --out links.csv --left-field id=\"Membership No\" "
      "--one-to-one\n"
      "writes left_id,right_id,match_weight,match_probability. A weight is the log2 of the odds that the two "
      "are\n"
      "one person; doc/linkage.md says how it is found and how it can mislead.");
  command->callback([link, &chosen] {
    chosen = [link] { return under_ceiling(link->settings, [&] { return run_link(*link); }); };
  });
}

}  // namespace scrutineer::cli
