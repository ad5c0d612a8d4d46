// scrutineer key: the key with which a person signs in the ledger.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/user_key.h"

namespace scrutineer::cli {
namespace {

struct KeyArguments {
  std::string as, file;
};

Status run(const KeyArguments& arguments) {
  const std::string person = person_or_login(arguments.as);
  SCRUTINEER_TRY(const auto key, user_key(person, arguments.file));
  if (!key) return refused("there is no folder to keep a key in", {}, "HOME or XDG_CONFIG_HOME to be set");
  const auto folder = key_folder();
  fmt::print("person      {}\npublic key  {}\nkept in     {}\n", person, store::hex(key->public_key()),
             !arguments.file.empty() || !folder ? arguments.file : key_file(*folder, person).string());
  return {};
}

}  // namespace

void add_key(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<KeyArguments>();
  CLI::App* command = app.add_subcommand("key", "Show, and at first use make, the key a person signs with");
  command->add_option("--as", arguments->as, "Whose; default: the login name");
  command->add_option("--key", arguments->file, "A key file that is kept elsewhere")->type_name("FILE");
  command->footer(
      "Give the public key to the others by another way than the case: it shows them who signed what. Keep a "
      "copy\n"
      "of the file; whoever has it can sign in that name.\n\n"
      "Example:\n  scrutineer key --as \"A. Scrutineer\"\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
