#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "canvass/record.h"
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
  std::vector<std::string> head;
};

Result<store::LedgerHead> noted_head(const std::vector<std::string>& words) {
  store::LedgerHead head;
  const char* const end = words[0].data() + words[0].size();
  const auto hash = store::hash_from_hex(words[1]);
  if (std::from_chars(words[0].data(), end, head.number).ptr != end || !hash)
    return wrong_usage("--head takes a number and 64 hexadecimal digits", "what verify printed as the head");
  head.hash = *hash;
  return head;
}

std::map<std::string, std::string> render(const inquiry::Audit& audit) {
  return report::report_files(audit.outcome, {audit.contest_numbers, audit.curve});
}

Status run(const VerifyArguments& arguments) {
  inquiry::VerifyOptions options;
  if (!arguments.inquiry.empty()) options.inquiry = arguments.inquiry;
  options.rerun = !arguments.no_rerun;
  options.audit.threads = arguments.threads;
  options.render = render;
  if (!arguments.head.empty()) {
    SCRUTINEER_TRY(options.noted, noted_head(arguments.head));
  }
  SCRUTINEER_TRY(inquiry::Verification found, inquiry::verify_case(arguments.folder, options));
  {
    SCRUTINEER_TRY(store::CaseFile file,
                   store::CaseFile::open(arguments.folder, store::SqliteMode::read_only));
    SCRUTINEER_TRY(const std::vector<std::string> visits, canvass::check_records(file));
    found.problems.insert(found.problems.end(), visits.begin(), visits.end());
  }
  if (!found.problems.empty()) {
    for (std::size_t i = 1; i < found.problems.size(); ++i)
      fmt::print(stderr, "scrutineer: {}\n", found.problems[i]);
    return refused(found.problems.front(), {}, "a case that holds");
  }
  fmt::print("The ledger holds ({} entries, {} of them signed), and so do the digests of the case.\n",
             found.ledger_entries, found.signed_entries);
  for (const std::string& signer : found.signers) fmt::print("  signed by {}\n", signer);
  fmt::print("Its head, to note elsewhere: {} {}\n", found.head.number, store::hex(found.head.hash));
  for (const std::string& remark : found.remarks) fmt::print("{}\n", remark);
  fmt::print("All {} inputs are the files the case was made from.\n", found.inputs_checked);
  fmt::print("{}\n", found.rerun ? "A new run gives the same findings, members and report, byte for byte."
                                 : "The findings were not computed again.");
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
  command
      ->add_option("--head", arguments->head,
                   "A head of the ledger noted earlier: it must still be on the chain")
      ->expected(2)
      ->type_name("NUMBER HASH");
  command->add_flag("--no-rerun", arguments->no_rerun, "Check digests and ledger only");
  command->footer(
      "Exit status 0 if everything holds, 1 with what does not otherwise.\n\n"
      "Example:\n  scrutineer verify northmere-case\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
