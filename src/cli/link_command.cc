// scrutineer link: which row of one roll is which row of another.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/linkage_input.h"
#include "cli/linkage_output.h"
#include "linkage/link.h"

namespace scrutineer::cli {
namespace {

struct LinkCommand {
  LinkageSettings settings;
  std::string left;
  std::string right;
  std::vector<std::string> left_fields;
  std::vector<std::string> right_fields;
  bool one_to_one = false;
};

Status run_link(const LinkCommand& command) {
  const LinkageSettings& settings = command.settings;
  StageClock reading;
  SCRUTINEER_TRY(const auto left, read_linkage_roll(command.left, settings, command.left_fields));
  SCRUTINEER_TRY(const auto right, read_linkage_roll(command.right, settings, command.right_fields));
  SCRUTINEER_TRY(const std::vector<linkage::Field> fields, linkage_fields(*left, *right, settings));
  reading.lap("reading");
  linkage::LinkOptions options;
  options.threads = settings.threads;
  options.memory = settings.memory / 4;
  options.seed = settings.seed;
  options.threshold = settings.threshold;
  options.one_to_one = command.one_to_one;
  SCRUTINEER_TRY(options.rules, block_rules(settings, fields));
  SCRUTINEER_TRY(options.model, model_to_use(settings));
  SCRUTINEER_TRY(const linkage::LinkResult result,
                 linkage::link(fields, left->standard.rows, right->standard.rows, options));
  StageClock writing;
  SCRUTINEER_CHECK(write_links(settings, settings.out, left->ids, right->ids, result.links));
  SCRUTINEER_CHECK(save_model(settings, result.model, !options.model.empty()));
  writing.lap("writing");
  print_timings(settings, reading, result.diagnostics.clock, writing);
  print_diagnostics(settings, result.diagnostics, fields, result.links.size(), "links");
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
  command->add_flag("--one-to-one", link->one_to_one, "Each entry at most once on either side");
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
