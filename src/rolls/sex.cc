#include "rolls/sex.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "rolls/fold.h"

namespace scrutineer::rolls {

SexReading standard_sex(std::string_view text) {
  constexpr std::array<std::string_view, 5> female = {"f", "female", "woman", "girl", "2"};
  constexpr std::array<std::string_view, 5> male = {"m", "male", "man", "boy", "1"};
  constexpr std::array<std::string_view, 27> neither = {"",
                                                        "x",
                                                        "u",
                                                        "o",
                                                        "n",
                                                        "0",
                                                        "9",
                                                        "-",
                                                        "?",
                                                        "n/a",
                                                        "nb",
                                                        "non-binary",
                                                        "non binary",
                                                        "nonbinary",
                                                        "other",
                                                        "unknown",
                                                        "unk",
                                                        "none",
                                                        "null",
                                                        "not stated",
                                                        "not known",
                                                        "not given",
                                                        "prefer not to say",
                                                        "undisclosed",
                                                        "unspecified",
                                                        "i",
                                                        "t"};
  const std::string plain = folded(text);
  const std::string_view word = trimmed(plain);
  const auto is_in = [&](const auto& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (is_in(female)) return {.sex = "f"};
  if (is_in(male)) return {.sex = "m"};
  return {.sex = "", .unreadable = !is_in(neither)};
}

}  // namespace scrutineer::rolls
