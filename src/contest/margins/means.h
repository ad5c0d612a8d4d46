// How papers are touched: taken away, put in, changed, or taken away and put in both.
#ifndef SCRUTINEER_CONTEST_MARGINS_MEANS_H_
#define SCRUTINEER_CONTEST_MARGINS_MEANS_H_

#include <cstdint>
#include <string_view>

namespace scrutineer::contest {

enum class Means : std::uint8_t {
  deletion,
  addition,
  modification,
  mixed,  // papers taken away and papers put in, each counted as one
};

constexpr bool takes_away(Means means) {
  return means != Means::addition;
}
constexpr bool puts_in(Means means) {
  return means != Means::deletion;
}

constexpr std::string_view to_string(Means means) {
  switch (means) {
    case Means::deletion:
      return "delete";
    case Means::addition:
      return "add";
    case Means::modification:
      return "modify";
    case Means::mixed:
      return "mixed";
  }
  return {};
}

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_MEANS_H_
