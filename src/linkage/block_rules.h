// Blocking rules as people give them: pairs of rows that agree on every part of a rule are compared.
//
//   given+family                  the same forename and surname
//   family+year(birth_date)       the same surname and year of birth
//   soundex(family)+prefix3(postcode)
//
// Parts are fields by name, whole or through year(), month() (year and month), prefixN() (first N bytes),
// soundex() or outward() (first half of a postcode). A row that lacks a part is in no block of that rule.
#ifndef SCRUTINEER_LINKAGE_BLOCK_RULES_H_
#define SCRUTINEER_LINKAGE_BLOCK_RULES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/comparison.h"
#include "linkage/linkage.h"

namespace scrutineer::linkage {

enum class Transform : std::uint8_t { whole, year, month, prefix, soundex, outward };

struct BlockPart {
  std::size_t field = 0;  // index into the fields
  Transform transform = Transform::whole;
  std::uint8_t length = 0;  // Transform::prefix
  friend bool operator==(const BlockPart&, const BlockPart&) = default;
};

struct BlockRule {
  std::vector<BlockPart> parts;
  // The parts' values count in any order, so that forename and surname turned about meet.
  bool unordered = false;
};

// Wrong usage, with the fields there are, if the text is no rule over `fields`.
Result<BlockRule> parse_block_rule(std::string_view text, std::span<const Field> fields);

// "family+year(birth_date)"
std::string to_string(const BlockRule& rule, std::span<const FieldValues> values);

// What a folded value is to a part: a hash, 0 where it says nothing. Also told for values that are short.
std::uint64_t part_of_value(const BlockPart& part, std::string_view folded_value);

// part_of_value of each distinct value, by code.
std::vector<std::uint64_t> parts_by_code(const FieldValues& values, const BlockPart& part);

// The key of each row, left rows first and then, where the tables are two, the right ones; 0: in no block.
std::vector<std::uint64_t> rule_keys(const Comparison& comparison, const BlockRule& rule, unsigned threads);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_RULES_H_
