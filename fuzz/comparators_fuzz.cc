// The linker's comparators on arbitrary bytes: the fast versions agree with the textbook's and stay within
// their bounds; comparing values of any role is symmetric and gives a level of that role.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "../tests/reference/string_similarity.h"
#include "linkage/compare_values.h"
#include "linkage/edit_distance.h"
#include "linkage/jaro_winkler.h"
#include "linkage/packed_text.h"
#include "linkage/phonetics.h"

namespace {

using namespace scrutineer;
using namespace scrutineer::linkage;

void require(bool holds, const char* law, std::string_view left, std::string_view right) {
  if (holds) return;
  std::fprintf(stderr, "%s: \"%.*s\" and \"%.*s\"\n", law, static_cast<int>(left.size()), left.data(),
               static_cast<int>(right.size()), right.data());
  std::abort();
}

void check_strings(std::string_view left, std::string_view right) {
  const double similarity = jaro_winkler(left, right);
  require(similarity == reference::jaro_winkler(left, right), "jaro_winkler is the textbook's", left, right);
  require(jaro_winkler_bound(letter_mask(left), letter_mask(right)) >= similarity, "the bound holds", left,
          right);
  const std::size_t distance = osa_distance(left, right);
  require(distance == reference::osa_distance(left, right), "osa_distance is the textbook's", left, right);
  require(within_one_edit(left, right) == (distance <= 1), "one edit is told", left, right);
  require(soundex(left) == soundex(std::string(left)), "soundex depends on the text alone", left, right);
  require(transliteration_skeleton(left).size() <= left.size() + 1, "a skeleton is shorter", left, right);
}

// What the kernels of blocks do with strings of at most eight bytes.
void check_packed(std::string_view left, std::string_view right) {
  left = left.substr(0, longest_packed);
  right = right.substr(0, longest_packed);
  const auto nul = [](std::string_view text) { return text.find('\0') != std::string_view::npos; };
  if (nul(left) || nul(right)) return;
  require(packed_within_one_edit(packed(left), static_cast<unsigned>(left.size()), packed(right),
                                 static_cast<unsigned>(right.size())) == within_one_edit(left, right),
          "one edit is told of packed strings", left, right);
  if (left.size() != longest_packed || right.size() != longest_packed) return;
  require(eight_within_two_edits(packed(left), packed(right)) == (reference::osa_distance(left, right) <= 2),
          "two edits are told of eight bytes", left, right);
}

void check_levels(std::string_view left, std::string_view right) {
  TextColumn column;
  column.append(left);
  column.append(right);
  for (const auto& [role, kind] :
       {std::pair(Role::given_name, Kind::name), std::pair(Role::date, Kind::date),
        std::pair(Role::code, Kind::code), std::pair(Role::number, Kind::number),
        std::pair(Role::text, Kind::text), std::pair(Role::email, Kind::email),
        std::pair(Role::category, Kind::category), std::pair(Role::full_name, Kind::full_name),
        std::pair(Role::exact, Kind::exact)}) {
    const FieldValues values = field_values({"field", role, &column, &column});
    const ValueComparison comparison(values, kind);
    const std::uint8_t level = comparison.level(values.left[0], values.left[1]);
    require(level == comparison.level(values.left[1], values.left[0]), "levels are symmetric", left, right);
    require(level < levels_of(kind).size(), "levels exist", left, right);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size < 400 ? size : 400);
  const std::size_t middle = all.find('\n') == std::string_view::npos ? all.size() / 2 : all.find('\n');
  const std::string_view left = all.substr(0, middle);
  const std::string_view right = all.substr(middle < all.size() && all[middle] == '\n' ? middle + 1 : middle);
  check_strings(left, right);
  check_packed(left, right);
  check_levels(left, right);
  return 0;
}
