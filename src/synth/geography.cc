#include "synth/geography.h"

#include <array>

#include "synth/random.h"
#include "synth/tables/tables.h"

namespace scrutineer::synth {
namespace {

constexpr std::array<DwellingKind, pattern_length> make_pattern() {
  constexpr std::string_view letters = "HHFHCHFHMHHFHSHFHCHFHHNFHMHFCHHFSHHFHMHFHCHFHHFKMS";
  static_assert(letters.size() == pattern_length);
  std::array<DwellingKind, pattern_length> pattern{};
  for (std::size_t place = 0; place < pattern_length; ++place) {
    switch (letters[place]) {
      case 'F':
        pattern[place] = DwellingKind::block;
        break;
      case 'C':
        pattern[place] = DwellingKind::converted;
        break;
      case 'N':
        pattern[place] = DwellingKind::named;
        break;
      case 'M':
        pattern[place] = DwellingKind::hmo;
        break;
      case 'S':
        pattern[place] = DwellingKind::student;
        break;
      case 'K':
        pattern[place] = DwellingKind::care;
        break;
      default:
        pattern[place] = DwellingKind::house;
    }
  }
  return pattern;
}
constexpr auto pattern = make_pattern();

constexpr std::array<std::uint64_t, dwelling_kinds> count_kinds() {
  std::array<std::uint64_t, dwelling_kinds> counts{};
  for (const DwellingKind kind : pattern) ++counts[static_cast<std::size_t>(kind)];
  return counts;
}
constexpr auto kind_counts = count_kinds();

constexpr std::array<std::uint64_t, pattern_length> rank_places() {
  std::array<std::uint64_t, dwelling_kinds> counts{};
  std::array<std::uint64_t, pattern_length> ranks{};
  for (std::size_t place = 0; place < pattern_length; ++place) {
    ranks[place] = counts[static_cast<std::size_t>(pattern[place])]++;
  }
  return ranks;
}
constexpr auto pattern_ranks = rank_places();

// House numbers run odd on one side of the street and even on the other, segment by segment.
std::uint64_t house_number(std::uint64_t segment, std::uint64_t place) {
  const std::uint64_t within = segment % segments_a_street;
  return 2 * (within / 2 * dwellings_a_segment + place) + 1 + within % 2;
}

std::string joined(std::string_view first, std::string_view second) {
  std::string text(first);
  text += ' ';
  text += second;
  return text;
}

}  // namespace

std::string_view to_string(DwellingKind kind) {
  constexpr std::array<std::string_view, dwelling_kinds> names = {"house", "block",   "converted", "named",
                                                                  "hmo",   "student", "care"};
  return names[static_cast<std::size_t>(kind)];
}

DwellingKind kind_of(std::uint64_t dwelling) {
  return pattern[dwelling / dwellings_a_segment % pattern_length];
}

unsigned units_of(DwellingKind kind) {
  switch (kind) {
    case DwellingKind::hmo:
    case DwellingKind::student:
      return 6;
    case DwellingKind::care:
      return 2;
    default:
      return 1;
  }
}

std::uint64_t segments_of_kind(DwellingKind kind) {
  return kind_counts[static_cast<std::size_t>(kind)];
}

std::uint64_t rank_in_pattern(std::uint64_t segment) {
  return pattern_ranks[segment % pattern_length];
}

std::uint64_t segment_of_rank(DwellingKind kind, std::uint64_t which, std::uint64_t rank) {
  for (std::uint64_t place = 0; place < pattern_length; ++place) {
    if (pattern[place] == kind && pattern_ranks[place] == rank) return which * pattern_length + place;
  }
  return which * pattern_length;
}

std::uint64_t address_of(std::uint64_t dwelling) {
  return kind_of(dwelling) == DwellingKind::care ? dwelling - dwelling % dwellings_a_segment : dwelling;
}

std::string Geography::town(std::uint64_t town) const {
  const std::uint64_t combinations = town_heads.size() * town_tails.size();
  const std::uint64_t pick = (town * 37) % combinations;  // town 0 is Northmere whatever the seed
  std::string name(town_heads[pick % town_heads.size()]);
  name += town_tails[pick / town_heads.size() % town_tails.size()];
  if (town >= combinations) name = joined("New", name);
  return name;
}

std::string Geography::street(std::uint64_t street) const {
  constexpr std::uint64_t streets_a_town = streets_a_district * districts_a_town;
  const std::uint64_t town = street / streets_a_town;
  // A multiplier coprime to the number of combinations gives every street of a town a name of its own.
  const std::uint64_t combinations = street_stems.size() * street_types.size();
  const std::uint64_t shift = key_of(seed_, Stream::street, town) % combinations;
  const std::uint64_t pick = (street % streets_a_town * 1009 + shift) % combinations;
  return joined(street_stems[pick % street_stems.size()], street_types[pick / street_stems.size()]);
}

std::string Geography::postcode(std::uint64_t segment) const {
  constexpr std::string_view inward = "ABDEFGHJLNPQRSTUWXYZ";  // the letters that inward codes use
  const std::uint64_t unit =
      segment * 7 % 4000;  // neighbours in a street do not differ by the last letter alone
  const std::uint64_t district = segment / 4000;
  std::string code(postcode_areas[district / 99 % postcode_areas.size()]);
  code += std::to_string(district % 99 + 1);
  code += ' ';
  code += static_cast<char>('0' + unit / 400);
  code += inward[unit / 20 % 20];
  code += inward[unit % 20];
  return code;
}

std::string Geography::ward(std::uint64_t dwelling) const {
  const std::uint64_t town_number = dwelling / dwellings_a_town;
  const std::uint64_t within = dwelling / dwellings_a_district % districts_a_town / districts_a_ward;
  return joined(town(town_number), ward_names[within % ward_names.size()]);
}

std::string Geography::district_letters(std::uint64_t district) {
  std::string letters;
  do {
    letters.insert(letters.begin(), static_cast<char>('A' + district % 26));
    district /= 26;
  } while (district > 0 || letters.size() < 2);
  return letters;
}

Address Geography::address(std::uint64_t dwelling) const {
  const std::uint64_t segment = dwelling / dwellings_a_segment;
  const std::uint64_t place = dwelling % dwellings_a_segment;
  Draw draw(seed_, Stream::building, segment);
  Address address;
  address.street = street(segment / segments_a_street);
  address.town = town(dwelling / dwellings_a_town);
  address.postcode = postcode(segment);
  switch (kind_of(dwelling)) {
    case DwellingKind::block: {
      const std::string_view stem = building_stems[draw.below(building_stems.size())];
      address.building = joined(stem, building_types[draw.below(building_types.size())]);
      address.flat = std::to_string(place + 1);
      address.number = std::to_string(house_number(segment, draw.below(dwellings_a_segment)));
      break;
    }
    case DwellingKind::converted:  // three flats to a house
      address.flat = std::string(1, static_cast<char>('A' + place % 3));
      address.number = std::to_string(house_number(segment, place / 3 * 3));
      break;
    case DwellingKind::named:
      address.building = house_names[(draw.below(house_names.size()) + place) % house_names.size()];
      break;
    case DwellingKind::care:
      address.building = joined(care_home_stems[draw.below(care_home_stems.size())], "Care Home");
      address.number = std::to_string(house_number(segment, 0));
      break;
    default:
      address.number = std::to_string(house_number(segment, place));
  }
  return address;
}

}  // namespace scrutineer::synth
