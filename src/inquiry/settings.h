// The settings that an audit decides by, in words: what the ledger holds under "settings-fixed" before it
// holds that outcomes were read, and what the report compares with earlier runs.
#ifndef SCRUTINEER_INQUIRY_SETTINGS_H_
#define SCRUTINEER_INQUIRY_SETTINGS_H_

#include <string>
#include <vector>

#include "impact/verdict.h"
#include "inquiry/inquiry_file.h"

namespace scrutineer::inquiry {

struct Setting {
  std::string name;    // "inquiry.freeze_date", "verdict.rule"
  std::string value;   // empty where none is given
  std::string source;  // "inquiry file", "default"
};

// The verdict's settings as the inquiry file gives them: the upper end of base_rate.strict, else the default.
impact::VerdictSettings verdict_settings(const InquiryFile& file);

// Everything that is fixed before any roll is read, in a fixed order.
std::vector<Setting> settings_of(const InquiryFile& file);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_SETTINGS_H_
