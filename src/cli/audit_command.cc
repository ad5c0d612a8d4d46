#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/sizes.h"
#include "cli/user_key.h"
#include "inquiry/audit.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/write_case.h"
#include "report/report.h"

namespace scrutineer::cli {
namespace {

struct AuditArguments {
  std::string inquiry;
  std::string out;
  std::string as, key;
  unsigned threads = 0;
  std::string memory;
  bool timings = false;
};

// The case stands beside the inquiry file unless told otherwise: "northmere.toml" makes "northmere-case".
std::filesystem::path case_folder(const AuditArguments& arguments) {
  if (!arguments.out.empty()) return arguments.out;
  const std::filesystem::path file(arguments.inquiry);
  return file.parent_path() / (file.stem().string() + "-case");
}

void print_timings(const inquiry::Audit& audit) {
  fmt::print(stderr, "{:<32} {:>9} {:>14} {:>16}\n", "stage", "seconds", "amount", "a second");
  for (const inquiry::StageTiming& timing : audit.timings) {
    const double rate = timing.seconds > 0 ? static_cast<double>(timing.amount) / timing.seconds : 0;
    fmt::print(stderr, "{:<32} {:>9.2f} {:>14} {:>16}\n", timing.stage, timing.seconds,
               timing.amount ? fmt::format("{} {}", timing.amount, timing.unit) : "",
               timing.amount ? fmt::format("{:.3g} {}", rate, timing.unit) : "");
  }
}

Status run(const AuditArguments& arguments) {
  SCRUTINEER_TRY(const std::uint64_t memory, parse_size(arguments.memory));
  SCRUTINEER_TRY(const inquiry::InquiryFile file, inquiry::read_inquiry_file(arguments.inquiry));
  const std::string settings_at = utc_now();
  const std::filesystem::path folder = case_folder(arguments);
  const std::string person = person_or_login(arguments.as);
  SCRUTINEER_TRY(const auto key, user_key(person, arguments.key));
  // What people decided about who is whom in the case that will be replaced.
  SCRUTINEER_TRY(inquiry::LinkDecisions decisions, inquiry::read_link_decisions(folder));
  SCRUTINEER_TRY(const inquiry::Audit audit,
                 inquiry::run_audit(file, {arguments.threads, memory, std::move(decisions), folder}));
  const auto write_report = [&](const std::filesystem::path& unfinished) {
    return report::write_report(audit.outcome, {audit.contest_numbers, audit.curve}, unfinished);
  };
  SCRUTINEER_CHECK(inquiry::write_case(
      file, audit, {folder, settings_at, utc_now(), key ? &*key : nullptr, write_report}));
  if (arguments.timings) print_timings(audit);
  for (const inquiry::DecisionEffect& effect : audit.material.effects)
    fmt::print("Changed {}.\n", effect.text);
  fmt::print("{}\n", audit.outcome.verdict.sentence);
  fmt::print("{}\n", audit.outcome.impact.sentence);
  fmt::print("The report: {}\n", (folder / "report.html").string());
  return {};
}

}  // namespace

void add_audit(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<AuditArguments>();
  CLI::App* command = app.add_subcommand("audit", "Audit an inquiry: the whole chain, the case, the report");
  command->add_option("inquiry", arguments->inquiry, "The inquiry file (TOML)")
      ->required()
      ->type_name("INQUIRY.toml");
  command->add_option("--out", arguments->out,
                      "The case folder; default: beside the inquiry file, NAME-case");
  command->add_option("--threads", arguments->threads, "Threads; default: one for each processor");
  command->add_option("--memory", arguments->memory, "Memory for candidate pairs, such as 2G")
      ->type_name("SIZE");
  command->add_option("--as", arguments->as, "Who signs in the ledger; default: the login name");
  command
      ->add_option("--key", arguments->key,
                   "The key to sign with; default: the person's own (see scrutineer key)")
      ->type_name("FILE");
  command->add_flag("--timings", arguments->timings, "Print how long each stage took");
  command->footer(
      "The case folder holds report.html, exhibits.html, findings.json, members.csv and case.sqlite. An "
      "earlier case\n"
      "there is replaced only when the new one is complete.\n\n"
      "Example:\n  scrutineer audit inquiry.toml --out case\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
