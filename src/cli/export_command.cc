// scrutineer export: the lists of a case to take away, pseudonymised unless asked otherwise.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/user_key.h"
#include "serve/views.h"

namespace scrutineer::cli {
namespace {

namespace fs = std::filesystem;

struct ExportArguments {
  std::string folder, out, as, key, format = "csv";
  bool full = false;
};

Status save(const fs::path& folder, const serve::Answer<serve::Download>& download) {
  if (!download) return refused(download.error().message);
  const fs::path file = folder / download->name;
  std::ofstream stream(file, std::ios::binary);
  stream << download->bytes;
  stream.close();
  if (!stream) return internal_error("cannot be written", {file.string()});
  fmt::print("{}\n", file.string());
  return {};
}

Status run(const ExportArguments& arguments) {
  // A folder that is no case is refused before anything is made.
  SCRUTINEER_TRY([[maybe_unused]] const store::CaseFile there,
                 store::CaseFile::open(arguments.folder, store::SqliteMode::read_write));
  std::error_code failed;
  fs::create_directories(arguments.out, failed);
  if (failed)
    return refused("cannot be made: " + failed.message(), {arguments.out}, "a folder for the lists");
  serve::Person person;
  person.name = person_or_login(arguments.as);
  person.role = serve::Role::panel;
  SCRUTINEER_TRY(person.key, user_key(person.name, arguments.key));
  serve::Session session(arguments.folder, std::move(person), utc_now, SCRUTINEER_VERSION);
  for (const char* list : {"queue", "persons", "addresses", "decisions", "ledger"}) {
    // The whole queue is taken: what was decided belongs to it, and what was looked for and not listed.
    const std::string target =
        fmt::format("/api/export?list={}&format={}&redact={}{}", list, arguments.format,
                    arguments.full ? 0 : 1, list == std::string("queue") ? "&state=all&listed=all" : "");
    SCRUTINEER_CHECK(save(arguments.out, serve::export_list(session, target)));
  }
  SCRUTINEER_CHECK(save(arguments.out, serve::exhibits(session, fmt::format("/api/exhibits?redact={}",
                                                                            arguments.full ? 0 : 1))));
  return save(arguments.out, serve::impact_assessment(session));
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      app.add_subcommand("export", "Lists, exhibits and impact assessment to take away, pseudonymised");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--out", arguments->out, "The folder to write into")->required()->type_name("FOLDER");
  command->add_option("--format", arguments->format, "csv or xlsx")
      ->check(CLI::IsMember({"csv", "xlsx"}))
      ->capture_default_str();
  command->add_flag("--full", arguments->full, "With ids, names and addresses instead of handles");
  command->add_option("--as", arguments->as, "Who exports, for the ledger; default: the login name");
  command->add_option("--key", arguments->key, "The key to sign with; default: the person's own")
      ->type_name("FILE");
  command->footer(
      "Handles are keyed with a secret of the case: they are the same in every export of it, and tell nobody "
      "without\n"
      "the case whom they stand for. Each list says how many of its rows are expected to be innocent, and "
      "each file\n"
      "is an entry of the ledger, with its SHA-256.\n\n"
      "Example:\n  scrutineer export northmere-case --out for-the-statistician\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
