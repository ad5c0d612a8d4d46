#include "rolls/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

TEST(Fold, AccentsAndLettersWithoutDecomposition) {
  EXPECT_EQ(folded("José Núñez"), "jose nunez");
  EXPECT_EQ(folded("ŁUKASZ Straße Ægir Þór Ørsted"), "lukasz strasse aegir thor orsted");
  EXPECT_EQ(folded("Nguyễn"), "nguyen");
  EXPECT_EQ(folded("O\u2019Neill \u2013 Smith"), "o'neill - smith");
  EXPECT_EQ(folded("ＪＯＨＮ"), "john");
  EXPECT_EQ(folded("İbrahim Işık"), "ibrahim isik");
}

TEST(Fold, NoBreakSpaceAndControlsAreSpaces) {
  EXPECT_EQ(folded("Flat\u00A02\tHigh\x01St"), "flat 2 high st");
}

TEST(Fold, OtherScriptsKeepTheirVowels) {
  EXPECT_EQ(folded("Андрей"), "andrei");
  EXPECT_EQ(folded("Γιώργος").substr(0, 2), "gi");
  EXPECT_EQ(folded("मोहम्मद"), "moham'mada");
  EXPECT_FALSE(folded("রহিম").empty());
  EXPECT_FALSE(folded("محمد").empty());
  EXPECT_FALSE(folded("김").empty());
}

TEST(Fold, IllFormedBytesAreLatin1) {
  EXPECT_EQ(folded("JOS\xC9"), "jose");
  EXPECT_EQ(folded("\xC3"), "a");
  EXPECT_EQ(folded("M\xFCller \xE2\x82"), "muller a ");
}

RC_GTEST_PROP(Fold, AnyBytesGivePrintableLowerAscii, (const std::string& bytes)) {
  const std::string plain = folded(bytes);
  for (const char c : plain) RC_ASSERT(c >= 0x20 && c < 0x7F && !(c >= 'A' && c <= 'Z'));
  RC_ASSERT(folded(plain) == plain);
}

}  // namespace
}  // namespace scrutineer::rolls
