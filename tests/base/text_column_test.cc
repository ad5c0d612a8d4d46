#include "base/text_column.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>

namespace scrutineer {
namespace {

TEST(TextColumnTest, MissingIsCodeZero) {
  TextColumn column;
  column.append("");
  column.append("a");
  column.append("");
  EXPECT_TRUE(column.is_missing(0));
  EXPECT_FALSE(column.is_missing(1));
  EXPECT_EQ(column.code(2), TextColumn::missing);
  EXPECT_EQ(column.counts(), (std::vector<std::uint32_t>{2, 1}));
}

TEST(TextColumnTest, ViewsSurviveGrowthAndMoves) {
  StringPool pool;
  std::vector<std::string> texts;
  for (int i = 0; i < 50000; ++i) texts.push_back("value " + std::to_string(i) + std::string(i % 300, 'x'));
  for (const auto& text : texts) pool.intern(text);
  const StringPool moved = std::move(pool);
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(moved[i], texts[i]);
    ASSERT_EQ(moved.find(texts[i]), i);
  }
  EXPECT_EQ(moved.find("never seen"), StringPool::absent);
}

RC_GTEST_PROP(TextColumnProperties, CodesAreAsAMapGivesThem, (const std::vector<std::string>& texts)) {
  StringPool pool;
  std::map<std::string, std::uint32_t> twin;
  for (const auto& text : texts) {
    const auto code = pool.intern(text);
    RC_ASSERT(twin.emplace(text, static_cast<std::uint32_t>(twin.size())).first->second == code);
    RC_ASSERT(pool[code] == text);
  }
  RC_ASSERT(pool.size() == twin.size());
}

}  // namespace
}  // namespace scrutineer
