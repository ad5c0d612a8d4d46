#include "rolls/xlsx_workbook.h"

#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "rolls/xlsx_dates.h"
#include "rolls/xml_stream.h"

namespace scrutineer::rolls {
namespace {

template <typename Number>
Number number_in(std::string_view text, Number otherwise) {
  Number value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true";
}

// xl/workbook.xml
struct WorkbookHandler : XmlHandler {
  std::vector<std::pair<Sheet, std::string>> sheets;  // with the id of the relation
  bool from_1904 = false;

  void open(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "sheet") {
      Sheet sheet;
      sheet.name = attributes["name"];
      sheet.hidden = attributes["state"] == "hidden" || attributes["state"] == "veryHidden";
      sheets.emplace_back(std::move(sheet), std::string(attributes["id"]));
    } else if (element == "workbookPr") {
      from_1904 = is_true(attributes["date1904"]);
    }
  }
  void close(std::string_view) override {}
  void text(std::string_view) override {}
};

// xl/_rels/workbook.xml.rels
struct RelationsHandler : XmlHandler {
  std::map<std::string, std::string, std::less<>> targets;

  void open(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "Relationship" && attributes["TargetMode"] != "External") {
      targets.emplace(attributes["Id"], attributes["Target"]);
    }
  }
  void close(std::string_view) override {}
  void text(std::string_view) override {}
};

// xl/sharedStrings.xml: the <t> of each <si>, runs put together, phonetic readings (<rPh>) left out.
struct SharedTextsHandler : XmlHandler {
  explicit SharedTextsHandler(Workbook& into) : workbook(into) {}
  Workbook& workbook;
  std::string current;
  bool in_text = false;
  int phonetic = 0;

  void open(std::string_view element, const XmlAttributes&) override {
    if (element == "si") current.clear();
    if (element == "rPh") ++phonetic;
    if (element == "t") in_text = phonetic == 0;
  }
  void close(std::string_view element) override {
    if (element == "rPh") --phonetic;
    if (element == "t") in_text = false;
    if (element != "si") return;
    workbook.text_bytes += unescaped_xlsx_text(current);
    workbook.text_ends.push_back(workbook.text_bytes.size());
  }
  void text(std::string_view piece) override {
    if (in_text) current += piece;
  }
};

// xl/styles.xml
struct StylesHandler : XmlHandler {
  std::map<unsigned, std::string> codes;
  std::vector<unsigned> formats;  // of each cell style
  bool in_cell_styles = false;

  void open(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "numFmt") codes[number_in(attributes["numFmtId"], 0U)] = attributes["formatCode"];
    if (element == "cellXfs") in_cell_styles = true;
    if (element == "xf" && in_cell_styles) formats.push_back(number_in(attributes["numFmtId"], 0U));
  }
  void close(std::string_view element) override {
    if (element == "cellXfs") in_cell_styles = false;
  }
  void text(std::string_view) override {}
};

Status parse_part(const ZipArchive& archive, const std::string& name, XmlHandler& handler) {
  SCRUTINEER_TRY(ZipPart part, archive.part(name));
  return XmlStream(std::move(part), name, archive.file(), handler).finish();
}

std::string part_name(std::string_view target) {
  while (target.starts_with("../")) target.remove_prefix(3);
  if (target.starts_with("/")) return std::string(target.substr(1));
  if (target.starts_with("xl/")) return std::string(target);
  return "xl/" + std::string(target);
}

Status check_is_workbook(const ZipArchive& archive) {
  if (archive.has("xl/workbook.xml")) return {};
  std::string what = "is a ZIP archive without a workbook in it";
  if (archive.has("xl/workbook.bin")) what = "is a binary workbook (.xlsb)";
  if (archive.has("content.xml")) what = "is an OpenDocument file (.ods or another)";
  if (archive.has("word/document.xml")) what = "is a Word document";
  return refused(what, {archive.file(), 0, 0}, "the table saved as XLSX or CSV");
}

}  // namespace

std::string_view Workbook::shared_text(std::size_t index) const {
  const std::uint64_t from = index == 0 ? 0 : text_ends[index - 1];
  return std::string_view(text_bytes).substr(from, text_ends[index] - from);
}

std::string unescaped_xlsx_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned point = 0;
    const std::string_view escape = text.substr(at, 7);
    if (escape.size() == 7 && escape.starts_with("_x") && escape.back() == '_') {
      const auto [end, failed] = std::from_chars(escape.data() + 2, escape.data() + 6, point, 16);
      if (failed == std::errc() && end == escape.data() + 6 && point < 0x80) {
        out.push_back(static_cast<char>(point));
        at += 6;
        continue;
      }
    }
    out.push_back(text[at]);
  }
  return out;
}

Result<Workbook> read_workbook(const ZipArchive& archive) {
  SCRUTINEER_CHECK(check_is_workbook(archive));
  WorkbookHandler book;
  SCRUTINEER_CHECK(parse_part(archive, "xl/workbook.xml", book));
  RelationsHandler relations;
  SCRUTINEER_CHECK(parse_part(archive, "xl/_rels/workbook.xml.rels", relations));
  Workbook workbook;
  workbook.from_1904 = book.from_1904;
  for (auto& [sheet, relation] : book.sheets) {
    const auto target = relations.targets.find(relation);
    if (target == relations.targets.end()) continue;
    sheet.part = part_name(target->second);
    if (archive.has(sheet.part)) workbook.sheets.push_back(std::move(sheet));
  }
  if (archive.has("xl/styles.xml")) {
    StylesHandler styles;
    SCRUTINEER_CHECK(parse_part(archive, "xl/styles.xml", styles));
    for (const unsigned format : styles.formats) {
      const auto code = styles.codes.find(format);
      workbook.date_styles.push_back(is_date_format(format, code == styles.codes.end() ? "" : code->second));
    }
  }
  if (archive.has("xl/sharedStrings.xml")) {
    SharedTextsHandler texts(workbook);
    SCRUTINEER_CHECK(parse_part(archive, "xl/sharedStrings.xml", texts));
  }
  if (workbook.sheets.empty()) return refused("the workbook has no sheets", {archive.file(), 0, 0});
  return workbook;
}

}  // namespace scrutineer::rolls
