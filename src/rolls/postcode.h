// United Kingdom postcodes: grammar, spacing, and the parts that blocking and counting use.
//
//     outward  = area district       area = 1 or 2 letters: one of the 124 areas, or, if nothing else needs
//     mending, any district = 9 | 99 | 9A         99 does not start with 0; A depends on the area's length
//     (BS 7666-2:2006) inward   = 9AA                 the letters are never C I K M O V also GIR 0AA, and
//     BFPO numbers ("BFPO 61")
//
// The confusions O/0 and I/1 are undone only where the text as it stands is not grammatical and exactly one
// of its readings is: "C09 3DZ" can only be CO9 3DZ. Grammatical is not the same as existing; no list of live
// postcodes is consulted.
#ifndef SCRUTINEER_ROLLS_POSTCODE_H_
#define SCRUTINEER_ROLLS_POSTCODE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scrutineer::rolls {

// "N1 7AA" from "n17aa", "N1  7AA.", "Nl 7AA" not (l is not I); nothing where no single grammatical reading.
std::optional<std::string> standard_postcode(std::string_view text);

// "N1", "SW1A": the outward half alone, as written by people who give no more.
std::optional<std::string> standard_outward(std::string_view text);

// Parts of a standard postcode: postcode_area("SW1A 1AA") = "SW", district "SW1A", sector "SW1A 1". Of an
// outward half: its area and itself; the sector is then empty. Views into the argument.
std::string_view postcode_area(std::string_view postcode);
std::string_view postcode_district(std::string_view postcode);
std::string_view postcode_sector(std::string_view postcode);

// The last grammatical postcode that stands as words of its own in a folded text (rolls/fold.h).
struct FoundPostcode {
  std::string postcode;
  std::size_t begin = 0;  // bytes of the text it occupies
  std::size_t end = 0;
};
std::optional<FoundPostcode> find_postcode(std::string_view folded_text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_POSTCODE_H_
