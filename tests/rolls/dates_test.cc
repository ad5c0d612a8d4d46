#include "rolls/dates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "rolls/date_columns.h"
#include "rolls/roll_of.h"

namespace scrutineer::rolls {
namespace {

std::string read(std::string_view text, DateRules rules = {}) {
  const DateReading reading = resolved(date_text(text), rules);
  if (!reading.date) return reading.reason;
  return reading.date->iso() + (reading.partial ? " partial" : "");
}

TEST(Dates, Shapes) {
  for (const char* text : {"1980-02-14",
                           "1980/2/14",
                           "14/02/1980",
                           "14-2-1980",
                           "14.02.1980",
                           "14 02 1980",
                           "14/2/80",
                           "19800214",
                           "14021980",
                           "140280",
                           "14 Feb 1980",
                           "14-FEB-80",
                           "14th February 1980",
                           "February 14, 1980",
                           "Feb 14 1980",
                           "Thu 14 Feb 1980",
                           "Thursday, 14 February 1980",
                           "1980-02-14T00:00:00Z",
                           "1980-02-14 12:30:00.000",
                           "14/02/1980 00:00",
                           "1980 Feb 14",
                           "29265",
                           "29265.75"}) {
    EXPECT_EQ(read(text), "1980-02-14") << text;
  }
  EXPECT_EQ(read("02/14/1980", {.order = DateOrder::mdy}), "1980-02-14");
  EXPECT_EQ(read("80-02-14", {.order = DateOrder::ymd}), "1980-02-14");
  EXPECT_EQ(read("27803", {.from_1904 = true}), "1980-02-14");
  for (const char* text : {"02/1980", "Feb 1980", "Feb-80", "1980-02"})
    EXPECT_EQ(read(text), "1980-02-01 partial") << text;
  EXPECT_EQ(read("1980"), "1980-01-01 partial");
  for (const char* text : {"", "  ", "n/a", "00/00/0000", "0000-00-00", "Unknown", "-", "//"}) {
    EXPECT_EQ(date_text(text).shape, DateShape::missing) << text;
  }
}

TEST(Dates, Reasons) {
  EXPECT_EQ(read("31/02/1980"), "there is no 31 February 1980");
  EXPECT_EQ(read("29/02/1900"), "there is no 29 February 1900");
  EXPECT_EQ(read("14/13/1980"), "there is no month 13");
  EXPECT_EQ(read("0001-01-01"), "the year 1 is outside 1000 to 2199");
  for (const char* text :
       {"yesterday", "14 Feb", "1/2/3/4", "123", "14//02x1980", "14:02", "14/02/198", "1980-Feb-Mar"}) {
    EXPECT_EQ(read(text), "not a date") << text;
  }
}

TEST(Dates, TwoDigitYears) {
  EXPECT_EQ(read("14/02/46", {.last_short_year = 2045}), "1946-02-14");
  EXPECT_EQ(read("14/02/45", {.last_short_year = 2045}), "2045-02-14");
  EXPECT_EQ(read("14/02/12", {.last_short_year = 2012}), "2012-02-14");
  EXPECT_EQ(read("14/02/13", {.last_short_year = 2012}), "1913-02-14");
}

TEST(Dates, Patterns) {
  EXPECT_TRUE(is_date_pattern("%d.%m.%Y"));
  EXPECT_TRUE(is_date_pattern("%F"));
  EXPECT_FALSE(is_date_pattern("%d/%m"));
  EXPECT_FALSE(is_date_pattern("dmy%"));
  EXPECT_EQ(read_by_pattern("14|02|1980", "%d|%m|%Y", 2045).date->iso(), "1980-02-14");
  EXPECT_EQ(read_by_pattern("140246", "%d%m%y", 2045).date->iso(), "1946-02-14");
  EXPECT_EQ(read_by_pattern("31|02|1980", "%d|%m|%Y", 2045).reason, "there is no 31 February 1980");
  EXPECT_EQ(read_by_pattern("x", "%d|%m|%Y", 2045).reason, "does not match %d|%m|%Y");
}

RC_GTEST_PROP(Dates, EveryDayReadsBackInEveryShape, ()) {
  const Date day(*rc::gen::inRange(-100000, 50000));
  const int y = day.year();
  const auto two = [](int v) { return (v < 10 ? "0" : "") + std::to_string(v); };
  const std::string dmy = two(day.day()) + "/" + two(day.month()) + "/" + std::to_string(y);
  const std::string mdy = two(day.month()) + "-" + two(day.day()) + "-" + std::to_string(y);
  RC_ASSERT(read(dmy) == day.iso());
  RC_ASSERT(read(mdy, {.order = DateOrder::mdy}) == day.iso());
  RC_ASSERT(read(day.iso()) == day.iso());
  RC_ASSERT(read(two(day.day()) + two(day.month()) + std::to_string(y)) == day.iso());
}

RC_GTEST_PROP(Dates, AnyBytes, (const std::string& bytes)) {
  const auto text = date_text(bytes);
  for (const DateOrder order : {DateOrder::dmy, DateOrder::mdy, DateOrder::ymd, DateOrder::serial}) {
    const auto reading = resolved(text, {.order = order});
    RC_ASSERT(!(reading.date && !reading.reason.empty()));
    RC_ASSERT(reading.date || !reading.reason.empty() || text.shape == DateShape::missing);
  }
}

std::string order_of(Roll roll, Column column) {
  const auto dates = standard_dates(roll, {});
  return dates ? (*dates)[static_cast<std::size_t>(column)].order : "refused: " + dates.error().expected;
}

TEST(DateColumns, OrderIsToldFromTheWholeColumn) {
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"01/02/2020", "13/02/2020"}}}), Column::joined), "dmy");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"01/02/2020", "02/13/2020"}}}), Column::joined), "mdy");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"2020-01-02", ""}}}), Column::joined), "ymd");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"43000", "43001", "2000"}}}), Column::joined), "serial");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"85-02-14", "99-12-30", "81-01-01"}}}), Column::joined),
            "ymd");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"02/02/2020", ""}}}), Column::joined), "dmy");
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"", ""}}}), Column::joined), "ymd");
}

TEST(DateColumns, AmbiguousColumnsAskOrFollowTheirSisters) {
  const std::vector<std::string> ambiguous = {"01/02/2020", "03/04/2021"};
  EXPECT_TRUE(
      order_of(roll_of({{Column::joined, ambiguous}}), Column::joined).starts_with("refused: date_format"));
  EXPECT_EQ(order_of(roll_of({{Column::joined, {"01/25/2020", "03/04/2021"}}, {Column::left, ambiguous}}),
                     Column::left),
            "mdy");
  EXPECT_TRUE(order_of(roll_of({{Column::joined, {"01/25/2020", "03/04/2021"}},
                                {Column::keyed, {"25/01/2020", "03/04/2021"}},
                                {Column::left, ambiguous}}),
                       Column::left)
                  .starts_with("refused"));
  Roll roll = roll_of({{Column::joined, ambiguous}});
  EXPECT_EQ(standard_dates(roll, {}).error().where.line, 2U);
  EXPECT_EQ(standard_dates(roll, {}).error().category, ErrorCategory::refused_input);
  roll.spec.date_format = "mdy";
  EXPECT_EQ((*standard_dates(roll, {}))[static_cast<std::size_t>(Column::joined)].dates[0]->iso(),
            "2020-01-02");
  roll.spec.date_format = "%d/%m/%Y";
  EXPECT_EQ((*standard_dates(roll, {}))[static_cast<std::size_t>(Column::joined)].dates[0]->iso(),
            "2020-02-01");
  roll.spec.date_format = "sometimes";
  EXPECT_FALSE(standard_dates(roll, {}));
}

TEST(DateColumns, MixedColumnsAreRefusedAndStragglersReported) {
  EXPECT_TRUE(order_of(roll_of({{Column::joined, {"13/02/2020", "02/13/2020"}}}), Column::joined)
                  .starts_with("refused"));
  std::vector<std::string> mostly(40, "13/02/2020");
  mostly.emplace_back("02/13/2020");
  Roll roll = roll_of({{Column::joined, mostly}});
  ASSERT_TRUE(standard_dates(roll, {}));
  ASSERT_EQ(roll.problems.size(), 1U);
  EXPECT_EQ(roll.problems[0].row, 40U);
  EXPECT_EQ(roll.problems[0].reason, "there is no month 13");
}

TEST(DateColumns, ImpossibleBirths) {
  Roll roll = roll_of({{Column::birth_date,
                        {"1980-02-14", "1879-01-02", "2030-05-05", "1990-03-03", "1970-03-03", "1960-03-03",
                         "1950-03-03", "1940-03-03", "1985-03-04", "1986-03-05", "1987-03-06"}}});
  roll.spec.as_of = Date::of(2026, 6, 1);
  const auto dates = standard_dates(roll, {});
  ASSERT_TRUE(dates);
  ASSERT_EQ(roll.problems.size(), 2U);
  EXPECT_EQ(roll.problems[0].reason, "a birth in 1879 is before 1880");
  EXPECT_EQ(roll.problems[1].reason, "a birth on 2030-05-05 is after the roll's date, 2026-06-01");
  roll.problems.clear();
  ASSERT_TRUE(standard_dates(roll, {.earliest_birth_year = 1800}));
  EXPECT_EQ(roll.problems.size(), 1U);
}

TEST(DateColumns, AHistoricalRollIsBelieved) {
  Roll roll = roll_of({{Column::birth_date, {"1630-08-01", "1731-01-02", "1890-05-05"}}});
  ASSERT_TRUE(standard_dates(roll, {}));
  EXPECT_TRUE(roll.problems.empty());
}

TEST(DateColumns, PlaceholdersArePartial) {
  std::vector<std::string> births;
  for (int row = 0; row < 400; ++row) births.push_back((Date(row * 29) + 0).iso());
  for (int row = 0; row < 20; ++row) births.push_back(std::to_string(1950 + row) + "-07-01");
  births.emplace_back("1980-01-01");
  Roll roll = roll_of({{Column::birth_date, births},
                       {Column::joined, std::vector<std::string>(births.size(), "2020-01-01")}});
  const auto dates = standard_dates(roll, {});
  ASSERT_TRUE(dates);
  const DateColumn& column = (*dates)[static_cast<std::size_t>(Column::birth_date)];
  EXPECT_TRUE(column.partial[400]);
  EXPECT_TRUE(column.partial.back());
  EXPECT_FALSE(column.partial[1]);
  EXPECT_FALSE((*dates)[static_cast<std::size_t>(Column::joined)].partial[0]);
}

TEST(DateColumns, NoPlaceholderAmongUniformBirths) {
  std::vector<std::string> births;
  std::uint64_t state = 1;
  for (int row = 0; row < 20000; ++row) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    births.push_back(Date(static_cast<std::int32_t>((state >> 33U) % 25000)).iso());
  }
  Roll roll = roll_of({{Column::birth_date, births}});
  const auto dates = standard_dates(roll, {});
  ASSERT_TRUE(dates);
  const DateColumn& column = (*dates)[static_cast<std::size_t>(Column::birth_date)];
  for (std::size_t row = 0; row < births.size(); ++row) {
    ASSERT_EQ(column.partial[row], births[row].ends_with("-01-01")) << births[row];
  }
}

}  // namespace
}  // namespace scrutineer::rolls
