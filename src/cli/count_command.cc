// scrutineer count: rounds, winners and ties of a contest.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "contest/rctab/tabulator.h"
#include "contest/read_ballots.h"
#include "contest/rules.h"
#include "contest/show.h"

namespace scrutineer::cli {
namespace {

struct CountSettings {
  std::string ballots;
  std::string rctab;
  bool phantom_rows = false;
  std::string rule = "irv";
  contest::ReadOptions read;
  std::optional<std::string> convert;
  std::string out;
  contest::CountOptions options;
  bool json = false;
};

// Into a file of its own beside the wanted one, then renamed over it: a killed run leaves the old file or
// none.
Status write_whole(const std::filesystem::path& file, const std::string& bytes) {
  const std::filesystem::path part = file.string() + ".part";
  {
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    if (!stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size())) || !stream.flush())
      return refused("cannot be written", {file.string()}, "a file in a folder this user may write");
  }
  std::error_code problem;
  std::filesystem::rename(part, file, problem);
  if (problem) return refused("cannot be written: " + problem.message(), {file.string()});
  return {};
}

Status run_convert(const CountSettings& settings, const contest::Ballots& ballots) {
  SCRUTINEER_TRY(const contest::Converted converted, contest::convert(ballots, *settings.convert));
  for (const std::string& lost : converted.lost)
    fmt::print(stderr, "scrutineer: {} cannot hold: {}\n", *settings.convert, printable(lost, 200));
  if (!settings.out.empty()) return write_whole(settings.out, converted.bytes);
  fmt::print("{}", converted.bytes);
  return {};
}

// Every pass of an RCTab contest; JSON is an object for one pass and a list for several.
Status run_rctab(const CountSettings& settings) {
  SCRUTINEER_TRY(const auto counted, contest::rctab::count_config(settings.rctab, settings.phantom_rows));
  std::string shown;
  for (const contest::Count& pass : counted.passes) {
    if (settings.json && counted.passes.size() > 1) shown += shown.empty() ? "[" : ",";
    shown += settings.json ? contest::to_json(pass) : contest::to_text(pass);
  }
  if (settings.json && counted.passes.size() > 1) shown += "]\n";
  if (!settings.out.empty()) return write_whole(settings.out, shown);
  fmt::print("{}", shown);
  return {};
}

Status run_count(const CountSettings& settings) {
  if (!settings.rctab.empty()) return run_rctab(settings);
  if (settings.ballots.empty()) return wrong_usage("no ballots to count", "a file, or --rctab CONFIG.json");
  SCRUTINEER_TRY(const contest::Rule rule, contest::rule_named(settings.rule));
  SCRUTINEER_TRY(const contest::ContestFile read, contest::read_contest(settings.ballots, settings.read));
  const auto* declaration = std::get_if<contest::Declaration>(&read);
  const auto* ballots = std::get_if<contest::Ballots>(&read);
  if (settings.convert && ballots == nullptr)
    return refused("a declaration holds totals, not papers", {settings.ballots}, "a file of ballots");
  if (settings.convert) return run_convert(settings, *ballots);
  SCRUTINEER_TRY(const contest::Count counted,
                 declaration != nullptr ? contest::count_declaration(*declaration, rule, settings.options)
                                        : contest::count(*ballots, rule, settings.options));
  const std::string shown = settings.json ? contest::to_json(counted) : contest::to_text(counted);
  if (!settings.out.empty()) return write_whole(settings.out, shown);
  fmt::print("{}", shown);
  return {};
}

}  // namespace

void add_count(CLI::App& app, Chosen& chosen) {
  auto settings = std::make_shared<CountSettings>();
  CLI::App* command = app.add_subcommand("count", "Count a file of ballots: rounds, winners, ties");
  command->add_option("BALLOTS", settings->ballots, "File of ballots");
  command->add_option("--rule", settings->rule, "Rule of the count:\n" + join(contest::rule_list(), "\n"))
      ->capture_default_str();
  command->add_option("--seats", settings->options.seats, "Seats to fill (default: as the ballots say)");
  command->add_option("--seed", settings->options.seed, "Seed of the lots that settle ties")
      ->capture_default_str();
  command->add_option("--format", settings->read.format,
                      "Format of the ballots (default: told from the content)");
  command->add_option("--contest", settings->read.contest, "Which contest, where the file holds several");
  command->add_option("--convert", settings->convert,
                      "Write the ballots in this format instead of counting them");
  command->add_option("--out", settings->out, "File to write (default: standard output)");
  command->add_option("--rctab", settings->rctab, "Count the contest of an RCTab configuration instead");
  command->add_flag("--phantom-rows", settings->phantom_rows,
                    "With --rctab: empty rows of a spreadsheet are papers, as RCTab counts them");
  command->add_flag("--json", settings->json, "Print the count as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer count ballots.blt --rule irv\n"
      "  scrutineer count --rctab contest_config.json --json\n"
      "  scrutineer count ballots.blt --convert preflib --out ballots.soi");
  command->callback([settings, &chosen] { chosen = [settings] { return run_count(*settings); }; });
}

}  // namespace scrutineer::cli
