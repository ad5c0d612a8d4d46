// Levels by role: what each is for, and that comparing is symmetric.
#include "linkage/compare_values.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "linkage/name_variants.h"
#include "linkage/phonetics.h"

namespace scrutineer::linkage {
namespace {

std::uint8_t level(Role role, Kind kind, std::string_view left, std::string_view right) {
  TextColumn column;
  column.append(left);
  column.append(right);
  const FieldValues values = field_values({"field", role, &column, &column});
  return ValueComparison(values, kind).level(values.left[0], values.left[1]);
}

std::uint8_t name(std::string_view left, std::string_view right) {
  return level(Role::given_name, Kind::name, left, right);
}
std::uint8_t date(std::string_view left, std::string_view right) {
  return level(Role::date, Kind::date, left, right);
}
std::uint8_t code(std::string_view left, std::string_view right) {
  return level(Role::code, Kind::code, left, right);
}

TEST(NameLevels, TellErrorsVariantsAndInitialsApart) {
  EXPECT_EQ(name("Mary", "mary"), level_same);
  EXPECT_EQ(name("O'Brien", "obrien"), level_same);
  EXPECT_EQ(name("martha", "marhta"), name_level::typing_error);
  EXPECT_EQ(name("william", "bill"), name_level::variant);
  EXPECT_EQ(name("md", "mohammed"), name_level::variant);
  EXPECT_EQ(name("muhammad", "mohamed"), name_level::variant);
  EXPECT_EQ(name("khatun", "begum"), name_level::variant);
  EXPECT_EQ(name("ann", "annabelle"), name_level::similar);
  EXPECT_EQ(name("john", "susan"), name_level::different);
  EXPECT_EQ(name("j", "john"), name_level::initial_agrees);
  EXPECT_EQ(name("j", "mary"), name_level::initial_differs);
  EXPECT_EQ(name("j", "j"), name_level::initial_agrees);  // an initial is never the whole name
  EXPECT_EQ(name("", "john"), level_missing);
}

TEST(DateLevels, TellErrorsApartAndKnowAYearAlone) {
  EXPECT_EQ(date("1980-02-14", "1980-02-14"), level_same);
  EXPECT_EQ(date("1980-02-14", "1980-02-15"), date_level::one_digit);
  EXPECT_EQ(date("1980-02-11", "1980-11-02"), date_level::two_parts);
  EXPECT_EQ(date("1980-02-14", "1993-02-14"), date_level::two_parts);
  EXPECT_EQ(date("1980-12-14", "1980-03-29"), date_level::same_year);
  EXPECT_EQ(date("1980-12-14", "1981-03-27"), date_level::within_400_days);
  EXPECT_EQ(date("1980-12-14", "1946-05-27"), date_level::different);
  EXPECT_EQ(date("1980", "1980-05-27"), date_level::year_agrees);
  EXPECT_EQ(date("1980", "1981"), date_level::year_near);
  EXPECT_EQ(date("1980", "1944-01-01"), date_level::year_differs);
  EXPECT_EQ(date("", "1944-01-01"), level_missing);
  EXPECT_EQ(date("soon", "1944-01-01"), level_missing);  // no digits, no date
}

TEST(CodeLevels, KnowPartsOfAPostcode) {
  EXPECT_EQ(code("N1 7AA", "n17aa"), level_same);
  EXPECT_EQ(code("N1 7AA", "N1 7AB"), code_level::typing_error);
  EXPECT_EQ(code("N1 7AA", "N1 9XY"), code_level::outward);
  EXPECT_EQ(code("SW1A 1AA", "SW9 8BZ"), code_level::area);
  EXPECT_EQ(code("N1 7AA", "SW9 8BZ"), code_level::different);
  EXPECT_EQ(code("4011", "4019"), code_level::typing_error);
}

TEST(OtherLevels, AsDocumented) {
  EXPECT_EQ(level(Role::number, Kind::number, "12a", "12"), number_level::same_digits);
  EXPECT_EQ(level(Role::number, Kind::number, "12", "14"), number_level::typing_error);
  EXPECT_EQ(level(Role::number, Kind::number, "2", "3"), number_level::different);
  EXPECT_EQ(level(Role::text, Kind::text, "high street", "hihg street"), text_level::typing_error);
  EXPECT_EQ(level(Role::text, Kind::text, "upper high street", "mews of the high church"),
            text_level::shared_word);
  EXPECT_EQ(level(Role::email, Kind::email, "a.b@c.org", "a.b@d.net"), email_level::local_part);
  EXPECT_EQ(level(Role::email, Kind::email, "xyz@somewhere.org", "ann.other@somewhere.org"),
            email_level::domain);
  EXPECT_EQ(level(Role::category, Kind::category, "f", "m"), category_level::different);
  EXPECT_EQ(level(Role::exact, Kind::exact, "A", "a"), exact_level::different);
  EXPECT_EQ(level(Role::full_name, Kind::full_name, "Mary Ann Jones", "jones, mary ann"), level_same);
  EXPECT_EQ(level(Role::full_name, Kind::full_name, "Mary Jones", "jones, mary ann"),
            full_name_level::contained);
}

RC_GTEST_PROP(Levels, AreSymmetricAndSameOnlyForTheSame, ()) {
  const auto text = rc::gen::container<std::string>(rc::gen::elementOf(std::string("abj 019@.-")));
  const std::string left = *text;
  const std::string right = *text;
  for (const auto& [role, kind] :
       {std::pair(Role::given_name, Kind::name), std::pair(Role::date, Kind::date),
        std::pair(Role::code, Kind::code), std::pair(Role::number, Kind::number),
        std::pair(Role::text, Kind::text), std::pair(Role::email, Kind::email),
        std::pair(Role::category, Kind::category), std::pair(Role::full_name, Kind::full_name)}) {
    const std::uint8_t forward = level(role, kind, left, right);
    RC_ASSERT(forward == level(role, kind, right, left));
    RC_ASSERT(forward < levels_of(kind).size());
    const bool missing = folded(role, left).empty() || folded(role, right).empty();
    RC_ASSERT((forward == level_missing) == missing);
  }
}

TEST(Phonetics, PublishedSoundexCodes) {  // US National Archives, General Information Leaflet 55
  const auto packed = [](std::string_view code) {
    std::uint32_t value = 0;
    for (const char part : code) value = value << 8U | static_cast<unsigned char>(part);
    return value;
  };
  EXPECT_EQ(soundex("washington"), packed("w252"));
  EXPECT_EQ(soundex("lee"), packed("l000"));
  EXPECT_EQ(soundex("gutierrez"), packed("g362"));
  EXPECT_EQ(soundex("pfister"), packed("p236"));
  EXPECT_EQ(soundex("jackson"), packed("j250"));
  EXPECT_EQ(soundex("tymczak"), packed("t522"));
  EXPECT_EQ(soundex("vandeusen"), packed("v532"));
  EXPECT_EQ(soundex("ashcraft"), packed("a261"));
  EXPECT_EQ(soundex("123"), 0U);
}

TEST(Phonetics, TransliterationsOfOneNameAgree) {
  const auto same = [](std::string_view left, std::string_view right) {
    return transliteration_skeleton(left) == transliteration_skeleton(right);
  };
  EXPECT_TRUE(same("muhammad", "mohammed"));
  EXPECT_TRUE(same("mohamed", "mohammed"));
  EXPECT_TRUE(same("hussain", "hosein"));
  EXPECT_TRUE(same("choudhury", "chowdhury") || name("choudhury", "chowdhury") == name_level::variant);
  EXPECT_TRUE(same("rahman", "rohman"));
  EXPECT_FALSE(same("rahman", "karim"));
  EXPECT_TRUE(transliteration_skeleton("ali").empty());
}

TEST(NameVariants, BelongToGroups) {
  EXPECT_TRUE(share_variant_group(variant_groups("elizabeth"), variant_groups("betty")));
  EXPECT_TRUE(share_variant_group(variant_groups("alex"), variant_groups("alexandra")));
  EXPECT_TRUE(share_variant_group(variant_groups("alex"), variant_groups("alexander")));
  EXPECT_FALSE(share_variant_group(variant_groups("alexandra"), variant_groups("alexander")));
  EXPECT_FALSE(share_variant_group(variant_groups("nosuchname"), variant_groups("nosuchname")));
}

}  // namespace
}  // namespace scrutineer::linkage
