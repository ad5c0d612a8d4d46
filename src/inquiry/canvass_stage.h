// The canvass that a case keeps (doors drawn, visits recorded), as the next audit of the same inquiry takes
// it up.
#ifndef SCRUTINEER_INQUIRY_CANVASS_STAGE_H_
#define SCRUTINEER_INQUIRY_CANVASS_STAGE_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "canvass/status.h"
#include "canvass/visits.h"

namespace scrutineer::inquiry {

struct RecordedVisit {
  std::string id;
  canvass::Answer answer = canvass::Answer::no_contact;
  std::optional<Date> day;
  std::string visitor;
  int attempts = 0;         // which call at this door; 0: not noted
  bool random_arm = false;  // a door drawn at random, not sought out
  std::uint64_t row = 0;    // number of the recorded row
};

struct RecordedCanvass {
  std::vector<RecordedVisit> visits;  // rows that stand, in the order recorded
  std::optional<canvass::CanvassStatus> status;
  std::string note;  // why there is no status although doors were drawn; else empty
};

// Of the case in `folder`; empty where there is no case, or none with a canvass. `as_written`: as it was when
// the case was written, without what was drawn and recorded since. Refused if its records do not agree with
// the ledger.
Result<RecordedCanvass> recorded_canvass(const std::filesystem::path& folder, bool as_written);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_CANVASS_STAGE_H_
