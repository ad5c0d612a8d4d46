#include "inquiry/address_relation.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace scrutineer::inquiry {
namespace {

enum class Agreement : std::uint8_t { yes, no, not_told };

Agreement exact(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return Agreement::not_told;
  return left == right ? Agreement::yes : Agreement::no;
}

// Equal up to one typing error in five letters, or one the beginning of the other (truncated fields).
Agreement alike(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return Agreement::not_told;
  if (left == right || left.starts_with(right) || right.starts_with(left)) return Agreement::yes;
  const std::size_t allowed = std::max<std::size_t>(1, std::min(left.size(), right.size()) / 5);
  return edit_distance(left, right) <= allowed ? Agreement::yes : Agreement::no;
}

struct HouseAndFlat {
  std::string_view number;
  std::string_view flat;
};

// "8b" without a flat and "flat b, 8" are two ways to write one dwelling of a divided house: where only one
// side names a flat and it is a letter, the other side's "8b" is taken apart too. In "8b Mill Court" the name
// may be of a street or of a building, which makes "8b" a flat without a house number; it is taken apart
// where the other side has just that number and that letter.
HouseAndFlat taken_apart(const rolls::StandardRoll& roll, std::size_t row, const HouseAndFlat& other) {
  HouseAndFlat found{roll.number[row], roll.flat[row]};
  const bool as_flat = found.number.empty() && !other.number.empty();
  if (!as_flat && !found.flat.empty()) return found;
  const std::string_view both = as_flat ? found.flat : found.number;
  if (other.flat.size() != 1 || both.size() < 2) return found;
  const bool digit_before = both[both.size() - 2] >= '0' && both[both.size() - 2] <= '9';
  const std::string_view number = both.substr(0, both.size() - 1);
  if (!digit_before || both.back() != other.flat.front() || both.back() < 'a' || both.back() > 'z')
    return found;
  if (as_flat && number != other.number) return found;
  return {number, both.substr(both.size() - 1)};
}

// The house: its number where both sides have one, else its name. A number on one side and a name on the
// other do not tell.
Agreement same_house(std::string_view left_number, std::string_view right_number,
                     std::string_view left_building, std::string_view right_building) {
  const Agreement number = exact(left_number, right_number);
  if (number != Agreement::not_told) return number;
  return alike(left_building, right_building);
}

Agreement same_street(const rolls::StandardRoll& left, std::size_t left_row, const rolls::StandardRoll& right,
                      std::size_t right_row) {
  const Agreement postcode = exact(left.postcode[left_row], right.postcode[right_row]);
  const Agreement street = alike(left.street[left_row], right.street[right_row]);
  if (postcode == Agreement::yes) return street == Agreement::no ? Agreement::no : Agreement::yes;
  if (postcode == Agreement::no) {
    // A slip in the postcode is believed only where the street is the same and most of the code agrees.
    const bool slip = edit_distance(left.postcode[left_row], right.postcode[right_row]) == 1;
    return slip ? street : Agreement::no;
  }
  if (street != Agreement::yes) return street;
  const Agreement locality = alike(left.locality[left_row], right.locality[right_row]);
  return locality == Agreement::no ? Agreement::no : Agreement::yes;
}

}  // namespace

AddressRelation address_relation(const rolls::StandardRoll& left, std::size_t left_row,
                                 const rolls::StandardRoll& right, std::size_t right_row) {
  const Agreement unit = exact(left.unit_key[left_row], right.unit_key[right_row]);
  const HouseAndFlat left_house =
      taken_apart(left, left_row, {right.number[right_row], right.flat[right_row]});
  const HouseAndFlat right_house =
      taken_apart(right, right_row, {left.number[left_row], left.flat[left_row]});
  const Agreement flat = exact(left_house.flat, right_house.flat);
  if (unit == Agreement::yes) return AddressRelation::same_dwelling;
  const bool same_building_key =
      exact(left.building_key[left_row], right.building_key[right_row]) == Agreement::yes;
  if (!same_building_key) {
    const Agreement street = same_street(left, left_row, right, right_row);
    if (street == Agreement::no) return AddressRelation::other_address;
    const Agreement house =
        same_house(left_house.number, right_house.number, left.building[left_row], right.building[right_row]);
    if (house == Agreement::no) return AddressRelation::other_address;
    if (street == Agreement::not_told || house == Agreement::not_told) return AddressRelation::not_told;
  }
  if (flat == Agreement::no) return AddressRelation::other_flat;
  return left_house.flat.empty() == right_house.flat.empty() ? AddressRelation::same_dwelling
                                                             : AddressRelation::same_building;
}

}  // namespace scrutineer::inquiry
