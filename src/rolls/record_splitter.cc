#include "rolls/record_splitter.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

enum Class : std::uint8_t { ordinary, delimiter, line_end, quote };

constexpr std::size_t kept_of_a_skipped_line = 4096;

// The length of the line end at `at` (1 or 2), which must be a CR or LF. A CR at the very end of the text
// counts 1: callers make sure that no LF can follow.
std::size_t line_end_length(std::string_view text, std::size_t at) {
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
}

std::size_t find_line_end(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

}  // namespace

std::string_view field_text(std::string_view text, FieldPlace field, std::string& scratch) {
  const std::string_view raw = text.substr(field.offset, field.length);
  if (field.doubled == 0) return raw;
  scratch.clear();
  for (std::size_t at = 0; at < raw.size(); ++at) {
    scratch.push_back(raw[at]);
    if (raw[at] == '"' && at + 1 < raw.size() && raw[at + 1] == '"') ++at;
  }
  return scratch;
}

RecordSplitter::RecordSplitter(Dialect dialect, SplitWidth width, SplitLimits limits,
                               std::uint64_t first_line)
    : dialect_(dialect), width_(width), limits_(limits), line_(first_line) {
  // A length is kept in 31 bits.
  limits_.longest_field = std::min(limits_.longest_field, std::uint64_t{256} << 20);
  classes_[static_cast<unsigned char>('\n')] = line_end;
  classes_[static_cast<unsigned char>('\r')] = line_end;
  classes_[static_cast<unsigned char>('"')] = quote;
  classes_[static_cast<unsigned char>(dialect.delimiter)] = delimiter;
}

RecordSplitter::Scan RecordSplitter::quoted_field(std::string_view text, bool last, std::size_t& at,
                                                  FieldPlace& field, SplitRecord& record) {
  const std::size_t open = at++;
  record.reject_column = record.lines == 1 ? open - at_ + 1 : 0;
  std::uint64_t line_ends = 0;
  bool doubled = false;
  for (;; ++at) {
    if (at - open > limits_.longest_field + 1 || line_ends > limits_.quoted_lines) {
      record.reject =
          fmt::format("the quotation mark that opens field {} is not closed within {} lines or {} bytes",
                      record.fields + 1, limits_.quoted_lines, limits_.longest_field);
      return Scan::damaged;
    }
    if (at >= text.size()) {
      if (!last) return Scan::need_more;
      record.reject =
          fmt::format("the quotation mark that opens field {} is never closed", record.fields + 1);
      return Scan::damaged;
    }
    const std::uint8_t kind = classes_[static_cast<unsigned char>(text[at])];
    if (kind == line_end) {
      if (at + 1 >= text.size() && !last) return Scan::need_more;
      at += line_end_length(text, at) - 1;
      ++line_ends;
    } else if (kind == quote) {
      if (at + 1 >= text.size() && !last) return Scan::need_more;
      if (at + 1 >= text.size() || text[at + 1] != '"') break;
      doubled = true;
      ++at;
    }
  }
  field = {static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(at - open - 1) & 0x7FFFFFFFU,
           doubled ? 1U : 0U};
  record.lines += line_ends;
  ++at;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t') && text[at] != dialect_.delimiter) ++at;
  if (at >= text.size()) return last ? Scan::done : Scan::need_more;
  const std::uint8_t kind = classes_[static_cast<unsigned char>(text[at])];
  if (kind == delimiter || kind == line_end) return Scan::done;
  record.reject = fmt::format("field {} goes on after its closing quotation mark", record.fields + 1);
  return Scan::damaged;
}

RecordSplitter::Scan RecordSplitter::unquoted_field(std::string_view text, bool last, std::size_t& at,
                                                    FieldPlace& field, SplitRecord& record) {
  const std::size_t start = at;
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  for (;;) {
    std::uint8_t kind = ordinary;
    while (at < size && (kind = classes_[static_cast<unsigned char>(bytes[at])]) == ordinary) ++at;
    if (at < size && kind == quote) {
      record.stray_quote = true;
      ++at;
      continue;
    }
    break;
  }
  if (at >= size && !last) return Scan::need_more;
  field = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at - start) & 0x7FFFFFFFU, 0U};
  return Scan::done;
}

RecordSplitter::Scan RecordSplitter::scan(std::string_view text, bool last, std::vector<FieldPlace>& fields,
                                          SplitRecord& record) {
  std::size_t at = at_;
  for (;;) {
    std::size_t opening = at;
    if (dialect_.space_after) {
      while (opening < text.size() && text[opening] == ' ') ++opening;
    }
    if (opening >= text.size() && !last) return Scan::need_more;
    FieldPlace field;
    const bool quoted = opening < text.size() && text[opening] == '"';
    if (quoted) at = opening;
    const Scan scanned =
        quoted ? quoted_field(text, last, at, field, record) : unquoted_field(text, last, at, field, record);
    if (scanned != Scan::done) return scanned;
    if (field.length > limits_.longest_field && record.reject.empty()) {
      record.reject = fmt::format("field {} holds {} bytes, more than the {} that a field may",
                                  record.fields + 1, std::uint32_t{field.length}, limits_.longest_field);
    }
    fields.push_back(field);
    ++record.fields;
    if (at >= text.size() || text[at] != dialect_.delimiter) break;
    ++at;
  }
  if (at < text.size() && text[at] == '\r' && at + 1 >= text.size() && !last) return Scan::need_more;
  record.bytes = at - at_;
  return Scan::done;
}

std::size_t RecordSplitter::delimiters(std::string_view line) const {
  std::size_t found = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool as_in_running_text = !dialect_.space_after && at + 1 < line.size() && line[at + 1] == ' ';
    found += line[at] == dialect_.delimiter && !as_in_running_text;
  }
  return found;
}

// A clean record of the right width: every quotation mark opens, doubles or closes where it should.
bool RecordSplitter::reads_alone(std::string_view line) const {
  std::size_t found = 1;
  bool inside = false;
  bool at_start = true;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char byte = line[at];
    if (inside) {
      if (byte != '"') continue;
      if (at + 1 < line.size() && line[at + 1] == '"') {
        ++at;
        continue;
      }
      inside = false;
      if (at + 1 < line.size() && line[at + 1] != dialect_.delimiter) return false;
    } else if (byte == '"') {
      if (!at_start) return false;
      inside = true;
    } else if (byte == dialect_.delimiter) {
      const bool as_in_running_text = !dialect_.space_after && at + 1 < line.size() && line[at + 1] == ' ';
      if (as_in_running_text) return false;
      ++found;
      at_start = true;
      continue;
    }
    if (!(dialect_.space_after && byte == ' ')) at_start = false;
  }
  return !inside && found == width_.fields;
}

bool RecordSplitter::damaged_across_lines(std::string_view record, bool fits) const {
  if (width_.fields < 2) return false;
  const std::size_t first_end = find_line_end(record, 0);
  std::size_t start = first_end + line_end_length(record, first_end);
  const std::size_t second = start;
  for (;;) {
    const std::size_t end = find_line_end(record, start);
    const bool last_line = end >= record.size();
    const bool counts = fits ? !last_line && width_.fields >= 3 : true;
    if (counts && reads_alone(record.substr(start, end - start))) return true;
    if (last_line) break;
    start = end + line_end_length(record, end);
  }
  return fits && start == second && width_.fields >= 3 &&
         delimiters(record.substr(0, first_end)) == width_.fields - 1 &&
         delimiters(record.substr(second)) == width_.fields - 1;
}

bool RecordSplitter::fits(std::string_view text, const std::vector<FieldPlace>& fields,
                          const SplitRecord& record) const {
  if (width_.fields == 0) return true;
  if (record.fields < width_.named) return false;
  for (std::size_t field = width_.fields; field < record.fields; ++field) {
    const FieldPlace& place = fields[record.first_field + field];
    if (!trimmed(text.substr(place.offset, place.length)).empty()) return false;
  }
  return true;
}

// What makes a well-formed record a reject.
void RecordSplitter::judge(std::string_view text, const std::vector<FieldPlace>& fields,
                           SplitRecord& record) const {
  if (!record.reject.empty()) return;
  const std::string_view raw = text.substr(record.offset, record.bytes);
  if (const void* nul = std::memchr(raw.data(), '\0', raw.size()); nul != nullptr) {
    record.reject = "a NUL byte stands in the record";
    record.reject_column = static_cast<std::uint64_t>(static_cast<const char*>(nul) - raw.data()) + 1;
  } else if (!is_ascii(raw) && !is_valid_utf8(raw)) {
    record.reject = "the record is ill-formed in the file's encoding";
  } else if (!fits(text, fields, record)) {
    // A record without any text is blank, not a reject: the caller counts it.
    const auto empty = [&text](const FieldPlace& place) {
      return trimmed(text.substr(place.offset, place.length)).empty();
    };
    if (std::all_of(fields.begin() + static_cast<std::ptrdiff_t>(record.first_field), fields.end(), empty))
      return;
    record.reject = fmt::format("{} field{} where the header has {}", record.fields,
                                record.fields == 1 ? "" : "s", width_.fields);
  } else if (resyncing_ && record.stray_quote) {
    record.reject = fmt::format("cannot be placed after the damage on line {}", damage_line_);
  }
}

// Rejects the first physical line of a damaged record.
RecordSplitter::Step RecordSplitter::damaged_line(std::string_view text, bool last, SplitRecord& record) {
  const std::size_t end = find_line_end(text, at_);
  const bool unfinished = end >= text.size() || (text[end] == '\r' && end + 1 >= text.size());
  if (unfinished && !last) {
    if (text.size() - at_ <= limits_.longest_line()) return Step::need_more;
    return skip_line(text, last, record);
  }
  record.offset = at_;
  record.bytes = end - at_;
  record.raw_bytes = record.bytes;
  record.lines = 1;
  record.fields = 0;
  record.line = line_;
  at_ = end < text.size() ? end + line_end_length(text, end) : end;
  resyncing_ = true;
  damage_line_ = line_;
  ++line_;
  return Step::record;
}

// Goes over a physical line that is too long to be held, keeping its beginning.
RecordSplitter::Step RecordSplitter::skip_line(std::string_view text, bool last, SplitRecord& record) {
  if (!skipping_) {
    skipping_ = true;
    skipped_ = SplitRecord();
    skipped_.line = line_;
    skipped_.reject = fmt::format("a line of more than {} bytes", limits_.longest_line());
    skipped_.raw = std::string(text.substr(at_, kept_of_a_skipped_line));
  }
  const std::size_t end = find_line_end(text, at_);
  skipped_.raw_bytes += end - at_;
  const bool unfinished = end >= text.size() || (text[end] == '\r' && end + 1 >= text.size());
  at_ = end;
  if (unfinished && !last) return Step::need_more;
  if (end < text.size()) at_ += line_end_length(text, end);
  skipping_ = false;
  ++line_;
  record = skipped_;
  record.offset = at_;
  return Step::record;
}

RecordSplitter::Step RecordSplitter::next(std::string_view text, bool last, std::vector<FieldPlace>& fields,
                                          SplitRecord& record) {
  record = SplitRecord();
  if (skipping_) return skip_line(text, last, record);
  if (at_ >= text.size()) return last ? Step::end : Step::need_more;
  record.line = line_;
  record.offset = at_;
  record.first_field = fields.size();
  const Scan scanned = scan(text, last, fields, record);
  if (scanned == Scan::need_more) {
    fields.resize(record.first_field);
    if (text.size() - at_ <= 2 * limits_.longest_line()) return Step::need_more;
    return skip_line(text, last, record);
  }
  const bool over_lines = scanned == Scan::done && record.lines > 1;
  if (over_lines && damaged_across_lines(text.substr(at_, record.bytes), fits(text, fields, record))) {
    record.reject =
        "a quotation mark is not closed on this line, and the lines below are records of their own";
  }
  if (scanned == Scan::damaged || (over_lines && !record.reject.empty())) {
    fields.resize(record.first_field);
    return damaged_line(text, last, record);
  }
  judge(text, fields, record);
  record.raw_bytes = record.bytes;
  const std::size_t end = at_ + record.bytes;
  at_ = end < text.size() ? end + line_end_length(text, end) : end;
  line_ += record.lines;
  if (!record.reject.empty()) {
    fields.resize(record.first_field);
    record.fields = 0;
  } else if (record.fields > 1) {
    resyncing_ = false;
  }
  return Step::record;
}

}  // namespace scrutineer::rolls
