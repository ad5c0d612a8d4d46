#include "contest/read_ballots.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <map>

#include "base/text.h"
#include "contest/formats/declaration_format.h"
#include "contest/formats/format.h"

namespace scrutineer::contest {
namespace {

// UTF-16 is turned into UTF-8 here so that every format sees one encoding; a byte-order mark is dropped.
// Bytes that are not UTF-8 are read as Windows-1252, which old counting programs wrote.
Result<std::string> as_utf8(std::string_view bytes, const std::string& name);

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

Result<std::string> utf16_to_utf8(std::string_view bytes, bool big_endian, const std::string& name) {
  if (bytes.size() % 2 != 0) return refused("UTF-16 file ends within a character", {name});
  std::string out;
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? static_cast<std::uint32_t>(first << 8 | second)
                      : static_cast<std::uint32_t>(second << 8 | first);
  };
  for (std::size_t i = 2; i < bytes.size(); i += 2) {
    std::uint32_t code = unit(i);
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t low = code < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return refused("UTF-16 file holds half a character", {name});
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(out, code);
  }
  return out;
}

std::string windows_1252_to_utf8(std::string_view bytes) {
  static constexpr std::array<std::uint16_t, 32> upper = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80U] : byte);
  }
  return out;
}

Result<std::string> as_utf8(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("PK\x03\x04")) return std::string(bytes);  // a spreadsheet: not text
  if (bytes.starts_with("\xFF\xFE")) return utf16_to_utf8(bytes, false, name);
  if (bytes.starts_with("\xFE\xFF")) return utf16_to_utf8(bytes, true, name);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_valid_utf8(bytes)) return std::string(bytes);
  return windows_1252_to_utf8(bytes);
}

bool told_declaration(const Source& source) {
  return looks_like_declaration_toml(source) || looks_like_declaration_csv(source);
}

const Format* told_format(const Source& source) {
  for (const Format& format : formats())
    if (format.looks_like(source)) return &format;
  return nullptr;
}

std::string known_formats() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  names.emplace_back("declaration");
  return join(names, ", ");
}

}  // namespace

Status check_ballots(const Ballots& ballots, const std::string& name) {
  if (ballots.candidates.empty()) return refused("no candidates", {name}, "at least one candidate");
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < ballots.candidates.size(); ++i) {
    if (trimmed(ballots.candidates[i]).empty())
      return refused(fmt::format("candidate {} has no name", i + 1), {name}, "a name for each candidate");
    const auto [first, is_new] = seen.emplace(ballots.candidates[i], i);
    if (!is_new)
      return refused(fmt::format("candidates {} and {} have the same name \"{}\"", first->second + 1, i + 1,
                                 printable(ballots.candidates[i], 80)),
                     {name}, "a different name for each candidate");
  }
  const auto candidates = static_cast<Candidate>(ballots.candidates.size());
  for (const Candidate candidate : ballots.withdrawn)
    if (candidate >= candidates) return refused("a withdrawn candidate is not in the list", {name});
  for (const Ballot& ballot : ballots.ballots) {
    if (ballot.count < 1) return refused("a kind of ballot is there less than once", {name});
    if (ballot.group >= ballots.groups.size()) return refused("a ballot is in no known ward", {name});
    for (const auto& rank : ballot.ranks)
      for (const Candidate candidate : rank)
        if (candidate >= candidates) return refused("a preference is for no known candidate", {name});
  }
  return {};
}

namespace {

constexpr std::string_view declaration_name = "declaration";

Result<Declaration> read_declaration(const Source& source) {
  SCRUTINEER_TRY(Declaration declaration, looks_like_declaration_toml(source) ? read_declaration_toml(source)
                                                                              : read_declaration_csv(source));
  Ballots names;  // the same checks of names as for ballots
  names.candidates = declaration.candidates;
  SCRUTINEER_CHECK(check_ballots(names, source.name));
  return declaration;
}

}  // namespace

Result<std::string> bytes_of(const std::filesystem::path& file) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(file, problem))
    return refused("cannot be read as a file", {file.string()}, "a file of ballots");
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(std::filesystem::file_size(file, problem)), '\0');
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return refused("cannot be read", {file.string()}, "a file that this user may read");
  return bytes;
}

Result<ContestFile> read_contest_from(std::string_view bytes, const std::string& name,
                                      const ReadOptions& options) {
  SCRUTINEER_TRY(const std::string text, as_utf8(bytes, name));
  const Source source{text, name, options.contest, options.phantom_rows};
  const Format* chosen = nullptr;
  bool declaration = false;
  if (options.format) {
    declaration = *options.format == declaration_name;
    if (!declaration) {
      SCRUTINEER_TRY(chosen, format_named(*options.format));
    }
  } else {
    declaration = told_declaration(source);
    chosen = declaration ? nullptr : told_format(source);
  }
  if (trimmed(source.bytes).empty()) return refused("empty file of ballots", {name}, "at least one ballot");
  if (declaration) {
    SCRUTINEER_TRY(Declaration declared, read_declaration(source));
    return ContestFile(std::move(declared));
  }
  if (chosen == nullptr)
    return refused("the content is no known ballot format", {name, 1, 1}, "one of " + known_formats());
  SCRUTINEER_TRY(Ballots ballots, chosen->read(source));
  SCRUTINEER_CHECK(check_ballots(ballots, name));
  return ContestFile(std::move(ballots));
}

Result<ContestFile> read_contest(const std::filesystem::path& file, const ReadOptions& options) {
  SCRUTINEER_TRY(const std::string bytes, bytes_of(file));
  return read_contest_from(bytes, file.string(), options);
}

Result<Ballots> read_ballots_from(std::string_view bytes, const std::string& name,
                                  const std::optional<std::string>& format) {
  SCRUTINEER_TRY(ContestFile read, read_contest_from(bytes, name, {format, {}}));
  if (auto* ballots = std::get_if<Ballots>(&read)) return std::move(*ballots);
  return refused("the file is a declaration: totals, not papers", {name}, "a file of ballots");
}

Result<Ballots> read_ballots(const std::filesystem::path& file, const std::optional<std::string>& format) {
  SCRUTINEER_TRY(const std::string bytes, bytes_of(file));
  return read_ballots_from(bytes, file.string(), format);
}

Result<std::string> tell_format(std::string_view bytes, const std::string& name) {
  SCRUTINEER_TRY(const std::string text, as_utf8(bytes, name));
  if (told_declaration({text, name})) return std::string(declaration_name);
  const Format* told = told_format({text, name});
  if (told == nullptr)
    return refused("the content is no known ballot format", {name, 1, 1}, "one of " + known_formats());
  return std::string(told->name);
}

std::vector<FormatName> format_names() {
  std::vector<FormatName> names;
  for (const Format& format : formats())
    names.push_back({std::string(format.name), std::string(format.title), format.write != nullptr});
  names.push_back({std::string(declaration_name), "a declaration: totals by candidate (CSV or TOML)", false});
  return names;
}

Result<Converted> convert(const Ballots& ballots, std::string_view format) {
  SCRUTINEER_TRY(const Format* chosen, format_named(format));
  if (chosen->write == nullptr)
    return wrong_usage(fmt::format("ballot format \"{}\" is only read", format),
                       "a format that is also written");
  SCRUTINEER_TRY(Written written, chosen->write(ballots));
  return Converted{std::move(written.bytes), std::move(written.lost)};
}

}  // namespace scrutineer::contest
