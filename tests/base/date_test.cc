#include "base/date.h"

#include <gtest/gtest.h>

namespace scrutineer {
namespace {

TEST(DateTest, EveryDayOfFourCenturiesRoundTrips) {
  const auto first = Date::of(1800, 1, 1);
  const auto last = Date::of(2200, 12, 31);
  ASSERT_TRUE(first && last);
  int weekday = first->weekday();
  for (Date day = *first; day <= *last; day = day + 1) {
    ASSERT_EQ(Date::of(day.year(), day.month(), day.day()), day);
    ASSERT_EQ(Date::from_iso(day.iso()), day);
    ASSERT_EQ(day.weekday(), weekday);
    weekday = (weekday + 1) % 7;
  }
}

TEST(DateTest, KnownDays) {
  EXPECT_EQ(Date::of(1970, 1, 1)->days(), 0);
  EXPECT_EQ(Date::of(2026, 5, 6)->weekday(), 2);  // a Wednesday
  EXPECT_FALSE(Date::of(1980, 2, 31));
  EXPECT_FALSE(Date::of(1900, 2, 29));
  EXPECT_FALSE(Date::from_iso("2026-5-6"));
  EXPECT_FALSE(Date::from_iso("2026-13-01"));
}

TEST(DateTest, MonthsEndWhereTheMonthEnds) {
  EXPECT_EQ(Date::of(2024, 1, 31)->plus_months(1).iso(), "2024-02-29");
  EXPECT_EQ(Date::of(2026, 1, 31)->plus_months(-2).iso(), "2025-11-30");
  EXPECT_EQ(Date::of(2026, 5, 6)->plus_months(6).iso(), "2026-11-06");
}

}  // namespace
}  // namespace scrutineer
