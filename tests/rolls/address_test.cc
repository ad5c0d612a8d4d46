#include "rolls/address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::rolls {
namespace {

struct Case {
  std::string_view address;
  std::string_view flat;
  std::string_view building;
  std::string_view number;
  std::string_view street;
  std::string_view locality = "";
};

TEST(Address, Parts) {
  const std::vector<Case> cases = {
      {"14 High St", "", "", "14", "high street"},
      {"No. 14 High Rd, London", "", "", "14", "high road", "london"},
      {"12a High Street", "", "", "12a", "high street"},
      {"12 A High Street", "", "", "12a", "high street"},
      {"12-14 High Street", "", "", "12-14", "high street"},
      {"12 - 14 High Street", "", "", "12-14", "high street"},
      {"12 & 14 High Street", "", "", "12-14", "high street"},
      {"12/14 High Street", "", "", "12-14", "high street"},
      {"2/14 High Street", "2", "", "14", "high street"},
      {"14/2 High Street", "2", "", "14", "high street"},
      {"Flat 1/1, 14 High Street", "1/1", "", "14", "high street"},
      {"1/1 14 High Street", "1/1", "", "14", "high street"},
      {"Flat 2, 14 High St", "2", "", "14", "high street"},
      {"14 Flat 2 High Street", "2", "", "14", "high street"},
      {"14 High Street, Flat 2", "2", "", "14", "high street"},
      {"APT 2 14 HIGH ST", "2", "", "14", "high street"},
      {"Flt.2\u00A014 High St.", "2", "", "14", "high street"},
      {"#2, 14 High St", "2", "", "14", "high street"},
      {"2, 14 High Street", "2", "", "14", "high street"},
      {"Flat B, 14 High Street", "b", "", "14", "high street"},
      {"Flat 02, 14 High Street", "2", "", "14", "high street"},
      {"Flat 2 Rosewood Court, 14 High Street", "2", "rosewood court", "14", "high street"},
      {"2 Rosewood Ct 14 High Street", "2", "rosewood court", "14", "high street"},
      {"2 Rosewood Ct, High Street", "2", "rosewood court", "", "high street"},
      {"Flat 2 Rosewood Court High Street Boxford", "2", "rosewood court", "", "high street", "boxford"},
      {"5 Rosewood Court", "5", "rosewood court", "", ""},
      {"Flat 2, Block A, Rosewood Court", "2", "rosewood court block a", "", ""},
      {"Flat 2 A Block Rosewood Court", "2", "rosewood court block a", "", ""},
      {"First Floor Flat, 14 High Street", "first floor", "", "14", "high street"},
      {"1st Flr Flat 14 High Street", "first floor", "", "14", "high street"},
      {"FFF 14 High Street", "first floor", "", "14", "high street"},
      {"14 High Street (Ground Floor Rear)", "ground floor rear", "", "14", "high street"},
      {"Lower Ground Floor, 14 High Street", "lower ground floor", "", "14", "high street"},
      {"Basement Flat 14 High Street", "basement", "", "14", "high street"},
      {"The Basement, 14 High Street", "basement", "", "14", "high street"},
      {"Top Flat, 14 High Street", "top", "", "14", "high street"},
      {"Garden Flat 14 High Street", "garden", "", "14", "high street"},
      {"Room 3, Flat 2, 14 High Street", "2 room 3", "", "14", "high street"},
      {"Studio 4, 14 High Street", "studio 4", "", "14", "high street"},
      {"Annexe, 14 High Street", "annexe", "", "14", "high street"},
      {"The Flat, 14 High Street", "flat", "", "14", "high street"},
      {"Rose Cottage, The Street, Boxford", "", "rose cottage", "", "the street", "boxford"},
      {"Rose Cottage 14 The Street, Boxford", "", "rose cottage", "14", "the street", "boxford"},
      {"Oak Lodge Care Home, Mill Lane", "", "oak lodge care home", "", "mill lane"},
      {"C/O CJAS 105 High Street", "", "", "105", "high street"},
      {"c/o J Smith, 105 High Street", "", "", "105", "high street"},
      {"27 St. Cuthberts St Bedford", "", "", "27", "st cuthberts street", "bedford"},
      {"27 Saint Cuthbert's Street, Bedford", "", "", "27", "st cuthberts street", "bedford"},
      {"14 Upper St Martins Lane", "", "", "14", "upper st martins lane"},
      {"14 Church St Wickford", "", "", "14", "church street", "wickford"},
      {"14 Old Church Rd", "", "", "14", "old church road"},
      {"44 Court Road, Boxford", "", "", "44", "court road", "boxford"},
      {"13 The Street North Lopham", "", "", "13", "the street", "north lopham"},
      {"13 High Road North, Laindon", "", "", "13", "high road north", "laindon"},
      {"14 Cheapside, London", "", "", "14", "cheapside", "london"},
      {"High Street 14", "", "", "14", "high street"},
      {"14 High Street, Boxford, Suffolk, UK", "", "", "14", "high street", "boxford"},
      {"Flat 92 Bedford Road, Kempston", "92", "", "", "bedford road", "kempston"},
      {"First Floor Flat 52 High Street Watton", "first floor", "", "52", "high street", "watton"},
      {"4 Unit Airfield Road", "4", "", "", "airfield road"},
      {"FLAT2A, 14 High Street", "2a", "", "14", "high street"},
      {"Room5, 14 High Street", "room 5", "", "14", "high street"},
      {"G1 The Plaza 1 Rutherford Park", "g1", "plaza", "1", "rutherford park"},
      {"F14 & F15 The Plaza 1 Rutherford Park", "f14 f15", "plaza", "1", "rutherford park"},
      {"B, 14 High Street", "b", "", "14", "high street"},
      {"c/o J Smith 2nd Floor, 14 High Street", "second floor", "", "14", "high street"},
      {"Ground Floor Flat No 1, 66 High Street", "1 ground floor", "", "66", "high street"},
      {"Studio Way", "", "", "", "studio way"},
      {"The Tea Rooms, The Green, Blackmore", "", "tea rooms", "", "the green", "blackmore"},
      {"Brecklands, North Street, Blofield", "", "brecklands", "", "north street", "blofield"},
      {"", "", "", "", ""},
      {",,//--", "", "", "", ""},
  };
  for (const Case& c : cases) {
    const StandardAddress address = standard_address({.address = c.address});
    EXPECT_EQ(address.flat, c.flat) << c.address;
    EXPECT_EQ(address.building, c.building) << c.address;
    EXPECT_EQ(address.number, c.number) << c.address;
    EXPECT_EQ(address.street, c.street) << c.address;
    EXPECT_EQ(address.locality, c.locality) << c.address;
  }
}

TEST(Address, Keys) {
  const auto keys = [](std::string_view address, std::string_view postcode = "N1 7AA") {
    const auto found = standard_address({.address = address, .postcode = postcode});
    return found.building_key + " / " + found.unit_key;
  };
  EXPECT_EQ(keys("Flat 2, 14 High Street"), "N1 7AA|14 / N1 7AA|14|2");
  EXPECT_EQ(keys("14 High Street"), "N1 7AA|14 / N1 7AA|14");
  EXPECT_EQ(keys("Flat 2, Rosewood Court"), "N1 7AA|rosewood court / N1 7AA|rosewood court|2");
  EXPECT_EQ(keys("Flat 2, Block A, 14 High Street"), "N1 7AA|14|block a / N1 7AA|14|block a|2");
  EXPECT_EQ(keys("Flat 92 Bedford Road"), "N1 7AA|bedford road / N1 7AA|bedford road|92");
  EXPECT_EQ(keys("High Street, London"), " / ");
  EXPECT_EQ(keys(""), " / ");
  EXPECT_EQ(keys("14 High Street, London", ""), "high street|london|14 / high street|london|14");
  EXPECT_EQ(keys("14 High Street", ""), " / ");
  EXPECT_EQ(keys("14 High Street, London, n1 7aa", ""), "N1 7AA|14 / N1 7AA|14");
  const auto american =
      standard_address({.address = "14 Main Street", .postcode = "27601 "}, PostcodeKind::other);
  EXPECT_EQ(american.unit_key, "27601|main street|14");
}

TEST(Address, ColumnsOrOneLine) {
  const auto one = standard_address({.address = "Flat 2, 14 High Street, Boxford", .postcode = "N1 7AA"});
  EXPECT_EQ(standard_address({.address = "Flat 2",
                              .house_number = "14",
                              .street = "High St",
                              .locality = "Boxford",
                              .postcode = "N1 7AA"}),
            one);
  EXPECT_EQ(
      standard_address(
          {.house_number = "Flat 2, 14", .street = "High St", .locality = "Boxford", .postcode = "N1 7AA"}),
      one);
  EXPECT_EQ(standard_address({.address = "Flat 2\n14 High Street\nBoxford\nN1 7AA"}), one);
  EXPECT_EQ(standard_address({.address = "Flat 2, 14 High Street, Boxford",
                              .house_number = "14",
                              .street = "High Street",
                              .postcode = "N1 7AA"}),
            one);
}

// A dwelling and the ways in which people write it.
struct Dwelling {
  std::string flat;  // "2", "b", "12"; empty for a house
  std::string floor;
  std::string building;
  std::string number;
  std::string street;
  std::size_t street_type = 0;
};

const std::vector<std::vector<std::string>> street_types = {{"Street", "St", "St.", "STREET"},
                                                            {"Road", "Rd", "RD."},
                                                            {"Avenue", "Ave", "Av"},
                                                            {"Lane", "Ln"},
                                                            {"Gardens", "Gdns"},
                                                            {"Crescent", "Cres"},
                                                            {"Terrace", "Ter", "Tce"},
                                                            {"Square", "Sq"},
                                                            {"Place", "Pl"},
                                                            {"Close", "Cl"},
                                                            {"Drive", "Dr"},
                                                            {"Way", "Wy"},
                                                            {"Grove", "Gr"},
                                                            {"Park", "Pk"}};
const std::vector<std::vector<std::string>> building_types = {{"Court", "Ct"},      {"House", "Hse"},
                                                              {"Mansions", "Mans"}, {"Lodge"},
                                                              {"Tower", "Twr"},     {"Apartments", "Apts"}};
const std::vector<std::string> stems = {"Rosewood", "Elm",      "Victoria",  "Grange Hill", "Upper Marsh",
                                        "Queens",   "St Marys", "King's",    "Albert",      "Church",
                                        "New",      "Park",     "St. John's"};
const std::vector<std::string> localities = {"Northmere", "Little Oakley", "London", "Bury St Edmunds",
                                             "Stoke-on-Trent"};

std::string any_of(const std::vector<std::string>& choices) {
  return *rc::gen::elementOf(choices);
}

Dwelling any_dwelling(bool with_number) {
  Dwelling d;
  if (*rc::gen::arbitrary<bool>())
    d.flat = any_of({"1", "2", "3", "4", "11", "12", "21", "a", "b", "2a", "12b"});
  if (with_number) {
    d.number = any_of({"1", "2", "4", "12", "14", "14a", "21", "112", "12-14", "1-3"});
  } else {
    d.building = any_of({"Rosewood", "Elm", "Victoria", "Sir Thomas More"});
  }
  d.street = any_of(stems);
  d.street_type = *rc::gen::inRange<std::size_t>(0, street_types.size());
  return d;
}

std::string in_some_case(std::string text) {
  const int style = *rc::gen::inRange(0, 3);
  for (char& c : text) {
    if (style == 1 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (style == 2 && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

StandardAddress written_somehow(const Dwelling& d, std::size_t building_type, const std::string& locality) {
  const std::string street = d.street + " " + any_of(street_types[d.street_type]);
  std::string number = d.number;
  if (const std::size_t hyphen = number.find('-'); hyphen != std::string::npos) {
    number = number.substr(0, hyphen) + any_of({"-", " - ", " & ", " -", "- "}) + number.substr(hyphen + 1);
  }
  const std::string flat =
      d.flat.empty()
          ? ""
          : any_of({"Flat ", "Flt ", "Apartment ", "Apt ", "Apt. ", "Flat No ", "Flat no. ", "Unit "}) +
                d.flat;
  const std::string comma = any_of({", ", ",", " ,", ", \u00A0"});
  const std::string loose = any_of({", ", " ", "\u00A0"});
  std::string line;
  if (d.building.empty()) {
    const std::string house = number + any_of({" ", ", ", "\u00A0"}) + street;
    if (flat.empty()) {
      line = house;
    } else {
      line = any_of({flat + loose + house, number + comma + flat + comma + street, house + comma + flat,
                     flat + comma + house});
    }
  } else {
    const std::string building = d.building + " " + any_of(building_types[building_type]);
    line = flat.empty()
               ? building + comma + street
               : any_of({flat + loose + building + comma + street, flat + comma + building + comma + street});
    if (!flat.empty() && *rc::gen::arbitrary<bool>() && d.flat[0] <= '9')
      line = d.flat + " " + building + comma + street;
  }
  const std::string where = any_of(
      {comma + locality, comma + locality + comma + "Suffolk", std::string(), comma + locality + ", UK"});
  if (*rc::gen::arbitrary<bool>())
    return standard_address(
        {.address = in_some_case(line + where), .postcode = any_of({"N1 7AA", "n17aa", "N1  7AA"})});
  return standard_address(
      {.address = in_some_case(line + where) + any_of({", N1 7AA", " n1 7aa", ",N17AA"})});
}

RC_GTEST_PROP(Address, OneDwellingOneKeyHoweverItIsWritten, ()) {
  const Dwelling d = any_dwelling(*rc::gen::arbitrary<bool>());
  const std::size_t building_type = *rc::gen::inRange<std::size_t>(0, building_types.size());
  const std::string locality = any_of(localities);
  const StandardAddress first = written_somehow(d, building_type, locality);
  const StandardAddress second = written_somehow(d, building_type, locality);
  RC_ASSERT(first.unit_key == second.unit_key);
  RC_ASSERT(first.building_key == second.building_key);
  RC_ASSERT(!first.unit_key.empty());
  RC_ASSERT(first.flat == d.flat);
}

RC_GTEST_PROP(Address, TwoFlatsNeverShareAKey, ()) {
  Dwelling d = any_dwelling(*rc::gen::arbitrary<bool>());
  const std::size_t building_type = *rc::gen::inRange<std::size_t>(0, building_types.size());
  const std::string locality = any_of(localities);
  const StandardAddress first = written_somehow(d, building_type, locality);
  const std::string flat = d.flat;
  d.flat = any_of({"", "1", "2", "3", "11", "12", "a", "2a"});
  RC_PRE(flat != d.flat);
  const StandardAddress second = written_somehow(d, building_type, locality);
  RC_ASSERT(first.unit_key != second.unit_key);
  RC_ASSERT(first.building_key == second.building_key);
}

RC_GTEST_PROP(Address, AnyBytes, (const std::string& bytes, const std::string& street)) {
  const auto address = standard_address({.address = bytes, .street = street});
  RC_ASSERT(address.unit_key.starts_with(address.building_key));
  RC_ASSERT(address.unit_key.empty() == address.building_key.empty());
}

}  // namespace
}  // namespace scrutineer::rolls
