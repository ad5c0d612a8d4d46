// A folder of a test's own that is gone when the test is.
#ifndef SCRUTINEER_TESTS_STORE_SCRATCH_FOLDER_H_
#define SCRUTINEER_TESTS_STORE_SCRATCH_FOLDER_H_

#include <cstdlib>
#include <filesystem>
#include <string>

namespace scrutineer::tests {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "scrutineer-test-XXXXXX").string();
    if (!mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_STORE_SCRATCH_FOLDER_H_
