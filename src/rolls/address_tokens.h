// The words of an address, and the parts that name a unit within a building taken out of them: the first two
// steps of rolls/address.h, apart so that each can be tested.
#ifndef SCRUTINEER_ROLLS_ADDRESS_TOKENS_H_
#define SCRUTINEER_ROLLS_ADDRESS_TOKENS_H_

#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::rolls {

struct AddressToken {
  std::string text;     // letters and digits; numbers without leading zeros; abbreviations spelled out
  bool breaks = false;  // a comma, bracket or line end stands before it
};
using AddressTokens = std::vector<AddressToken>;

// Of a folded text (rolls/fold.h) with line ends already turned into commas. Numbers come as one token each:
// "12", "12a" (also for "12 a" before a name), "12-14" (also "12 - 14", "12 & 14", "12 to 14"), "2/14".
AddressTokens address_tokens(std::string_view folded_text);

// "12", "12a", "12-14", "12a-14b".
bool is_house_number(std::string_view token);
// Two numbers or letters with a stroke: "2/14", "a/14", "1/1".
bool is_stroke_number(std::string_view token);
// What may follow a unit word: a number, a letter, "g7", "1/1".
bool is_unit_id(std::string_view token);

// The parts of an address that lie inside a building.
struct UnitParts {
  std::vector<std::string> ids;     // of flats: "2", "b"
  std::vector<std::string> floors;  // "ground floor", "first floor rear", "garden", "basement"
  std::vector<std::string> labels;  // "room 3", "annexe"; "flat" for a flat without number or place
  std::vector<std::string> blocks;  // "block a"
  // All but the blocks, in that order: "2 first floor room 3"; empty for a whole house.
  [[nodiscard]] std::string flat() const;
  [[nodiscard]] std::string block() const;
};

// Takes them, and "c/o" with the name behind it, out of `tokens`.
UnitParts take_unit_parts(AddressTokens& tokens);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ADDRESS_TOKENS_H_
