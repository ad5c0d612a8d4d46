// The levels at which two values of a field may stand to each other, by role. Level 0 is "missing" (on either
// side: no evidence), level 1 always "the same". Levels come in groups: within a group the probabilities sum
// to 1, and which group a pair is in (both full names, or one an initial) is held to say nothing about
// identity. Numbers are written into models and must not change.
#ifndef SCRUTINEER_LINKAGE_LEVELS_H_
#define SCRUTINEER_LINKAGE_LEVELS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "linkage/linkage.h"

namespace scrutineer::linkage {

inline constexpr std::uint8_t level_missing = 0;
inline constexpr std::uint8_t level_same = 1;
inline constexpr std::size_t most_levels = 16;  // four bits each in a pattern
inline constexpr std::size_t most_fields = 16;

namespace name_level {
inline constexpr std::uint8_t typing_error = 2, variant = 3, similar = 4, elsewhere = 5, weak = 6,
                              different = 7, initial_agrees = 8, initial_differs = 9;
}
namespace date_level {
inline constexpr std::uint8_t one_digit = 2, two_parts = 3, two_digits = 4, same_year = 5,
                              within_400_days = 6, different = 7, year_agrees = 8, year_near = 9,
                              year_differs = 10;
}
namespace code_level {
inline constexpr std::uint8_t typing_error = 2, outward = 3, area = 4, different = 5;
}
namespace text_level {
inline constexpr std::uint8_t typing_error = 2, similar = 3, shared_word = 4, elsewhere = 5, different = 6;
}
namespace number_level {
inline constexpr std::uint8_t same_digits = 2, typing_error = 3, different = 4;
}
namespace category_level {
inline constexpr std::uint8_t typing_error = 2, different = 3;
}
namespace email_level {
inline constexpr std::uint8_t typing_error = 2, local_part = 3, domain = 4, different = 5;
}
namespace full_name_level {  // same words; all of the shorter's words; two or more; one; none
inline constexpr std::uint8_t contained = 2, two_words = 3, one_word = 4, different = 5;
}
namespace other_words_level {  // words of a full name beyond those of the given and family name beside it
inline constexpr std::uint8_t shared = 1, none_shared = 2;
}
namespace exact_level {
inline constexpr std::uint8_t different = 2;
}

struct LevelDefinition {
  std::string_view name;
  std::uint8_t group = 0;
};

// What is compared: a role, save that a full name beside split names is compared for its other words, and the
// nested blocking fields of a link count as one comparison.
enum class Kind : std::uint8_t {
  name,
  date,
  code,
  number,
  text,
  category,
  email,
  exact,
  full_name,
  other_words,
  nested
};

// Level 0 first. For Kind::nested: the levels of the first `nested` fields, then "none of them".
std::span<const LevelDefinition> levels_of(Kind kind);

// As what the values of a role are compared. A full name beside a forename or family name of its own counts
// only by the words that these do not hold.
Kind kind_of(Role role, bool has_split_names = false);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_LEVELS_H_
