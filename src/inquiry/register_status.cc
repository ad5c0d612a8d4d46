#include "inquiry/register_status.h"

#include <algorithm>

namespace scrutineer::inquiry {

using signals::RegisterStatus;

StatusAt status_at(const std::vector<EntryLink>& candidates, bool has_address) {
  double best_here = 0;
  double best_elsewhere = 0;
  std::optional<std::uint64_t> line_here;
  std::optional<std::uint64_t> line_elsewhere;
  for (const EntryLink& link : candidates) {
    const bool here =
        link.relation == AddressRelation::same_dwelling || link.relation == AddressRelation::same_building;
    double& best = here ? best_here : best_elsewhere;
    if (link.probability <= best) continue;
    best = link.probability;
    (here ? line_here : line_elsewhere) = link.line;
  }
  if (!has_address) return {RegisterStatus::unclear, best_elsewhere, line_elsewhere};
  if (best_here >= holds_from) return {RegisterStatus::at_address, best_here, line_here};
  if (best_here >= absent_below) return {RegisterStatus::unclear, best_here, line_here};
  if (best_elsewhere >= holds_from) return {RegisterStatus::elsewhere, best_elsewhere, line_elsewhere};
  return {RegisterStatus::not_found, std::max(best_here, best_elsewhere), std::nullopt};
}

std::vector<RegisterHistory> register_history(const std::vector<SnapshotLinks>& snapshots,
                                              const rolls::StandardRoll& members) {
  std::vector<RegisterHistory> histories(members.rows);
  for (std::size_t row = 0; row < members.rows; ++row) {
    RegisterHistory& history = histories[row];
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
