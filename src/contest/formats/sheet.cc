#include "contest/formats/sheet.h"

#include <zip.h>

#include <memory>

#include "base/text.h"
#include "contest/formats/text_scanner.h"
#include "contest/formats/xml_parse.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint64_t largest_part = std::uint64_t{512} << 20;
constexpr std::size_t most_columns = 16'384;  // of a sheet

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

Result<std::string> part_of(zip_t* archive, const std::string& part, const std::string& file) {
  zip_stat_t stat;
  if (zip_stat(archive, part.c_str(), 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0)
    return refused("the workbook has no part " + part, {file}, "an XLSX workbook");
  if (stat.size > largest_part) return refused("part " + part + " unpacks to more than 512 MiB", {file});
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> stream(zip_fopen(archive, part.c_str(), 0),
                                                                  &zip_fclose);
  std::string bytes(stat.size, '\0');
  std::size_t at = 0;
  while (stream && at < bytes.size()) {
    const zip_int64_t read = zip_fread(stream.get(), bytes.data() + at, bytes.size() - at);
    if (read <= 0) break;
    at += static_cast<std::size_t>(read);
  }
  if (at != bytes.size()) return refused("part " + part + " cannot be unpacked", {file}, "a whole workbook");
  return bytes;
}

// The path of the first sheet: xl/workbook.xml names it by an id, its relations give the path.
Result<std::string> first_sheet(zip_t* archive, const std::string& file) {
  SCRUTINEER_TRY(const std::string workbook, part_of(archive, "xl/workbook.xml", file));
  std::string id;
  XmlHandler handler;
  handler.start = [&](std::string_view name, const std::map<std::string, std::string>& attributes) {
    if (name == "sheet" && id.empty() && attributes.contains("id")) id = attributes.at("id");
  };
  SCRUTINEER_CHECK(parse_xml(workbook, file, handler));
  SCRUTINEER_TRY(const std::string relations, part_of(archive, "xl/_rels/workbook.xml.rels", file));
  std::string target;
  handler.start = [&](std::string_view name, const std::map<std::string, std::string>& attributes) {
    if (name != "Relationship" || !attributes.contains("Id") || !attributes.contains("Target")) return;
    if (attributes.at("Id") == id) target = attributes.at("Target");
  };
  SCRUTINEER_CHECK(parse_xml(relations, file, handler));
  if (target.empty()) return refused("the workbook has no sheet", {file}, "an XLSX workbook");
  return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

Result<std::vector<std::string>> shared_strings(zip_t* archive, const std::string& file) {
  std::vector<std::string> strings;
  if (zip_name_locate(archive, "xl/sharedStrings.xml", 0) < 0) return strings;
  SCRUTINEER_TRY(const std::string document, part_of(archive, "xl/sharedStrings.xml", file));
  bool in_text = false;
  bool phonetic = false;
  XmlHandler handler;
  handler.start = [&](std::string_view name, const std::map<std::string, std::string>&) {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") phonetic = true;
    in_text = name == "t" && !phonetic;
  };
  handler.end = [&](std::string_view name) {
    if (name == "rPh") phonetic = false;
    if (name == "t") in_text = false;
  };
  handler.text = [&](std::string_view text) {
    if (in_text && !strings.empty()) strings.back() += text;
  };
  SCRUTINEER_CHECK(parse_xml(document, file, handler));
  return strings;
}

// "AB12" -> 27.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (column > most_columns) return std::nullopt;
  }
  return column == 0 ? std::nullopt : std::optional(column - 1);
}

class SheetReader {
 public:
  SheetReader(const std::vector<std::string>& strings, CsvTable& table) : strings_(strings), table_(table) {}

  XmlHandler handler() {
    XmlHandler handler;
    handler.start = [this](std::string_view name, const std::map<std::string, std::string>& attributes) {
      start(name, attributes);
    };
    handler.end = [this](std::string_view name) { end(name); };
    handler.text = [this](std::string_view text) {
      if (in_value_) value_ += text;
    };
    return handler;
  }

 private:
  void start(std::string_view name, const std::map<std::string, std::string>& attributes) {
    if (name == "row") {
      CsvRow& row = table_.rows.emplace_back();
      const auto number = attributes.find("r");
      row.line = number == attributes.end() ? table_.rows.size() : whole_number(number->second).value_or(0);
    } else if (name == "c") {
      const auto reference = attributes.find("r");
      const auto type = attributes.find("t");
      const std::size_t next = table_.rows.empty() ? 0 : table_.rows.back().cells.size();
      column_ = reference == attributes.end() ? next : column_of(reference->second).value_or(next);
      type_ = type == attributes.end() ? "" : type->second;
      value_.clear();
    }
    in_value_ = name == "v" || (name == "t" && type_ == "inlineStr");
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t") in_value_ = false;
    if (name != "c" || table_.rows.empty()) return;
    if (type_ == "s") {
      const auto index = whole_number(trimmed(value_));
      value_ = index && *index < strings_.size() ? strings_[*index] : std::string();
    }
    auto& cells = table_.rows.back().cells;
    if (cells.size() <= column_) cells.resize(column_ + 1);
    cells[column_] = std::move(value_);
    value_.clear();
  }

  const std::vector<std::string>& strings_;
  CsvTable& table_;
  std::size_t column_ = 0;
  std::string type_, value_;
  bool in_value_ = false;
};

}  // namespace

Result<CsvTable> read_sheet(std::string_view bytes, const std::string& file) {
  zip_error_t problem;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem);
  const Archive archive(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &problem),
                        &zip_discard);
  if (!archive) {
    if (source != nullptr) zip_source_free(source);
    return refused("cannot be opened as a workbook", {file}, "an XLSX file");
  }
  SCRUTINEER_TRY(const std::string path, first_sheet(archive.get(), file));
  SCRUTINEER_TRY(const std::vector<std::string> strings, shared_strings(archive.get(), file));
  SCRUTINEER_TRY(const std::string sheet, part_of(archive.get(), path, file));
  CsvTable table;
  SheetReader reader(strings, table);
  SCRUTINEER_CHECK(parse_xml(sheet, file, reader.handler()));
  return table;
}

}  // namespace scrutineer::contest
