#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace scrutineer {
namespace {

TEST(Text, TrimsNoBreakSpacesToo) {
  EXPECT_EQ(trimmed("\xC2\xA0 a b\t\xC2\xA0\n"), "a b");
}

TEST(Text, RefusesIllFormedUtf8) {
  EXPECT_TRUE(is_valid_utf8("za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87"));
  EXPECT_FALSE(is_valid_utf8("\xC0\x80"));          // over-long
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(is_valid_utf8("caf\xE9"));           // Latin-1
}

TEST(Text, PrintableShowsWhatWouldSteerATerminal) {
  EXPECT_EQ(printable("a\x1B[31m"), "a\\x1B[31m");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "evil"),
            "\\u{202E}evil");
  EXPECT_EQ(printable("caf\xE9"), "caf\\xE9");
  EXPECT_EQ(printable("abcdef", 3), "abc...");
}

TEST(Text, CsvFieldsNeverStartAFormula) {
  EXPECT_EQ(csv_field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
  EXPECT_EQ(csv_field("+441"), "+441");
  EXPECT_EQ(csv_field("-12.5"), "-12.5");
  EXPECT_EQ(csv_field("-cmd"), "'-cmd");
  EXPECT_EQ(csv_field("@x"), "'@x");
  EXPECT_EQ(csv_field("O'Neil, A"), "\"O'Neil, A\"");
}

TEST(Text, NearestFindsTheSlipAndNothingFarOff) {
  const std::vector<std::string> headers = {"Surname", "Forename", "Postcode"};
  EXPECT_EQ(nearest("Surnam", headers), "Surname");
  EXPECT_EQ(nearest("post code", headers), "Postcode");
  EXPECT_EQ(nearest("Payer", headers), "");
}

RC_GTEST_PROP(TextProperties, SplitThenJoinGivesTheText, (const std::string& text)) {
  std::vector<std::string> parts;
  for (const auto part : split(text, ',')) parts.emplace_back(part);
  RC_ASSERT(join(parts, ",") == text);
}

RC_GTEST_PROP(TextProperties, EditDistanceIsSymmetricAndBounded,
              (const std::string& a, const std::string& b)) {
  const auto distance = edit_distance(a, b);
  RC_ASSERT(distance == edit_distance(b, a));
  RC_ASSERT(distance <= std::max(a.size(), b.size()));
  RC_ASSERT((distance == 0) == (a == b));
}

}  // namespace
}  // namespace scrutineer
