// What the linker says about itself, for the report.
#ifndef SCRUTINEER_INQUIRY_LINKAGE_SUMMARY_H_
#define SCRUTINEER_INQUIRY_LINKAGE_SUMMARY_H_

#include <vector>

#include "inquiry/duplicates.h"
#include "inquiry/outcome.h"
#include "inquiry/register_links.h"

namespace scrutineer::inquiry {

// Levels are those of the newest snapshot, both models; counts are over all snapshots; the expected false and
// missed links are those of the newest snapshot, which is the one that statements about members rest on.
LinkageSummary linkage_summary(const std::vector<SnapshotLinks>& snapshots, const Duplicates& duplicates);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_LINKAGE_SUMMARY_H_
