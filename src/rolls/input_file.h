// A file that is only read: opened once, never waited for. A directory, a FIFO, a socket or a device is
// refused before a byte is read, so that no roll can make the program hang.
#ifndef SCRUTINEER_ROLLS_INPUT_FILE_H_
#define SCRUTINEER_ROLLS_INPUT_FILE_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"

namespace scrutineer::rolls {

class InputFile {
 public:
  // Refused if the file is absent, unreadable, not a regular file, or behind a loop of symbolic links.
  static Result<InputFile> open(const std::filesystem::path& path);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Fills `buffer` from `offset` as far as the file reaches; returns how many bytes were read.
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const;

  // Refused if size or time of change differ from what they were when the file was opened: what was read
  // would then be no state the file ever had.
  [[nodiscard]] Status unchanged() const;

 private:
  InputFile(int descriptor, std::uint64_t size, std::int64_t changed, std::filesystem::path path);

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::int64_t changed_ = 0;  // nanoseconds since 1970
  std::filesystem::path path_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_INPUT_FILE_H_
