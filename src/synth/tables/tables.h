// The word lists of the invented world. They are short and were written for this project from general
// knowledge: names in wide use, roughly the commoner first, and invented places. No list or frequency of
// another data set was copied, so nothing here carries another's licence. People are random combinations of
// these words; a likeness to anyone living is chance. Surnames beyond the listed ones are put together from
// two parts.
#ifndef SCRUTINEER_SYNTH_TABLES_TABLES_H_
#define SCRUTINEER_SYNTH_TABLES_TABLES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace scrutineer::synth {

// Ways of naming people: how forenames, surnames and their sharing in a household work.
enum class Tradition : std::uint8_t {
  british,
  irish,
  bengali,
  punjabi,
  gujarati,
  polish,
  west_african,
  turkish,
  chinese,
  portuguese,
  arabic,
  romanian,
};
inline constexpr std::size_t tradition_count = 12;

using Words = std::span<const std::string_view>;

struct NameTable {
  double share = 0;     // of households
  Words male, female;   // forenames
  Words family;         // the head of the surname law
  Words heads, tails;   // the rest: one of each, put together; empty where the tradition has none
  double listed = 1;    // probability that a surname is a listed one
  double middle = 0;    // probability of a further forename
  double shared = 0.9;  // probability that partners and children bear one surname
};
const NameTable& names_of(Tradition tradition);

// Words of the Bengali and Punjabi traditions with little weight as names.
extern const Words bengali_male_prefixes;  // Md, Abdul, ...
extern const Words bengali_female_titles;  // Begum, Khatun, ...

// Groups of spellings of one name, and short forms: the first word of each group is the full form.
extern const std::span<const Words> spelling_groups;
extern const std::span<const Words> nicknames;

// Places.
extern const Words town_heads, town_tails, ward_names, street_stems, street_types, building_stems,
    building_types, house_names, care_home_stems;
// Postcode areas that are grammatical and that no post office uses.
extern const Words postcode_areas;

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_TABLES_TABLES_H_
