#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rolls/email.h"
#include "rolls/phone.h"
#include "rolls/sex.h"

namespace scrutineer::rolls {
namespace {

TEST(Phone, NationalForm) {
  for (const char* text :
       {"07700 900123", "+44 7700 900123", "0044 (0)7700-900-123", "+44 (0) 7700 900123", "447700900123",
        "7700900123", "07700 900123 / 020 7946 0123", "tel 07700.900.123 ext 4"}) {
    EXPECT_EQ(standard_phone(text).digits, "07700900123") << text;
  }
  EXPECT_EQ(standard_phone("020 7946 0123").digits, "02079460123");
  EXPECT_EQ(standard_phone("+1 212 555 0123").digits, "0012125550123");
}

TEST(Phone, MaskedAndFillersAreMissing) {
  for (const char* text : {"", "07*** ***123", "07xxxxxx123", "07000000000", "00000000000", "01234567890",
                           "07123456789", "n/a", "-"}) {
    EXPECT_EQ(standard_phone(text).digits, "") << text;
    EXPECT_FALSE(standard_phone(text).unreadable) << text;
  }
  EXPECT_TRUE(standard_phone("12").unreadable);
  EXPECT_TRUE(standard_phone("7.7009E+09").unreadable);
}

TEST(Email, LowerAndTrimmed) {
  EXPECT_EQ(standard_email("  Jo.Smith+Club@Example.ORG ").address, "jo.smith+club@example.org");
  EXPECT_EQ(standard_email("Jo Smith <jo@example.org>").address, "jo@example.org");
  EXPECT_EQ(standard_email("mailto:jo@example.org").address, "jo@example.org");
  EXPECT_FALSE(standard_email("none").unreadable);
  for (const char* text :
       {"jo", "jo@", "@example.org", "jo@example", "jo@@example.org", "jo smith@example.org",
        "jo@exa_mple.org", "jo@example.1", ".jo@example.org", "jo..s@example.org", "jo@-example.org"}) {
    EXPECT_TRUE(standard_email(text).unreadable) << text;
  }
}

TEST(Sex, Words) {
  EXPECT_EQ(standard_sex("Female").sex, "f");
  EXPECT_EQ(standard_sex(" m").sex, "m");
  EXPECT_EQ(standard_sex("2").sex, "f");
  EXPECT_EQ(standard_sex("prefer not to say").sex, "");
  EXPECT_FALSE(standard_sex("x").unreadable);
  EXPECT_TRUE(standard_sex("qq").unreadable);
}

RC_GTEST_PROP(Contact, AnyBytes, (const std::string& bytes)) {
  const auto phone = standard_phone(bytes);
  for (const char c : phone.digits) RC_ASSERT(c >= '0' && c <= '9');
  RC_ASSERT(standard_phone(phone.digits).digits == phone.digits);
  const auto email = standard_email(bytes);
  RC_ASSERT(standard_email(email.address).address == email.address);
  standard_sex(bytes);
}

}  // namespace
}  // namespace scrutineer::rolls
