// scrutineer canvass draw: which doors, from a public seed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "base/text.h"
#include "canvass/case_facts.h"
#include "canvass/draw_record.h"
#include "cli/canvass_command.h"
#include "cli/clock.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {
namespace {

struct DrawArguments {
  std::string folder;
  canvass::DrawRequest request;
  std::optional<std::uint64_t> margin;
  std::string out, frame, revisits, as;
  std::string design = "simple", strata;
};

// Two columns, member and stratum, after a header line; no commas inside.
Result<canvass::StrataOfIds> read_strata(const std::string& name) {
  std::ifstream input(name, std::ios::binary);
  if (!input) return refused("cannot be read", {.file = name}, "a file of lines member,stratum");
  canvass::StrataOfIds strata;
  std::string line;
  for (std::uint64_t number = 1; std::getline(input, line); ++number) {
    const auto cells = split(trimmed(line), ',');
    if (number == 1 || trimmed(line).empty()) continue;
    const bool plain = cells.size() == 2 && is_valid_utf8(line) && line.find('\t') == std::string::npos;
    if (!plain) return refused("is no line of two columns", {.file = name, .line = number}, "member,stratum");
    strata[std::string(trimmed(cells[0]))] = trimmed(cells[1]);
  }
  return strata;
}

Result<canvass::FrameRequest> list_of(const DrawArguments& arguments) {
  canvass::FrameRequest list = arguments.request.list;
  const auto design = canvass::design_of(arguments.design);
  if (!design) {
    return wrong_usage(fmt::format("\"{}\" is no design", printable(arguments.design, 60)),
                       "simple, stratified, weighted or strip-and-sample");
  }
  list.design = *design;
  if (!arguments.strata.empty()) {
    SCRUTINEER_TRY(list.strata, read_strata(arguments.strata));
  }
  return list;
}

// Without a seed: the list alone, so that its digest can be published before the seed exists.
Status run_publish(store::CaseFile& file, const DrawArguments& arguments, const std::string& by) {
  SCRUTINEER_TRY(const canvass::FrameRequest list, list_of(arguments));
  SCRUTINEER_TRY(const canvass::Frame frame, canvass::publish_frame(file, utc_now(), by, list));
  if (!arguments.frame.empty()) SCRUTINEER_CHECK(write_result(arguments.frame, frame.text()));
  fmt::print(
      "The list of {} eligible entries has the SHA-256\n  {}\nPublish this, and which public event will give "
      "the "
      "seed (dice thrown before witnesses, a lottery,\na randomness beacon), before that event; then draw "
      "with "
      "--seed.\n",
      frame.entries(), frame.digest());
  return {};
}

Status run_draw(const DrawArguments& arguments) {
  const std::string by = acting(arguments.as);
  SCRUTINEER_TRY(store::CaseFile file,
                 store::CaseFile::open(arguments.folder, store::SqliteMode::read_write));
  if (arguments.request.seed.empty()) return run_publish(file, arguments, by);
  SCRUTINEER_TRY(const canvass::CaseFacts facts, canvass::facts_of(file));
  canvass::DrawRequest request = arguments.request;
  SCRUTINEER_TRY(request.list, list_of(arguments));
  SCRUTINEER_TRY(request.margin, canvass::margin_to_use(facts, arguments.margin));
  SCRUTINEER_TRY(const canvass::Drawn drawn, canvass::record_draw(file, request, utc_now(), by));
  SCRUTINEER_CHECK(write_result(arguments.out, canvass::doors_csv(drawn.frame, drawn.doors)));
  if (!arguments.frame.empty()) SCRUTINEER_CHECK(write_result(arguments.frame, drawn.frame.text()));
  if (!arguments.revisits.empty())
    SCRUTINEER_CHECK(write_result(arguments.revisits, canvass::revisits_csv(drawn.frame, drawn.doors)));
  fmt::print("{} doors in {}, to certify fewer than {} of {} at a risk limit of {}.\n", drawn.doors.size(),
             arguments.out, drawn.claim.margin, drawn.claim.entries, drawn.claim.risk);
  fmt::print("{}\n", drawn.recorded ? "The draw is in the ledger of the case."
                                    : "The ledger of the case held this draw already.");
  if (!drawn.published) {
    fmt::print(
        "The list was not noted before the draw: nothing shows that it was fixed before the seed was "
        "known.\n");
  }
  fmt::print("\n{}", canvass::recipe(drawn, printable(request.seed)));
  return {};
}

}  // namespace

void add_canvass_draw(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<DrawArguments>();
  CLI::App* command = canvass.add_subcommand("draw", "Draw the doors from a public seed");
  canvass::DrawRequest& request = arguments->request;
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  CLI::Option* seed = command->add_option(
      "--seed", request.seed, "The public seed; without it only the list's digest is noted and shown");
  CLI::Option* doors = command->add_option("--doors", request.doors, "How many doors");
  CLI::Option* out =
      command->add_option("--out", arguments->out, "Write the doors, in the order drawn (CSV)");
  seed->needs(doors)->needs(out);
  doors->needs(seed);
  out->needs(seed);
  command->add_option("--margin", arguments->margin,
                      "Certify fewer ineligible entries than this (default: the margin in the case)");
  command->add_option("--risk", request.risk, "Risk limit")->capture_default_str();
  command->add_option("--frame", arguments->frame, "Write the list, to be published with its digest");
  command->add_option("--revisits", arguments->revisits, "Write which doors are visited twice (CSV)")
      ->needs(seed);
  command
      ->add_option("--design", arguments->design,
                   "How doors are chosen: simple, stratified, weighted, strip-and-sample")
      ->capture_default_str();
  command
      ->add_option("--pace", request.list.pace, "Strip and sample: a questioned entry at every so many doors")
      ->capture_default_str();
  command
      ->add_option("--strata", arguments->strata,
                   "Stratified: lines member,stratum (default: questioned and other)")
      ->type_name("FILE");
  command->add_option("--again", request.again, "Why an earlier draw is given up");
  command->add_option("--as", arguments->as, "Who draws, for the ledger; default: the login name");
  command->footer(
      "Examples:\n"
      "  scrutineer canvass draw northmere-case --frame list.txt\n"
      "  scrutineer canvass draw northmere-case --seed \"dice 2 6 1 4 4 3 5 1\" --doors 120 --out doors.csv\n"
      "  scrutineer canvass draw northmere-case --design weighted --frame list.txt");
  command->callback([arguments, seed, &chosen] {
    if (seed->count() > 0 && arguments->request.seed.empty())
      throw CLI::ValidationError("--seed", "is empty");
    chosen = [arguments] { return run_draw(*arguments); };
  });
}

}  // namespace scrutineer::cli
