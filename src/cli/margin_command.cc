// scrutineer margin: how many ballots would have to go, come or change to change the winner.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "cli/commands.h"
#include "contest/certificate/certificate.h"
#include "contest/margin.h"
#include "contest/margins/declaration_margin.h"
#include "contest/read_ballots.h"
#include "contest/show.h"

namespace scrutineer::cli {
namespace {

struct MarginSettings {
  std::string ballots;
  std::string rule = "irv";
  std::string kind = "all";
  std::optional<std::string> format;
  std::optional<std::string> contest;
  std::optional<std::string> caps;
  std::optional<std::string> certificate;
  contest::MarginOptions options;
  bool json = false;
};

Status write_certificate(const MarginSettings& settings, contest::Rule rule, const contest::Ballots& ballots,
                         const contest::Margins& margins) {
  SCRUTINEER_TRY(std::string digest, sha256_of_file(settings.ballots));
  SCRUTINEER_TRY(const contest::Certificate certificate,
                 contest::certificate_of(ballots, rule, margins, settings.options, std::move(digest)));
  std::ofstream file(*settings.certificate, std::ios::binary | std::ios::trunc);
  file << contest::to_text(certificate);
  file.close();
  if (!file) return refused("cannot be written", {*settings.certificate}, "a file in a folder that exists");
  return {};
}

Status print_margins(MarginSettings& settings, contest::Rule rule, const contest::Ballots& ballots) {
  if (settings.caps) {
    SCRUTINEER_TRY(settings.options.caps, contest::read_caps(*settings.caps, ballots));
  }
  SCRUTINEER_TRY(const contest::Margins margins, contest::margins(ballots, rule, settings.options));
  if (settings.certificate) SCRUTINEER_CHECK(write_certificate(settings, rule, ballots, margins));
  fmt::print("{}", settings.json ? contest::to_json(margins, ballots) : contest::to_text(margins, ballots));
  return {};
}

Status run_margin(MarginSettings& settings) {
  SCRUTINEER_TRY(const contest::Rule rule, contest::rule_named(settings.rule));
  SCRUTINEER_TRY(const contest::ContestFile read,
                 contest::read_contest(settings.ballots, {settings.format, settings.contest}));
  settings.options.deletion = settings.kind == "all" || settings.kind == "delete";
  settings.options.addition = settings.kind == "all" || settings.kind == "add";
  settings.options.modification = settings.kind == "all" || settings.kind == "modify";
  settings.options.mixed = settings.kind == "mixed";
  settings.options.keep_proofs = settings.certificate.has_value();
  if (settings.options.most_added && !settings.options.mixed)
    return wrong_usage("--added goes with --kind mixed only", "--kind mixed --added N");
  if (settings.certificate && rule != contest::Rule::irv && rule != contest::Rule::plurality)
    return wrong_usage(fmt::format("no certificate can be written for rule \"{}\"", contest::to_string(rule)),
                       "--rule irv or --rule plurality");
  // Under plurality first preferences are all that is read, so a declaration is as good as papers.
  const auto* declared = std::get_if<contest::Declaration>(&read);
  if (declared == nullptr) return print_margins(settings, rule, std::get<contest::Ballots>(read));
  if (rule == contest::Rule::plurality) {
    SCRUTINEER_TRY(const contest::Ballots papers, contest::first_preference_papers(*declared));
    return print_margins(settings, rule, papers);
  }
  if (settings.certificate || settings.caps)
    return refused("a declaration holds totals, not papers", {settings.ballots},
                   "ballots, or plurality, for caps and certificates");
  SCRUTINEER_TRY(const contest::Margins margins, contest::margins(*declared, rule, settings.options));
  const contest::Ballots no_papers;  // no witness names any
  fmt::print("{}",
             settings.json ? contest::to_json(margins, no_papers) : contest::to_text(margins, no_papers));
  return {};
}

}  // namespace

void add_margin(CLI::App& app, Chosen& chosen) {
  auto settings = std::make_shared<MarginSettings>();
  CLI::App* command =
      app.add_subcommand("margin", "The least number of ballots that could change who won, and which");
  command->add_option("BALLOTS", settings->ballots, "File of ballots")->required();
  command->add_option("--rule", settings->rule, "Rule of the count:\n" + join(contest::rule_list(), "\n"))
      ->capture_default_str();
  command
      ->add_option("--kind", settings->kind,
                   "delete, add, modify, all (these three), or mixed: deleted and added papers together")
      ->check(CLI::IsMember({"delete", "add", "modify", "mixed", "all"}))
      ->capture_default_str();
  command->add_option("--caps", settings->caps, "CSV file: ward or section, questioned papers there at most");
  command
      ->add_option("--added", settings->options.most_added,
                   "With --kind mixed: papers that may be added, at most")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--certificate", settings->certificate,
                      "Write the proof to this file (irv, plurality); see scrutineer verify-margin");
  command->add_option("--seed", settings->options.count.seed, "Seed of the lots that settle ties")
      ->capture_default_str();
  command->add_option("--steps", settings->options.steps, "Budget of the search, in its own steps")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--format", settings->format, "Format of the ballots (default: told from the content)");
  command->add_option("--contest", settings->contest, "Which contest, where the file holds several");
  command->add_flag("--json", settings->json, "Print the margins as JSON");
  command->footer(
      "Examples:\n"
      "  scrutineer margin ballots.blt --rule irv\n"
      "  scrutineer margin ballots.csv --rule plurality --kind delete --caps caps.csv\n"
      "  scrutineer margin ballots.blt --rule irv --certificate proof.txt");
  command->callback([settings, &chosen] { chosen = [settings] { return run_margin(*settings); }; });
}

}  // namespace scrutineer::cli
