// Names and addresses of members, from the members roll of the inquiry that a case was made from: for those
// who call on them. Nothing of the audit goes with them.
#ifndef SCRUTINEER_INQUIRY_MEMBER_CONTACTS_H_
#define SCRUTINEER_INQUIRY_MEMBER_CONTACTS_H_

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "canvass/sheets.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {

// By member id; of an id on several rows the first. Refused if the inquiry file or the roll is not there any
// more or not the file that the case was made from. `inquiry` overrides where the case says its inquiry file
// is.
Result<std::map<std::string, canvass::Contact, std::less<>>> member_contacts(
    store::CaseFile& file, const std::optional<std::filesystem::path>& inquiry = {});

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_MEMBER_CONTACTS_H_
