// scrutineer count: rounds, winners and ties of a contest.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "contest/ballot_builder.h"
#include "contest/rctab/tabulator.h"
#include "contest/read_ballots.h"
#include "contest/reconcile.h"
#include "contest/rules.h"
#include "contest/show.h"

namespace scrutineer::cli {
namespace {

struct CountSettings {
  std::string ballots;
  std::string rctab;
  std::string rule = "irv";
  contest::ReadOptions read;
  std::optional<std::string> convert;
  std::string out;
  std::vector<std::string> weights;
  std::optional<std::string> declared;
  contest::CountOptions options;
  bool json = false;
};

// "Members=2" into the weight of a section.
Status read_weights(CountSettings& settings) {
  for (const std::string& text : settings.weights) {
    const std::size_t equals = text.rfind('=');
    const auto weight = equals == std::string::npos ? Result<contest::Weight>(refused(""))
                                                    : contest::parse_weight(text.substr(equals + 1));
    if (!weight || weight->decimals != 0)
      return wrong_usage(fmt::format("--weight \"{}\" is not a section with its weight", printable(text, 80)),
                         "SECTION=WHOLE NUMBER");
    settings.options.section_weights[text.substr(0, equals)] = weight->units;
  }
  return {};
}

// The ballots against a declaration in another file: what differs joins the count's contradictions.
Status compare_with_declaration(const CountSettings& settings, const contest::ContestFile& read,
                                contest::Count& counted) {
  if (!settings.declared) return {};
  SCRUTINEER_TRY(const contest::ContestFile other,
                 contest::read_contest(*settings.declared, {{}, settings.read.contest}));
  const auto* declaration = std::get_if<contest::Declaration>(&other);
  if (declaration == nullptr)
    return refused("the file is no declaration", {*settings.declared}, "totals by candidate");
  if (const auto* ballots = std::get_if<contest::Ballots>(&read)) {
    for (auto& found : contest::reconcile(*declaration, *ballots, counted))
      counted.contradictions.push_back(std::move(found));
    return {};
  }
  for (auto& found : contest::reconcile(std::get<contest::Declaration>(read), settings.ballots, *declaration,
                                        *settings.declared))
    counted.contradictions.push_back(std::move(found));
  return {};
}

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
  SCRUTINEER_TRY(const auto counted,
                 contest::rctab::count_config(settings.rctab, settings.read.phantom_rows));
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

Status run_count(CountSettings& settings) {
  if (!settings.rctab.empty()) return run_rctab(settings);
  if (settings.ballots.empty()) return wrong_usage("no ballots to count", "a file, or --rctab CONFIG.json");
  SCRUTINEER_TRY(const contest::Rule rule, contest::rule_named(settings.rule));
  SCRUTINEER_CHECK(read_weights(settings));
  SCRUTINEER_TRY(const contest::ContestFile read, contest::read_contest(settings.ballots, settings.read));
  const auto* declaration = std::get_if<contest::Declaration>(&read);
  const auto* ballots = std::get_if<contest::Ballots>(&read);
  if (settings.convert && ballots == nullptr)
    return refused("a declaration holds totals, not papers", {settings.ballots}, "a file of ballots");
  if (settings.convert) return run_convert(settings, *ballots);
  SCRUTINEER_TRY(contest::Count counted,
                 declaration != nullptr ? contest::count_declaration(*declaration, rule, settings.options)
                                        : contest::count(*ballots, rule, settings.options));
  SCRUTINEER_CHECK(compare_with_declaration(settings, read, counted));
  const std::string shown = settings.json ? contest::to_json(counted) : contest::to_text(counted);
  if (!settings.out.empty()) return write_whole(settings.out, shown);
  fmt::print("{}", shown);
  return {};
}

// The choices that rules leave open, in a group of their own.
void add_choices(CLI::App& command, CountSettings& settings) {
  using contest::Overvote;
  contest::CountOptions& options = settings.options;
  const char* group = "Choices within the rule";
  const auto named = [](auto map) { return CLI::CheckedTransformer(std::move(map)).description(""); };
  command.add_option("--weight", settings.weights, "college: SECTION=WEIGHT, for each section")->group(group);
  command.add_option("--quota", options.quota, "stv: droop, droop-exact or hare")
      ->transform(named(std::map<std::string, contest::Quota>{{"droop", contest::Quota::droop},
                                                              {"droop-exact", contest::Quota::droop_exact},
                                                              {"hare", contest::Quota::hare}}))
      ->type_name("NAME")
      ->group(group);
  command
      .add_option("--overvote", options.paper.overvote,
                  "A rank that marks several: exhaust, skip or exhaust-if-several (still continue)")
      ->transform(
          named(std::map<std::string, Overvote>{{"exhaust", Overvote::exhaust},
                                                {"skip", Overvote::skip},
                                                {"exhaust-if-several", Overvote::exhaust_if_several}}))
      ->type_name("NAME")
      ->group(group);
  command
      .add_option("--ties", options.ranked.ties, "irv, stv: lot, previous-rounds or java-random (as RCTab)")
      ->transform(
          named(std::map<std::string, contest::Ties>{{"lot", contest::Ties::lot},
                                                     {"previous-rounds", contest::Ties::previous_rounds},
                                                     {"java-random", contest::Ties::java_random}}))
      ->type_name("NAME")
      ->group(group);
  command
      .add_option("--max-skipped", options.paper.max_skipped_ranks, "More skipped ranks in a row end a paper")
      ->group(group);
  command.add_option("--max-ranks", options.paper.max_ranks, "Ranks beyond are not read")
      ->check(CLI::PositiveNumber)
      ->group(group);
  command
      .add_flag("--exhaust-on-duplicate", options.paper.exhaust_on_duplicate,
                "A candidate ranked twice ends a paper")
      ->group(group);
  command
      .add_flag("--batch", options.ranked.batch_elimination,
                "irv, stv: all whom together the next exceeds go out at once")
      ->group(group);
  command.add_flag("--until-two", options.ranked.until_two, "irv: go on until two are left")->group(group);
  command
      .add_flag("--first-round-threshold", options.ranked.first_round_threshold,
                "irv: the threshold of the first round stands")
      ->group(group);
  command
      .add_option("--minimum-votes", options.ranked.minimum_votes,
                  "irv, stv: a candidate below goes out in the first round")
      ->check(CLI::NonNegativeNumber)
      ->group(group);
  command
      .add_option("--stop-after-round", options.ranked.stop_after_round, "irv, stv: show no further round")
      ->check(CLI::PositiveNumber)
      ->group(group);
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
  command->add_flag("--phantom-rows", settings->read.phantom_rows,
                    "Empty rows of a spreadsheet are papers, as RCTab counts them");
  command->add_option("--declared", settings->declared,
                      "A declaration to compare with: what does not agree is listed");
  add_choices(*command, *settings);
  command->add_flag("--json", settings->json, "Print the count as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer count ballots.blt --rule irv\n"
      "  scrutineer count declaration.csv --rule sv --contest 2014\n"
      "  scrutineer count cvr.xlsx --overvote skip --batch --declared result.toml\n"
      "  scrutineer count --rctab contest_config.json --json\n"
      "  scrutineer count ballots.blt --convert preflib --out ballots.soi");
  command->callback([settings, &chosen] { chosen = [settings] { return run_count(*settings); }; });
}

}  // namespace scrutineer::cli
