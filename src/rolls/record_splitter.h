// Splits delimited text into records and fields, and never lets damage in one record swallow the next.
//
// Records end at LF, CR or CR LF. A field that starts with a quotation mark runs to the next single
// quotation mark; two of them stand for one; line ends inside belong to the value. A quotation mark inside a
// field that does not start with one is an ordinary character (William "Bill" Smith).
//
// Damage. A record is *damaged* if
//   (a) a quotation mark opens a field and the file ends before it is closed, or more than `quoted_lines`
//       line ends or `longest_field` bytes go by; or
//   (b) something other than a delimiter or a line end follows a closing quotation mark (outer spaces aside);
//   or (c) it spans several lines and does not need to: with a known width of at least three fields, one of
//   the
//       lines wholly inside it reads on its own as a clean record of that width, or it has exactly two lines
//       and both hold exactly the delimiters of such a record. Delimiters that are followed by a space, as in
//       running text, do not count here unless the header has that habit; or
//   (d) it spans several lines, has the wrong number of fields, and one of its later lines reads on its own
//       as a clean record of the right width.
// A damaged record is rejected by its *first physical line alone*, and reading goes on at the next physical
// line. From there on, every line is a reject until one reads as a *clean* record: of the right width, no
// quotation mark inside an unquoted field. So one stray quotation mark costs the lines that it damaged, and
// nothing below them.
//
// Other rejects (the whole record, reading goes on behind it): a field longer than `longest_field` bytes,
// a NUL byte, ill-formed UTF-8, too few or too many fields. Too many are tolerated if the surplus is empty
// (trailing delimiters); too few if only unnamed columns at the end are missing. A physical line that does
// not end within `longest_line` bytes is rejected without being held in memory.
#ifndef SCRUTINEER_ROLLS_RECORD_SPLITTER_H_
#define SCRUTINEER_ROLLS_RECORD_SPLITTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::rolls {

// How a file separates its fields.
struct Dialect {
  char delimiter = ',';
  bool space_after = false;  // ", " between fields: a space before an opening quotation mark is no text
};

struct SplitLimits {
  std::uint64_t longest_field = std::uint64_t{16} << 20;
  std::uint64_t quoted_lines = 256;
  [[nodiscard]] std::uint64_t longest_line() const { return longest_field * 4 + (std::uint64_t{64} << 10); }
};

// The columns of the table. 0: not known yet, every number of fields is right.
struct SplitWidth {
  std::size_t fields = 0;  // of the header
  std::size_t named = 0;   // up to its last column with a name
};

// Where a field stands in the text it was split from: without its outer quotation marks.
struct FieldPlace {
  std::uint32_t offset = 0;
  std::uint32_t length : 31 = 0;
  std::uint32_t doubled : 1 = 0;  // holds doubled quotation marks (or is to be read through field_text)
};

// The field's text; `scratch` holds it where doubled quotation marks had to be undone.
std::string_view field_text(std::string_view text, FieldPlace field, std::string& scratch);

struct SplitRecord {
  std::uint64_t line = 0;       // on which it starts, from 1
  std::uint64_t lines = 1;      // physical lines it takes; 0 for the rest of a line already counted
  std::size_t offset = 0;       // of its bytes in the text
  std::size_t bytes = 0;        // without its line end
  std::size_t first_field = 0;  // in the vector of fields
  std::size_t fields = 0;
  bool stray_quote = false;         // a quotation mark inside an unquoted field
  std::string reject;               // why it is no row; empty for a row
  std::uint64_t reject_column = 0;  // byte of the first line at which that was seen, from 1; 0: not known
  std::uint64_t raw_bytes = 0;      // of the record in the file's text, line end not counted
  std::string raw;                  // of a reject that is not in the text any more: its first bytes
};

class RecordSplitter {
 public:
  enum class Step : std::uint8_t {
    record,     // `record` and its fields are filled in
    need_more,  // the text ends before the record does: call again with more text from offset() on
    end,        // nothing is left
  };

  RecordSplitter(Dialect dialect, SplitWidth width, SplitLimits limits, std::uint64_t first_line = 1);

  // Splits the next record of `text`, which starts where the last one ended (offset()); `last` says that the
  // file ends with this text. Fields are appended to `fields`, for rejects none.
  Step next(std::string_view text, bool last, std::vector<FieldPlace>& fields, SplitRecord& record);

  // Where the next record starts in the text; the caller that drops text from its front calls rebase().
  [[nodiscard]] std::size_t offset() const { return at_; }
  void rebase(std::size_t dropped) { at_ -= dropped; }
  [[nodiscard]] std::uint64_t line() const { return line_; }

 private:
  enum class Scan : std::uint8_t { done, need_more, damaged };

  Scan scan(std::string_view text, bool last, std::vector<FieldPlace>& fields, SplitRecord& record);
  Scan quoted_field(std::string_view text, bool last, std::size_t& at, FieldPlace& field,
                    SplitRecord& record);
  Scan unquoted_field(std::string_view text, bool last, std::size_t& at, FieldPlace& field,
                      SplitRecord& record);
  Step damaged_line(std::string_view text, bool last, SplitRecord& record);
  Step skip_line(std::string_view text, bool last, SplitRecord& record);
  void judge(std::string_view text, const std::vector<FieldPlace>& fields, SplitRecord& record) const;
  [[nodiscard]] bool damaged_across_lines(std::string_view record, bool fits) const;
  [[nodiscard]] bool reads_alone(std::string_view line) const;
  [[nodiscard]] std::size_t delimiters(std::string_view line) const;
  [[nodiscard]] bool fits(std::string_view text, const std::vector<FieldPlace>& fields,
                          const SplitRecord& record) const;

  Dialect dialect_;
  SplitWidth width_;
  SplitLimits limits_;
  std::array<std::uint8_t, 256> classes_{};
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  bool resyncing_ = false;
  std::uint64_t damage_line_ = 0;
  bool skipping_ = false;  // inside a physical line too long to be held
  SplitRecord skipped_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_RECORD_SPLITTER_H_
