// The people of a household: names by tradition, sex, birth date, and how each stands with the register.
#ifndef SCRUTINEER_SYNTH_PEOPLE_H_
#define SCRUTINEER_SYNTH_PEOPLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "synth/geography.h"
#include "synth/random.h"
#include "synth/tables/tables.h"

namespace scrutineer::synth {

struct PersonName {
  std::string given, middle, family;
  friend bool operator==(const PersonName&, const PersonName&) = default;
};

struct Person {
  PersonName name;
  Tradition tradition = Tradition::british;
  bool female = false;
  Date birth;
  bool may_register = true;  // a qualifying citizen
  bool registers = true;     // puts the name on the register, sooner or later; never without may_register
  std::uint8_t lag = 0;      // half-years between moving in and the first snapshot with the name
  std::uint8_t stale = 0;    // half-years for which the name stays on after moving out
};

// A tradition by its share of households.
Tradition draw_tradition(Draw& draw);
// A surname; inflected for women where the tradition does so.
std::string draw_family_name(Draw& draw, Tradition tradition, bool female);
std::string inflected(std::string_view family, Tradition tradition, bool female);
// Forenames and surname. `family` is the household's surname, or empty for one of the person's own.
PersonName draw_name(Draw& draw, Tradition tradition, bool female, std::string_view family);

// Everyone of one household, adults first; empty for a vacant dwelling or room. `moved_in` is the day for
// which ages are drawn. No two of a household share their forename, but for one father and son in some three
// hundred.
void draw_household(std::uint64_t seed, std::uint64_t household, DwellingKind kind, Date moved_in,
                    std::vector<Person>& people);

// Years completed on a day.
int age_on(Date birth, Date day);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_PEOPLE_H_
