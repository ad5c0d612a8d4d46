// scrutineer canvass count-audit: the same for the papers as for the roll.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "canvass/draw.h"
#include "canvass/record.h"
#include "canvass/status.h"
#include "cli/canvass_command.h"
#include "cli/linkage_input.h"
#include "contest/read_ballots.h"
#include "inquiry/count_audit.h"

namespace scrutineer::cli {
namespace {

struct CountAuditArguments {
  std::string ballots, format, rule, sample, folder, seed, papers;
  std::uint64_t draw = 0;
  double risk = .05;
  bool json = false;
};

// Which papers to look at: numbers of the manifest, in the order drawn, by the recipe of `canvass draw`.
Status draw_papers(const CountAuditArguments& arguments, std::uint64_t cast) {
  const std::size_t digits = std::to_string(cast).size();
  std::vector<std::string> numbers;
  for (std::uint64_t paper = 1; paper <= cast; ++paper)
    numbers.push_back(fmt::format("{:0{}}", paper, digits));
  const canvass::Frame frame(std::move(numbers));
  SCRUTINEER_TRY(const auto drawn, canvass::draw(frame, arguments.seed, arguments.draw));
  std::string text = "paper,seen\n";
  for (const canvass::Door& paper : drawn) text += fmt::format("{},\n", frame.id(paper.position));
  SCRUTINEER_CHECK(write_result(arguments.papers, text));
  fmt::print(
      "{} of {} papers in {}: fill in what each shows, candidates in order with > between them.\nThe list of "
      "numbers 1 to "
      "{} has the SHA-256 {}.\n",
      drawn.size(), cast, arguments.papers, cast, frame.digest());
  return {};
}

Status run_count_audit(const CountAuditArguments& arguments) {
  const auto format = arguments.format.empty() ? std::optional<std::string>() : arguments.format;
  SCRUTINEER_TRY(const contest::Ballots ballots, contest::read_ballots(arguments.ballots, format));
  if (arguments.draw > 0) {
    std::int64_t cast = 0;
    for (const contest::Ballot& ballot : ballots.ballots) cast += ballot.count;
    return draw_papers(arguments, static_cast<std::uint64_t>(cast));
  }
  SCRUTINEER_TRY(const contest::Rule rule, contest::rule_named(arguments.rule));
  std::vector<inquiry::SampledPaper> sample;
  if (!arguments.sample.empty()) {
    SCRUTINEER_TRY(sample, inquiry::read_sample(arguments.sample, ballots.candidates));
  }
  SCRUTINEER_TRY(const inquiry::CountAudit audit,
                 inquiry::audit_count(ballots, rule, sample, arguments.risk));
  if (arguments.folder.empty()) {
    fmt::print("{}", arguments.json ? inquiry::to_json(audit) : inquiry::to_text(audit));
    return {};
  }
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const canvass::Visits visits, canvass::visits_of(file));
  SCRUTINEER_TRY(const canvass::CanvassStatus roll, canvass::status_of(file, visits));
  fmt::print("{}", arguments.json ? inquiry::to_json(audit, roll)
                                  : inquiry::to_text(audit) + inquiry::joint_statement(roll, audit));
  return {};
}

}  // namespace

void add_canvass_count(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<CountAuditArguments>();
  CLI::App* command =
      canvass.add_subcommand("count-audit", "Audit the count itself from papers drawn at random");
  command->add_option("ballots", arguments->ballots, "The ballots as they were counted")
      ->required()
      ->type_name("BALLOTS");
  command->add_option("--rule", arguments->rule, "plurality or irv")->default_val("irv");
  command->add_option("--format", arguments->format, "Format of the ballots; default: told from the content");
  CLI::Option* sample =
      command->add_option("--sample", arguments->sample,
                          "What the papers drawn show: columns paper, seen and, to compare, recorded");
  sample->type_name("FILE");
  CLI::Option* draw = command->add_option("--draw", arguments->draw, "Draw so many papers instead");
  CLI::Option* seed = command->add_option("--seed", arguments->seed, "The public seed of the draw");
  CLI::Option* out =
      command->add_option("--out", arguments->papers, "Where the papers drawn are listed (CSV)");
  draw->needs(seed)->needs(out)->excludes(sample);
  seed->needs(draw);
  out->needs(draw);
  command->add_option("--risk", arguments->risk, "Risk limit")->capture_default_str();
  command
      ->add_option("--case", arguments->folder,
                   "With the certificate of this case's roll: the joint statement")
      ->type_name("CASE");
  command->add_flag("--json", arguments->json, "Print the audit as JSON");
  command->footer(
      "Without a sample it shows what must be true for this winner and how many papers are expected.\n\n"
      "Examples:\n"
      "  scrutineer canvass count-audit ballots.blt --rule irv --draw 200 --seed \"dice 4 1 6\" --out "
      "papers.csv\n"
      "  scrutineer canvass count-audit ballots.blt --rule irv --sample papers.csv --case northmere-case");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_count_audit(*arguments); }; });
}

}  // namespace scrutineer::cli
