#include "rolls/postcode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <string>

#include "base/text.h"
#include "support/shared_data.h"

namespace scrutineer::rolls {
namespace {

TEST(Postcode, SixShapesAndTheSpecialOnes) {
  for (const char* code : {"M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "GIR 0AA"}) {
    EXPECT_EQ(standard_postcode(code), code);
    std::string squeezed;
    for (const char c : std::string_view(code)) {
      if (c != ' ') squeezed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    EXPECT_EQ(standard_postcode(squeezed), code);
  }
  EXPECT_EQ(standard_postcode("bfpo 61"), "BFPO 61");
  EXPECT_EQ(standard_postcode(" N1\u00A07AA. "), "N1 7AA");
  for (const char* code :
       {"", "N1", "N1 7A", "QN1 7AA", "N1 7CA", "ZZ1 1AA", "N1 7AAA", "1N 7AA", "N0123 7AA", "27601"}) {
    EXPECT_EQ(standard_postcode(code), std::nullopt) << code;
  }
}

TEST(Postcode, ConfusionsAreUndoneWhereOneReadingIsLeft) {
  EXPECT_EQ(standard_postcode("C09 3DZ"), "CO9 3DZ");
  EXPECT_EQ(standard_postcode("N1 OAA"), "N1 0AA");
  EXPECT_EQ(standard_postcode("NI 7AA"), "N1 7AA");
  EXPECT_EQ(standard_postcode("ECIA IBB"), "EC1A 1BB");
  EXPECT_EQ(standard_postcode("S0I 1AA"), "SO1 1AA");     // neither S01 nor S0I is grammatical
  EXPECT_EQ(standard_postcode("W0I 1AA"), std::nullopt);  // nor is any reading here
}

TEST(Postcode, Parts) {
  EXPECT_EQ(postcode_area("SW1A 1AA"), "SW");
  EXPECT_EQ(postcode_district("SW1A 1AA"), "SW1A");
  EXPECT_EQ(postcode_sector("SW1A 1AA"), "SW1A 1");
  EXPECT_EQ(postcode_sector("SW1A"), "");
  EXPECT_EQ(standard_outward("sw1a"), "SW1A");
  EXPECT_EQ(standard_outward("N1 7AA"), std::nullopt);
}

TEST(Postcode, FoundInText) {
  const auto found = find_postcode("14 high street, london n1 7aa uk");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->postcode, "N1 7AA");
  EXPECT_EQ(found->begin, 23U);
  EXPECT_EQ(found->end, 29U);
  EXPECT_EQ(find_postcode("x n17aa")->postcode, "N1 7AA");
  EXPECT_FALSE(find_postcode("12 a1 high street"));
  EXPECT_FALSE(find_postcode(""));
}

RC_GTEST_PROP(Postcode, StandardFormsAreFixedPoints, (const std::string& bytes)) {
  if (const auto code = standard_postcode(bytes)) RC_ASSERT(standard_postcode(*code) == code);
  if (const auto code = standard_outward(bytes)) RC_ASSERT(standard_outward(*code) == code);
  find_postcode(bytes);
}

TEST(Postcode, RealOnesAreGrammatical) {
  SCRUTINEER_NEEDS_SHARED(file, "linkage/names/sdglinkage/address_uk.csv");
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::size_t total = 0;
  std::size_t grammatical = 0;
  while (std::getline(in, line)) {
    const std::string code(line.substr(1, line.find('"', 1) - 1));
    ++total;
    if (standard_postcode(code) == code) ++grammatical;
  }
  EXPECT_EQ(total, 10000U);
  EXPECT_EQ(grammatical, total);
}

TEST(Postcode, AreasNotInUseAreTakenAsWrittenAndNeverRepaired) {
  EXPECT_EQ(standard_postcode("nm14ql"), "NM1 4QL");      // an invented area
  EXPECT_EQ(standard_postcode("NMI 4QL"), std::nullopt);  // I for 1 is mended only in areas that exist
  EXPECT_EQ(standard_postcode("QM1 4QL"), std::nullopt);  // no area starts with Q
}

}  // namespace
}  // namespace scrutineer::rolls
