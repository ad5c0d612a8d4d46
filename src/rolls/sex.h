// The sex a roll records, in one form.
#ifndef SCRUTINEER_ROLLS_SEX_H_
#define SCRUTINEER_ROLLS_SEX_H_

#include <string_view>

namespace scrutineer::rolls {

struct SexReading {
  std::string_view sex;     // "f", "m" or empty
  bool unreadable = false;  // the text is none of the words that rolls use
};

// f, female, woman, girl and m, male, man, boy in any case; 1 and 2 as ISO/IEC 5218 has them (male, female).
// Anything that says neither ("x", "other", "non-binary", "not stated", 0, 9) is missing without complaint.
// It is never inferred from a title or a forename.
SexReading standard_sex(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_SEX_H_
