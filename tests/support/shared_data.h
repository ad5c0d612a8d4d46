// Where a test finds data: the project's own (tests/data) and the reference data beside it; and the program
// itself.
#ifndef SCRUTINEER_TESTS_SUPPORT_SHARED_DATA_H_
#define SCRUTINEER_TESTS_SUPPORT_SHARED_DATA_H_

#include <filesystem>
#include <optional>
#include <string_view>

namespace scrutineer::tests {

// <relative> below the project's own folder, such as "examples/check_case.py".
std::filesystem::path project_file(std::string_view relative);

// The scrutineer program of this build. Only tests that depend on its target may run it.
std::filesystem::path built_program();

// The project's own small data: tests/data/<relative>. It always exists.
std::filesystem::path own_data(std::string_view relative);

// ../shared/data/<relative> beside the project, or below SCRUTINEER_SHARED if that is set;
// nothing where it is absent.
std::optional<std::filesystem::path> shared_data(std::string_view relative);

}  // namespace scrutineer::tests

// Skips the running test, visibly, where the reference data is absent; else defines `variable`.
#define SCRUTINEER_NEEDS_SHARED(variable, relative)                                               \
  const auto variable##_found = ::scrutineer::tests::shared_data(relative);                       \
  if (!variable##_found) GTEST_SKIP() << "reference data not beside the project: " << (relative); \
  const std::filesystem::path& variable = *variable##_found

#endif  // SCRUTINEER_TESTS_SUPPORT_SHARED_DATA_H_
