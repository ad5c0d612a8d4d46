// Small workbooks for tests, put together part by part, so that each oddity can be written on purpose.
#ifndef SCRUTINEER_TESTS_ROLLS_XLSX_WRITER_H_
#define SCRUTINEER_TESTS_ROLLS_XLSX_WRITER_H_

#include <zip.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace scrutineer::rolls::tests {

struct WorkbookParts {
  // Name of the tab and what stands inside <worksheet>.
  std::vector<std::pair<std::string, std::string>> sheets;
  std::vector<std::string> shared;     // shared texts, as XML inside <si>
  std::vector<unsigned> styles = {0};  // number formats of the cell styles
  std::string formats;                 // <numFmt .../> elements
  bool from_1904 = false;
  std::string sheet_prologue;  // in front of the root element of every sheet
};

inline void write_archive(const std::filesystem::path& file,
                          const std::vector<std::pair<std::string, std::string>>& parts) {
  std::filesystem::remove(file);
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, bytes] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0),
                 ZIP_FL_ENC_UTF_8);
  }
  zip_close(archive);
}

inline std::vector<std::pair<std::string, std::string>> archive_parts(const WorkbookParts& book) {
  std::vector<std::pair<std::string, std::string>> parts;
  std::string tabs;
  std::string relations;
  for (std::size_t at = 0; at < book.sheets.size(); ++at) {
    const std::string number = std::to_string(at + 1);
    tabs += "<sheet name=\"" + book.sheets[at].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number +
            "\"/>";
    relations += "<Relationship Id=\"rId" + number + "\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    parts.emplace_back("xl/worksheets/sheet" + number + ".xml",
                       book.sheet_prologue + "<worksheet>" + book.sheets[at].second + "</worksheet>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook xmlns:r=\"r\"><workbookPr date1904=\"" +
                                            std::string(book.from_1904 ? "1" : "0") + "\"/><sheets>" + tabs +
                                            "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
  std::string texts;
  for (const std::string& text : book.shared) texts += "<si>" + text + "</si>";
  parts.emplace_back("xl/sharedStrings.xml", "<sst>" + texts + "</sst>");
  std::string styles;
  for (const unsigned format : book.styles) styles += "<xf numFmtId=\"" + std::to_string(format) + "\"/>";
  parts.emplace_back("xl/styles.xml", "<styleSheet><numFmts>" + book.formats +
                                          "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
                                          "</cellStyleXfs><cellXfs>" +
                                          styles + "</cellXfs></styleSheet>");
  return parts;
}

inline void write_workbook(const std::filesystem::path& file, const WorkbookParts& book) {
  write_archive(file, archive_parts(book));
}

// A row of inline texts from column A on.
inline std::string text_row(unsigned number, const std::vector<std::string>& cells) {
  std::string row = "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (cells[at].empty()) continue;
    row += "<c r=\"" + std::string(1, static_cast<char>('A' + at)) + std::to_string(number) +
           "\" t=\"inlineStr\"><is><t>" + cells[at] + "</t></is></c>";
  }
  return row + "</row>";
}

}  // namespace scrutineer::rolls::tests

#endif  // SCRUTINEER_TESTS_ROLLS_XLSX_WRITER_H_
