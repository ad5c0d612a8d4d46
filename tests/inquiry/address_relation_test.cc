#include "inquiry/address_relation.h"

#include <gtest/gtest.h>

#include <string>

namespace scrutineer::inquiry {
namespace {

struct Parts {
  std::string flat, building, number, street, locality, postcode;
};

rolls::StandardRoll roll_of(const Parts& parts) {
  rolls::StandardRoll roll;
  roll.rows = 1;
  roll.flat.append(parts.flat);
  roll.building.append(parts.building);
  roll.number.append(parts.number);
  roll.street.append(parts.street);
  roll.locality.append(parts.locality);
  roll.postcode.append(parts.postcode);
  roll.unit_key.append("");
  roll.building_key.append("");
  return roll;
}

AddressRelation relation(const Parts& left, const Parts& right) {
  const auto forward = address_relation(roll_of(left), 0, roll_of(right), 0);
  EXPECT_EQ(forward, address_relation(roll_of(right), 0, roll_of(left), 0)) << "a relation has no direction";
  return forward;
}

const Parts flat_two{"2", "", "14", "high street", "northmere", "N1 7AA"};

TEST(AddressRelationTest, EqualPartsAreOneDwelling) {
  EXPECT_EQ(relation(flat_two, flat_two), AddressRelation::same_dwelling);
}

TEST(AddressRelationTest, TwoFlatsAreTwoAddresses) {
  Parts other = flat_two;
  other.flat = "3";
  EXPECT_EQ(relation(flat_two, other), AddressRelation::other_flat);
}

TEST(AddressRelationTest, AMissingFlatIsTheBuildingNotTheDwelling) {
  Parts without = flat_two;
  without.flat = "";
  EXPECT_EQ(relation(flat_two, without), AddressRelation::same_building);
}

TEST(AddressRelationTest, AMistypedStreetMovesNobody) {
  Parts typo = flat_two;
  typo.street = "hgih street";
  EXPECT_EQ(relation(flat_two, typo), AddressRelation::same_dwelling);
}

TEST(AddressRelationTest, AMissingPostcodeMovesNobodyWithinOnePlace) {
  Parts without = flat_two;
  without.postcode = "";
  EXPECT_EQ(relation(flat_two, without), AddressRelation::same_dwelling);
}

TEST(AddressRelationTest, AnotherNumberIsAnotherAddress) {
  Parts other = flat_two;
  other.number = "41";
  EXPECT_EQ(relation(flat_two, other), AddressRelation::other_address);
}

TEST(AddressRelationTest, ALetterBehindTheNumberIsTheFlatOfThatLetter) {
  const Parts flat_b{"b", "", "8", "mill hill", "", "N1 7AA"};
  const Parts eight_b{"", "", "8b", "mill hill", "", "N1 7AA"};
  const Parts eight_c{"", "", "8c", "mill hill", "", "N1 7AA"};
  EXPECT_EQ(relation(flat_b, eight_b), AddressRelation::same_dwelling);
  EXPECT_EQ(relation(flat_b, eight_c), AddressRelation::other_address);
  EXPECT_EQ(relation(eight_b, eight_c), AddressRelation::other_address);
}

TEST(AddressRelationTest, ANameThatMayBeOfAStreetOrABuildingMovesNobody) {
  // "8b Mill Court" and "Flat b, 8 Mill Court", as addresses are read.
  const Parts as_building{"8b", "mill court", "", "", "", "N1 7AA"};
  const Parts as_street{"b", "mill court", "8", "", "", "N1 7AA"};
  EXPECT_EQ(relation(as_building, as_street), AddressRelation::same_dwelling);
  EXPECT_EQ(relation(as_building, Parts{"c", "mill court", "8", "", "", "N1 7AA"}),
            AddressRelation::other_flat);
  EXPECT_NE(relation(as_building, Parts{"b", "mill court", "9", "", "", "N1 7AA"}),
            AddressRelation::same_dwelling);
  EXPECT_EQ(relation(as_building, Parts{"b", "mill court", "8", "", "", "E9 4QT"}),
            AddressRelation::other_address);
}

TEST(AddressRelationTest, NothingIsConcludedFromNothing) {
  EXPECT_EQ(relation(flat_two, Parts{}), AddressRelation::not_told);
  EXPECT_EQ(relation(Parts{}, Parts{}), AddressRelation::not_told);
}

}  // namespace
}  // namespace scrutineer::inquiry
