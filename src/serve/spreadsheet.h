// Lists as files for spreadsheets. What strangers typed stays text: nothing in a cell is ever run.
#ifndef SCRUTINEER_SERVE_SPREADSHEET_H_
#define SCRUTINEER_SERVE_SPREADSHEET_H_

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace scrutineer::serve {

struct Sheet {
  std::string name;
  std::vector<std::pair<std::string, std::string>> top;  // what stands above the list: name, value
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

// A cell's text: controls, bidirectional marks and ill-formed bytes as visible escapes; at most 32,000 bytes,
// since Excel takes no more; an apostrophe in front of what a spreadsheet would take for a formula.
std::string cell_text(std::string_view text);

std::string to_csv(const Sheet& sheet);
Result<std::string> to_xlsx(const Sheet& sheet);

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_SPREADSHEET_H_
