// From links to statements: where each member stood at each snapshot, and over all of them.
#ifndef SCRUTINEER_INQUIRY_REGISTER_STATUS_H_
#define SCRUTINEER_INQUIRY_REGISTER_STATUS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "inquiry/register_links.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

// From this probability on, a link is taken to hold; below the second, to be absent. Between them the status
// is `unclear`, which is counted for nobody and against nobody.
inline constexpr double holds_from = 0.5;
inline constexpr double absent_below = 0.1;

struct StatusAt {
  signals::RegisterStatus status = signals::RegisterStatus::unclear;
  double probability = 0;                  // of the best link that bears on it; 0 where none was found
  std::optional<signals::Exhibit> source;  // where that entry stands
};

// One member at one snapshot, given the candidates best first. `has_address`: the member gave a usable one; a
// member who gave none can be found somewhere, but never at or off "the address", and is unclear.
StatusAt status_at(const std::vector<EntryLink>& candidates, bool has_address);

struct MemberHistory {
  std::vector<StatusAt> at;  // one a snapshot, oldest first
  bool ever_at_address = false;
  std::optional<Date> first_seen;  // at the address
  std::optional<Date> last_seen;
  [[nodiscard]] const StatusAt& newest() const { return at.back(); }
};

// Every member over all snapshots (oldest first; at least one).
std::vector<MemberHistory> member_histories(const std::vector<SnapshotLinks>& snapshots,
                                            const rolls::StandardRoll& members);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_REGISTER_STATUS_H_
