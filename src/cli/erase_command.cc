// scrutineer erase: takes out of a case what was not upheld, once its date has come.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/user_key.h"
#include "inquiry/erase_case.h"

namespace scrutineer::cli {
namespace {

struct EraseArguments {
  std::string folder, as, key;
};

Status run(const EraseArguments& arguments) {
  const std::string person = person_or_login(arguments.as);
  SCRUTINEER_TRY(const auto key, user_key(person, arguments.key));
  const std::string now = utc_now();
  const auto today = Date::from_iso(now.substr(0, 10));
  if (!today) return internal_error("the clock tells no day");
  SCRUTINEER_TRY(const inquiry::Erasure erasure,
                 inquiry::erase_case(arguments.folder, *today, person, now, key ? &*key : nullptr));
  fmt::print(
      "Erased: {} findings that were not upheld, what was held of {} members, the words of {} decisions, {} "
      "files.\n",
      erasure.findings, erasure.members, erasure.decisions, erasure.files);
  fmt::print("Kept: {} upheld findings and the {} members they name; the ledger, which says so.\n",
             erasure.findings_kept, erasure.members_kept);
  fmt::print("The inputs, exports and copies elsewhere are not touched: erase them too.\n");
  return {};
}

}  // namespace

void add_erase(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<EraseArguments>();
  CLI::App* command = app.add_subcommand("erase", "After the retention date, erase what was not upheld");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--as", arguments->as, "Who erases, for the ledger; default: the login name");
  command->add_option("--key", arguments->key, "The key to sign with; default: the person's own")
      ->type_name("FILE");
  command->footer(
      "Refused until the day after the retention date that the panel set. The ledger holds afterwards: "
      "scrutineer verify.\n\n"
      "Example:\n  scrutineer erase northmere-case --as \"A. Scrutineer\"\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
