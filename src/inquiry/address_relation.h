// How the address a member gave relates to the address of a register entry. Decided from the parts, not from
// one key alone, so that a mistyped street or a missing postcode does not move anyone, and so that a missing
// flat number never merges a block: two different flats are two addresses.
#ifndef SCRUTINEER_INQUIRY_ADDRESS_RELATION_H_
#define SCRUTINEER_INQUIRY_ADDRESS_RELATION_H_

#include <cstddef>
#include <cstdint>

#include "rolls/standard_roll.h"

namespace scrutineer::inquiry {

// From nearest to farthest; the order is used.
enum class AddressRelation : std::uint8_t {
  same_dwelling,  // the same unit key, or every part given on both sides agrees up to typing errors
  same_building,  // one side names no flat: the same house or block, the dwelling not told
  other_flat,     // the same building, another flat
  other_address,
  not_told,  // one side has no usable address
};

// `left` and `right` may be the same roll.
AddressRelation address_relation(const rolls::StandardRoll& left, std::size_t left_row,
                                 const rolls::StandardRoll& right, std::size_t right_row);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_ADDRESS_RELATION_H_
