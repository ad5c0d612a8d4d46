// What the tests of reading share: rolls from text in memory, and a folder that goes away.
#ifndef SCRUTINEER_TESTS_ROLLS_SUPPORT_H_
#define SCRUTINEER_TESTS_ROLLS_SUPPORT_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "rolls/delimited_reader.h"
#include "rolls/read_roll.h"

namespace scrutineer::rolls::tests {

inline RollSpec spec_of(RollKind kind) {
  RollSpec spec;
  spec.name = "test";
  spec.kind = kind;
  spec.file = "test.csv";
  return spec;
}

inline Result<Roll> read_text(std::string_view text, RollKind kind = RollKind::members,
                              std::size_t piece = 64) {
  return read_delimited(TextSource(text), spec_of(kind), {.threads = 2}, piece);
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "scrutineer-rolls-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path file = path_ / name;
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The texts of one standard column, row by row.
inline std::vector<std::string> texts(const Roll& roll, Column column) {
  std::vector<std::string> found;
  for (std::size_t row = 0; row < roll.rows(); ++row) found.emplace_back(roll.text(column, row));
  return found;
}

// The lines of the rejects.
inline std::vector<std::uint64_t> rejected_lines(const Roll& roll) {
  std::vector<std::uint64_t> lines;
  for (const Reject& reject : roll.rejects) lines.push_back(reject.line);
  return lines;
}

}  // namespace scrutineer::rolls::tests

#endif  // SCRUTINEER_TESTS_ROLLS_SUPPORT_H_
