// Name words that many people of a naming tradition share by rule, so that agreeing on one says next to
// nothing about two entries being one person, and disagreeing says little too: titles worn as surnames
// (Begum, Bibi and Khatun are often interchangeable for one woman), prefixes (Md), endings that belong to the
// forename before them (Uddin, Ullah), patronymic markers (bin), community-wide surnames (Kaur, Singh).
//
// Published comparisons show both errors at once: BEGUM/KHATUN score 0.456 by Jaro-Winkler for what may be
// one woman, while ARAF ALI/ARIF ALI score 0.944 for two people (METHODS.md 6.2). The remedy is to let such
// words carry the weight they have, about none, and let the rarer words and the birth date decide.
//
// The classes are structural properties of a word in a record, used by the matcher alone. They are never an
// inference about the person: no origin, religion or ethnicity is derived, stored or reported, and no signal
// sees them (METHODS.md 6.1).
#ifndef SCRUTINEER_ROLLS_GENERIC_NAMES_H_
#define SCRUTINEER_ROLLS_GENERIC_NAMES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace scrutineer::rolls {

enum class GenericKind : std::uint8_t {
  prefix,      // before the name proper: md, mst
  honorific,   // a courtesy that became part of the name: begum, miah, haji, devi
  ending,      // completes the forename before it: uddin, ullah
  patronymic,  // "son of", "daughter of": bin, binti, ibn
  shared,      // a surname that a whole community takes: kaur, singh
};
std::string_view to_string(GenericKind kind);

struct GenericName {
  std::string_view canonical;  // one spelling for all: "miah" for mia, meah, miya
  GenericKind kind = GenericKind::honorific;
};

// Of one folded word (rolls/fold.h). Nothing for ordinary words.
std::optional<GenericName> generic_name(std::string_view word);

// "md" for the full spellings (mohammed, muhammad, ...). Written out, the word is generic only in front of
// another forename ("Mohammed Rahim Miah" may be "Md Rahim Miah" elsewhere): alone it is the person's name.
std::optional<GenericName> generic_before_forename(std::string_view word);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_GENERIC_NAMES_H_
