// How the report looks.
#ifndef SCRUTINEER_REPORT_STYLE_H_
#define SCRUTINEER_REPORT_STYLE_H_

#include <string>
#include <string_view>

namespace scrutineer::report {

// The style sheet: light, dark and print, from 360 pixels up. `running_title` stands at the head of every
// printed page; it may be any text.
std::string style_sheet(std::string_view running_title);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_STYLE_H_
