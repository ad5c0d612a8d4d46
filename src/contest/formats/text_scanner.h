// A cursor over a text file that knows its line and column, for the hand-written readers.
#ifndef SCRUTINEER_CONTEST_FORMATS_TEXT_SCANNER_H_
#define SCRUTINEER_CONTEST_FORMATS_TEXT_SCANNER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scrutineer::contest {

class TextScanner {
 public:
  TextScanner(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return text_[at_]; }  // REQUIRES: not at_end()
  std::size_t offset() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }

  void step() {
    if (text_[at_] == '\n') {
      ++line_;
      line_begin_ = at_ + 1;
    }
    ++at_;
  }

  // Past blanks and, if `lines`, line ends.
  void skip_white(bool lines) {
    while (!at_end() && is_white(peek()) && (lines || peek() != '\n')) step();
  }

  // Past the end of the line; what was left of it, without the line end.
  std::string_view take_line() {
    const std::size_t begin = at_;
    std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) end = text_.size();
    at_ = end;
    if (!at_end()) step();
    if (end > begin && text_[end - 1] == '\r') --end;
    return text_.substr(begin, end - begin);
  }

  // Characters up to the next white space.
  std::string_view take_word() {
    const std::size_t begin = at_;
    while (!at_end() && !is_white(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // A place without the file's name: cheap enough to be taken at every word.
  struct Spot {
    std::uint64_t line = 1, column = 1;
  };
  Spot spot() const { return {line_, at_ - line_begin_ + 1}; }
  Place at(Spot spot) const { return {file_, spot.line, spot.column}; }

  // Past `count` characters that are not line ends.
  void advance(std::size_t count) { at_ += count; }

  Place place() const { return {file_, line_, at_ - line_begin_ + 1}; }

  static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
  }

 private:
  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint64_t line_ = 1;
};

// A whole number without sign; nothing if it is not one or is above 10^9.
inline std::optional<std::uint32_t> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_TEXT_SCANNER_H_
