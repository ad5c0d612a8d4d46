// The signing keys of the people who use this machine: kept in their own configuration folder, away from
// every case.
#ifndef SCRUTINEER_CLI_USER_KEY_H_
#define SCRUTINEER_CLI_USER_KEY_H_

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/ledger.h"

namespace scrutineer::cli {

// The name given, else the login name, else "not named".
std::string person_or_login(const std::string& given);

// $XDG_CONFIG_HOME/scrutineer/keys, or ~/.config/scrutineer/keys; nothing where neither is known.
std::optional<std::filesystem::path> key_folder();

// The key of a person: from `file` if one is named (which must exist), else from the folder above, where it
// is made at first use, readable by its owner alone. One key a name, so that two people who share a login
// still sign with two keys. Nothing where there is no place to keep one: entries are then not signed.
Result<std::optional<store::SigningKey>> user_key(const std::string& person, const std::string& file);

// Where user_key keeps the key of a person.
std::filesystem::path key_file(const std::filesystem::path& folder, const std::string& person);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_USER_KEY_H_
