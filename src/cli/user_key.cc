#include "cli/user_key.h"

#include <sys/stat.h>

#include <cctype>
#include <cstdlib>
#include <system_error>

#include "base/text.h"

namespace scrutineer::cli {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::string person_or_login(const std::string& given) {
  if (!trimmed(given).empty()) return std::string(trimmed(given));
  const std::string user = environment("USER");
  return user.empty() ? "not named" : user;
}

std::optional<fs::path> key_folder() {
  const fs::path config = environment("XDG_CONFIG_HOME");
  if (config.is_absolute()) return config / "scrutineer" / "keys";
  const fs::path home = environment("HOME");
  if (home.is_absolute()) return home / ".config" / "scrutineer" / "keys";
  return std::nullopt;
}

fs::path key_file(const fs::path& folder, const std::string& person) {
  // Readable, and told apart by the digest: two names may be alike in ASCII.
  const std::string name = ascii_lower(trimmed(person));
  std::string file;
  for (const char letter : name) {
    if (file.size() == 24) break;
    file += std::isalnum(static_cast<unsigned char>(letter)) ? letter : '-';
  }
  return folder / (file + "-" + store::hex(store::blake2b(name)).substr(0, 12) + ".key");
}

Result<std::optional<store::SigningKey>> user_key(const std::string& person, const std::string& file) {
  if (!file.empty()) {
    SCRUTINEER_TRY(store::SigningKey key, store::SigningKey::read(file));
    return std::optional(std::move(key));
  }
  const auto folder = key_folder();
  if (!folder) return std::nullopt;
  const fs::path place = key_file(*folder, person);
  std::error_code failed;
  if (!fs::exists(place, failed)) {
    fs::create_directories(*folder, failed);
    if (failed) return std::nullopt;
    ::chmod(folder->c_str(), 0700);
    if (auto made = store::SigningKey::make(place)) return std::optional(*std::move(made));
    if (!fs::exists(place, failed)) return std::nullopt;  // a folder that cannot be written to
  }
  SCRUTINEER_TRY(store::SigningKey key, store::SigningKey::read(place));
  return std::optional(std::move(key));
}

}  // namespace scrutineer::cli
