#include "rolls/names_apart.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "rolls/compact_roll.h"
#include "rolls/roll_of.h"

namespace scrutineer::rolls {
namespace {

std::vector<std::string> random_texts(std::size_t rows, const std::vector<std::string>& of) {
  return *rc::gen::container<std::vector<std::string>>(rows, rc::gen::elementOf(of));
}

// The compact column holds the same values under the same numbers, or no rows where no row has a value.
void same_column(const TextColumn& compact, const TextColumn& whole) {
  RC_ASSERT(compact.distinct() == whole.distinct());
  for (std::uint32_t code = 0; code < whole.distinct(); ++code)
    RC_ASSERT(compact.value(code) == whole.value(code));
  if (whole.distinct() == 1) {
    RC_ASSERT(compact.size() == 0U);
  } else {
    RC_ASSERT(compact.codes() == whole.codes());
  }
}

RC_GTEST_PROP(NamesApart, AreThoseOfWholeRows, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 30);
  std::vector<std::pair<Column, std::vector<std::string>>> columns = {
      {Column::given,
       random_texts(rows, {"Ann", "Ann-Marie", "Dr Ann", "Mary Jane", "(Bob)", "William (Bill)", "Mr", "A.",
                           "unknown", "", "Md Rahim", "Jo \"Jay\" K", "Ann aka Nan"})},
      {Column::family, random_texts(rows, {"Smith", "O'Brien", "SMITH, John", "Jones nee Smith",
                                           "Smith (Jones)", "van der Berg", "Mac Donald", "Smith OBE", "Mrs",
                                           "", "n/a", "Begum", "Smith-Jones"})}};
  if (*rc::gen::arbitrary<bool>())
    columns.push_back({Column::middle, random_texts(rows, {"", "", "", "Lee", "Dr", "(Kay)"})});
  if (*rc::gen::arbitrary<bool>())
    columns.push_back({Column::title, random_texts(rows, {"", "Mr", "Dr", "nothing"})});
  if (*rc::gen::arbitrary<bool>())
    columns.push_back({Column::suffix, random_texts(rows, {"", "OBE", "Jnr"})});
  if (*rc::gen::arbitrary<bool>())
    columns.push_back({Column::name, random_texts(rows, {"", "Kim LEE", "Ann Other"})});
  Roll whole_roll = roll_of(columns);
  Roll roll = roll_of(columns);
  const bool is_apart = names_apart(roll, 1).has_value();
  RC_TAG(is_apart);
  const auto whole = standardise(whole_roll);
  const auto compact = standardise_compactly(roll, *rc::gen::inRange(1U, 4U));
  RC_ASSERT(whole.has_value());
  RC_ASSERT(compact.has_value());
  same_column(compact->given, whole->given);
  same_column(compact->middle, whole->middle);
  same_column(compact->family, whole->family);
}

TEST(NamesApart, AreNothingWhereRowsMustBeReadAsAWhole) {
  EXPECT_FALSE(names_apart(roll_of({{Column::name, {"Ann Smith"}}}), 1));
  EXPECT_FALSE(
      names_apart(roll_of({{Column::given, {"", "", "Ann"}}, {Column::family, {"a", "b", "c"}}}), 1));
  EXPECT_TRUE(
      names_apart(roll_of({{Column::given, {"Ann", "", "Ann"}}, {Column::family, {"a", "b", "c"}}}), 1));
}

}  // namespace
}  // namespace scrutineer::rolls
