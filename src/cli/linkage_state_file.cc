#include "cli/linkage_state_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "linkage/state_file.h"

namespace scrutineer::cli {

Result<std::optional<linkage::LinkageState>> earlier_state(const LinkageSettings& settings) {
  if (settings.rescan && settings.since.empty())
    return wrong_usage("--rescan says how --since is used", "--since FILE with it");
  if (settings.since.empty() || !std::filesystem::exists(settings.since)) return std::nullopt;
  std::ifstream stream(settings.since, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) return refused("cannot be read", {settings.since});
  SCRUTINEER_TRY(linkage::LinkageState state, linkage::state_from_bytes(bytes, settings.since));
  return state;
}

linkage::Continuation continuation(const LinkageSettings& settings, const std::string& command,
                                   std::optional<linkage::LinkageState>& earlier) {
  linkage::Continuation result;
  result.earlier = earlier ? &*earlier : nullptr;
  result.keep = !settings.since.empty();
  result.rescan = settings.rescan;
  result.settings = command + " " + SCRUTINEER_VERSION;
  return result;
}

Status save_state(const LinkageSettings& settings, const std::optional<linkage::LinkageState>& state) {
  if (settings.since.empty() || !state) return {};
  return write_result(settings.since, linkage::to_bytes(*state));
}

}  // namespace scrutineer::cli
