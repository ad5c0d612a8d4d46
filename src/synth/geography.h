// The invented borough on the ground: dwellings numbered from 0, each with its kind and its address as
// functions of the number alone. Twelve dwellings in a row share a postcode (a segment), six segments make a
// street, twenty streets a polling district, three hundred a town. The kinds of segments repeat every fifty
// in a fixed order, so the dwellings of one kind in a town can be counted off, which the chains of movers
// need (population.h).
#ifndef SCRUTINEER_SYNTH_GEOGRAPHY_H_
#define SCRUTINEER_SYNTH_GEOGRAPHY_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace scrutineer::synth {

enum class DwellingKind : std::uint8_t { house, block, converted, named, hmo, student, care };
inline constexpr std::size_t dwelling_kinds = 7;
std::string_view to_string(
    DwellingKind kind);  // "house", "block", "converted", "named", "hmo", "student", "care"

inline constexpr std::uint64_t dwellings_a_segment = 12;
inline constexpr std::uint64_t segments_a_street = 6;
inline constexpr std::uint64_t streets_a_district = 20;
inline constexpr std::uint64_t districts_a_town = 15;
inline constexpr std::uint64_t districts_a_ward = 3;
inline constexpr std::uint64_t dwellings_a_street = dwellings_a_segment * segments_a_street;
inline constexpr std::uint64_t dwellings_a_district = dwellings_a_street * streets_a_district;
inline constexpr std::uint64_t dwellings_a_town = dwellings_a_district * districts_a_town;
inline constexpr std::uint64_t pattern_length = 50;  // segments after which the kinds repeat

DwellingKind kind_of(std::uint64_t dwelling);
// Households that live there side by side: rooms let singly in shared houses, 1 in a dwelling for one
// household.
unsigned units_of(DwellingKind kind);
// How many segments of the pattern are of this kind, and how many stand before this segment within its
// pattern.
std::uint64_t segments_of_kind(DwellingKind kind);
std::uint64_t rank_in_pattern(std::uint64_t segment);
// The segment of this kind with the given rank within pattern number `pattern`: the reverse of the above.
std::uint64_t segment_of_rank(DwellingKind kind, std::uint64_t pattern, std::uint64_t rank);

// Dwellings with one number here have one address (the rooms of a care home).
std::uint64_t address_of(std::uint64_t dwelling);

struct Address {
  std::string flat;      // "2", "A"; empty where there is none
  std::string building;  // "Rosewood Court", "Mill House", "Beech Care Home"
  std::string number;    // "14", "12a"
  std::string street;    // "Oak Road"
  std::string town;
  std::string postcode;  // "NM4 2AB"
};

class Geography {
 public:
  explicit Geography(std::uint64_t seed) : seed_(seed) {}
  [[nodiscard]] Address address(std::uint64_t dwelling) const;
  [[nodiscard]] std::string street(std::uint64_t street) const;
  [[nodiscard]] std::string town(std::uint64_t town) const;
  [[nodiscard]] std::string ward(std::uint64_t dwelling) const;
  [[nodiscard]] std::string postcode(std::uint64_t segment) const;
  // The letters of a polling district: AA, AB, ...; longer where the number needs it.
  [[nodiscard]] static std::string district_letters(std::uint64_t district);

 private:
  std::uint64_t seed_;
};

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_GEOGRAPHY_H_
