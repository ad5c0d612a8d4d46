#include "inquiry/register_status.h"

#include <algorithm>

namespace scrutineer::inquiry {

using signals::RegisterStatus;

StatusAt status_at(const std::vector<EntryLink>& candidates, bool has_address) {
  double best_here = 0;
  double best_elsewhere = 0;
  std::optional<signals::Exhibit> source_here;
  std::optional<signals::Exhibit> source_elsewhere;
  bool elsewhere_is_told = true;
  for (const EntryLink& link : candidates) {
    const bool here =
        link.relation == AddressRelation::same_dwelling || link.relation == AddressRelation::same_building;
    double& best = here ? best_here : best_elsewhere;
    if (link.probability <= best) continue;
    best = link.probability;
    (here ? source_here : source_elsewhere) = link.source;
    if (!here) elsewhere_is_told = link.relation != AddressRelation::not_told;
  }
  if (!has_address) return {RegisterStatus::unclear, best_elsewhere, source_elsewhere};
  if (best_here >= holds_from) return {RegisterStatus::at_address, best_here, source_here};
  if (best_here >= absent_below) return {RegisterStatus::unclear, best_here, source_here};
  if (best_elsewhere >= holds_from) {
    // An entry whose address could not be compared may well be at the member's: no statement either way.
    return {elsewhere_is_told ? RegisterStatus::elsewhere : RegisterStatus::unclear, best_elsewhere,
            source_elsewhere};
  }
  return {RegisterStatus::not_found, std::max(best_here, best_elsewhere), std::nullopt};
}

std::vector<MemberHistory> member_histories(const std::vector<SnapshotLinks>& snapshots,
                                            const rolls::StandardRoll& members) {
  std::vector<MemberHistory> histories(members.rows);
  for (std::size_t row = 0; row < members.rows; ++row) {
    MemberHistory& history = histories[row];
    const bool has_address = !members.unit_key.is_missing(row) || !members.building_key.is_missing(row) ||
                             !members.street.is_missing(row) || !members.postcode.is_missing(row);
    for (const SnapshotLinks& snapshot : snapshots) {
      history.at.push_back(status_at(snapshot.members[row], has_address));
      if (history.at.back().status != RegisterStatus::at_address) continue;
      history.ever_at_address = true;
      if (!history.first_seen) history.first_seen = snapshot.as_of;
      history.last_seen = snapshot.as_of;
    }
  }
  return histories;
}

}  // namespace scrutineer::inquiry
