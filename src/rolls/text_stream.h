// A text file as UTF-8 in a window that moves forward: what is not consumed stays in front of what is read
// next. On the way the physical lines are counted on the raw bytes (physical_count.h).
#ifndef SCRUTINEER_ROLLS_TEXT_STREAM_H_
#define SCRUTINEER_ROLLS_TEXT_STREAM_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "rolls/encoding.h"
#include "rolls/input_file.h"
#include "rolls/physical_count.h"

namespace scrutineer::rolls {

// Where text comes from: a file, or bytes in memory for tests and fuzzing.
class TextSource {
 public:
  explicit TextSource(const InputFile& file) : file_(&file), size_(file.size()) {}
  explicit TextSource(std::string_view bytes) : bytes_(bytes), size_(bytes.size()) {}
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Replaces `piece` by up to `wanted` bytes from `offset`.
  [[nodiscard]] Status read(std::uint64_t offset, std::size_t wanted, std::string& piece) const;

 private:
  const InputFile* file_ = nullptr;
  std::string_view bytes_;
  std::uint64_t size_ = 0;
};

// Reads the whole source once and decides its encoding.
Result<Encoding> find_encoding(const TextSource& source);

class TextStream {
 public:
  TextStream(TextSource source, Encoding encoding, std::size_t piece = std::size_t{1} << 20);
  // Drops the first `consumed` bytes of the window and appends at least one piece, more if that is needed to
  // grow the window by half, so that a long record is not looked at too often.
  Status advance(std::size_t consumed);
  // The same, leaving the window as it was in `kept`, in place of what stood there.
  Status advance(std::size_t consumed, std::string& kept);
  [[nodiscard]] std::string_view window() const { return window_; }
  [[nodiscard]] bool last() const { return offset_ >= source_.size(); }  // the window reaches the end
  [[nodiscard]] std::uint64_t physical_lines() const { return count_.lines(); }

 private:
  Status fill();

  TextSource source_;
  std::size_t piece_;
  std::uint64_t offset_ = 0;
  Decoder decoder_;
  PhysicalCount count_;
  std::string raw_;
  std::string window_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_TEXT_STREAM_H_
