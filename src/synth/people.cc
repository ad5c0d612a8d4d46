#include "synth/people.h"

#include <algorithm>
#include <array>

namespace scrutineer::synth {
namespace {

// What differs between kinds of dwelling. Registration follows the Electoral Commission's finding that it
// falls with private renting and recent moves; the figures are ours.
struct Tenure {
  double vacant;
  double may_not_register;
  double unregistered;   // among those who may
  int youngest, oldest;  // of the first adult
};
constexpr std::array<Tenure, dwelling_kinds> tenures = {{
    {.04, .04, .05, 24, 90},  // house
    {.06, .10, .12, 21, 86},  // block
    {.07, .12, .17, 21, 70},  // converted
    {.05, .02, .04, 30, 92},  // named
    {.28, .18, .30, 19, 48},  // hmo, a room
    {.18, .18, .38, 18, 24},  // student, a room
    {.12, .01, .08, 72, 99},  // care, a room
}};

constexpr std::array<double, 5> adult_counts_house = {.30, .46, .14, .07, .03};
constexpr std::array<double, 5> adult_counts_flat = {.48, .40, .08, .03, .01};

std::string_view pick(Draw& draw, Words words) {
  return words[draw.ranked(words.size())];
}

// "Silva" and "Costa" -> "Silva Costa"; nobody bears one name twice.
void append_second(std::string& family, char separator, std::string_view second) {
  if (family == second) return;
  family += separator;
  family += second;
}

PersonName bengali_name(Draw& draw, bool female, std::string_view family) {
  const NameTable& table = names_of(Tradition::bengali);
  PersonName name;
  const std::string_view own = pick(draw, female ? table.female : table.male);
  const bool prefixed = draw.chance(female ? .10 : .45);
  const std::string_view prefix =
      female ? "Mst" : bengali_male_prefixes[draw.below(bengali_male_prefixes.size())];
  name.given = prefixed ? prefix : own;
  if (prefixed) name.middle = own;
  // Most women bear a title in the surname's place; most surnames are not shared in a household.
  if (female && draw.chance(.72)) {
    name.family = bengali_female_titles[draw.below(bengali_female_titles.size())];
  } else {
    name.family = family.empty() ? pick(draw, table.family) : family;
  }
  return name;
}

PersonName punjabi_name(Draw& draw, bool female, std::string_view family) {
  const NameTable& table = names_of(Tradition::punjabi);
  PersonName name;
  name.given = pick(draw, female ? table.female : table.male);
  const std::string_view religious = female ? "Kaur" : "Singh";
  const bool alone = family.empty() || family == "Singh";  // no family name beside Singh or Kaur
  if (alone) {
    name.family = religious;
  } else {
    name.family = family;
    if (draw.chance(.7)) name.middle = religious;
  }
  return name;
}

Person draw_person(Draw& draw, const Tenure& tenure, Tradition tradition, bool female,
                   std::string_view family, int age, Date moved_in) {
  Person person;
  person.tradition = tradition;
  person.female = female;
  person.name = draw_name(draw, tradition, female, family);
  person.birth = moved_in + -static_cast<std::int32_t>(age * 365.2425 + 365 * draw.unit());
  const bool foreign = tradition != Tradition::british && tradition != Tradition::irish;
  person.may_register = !draw.chance(tenure.may_not_register * (foreign ? 1.6 : .2));
  person.registers = person.may_register && !draw.chance(tenure.unregistered * (age < 30 ? 1.4 : .9));
  const double lag = draw.unit();
  person.lag = lag < .62 ? 0 : lag < .92 ? 1 : 2;
  const double stale = draw.unit();
  person.stale = stale < .70 ? 0 : stale < .92 ? 1 : 2;
  return person;
}

bool forename_taken(const std::vector<Person>& people, const PersonName& name) {
  return std::ranges::any_of(people, [&](const Person& other) {
    return other.name.given == name.given && other.name.middle == name.middle;
  });
}

}  // namespace

int age_on(Date birth, Date day) {
  const int years = day.year() - birth.year();
  const bool before =
      day.month() < birth.month() || (day.month() == birth.month() && day.day() < birth.day());
  return years - (before ? 1 : 0);
}

Tradition draw_tradition(Draw& draw) {
  static const std::array<double, tradition_count> shares = [] {
    std::array<double, tradition_count> all{};
    for (std::size_t which = 0; which < all.size(); ++which)
      all[which] = names_of(static_cast<Tradition>(which)).share;
    return all;
  }();
  return static_cast<Tradition>(draw.weighted(shares));
}

std::string inflected(std::string_view family, Tradition tradition, bool female) {
  std::string name(family);
  if (tradition == Tradition::polish && female && name.ends_with("ski")) name.back() = 'a';
  return name;
}

std::string draw_family_name(Draw& draw, Tradition tradition, bool female) {
  const NameTable& table = names_of(tradition);
  std::string family;
  if (table.heads.empty() || draw.chance(table.listed)) {
    family = pick(draw, table.family);
  } else {
    family = table.heads[draw.below(table.heads.size())];
    family += table.tails[draw.below(table.tails.size())];
  }
  if (tradition == Tradition::portuguese && draw.chance(.5)) {
    append_second(family, ' ', pick(draw, table.family));
  } else if (tradition == Tradition::british && draw.chance(.015)) {
    append_second(family, '-', pick(draw, table.family));
  }
  return inflected(family, tradition, female);
}

PersonName draw_name(Draw& draw, Tradition tradition, bool female, std::string_view family) {
  if (tradition == Tradition::bengali) return bengali_name(draw, female, family);
  if (tradition == Tradition::punjabi) return punjabi_name(draw, female, family);
  const NameTable& table = names_of(tradition);
  const Words forenames = female ? table.female : table.male;
  PersonName name;
  name.given = pick(draw, forenames);
  if (draw.chance(table.middle)) {
    name.middle = pick(draw, forenames);
    if (name.middle == name.given) name.middle.clear();
  }
  name.family =
      family.empty() ? draw_family_name(draw, tradition, female) : inflected(family, tradition, female);
  return name;
}

void draw_household(std::uint64_t seed, std::uint64_t household, DwellingKind kind, Date moved_in,
                    std::vector<Person>& people) {
  people.clear();
  const Tenure& tenure = tenures[static_cast<std::size_t>(kind)];
  Draw draw(seed, Stream::household, household);
  if (draw.chance(tenure.vacant)) return;
  const Tradition tradition = draw_tradition(draw);
  const NameTable& table = names_of(tradition);
  const std::string family = draw_family_name(draw, tradition, false);
  const bool single_room = units_of(kind) > 1;
  const auto& counts =
      kind == DwellingKind::house || kind == DwellingKind::named ? adult_counts_house : adult_counts_flat;
  const std::size_t adults = single_room ? 1 : 1 + draw.weighted(counts);
  const auto span = static_cast<std::uint64_t>(tenure.oldest - tenure.youngest);
  // The mean of two draws: middle ages are commoner than the ends.
  const int head_age = tenure.youngest + static_cast<int>((draw.below(span + 1) + draw.below(span + 1)) / 2);
  const bool teenager = !single_room && head_age >= 36 && head_age <= 58 && draw.chance(.25);
  for (std::size_t index = 0; index < adults + (teenager ? 1 : 0); ++index) {
    Draw own(seed, Stream::person, household, index);
    int age = head_age;
    bool female = own.chance(.5);
    bool shares = own.chance(table.shared);
    if (index == 1) {  // mostly a partner of the other sex
      female = !people[0].female;
      age = std::max(18, head_age - 6 + static_cast<int>(own.below(13)));
    } else if (index >= adults) {
      age = 10 + static_cast<int>(own.below(8));
    } else if (index > 1) {  // a grown child, a parent, or a lodger with another name
      age = head_age >= 38 ? 18 + static_cast<int>(own.below(static_cast<std::uint64_t>(head_age - 37)))
                           : std::min(95, head_age + static_cast<int>(own.below(35)));
      shares = shares && !own.chance(.12);
    }
    if (index == 0) shares = true;
    Person person =
        draw_person(own, tenure, tradition, female, shares ? family : std::string_view(), age, moved_in);
    const bool namesake_allowed = own.chance(.003);
    for (int attempt = 0; attempt < 8 && !namesake_allowed && forename_taken(people, person.name);
         ++attempt) {
      person.name = draw_name(own, tradition, female, shares ? std::string_view(person.name.family) : family);
    }
    people.push_back(std::move(person));
  }
}

}  // namespace scrutineer::synth
