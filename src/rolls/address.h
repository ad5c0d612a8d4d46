// Addresses of the United Kingdom taken apart, and keys by which one dwelling written in many ways is one.
//
// The parts follow BS 7666: what lies inside a building (flat), the building's name, its number or range of
// numbers, the street, the locality (rest of the address without county and country), the postcode. Order of
// flat and building, commas or columns, case, abbreviations, accents and no-break spaces make no difference.
// "c/o" and the name behind it are dropped.
//
//   Flat 2, 14 High St | 14 Flat 2 High Street | Apt 2 14 HIGH ST | 2/14 High Street    flat 2, number 14
//   2 Rosewood Ct, High Street | Flat 2, Rosewood Court     flat 2 of building "rosewood court", no number
//   First Floor Flat, 14 High St | FFF 14 High Street       flat "first floor", number 14
//   12A High Street | 12 A High St                          number 12a (a house; "Flat A, 12" is another
//   dwelling) 12-14 High St | 12 - 14 | 12 & 14 | 12/14               number 12-14; a stroke is a range where
//   the second
//       number is 2 above the first, or up to 8 above one of two digits, with the same parity; otherwise the
//       smaller is the flat (2/14, 14/2)
//
// Keys. building_key names the building, unit_key the dwelling; fields are separated by "|".
//   with a UK postcode:    postcode | number, or the building's name where there is no number | block, if any
//   with another code:     code | street | number or name | block, as such a code covers many streets
//   without a code:        street | locality | number or name | block; missing if the locality is
//   unit_key = building_key | flat for a flat, and building_key itself for an address without one
// Neither has a key where there is neither number nor building; a flat with a street alone is keyed by
// postcode | street | flat.
//
// What follows, and where it errs:
//   - A flat never merges a block: every flat, room or floor that is named has a key of its own, and an
//   address
//     that names none is the building's, which no flat shares.
//   - With a postcode the street is not in the key, so its spelling cannot split a dwelling. A UK postcode
//   covers
//     some 15 addresses; two streets in one that both have a number 14 would be merged (possible at corners).
//   - With a number the building's name is not in the key, so that those who leave it out are not split off.
//   Two
//     named buildings with one number, one postcode and the same flat are merged, unless they are called
//     blocks.
//   - "2 Rosewood Court, 14 High Street" and "2 Rosewood Court" differ by what they say: they stay apart.
//   - A misspelt house name splits a dwelling where there is no number. A wrong postcode splits it always.
//   - "First Floor Flat" and "Flat B" of one house cannot be known to be one: they stay apart.
//   - A street that ends in a building's word ("5 Rosewood Court", houses on a court) is read as flat 5 of
//   it: the
//     unit keys are right, but the building key is then the whole court's.
#ifndef SCRUTINEER_ROLLS_ADDRESS_H_
#define SCRUTINEER_ROLLS_ADDRESS_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

// What a row says, UTF-8, any part empty. Parts that repeat what `address` says change nothing.
struct AddressText {
  std::string_view address = {};
  std::string_view house_number = {};
  std::string_view street = {};
  std::string_view locality = {};
  std::string_view postcode = {};
};

struct StandardAddress {
  std::string flat;
  std::string building;  // name, then its block: "rosewood court block a"
  std::string number;
  std::string street;
  std::string locality;
  std::string postcode;
  std::string unit_key;
  std::string building_key;
  bool operator==(const StandardAddress&) const = default;
};

// How the codes of a roll are to be taken: told from the whole column (rolls/standard_roll.cc).
enum class PostcodeKind : bool { uk, other };

// `postcode` counts only if it is grammatical (rolls/postcode.h); otherwise a postcode inside the text is
// taken. With PostcodeKind::other it is kept as written, in upper case.
StandardAddress standard_address(const AddressText& text, PostcodeKind kind = PostcodeKind::uk);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ADDRESS_H_
