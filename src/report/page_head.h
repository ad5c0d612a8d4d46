// The head of every page: style sheet, and a content security policy that allows that sheet, by digest, and
// nothing besides.
#ifndef SCRUTINEER_REPORT_PAGE_HEAD_H_
#define SCRUTINEER_REPORT_PAGE_HEAD_H_

#include <string>

#include "report/html.h"

namespace scrutineer::report {

void write_head(Html& html, const std::string& title, const std::string& program_version);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_PAGE_HEAD_H_
