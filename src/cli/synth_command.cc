// scrutineer synth: a fictional inquiry with known truth.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "synth/matching_roll.h"
#include "synth/synth.h"

namespace scrutineer::cli {
namespace {

struct SynthArguments {
  synth::SynthOptions options;
  std::string scenario = "clean";
  std::string only;
  std::uint64_t roll_rows = 0;
  std::string part = "whole";
};

void print_files(const synth::SynthSummary& summary, const std::filesystem::path& folder) {
  fmt::print("Written to {} (all invented):\n", folder.string());
  for (const auto& [name, rows] : summary.files) fmt::print("  {:<24} {:>12} rows\n", name, rows);
}

Status run_roll(const synth::SynthOptions& options) {
  const synth::RollOptions roll{
      .out = options.out, .rows = options.electors, .seed = options.seed, .threads = options.threads};
  SCRUTINEER_TRY(const synth::SynthSummary summary, synth::synthesise_roll(roll));
  print_files(summary, options.out);
  return {};
}

Status run_matching_roll(const SynthArguments& arguments) {
  synth::MatchingRollOptions roll;
  roll.file = arguments.options.out;
  roll.rows = arguments.roll_rows;
  roll.seed = arguments.options.seed;
  roll.threads = arguments.options.threads;
  if (arguments.part == "left") roll.part = synth::MatchingPart::left;
  if (arguments.part == "right") roll.part = synth::MatchingPart::right;
  SCRUTINEER_CHECK(synth::synthesise_matching_roll(roll));
  fmt::print("{}: {} rows (all invented); the column cluster tells who is whom\n", roll.file.string(),
             roll.rows);
  return {};
}

Status run_inquiry(const synth::SynthOptions& options) {
  SCRUTINEER_TRY(const synth::SynthSummary summary, synth::synthesise(options));
  print_files(summary, options.out);
  fmt::print(
      "{} members: {} at the address given, {} elsewhere on the register, {} on no register;\n"
      "{} eligible, {} listed twice, {} planted, {} wrong without a link, {} by the lawful recruiter.\n"
      "Audit it with: scrutineer audit {}\n",
      summary.members, summary.at_address, summary.elsewhere, summary.not_found, summary.eligible,
      summary.duplicates, summary.planted, summary.scattered, summary.lawful_recruits,
      (options.out / "inquiry.toml").string());
  return {};
}

}  // namespace

void add_synth(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<SynthArguments>();
  synth::SynthOptions& options = arguments->options;
  CLI::App* command = app.add_subcommand("synth", "Make a fictional inquiry with known truth");
  command->footer(
      "Example:\n"
      "  scrutineer synth --out demo --electors 40000 --members 1200 --scenario organised --seed 7\n"
      "  scrutineer audit demo/inquiry.toml\n"
      "The same options give the same files. truth.csv says who really is who; README.txt explains it.");
  command
      ->add_option(
          "--out", options.out,
          "Directory to write: new, empty, or written by this command before; with --roll a CSV file")
      ->required();
  command->add_option("--electors", options.electors, "Entries of the newest register, about")
      ->capture_default_str();
  command->add_option("--members", options.members, "Members of the branch")->capture_default_str();
  command->add_option("--seed", options.seed, "Chooses the world")->capture_default_str();
  command
      ->add_option(
          "--scenario", arguments->scenario,
          "clean: honest members; scattered: wrong entries that nothing links; organised: paper members "
          "of one organiser")
      ->check(CLI::IsMember({"clean", "scattered", "organised"}))
      ->capture_default_str();
  command->add_option("--snapshots", options.snapshots, "Half-yearly registers")->capture_default_str();
  command->add_option("--planted", options.planted,
                      "Wrong members of the scenario (default: 1 in 20 members)");
  command->add_option("--margin", options.margin,
                      "Lead in the last round, in ballots (default: 15 % of them)");
  command->add_option("--canvass-share", options.canvass_share, "Share of addresses visited at random")
      ->capture_default_str();
  command->add_option("--response", options.response, "Share of visited addresses that answer")
      ->capture_default_str();
  command->add_option("--threads", options.threads, "0: one for each processor")->capture_default_str();
  command
      ->add_option(
          "--only", arguments->only,
          "roll: instead of an inquiry one roll of --electors rows with repeated people, and its truth")
      ->check(CLI::IsMember({"roll"}));
  command->add_option(
      "--roll", arguments->roll_rows,
      "Instead of an inquiry one CSV file of this many rows for benchmarks of matching: names, "
      "birth date, postcode, house, and the person in the column cluster");
  command
      ->add_option(
          "--part", arguments->part,
          "With --roll, whole: one to four entries a person; left, right: two lists to be linked, one "
          "entry a person, six people in ten on both")
      ->check(CLI::IsMember({"whole", "left", "right"}))
      ->capture_default_str();
  command->callback([arguments, &chosen] {
    chosen = [arguments]() -> Status {
      if (arguments->roll_rows > 0) return run_matching_roll(*arguments);
      if (arguments->only == "roll") return run_roll(arguments->options);
      arguments->options.scenario = *synth::scenario_of(arguments->scenario);
      return run_inquiry(arguments->options);
    };
  });
}

}  // namespace scrutineer::cli
