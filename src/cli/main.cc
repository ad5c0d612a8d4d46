// The program: parses the command line, runs what was chosen, and turns its error into the exit status.
#include <fmt/format.h>
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"

namespace {

constexpr int internal_status = static_cast<int>(scrutineer::ErrorCategory::internal);
constexpr int usage_status = static_cast<int>(scrutineer::ErrorCategory::usage);

int run(int argc, char** argv) {
  CLI::App app{
      "Scrutineer audits the list of people entitled to vote, and tells whether what is wrong with "
      "it could have changed the result.",
      "scrutineer"};
  app.set_version_flag("--version", SCRUTINEER_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Start with a fictional inquiry:\n"
      "  scrutineer synth --out demo --scenario organised\n"
      "  scrutineer audit demo/inquiry.toml");
  scrutineer::cli::Chosen chosen;
  scrutineer::cli::add_audit(app, chosen);
  scrutineer::cli::add_link(app, chosen);
  scrutineer::cli::add_dedupe(app, chosen);
  scrutineer::cli::add_count(app, chosen);
  scrutineer::cli::add_margin(app, chosen);
  scrutineer::cli::add_verify_margin(app, chosen);
  scrutineer::cli::add_synth(app, chosen);
  scrutineer::cli::add_verify(app, chosen);
  scrutineer::cli::add_explain(app, chosen);
  scrutineer::cli::add_key(app, chosen);
  scrutineer::cli::add_erase(app, chosen);
  scrutineer::cli::add_export(app, chosen);
  scrutineer::cli::add_review(app, chosen);
  scrutineer::cli::add_canvass(app, chosen);
  // The parser would only say that a command is required.
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::string first = argc > 1 ? argv[1] : "";
  if (!first.empty() && first.front() != '-' && std::find(names.begin(), names.end(), first) == names.end()) {
    const std::string meant = scrutineer::nearest(first, names);
    const auto error = scrutineer::wrong_usage("there is no command \"" + first + "\"",
                                               meant.empty() ? scrutineer::join(names, ", ") : meant);
    fmt::print(stderr, "scrutineer: {}\n", error.error().message());
    return usage_status;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : usage_status;
  }
  const scrutineer::Status status = chosen();
  if (status) return 0;
  fmt::print(stderr, "scrutineer: {}\n", status.error().message());
  return static_cast<int>(status.error().category);
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) {
    fmt::print(stderr, "scrutineer: the cryptographic library does not start\n");
    return internal_status;
  }
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "scrutineer: internal error: {}\n", failure.what());
    return internal_status;
  }
}
