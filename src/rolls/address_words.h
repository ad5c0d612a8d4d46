// The vocabulary of British addresses: street types, buildings, units within buildings, floors, places.
#ifndef SCRUTINEER_ROLLS_ADDRESS_WORDS_H_
#define SCRUTINEER_ROLLS_ADDRESS_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace scrutineer::rolls {

// "road" for rd, "court" for ct, "great" for gt; the word itself where it abbreviates nothing. "st" stays, as
// only its neighbours tell Street from Saint.
std::string_view spelled_out(std::string_view word);

// What a name that ends with this (spelled out) word names: "high street", "rosewood court".
enum class NameEnd : std::uint8_t { none, street, building };
NameEnd name_end(std::string_view word);

// Words in front of the number or letter of a unit inside a building.
enum class UnitWord : std::uint8_t {
  none,
  flat,  // flat, flt, apartment, apt, unit, maisonette: one numbering, the word is not part of the identity
  labelled,  // room, suite, office, pitch, ...: numberings of their own; the word is part of the identity
  single,    // annexe, penthouse, studio, bedsit: labelled, and often without a number
  block,     // block, tower, wing, core, staircase: a part of a building that holds several units
};
UnitWord unit_word(std::string_view word);
// "room" for rm and rooms; only for the labelled and single ones and blocks.
std::string_view unit_label(std::string_view word);

// "ground", "first", ... for ground, grd, 1st, first, ...; empty for other words.
std::string_view floor_ordinal(std::string_view word);
bool is_floor_word(std::string_view word);      // floor, flr, fl
bool is_floor_position(std::string_view word);  // front, rear, left, ...
bool is_flat_position(
    std::string_view word);  // with a flat word behind: garden, top, upper, rear, attic, ...
std::string_view floor_abbreviation(std::string_view word);  // "ground floor" for gff, gf; empty for others

// First words of names in which "st" is Saint: johns, marys, andrews, ...
bool is_saint(std::string_view word);
bool is_country(std::string_view word_or_words);  // "uk", "united kingdom", "england", ...
bool is_county(std::string_view word_or_words);   // "essex", "west yorkshire", ...

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ADDRESS_WORDS_H_
