#include "inquiry/chronology.h"

#include <gtest/gtest.h>

namespace scrutineer::inquiry {
namespace {

const std::vector<Setting> settings = {{"verdict.rule", "L1", "default"},
                                       {"inquiry.base_rate.strict", "at most 0.04", "default"}};

KnownEntry fixed(std::uint64_t number, const std::string& at, const std::string& rate = "at most 0.04") {
  return {number, at, "settings-fixed", {{"verdict.rule", "L1"}, {"inquiry.base_rate.strict", rate}}};
}
KnownEntry read(std::uint64_t number, const std::string& at) {
  return {number, at, "outcomes-read", {}};
}

TEST(Chronology, ASingleRunShowsNoOrder) {
  const Chronology order = chronology_of({}, settings, true);
  EXPECT_FALSE(order.before_outcomes);
  EXPECT_NE(order.sentence.find("one and the same run"), std::string::npos);
  EXPECT_EQ(order.looks, 1U);
}

TEST(Chronology, SettingsOfAnEarlierRunComeFirst) {
  EXPECT_TRUE(chronology_of({}, settings, false).before_outcomes);
  const std::vector<KnownEntry> history = {fixed(1, "2026-05-01T10:00:00Z"),
                                           {2, "2026-05-02T10:00:00Z", "doors-drawn", {}}};
  const Chronology order = chronology_of(history, settings, true);
  EXPECT_TRUE(order.before_outcomes);
  EXPECT_NE(order.sentence.find("2026-05-01T10:00:00Z, entry 1"), std::string::npos) << order.sentence;
  ASSERT_EQ(order.events.size(), 2U);
  EXPECT_EQ(order.events.back().kind, "doors-drawn");
}

TEST(Chronology, WhatWasChangedAfterOutcomesWereSeenIsNamed) {
  const std::vector<KnownEntry> history = {fixed(1, "2026-05-01T10:00:00Z"), fixed(3, "2026-06-01T10:00:00Z"),
                                           read(5, "2026-06-01T10:00:09Z")};
  EXPECT_TRUE(chronology_of(history, settings, true).before_outcomes);
  EXPECT_EQ(chronology_of(history, settings, true).looks, 2U);
  std::vector<Setting> other = settings;
  other[1].value = "0.02 to 0.08: found later";
  const Chronology order = chronology_of(history, other, true);
  EXPECT_FALSE(order.before_outcomes);
  ASSERT_EQ(order.changed.size(), 1U);
  EXPECT_NE(order.changed.front().find("\"at most 0.04\" when outcomes were first read"), std::string::npos)
      << order.changed.front();
}

// Settings changed between an early run without outcomes and the one that first reads them are not shown to
// have come first.
TEST(Chronology, AChangeInTheRunThatReadsFirstIsNamed) {
  const std::vector<KnownEntry> history = {fixed(1, "2026-05-01T10:00:00Z", "at most 0.02")};
  const Chronology order = chronology_of(history, settings, true);
  EXPECT_FALSE(order.before_outcomes);
  EXPECT_EQ(order.changed.size(), 1U);
}

TEST(Chronology, SettingsAndOutcomesOfOneRunAreNotInOrder) {
  const std::vector<KnownEntry> history = {fixed(1, "2026-06-01T10:00:00Z"), read(2, "2026-06-01T10:00:00Z")};
  const Chronology order = chronology_of(history, settings, true);
  EXPECT_FALSE(order.before_outcomes);
  EXPECT_NE(order.sentence.find("in the same run"), std::string::npos);
}

}  // namespace
}  // namespace scrutineer::inquiry
