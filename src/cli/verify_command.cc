#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "inquiry/verify_case.h"
#include "report/report.h"

namespace scrutineer::cli {
namespace {

struct VerifyArguments {
  std::string folder;
  std::string inquiry;
  unsigned threads = 0;
  bool no_rerun = false;
};

std::map<std::string, std::string> render(const inquiry::Outcome& outcome) {
  return {{"findings.json", report::findings_json(outcome)},
          {"members.csv", report::members_csv(outcome)},
          {"report.html", report::report_html(outcome)}};
}

Status run(const VerifyArguments& arguments) {
  inquiry::VerifyOptions options;
  if (!arguments.inquiry.empty()) options.inquiry = arguments.inquiry;
  options.rerun = !arguments.no_rerun;
  options.audit.threads = arguments.threads;
  options.render = render;
  SCRUTINEER_TRY(const inquiry::Verification found, inquiry::verify_case(arguments.folder, options));
  if (!found.problems.empty()) {
    for (std::size_t i = 1; i < found.problems.size(); ++i)
      fmt::print(stderr, "scrutineer: {}\n", found.problems[i]);
    return refused(found.problems.front(), {}, "a case that holds");
  }
  fmt::print("The ledger holds ({} entries), and so do the digests of the case.\n", found.ledger_entries);
  fmt::print("All {} inputs are the files the case was made from.\n", found.inputs_checked);
  fmt::print("{}\n", found.rerun ? "A new run gives the same findings, members and report, byte for byte."
                                 : "The findings were not computed again (--no-rerun).");
  return {};
}

}  // namespace

void add_verify(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command =
      app.add_subcommand("verify", "Check a case: inputs, ledger, and the same findings again");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--inquiry", arguments->inquiry, "The inquiry file, if it is not where it was");
  command->add_option("--threads", arguments->threads, "Threads; default: one for each processor");
  command->add_flag("--no-rerun", arguments->no_rerun, "Check digests and ledger only");
  command->footer(
      "Exit status 0 if everything holds, 1 with what does not otherwise.\n\n"
      "Example:\n  scrutineer verify northmere-case\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
