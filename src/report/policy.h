// The content security policy of the pages made here.
#ifndef SCRUTINEER_REPORT_POLICY_H_
#define SCRUTINEER_REPORT_POLICY_H_

#include <string>
#include <string_view>

namespace scrutineer::report {

// Allows the given style sheet, by its SHA-256, and nothing besides.
std::string style_policy(std::string_view sheet);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_POLICY_H_
