#include "support/shared_data.h"

#include <cstdlib>

namespace scrutineer::tests {

std::filesystem::path project_file(std::string_view relative) {
  return std::filesystem::path(SCRUTINEER_SOURCE_DIR) / relative;
}

std::filesystem::path built_program() {
  return SCRUTINEER_BINARY;
}

std::filesystem::path own_data(std::string_view relative) {
  return project_file("tests/data") / relative;
}

std::optional<std::filesystem::path> shared_data(std::string_view relative) {
  const char* chosen = std::getenv("SCRUTINEER_SHARED");
  const std::filesystem::path root = chosen ? std::filesystem::path(chosen) : project_file("../shared");
  std::filesystem::path path = root / "data" / relative;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}

}  // namespace scrutineer::tests
