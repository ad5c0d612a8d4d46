#include "rolls/file_kind.h"

#include <array>
#include <string>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::string_view bytes;
  std::string_view what;
  std::string_view instead;
};

constexpr std::string_view as_csv = "CSV, TSV, Parquet or XLSX";
constexpr std::string_view unpacked = "the unpacked file";

constexpr std::array signatures = std::to_array<Signature>({
    {"%PDF"sv, "a PDF document", "the table it was printed from, as CSV or XLSX"},
    {"\x1F\x8B"sv, "a gzip-compressed file", unpacked},
    {"BZh"sv, "a bzip2-compressed file", unpacked},
    {"\xFD"
     "7zXZ\0"sv,
     "an xz-compressed file", unpacked},
    {"\x28\xB5\x2F\xFD"sv, "a zstd-compressed file", unpacked},
    {"7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive", unpacked},
    {"Rar!\x1A\x07"sv, "a RAR archive", unpacked},
    {"{\\rtf"sv, "a rich-text document", as_csv},
    {"\xFF\xFE\0\0"sv, "text in UTF-32", "the same in UTF-8"},
    {"\0\0\xFE\xFF"sv, "text in UTF-32", "the same in UTF-8"},
    {"\x89PNG"sv, "a picture", as_csv},
    {"\xFF\xD8\xFF"sv, "a picture", as_csv},
    {"\x7F"
     "ELF"sv,
     "a program", as_csv},
    {"ARROW1"sv, "an Arrow file", as_csv},
});

// The stream of an encrypted workbook inside an OLE2 container has this name, in UTF-16.
constexpr std::string_view encrypted_package = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;

FileKindFound markup(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::string start = ascii_lower(trimmed(head).substr(0, 512));
  if (start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table") ||
      start.starts_with("<head") || start.starts_with("<body")) {
    return {FileKind::other, "a web page (HTML)", "the table it shows, saved as CSV or XLSX"};
  }
  if (start.starts_with("<?xml") || start.starts_with("<!doctype")) {
    return {FileKind::other, "an XML document", as_csv};
  }
  const auto after = [&start](std::size_t at) {
    const std::size_t found = start.find_first_not_of(" \t\r\n", at);
    return found == std::string::npos ? '\0' : start[found];
  };
  if ((start.starts_with("{") && (after(1) == '"' || after(1) == '}')) ||
      (start.starts_with("[") && (after(1) == '{' || after(1) == '[' || after(1) == ']'))) {
    return {FileKind::other, "a JSON document", as_csv};
  }
  return {};
}

}  // namespace

FileKindFound file_kind(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"))
    return {FileKind::spreadsheet, {}, {}};
  if (head.starts_with("PAR1")) return {FileKind::parquet, {}, {}};
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    if (head.find(encrypted_package) != std::string_view::npos) {
      return {FileKind::other, "an encrypted workbook", "the workbook saved without a password"};
    }
    return {FileKind::other, "an old binary workbook (.xls) or another OLE2 document",
            "the workbook saved as XLSX or CSV"};
  }
  constexpr std::string_view a_query = "a query on it (query = \"...\")";
  if (head.starts_with("SQLite format 3\0"sv)) return {FileKind::sqlite, "an SQLite database", a_query};
  if (head.size() > 12 && head.substr(8, 4) == "DUCK")
    return {FileKind::duckdb, "a DuckDB database", a_query};
  for (const Signature& signature : signatures) {
    if (head.starts_with(signature.bytes)) {
      return {FileKind::other, signature.what, signature.instead};
    }
  }
  return markup(head);
}

}  // namespace scrutineer::rolls
