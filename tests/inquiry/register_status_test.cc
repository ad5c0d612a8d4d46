#include "inquiry/register_status.h"

#include <gtest/gtest.h>

namespace scrutineer::inquiry {
namespace {

using signals::RegisterStatus;

EntryLink link(AddressRelation relation, double probability, std::uint64_t line = 7) {
  return {0, {"register", line}, relation, 0, probability};
}

TEST(StatusAtTest, AtTheAddressComesBeforeElsewhere) {
  const auto status = status_at(
      {link(AddressRelation::same_dwelling, 0.8, 3), link(AddressRelation::other_address, 0.99)}, true);
  EXPECT_EQ(status.status, RegisterStatus::at_address);
  EXPECT_DOUBLE_EQ(status.probability, 0.8);
  EXPECT_EQ(status.source, (signals::Exhibit{"register", 3}));
}

TEST(StatusAtTest, AnotherFlatIsElsewhere) {
  EXPECT_EQ(status_at({link(AddressRelation::other_flat, 0.99)}, true).status, RegisterStatus::elsewhere);
}

TEST(StatusAtTest, TheSameBuildingWithoutAFlatIsNotHeldAgainstTheMember) {
  EXPECT_EQ(status_at({link(AddressRelation::same_building, 0.97)}, true).status, RegisterStatus::at_address);
}

TEST(StatusAtTest, ADoubtIsADoubt) {
  EXPECT_EQ(status_at({link(AddressRelation::same_dwelling, 0.3)}, true).status, RegisterStatus::unclear);
  EXPECT_EQ(status_at({link(AddressRelation::same_dwelling, 0.05)}, true).status, RegisterStatus::not_found);
  EXPECT_EQ(status_at({}, true).status, RegisterStatus::not_found);
}

TEST(StatusAtTest, WhoGaveNoAddressIsNeverOffIt) {
  EXPECT_EQ(status_at({}, false).status, RegisterStatus::unclear);
  EXPECT_EQ(status_at({link(AddressRelation::not_told, 0.99)}, false).status, RegisterStatus::unclear);
}

TEST(MemberHistoryTest, FirstAndLastSeenAreSnapshotsAtTheAddress) {
  rolls::StandardRoll members;
  members.rows = 1;
  for (TextColumn* column : {&members.unit_key, &members.building_key, &members.street, &members.postcode})
    column->append("x");
  std::vector<SnapshotLinks> snapshots(3);
  snapshots[0].as_of = *Date::of(2025, 6, 1);
  snapshots[1].as_of = *Date::of(2025, 12, 1);
  snapshots[2].as_of = *Date::of(2026, 6, 1);
  snapshots[0].members = {{link(AddressRelation::same_dwelling, 1)}};
  snapshots[1].members = {{link(AddressRelation::same_dwelling, 1)}};
  snapshots[2].members = {{link(AddressRelation::other_address, 1)}};
  const auto history = member_histories(snapshots, members).front();
  EXPECT_TRUE(history.ever_at_address);
  EXPECT_EQ(history.first_seen, Date::of(2025, 6, 1));
  EXPECT_EQ(history.last_seen, Date::of(2025, 12, 1));
  EXPECT_EQ(history.newest().status, RegisterStatus::elsewhere);
}

}  // namespace
}  // namespace scrutineer::inquiry
