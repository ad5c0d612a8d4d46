#include "rolls/standard_roll.h"

#include <gtest/gtest.h>

#include "rolls/roll_of.h"

namespace scrutineer::rolls {
namespace {

TEST(StandardRoll, HoldsEveryColumnForEveryRow) {
  Roll roll = roll_of({{Column::name, {"SMITH, John", "Md Rahim Miah", ""}}});
  const auto standard = standardise(roll);
  ASSERT_TRUE(standard) << standard.error().message();
  EXPECT_EQ(standard->rows, 3U);
  for (const TextColumn* column :
       {&standard->given, &standard->middle, &standard->family, &standard->title, &standard->generic,
        &standard->flat, &standard->building, &standard->number, &standard->street, &standard->locality,
        &standard->postcode, &standard->unit_key, &standard->building_key, &standard->birth_date,
        &standard->sex, &standard->phone, &standard->email}) {
    EXPECT_EQ(column->size(), 3U);
  }
  for (const Column column : {Column::birth_date, Column::joined, Column::date}) {
    EXPECT_EQ(standard->date(column).dates.size(), 3U);
    EXPECT_EQ(standard->date(column).partial.size(), 3U);
    EXPECT_FALSE(standard->date(column).present());
  }
  EXPECT_EQ(standard->family[0], "smith");
  EXPECT_EQ(standard->given[0], "john");
  EXPECT_EQ(standard->generic[1], "md miah");
  EXPECT_TRUE(standard->family.is_missing(2));
}

TEST(StandardRoll, KeepsAnImpossibleDateAsAProblem) {
  Roll roll = roll_of({{Column::family, {"a", "b"}}, {Column::birth_date, {"31/02/1980", "14/02/1980"}}});
  const auto standard = standardise(roll);
  ASSERT_TRUE(standard);
  ASSERT_EQ(roll.problems.size(), 1U);
  EXPECT_EQ(roll.problems[0].row, 0U);
  EXPECT_EQ(roll.problems[0].line, 2U);
  EXPECT_EQ(roll.problems[0].column, Column::birth_date);
  EXPECT_EQ(roll.problems[0].text, "31/02/1980");
  EXPECT_EQ(roll.problems[0].reason, "there is no 31 February 1980");
  EXPECT_EQ(standard->birth_date[1], "1980-02-14");
  EXPECT_TRUE(standard->birth_date.is_missing(0));
}

TEST(StandardRoll, SameOnAnyNumberOfThreads) {
  std::vector<std::string> names;
  std::vector<std::string> addresses;
  for (int row = 0; row < 9000; ++row) {
    names.push_back("Person" + std::to_string(row * 7919 % 5000) + " O'Neill-" + std::to_string(row % 97));
    addresses.push_back("Flat " + std::to_string(row % 11) + ", " + std::to_string(row % 300) +
                        " High St, Town, N1 7AA");
  }
  Roll one = roll_of({{Column::name, names}, {Column::address, addresses}});
  Roll three = roll_of({{Column::name, names}, {Column::address, addresses}});
  const auto left = standardise(one, 1);
  const auto right = standardise(three, 3);
  ASSERT_TRUE(left && right);
  EXPECT_EQ(left->given.codes(), right->given.codes());
  EXPECT_EQ(left->unit_key.codes(), right->unit_key.codes());
  for (std::size_t row = 0; row < left->rows; ++row) ASSERT_EQ(left->unit_key[row], right->unit_key[row]);
}

}  // namespace
}  // namespace scrutineer::rolls
