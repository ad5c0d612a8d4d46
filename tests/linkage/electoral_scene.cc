#include "linkage/electoral_scene.h"

#include <array>
#include <cmath>
#include <string_view>

#include "linkage/fixed_point.h"

namespace scrutineer::tests {
namespace {

constexpr std::array<std::string_view, 24> female = {
    "mary",    "susan",    "elizabeth", "fatima", "ayesha", "joan",   "jane",   "katherine",
    "helen",   "margaret", "nasreen",   "chloe",  "emily",  "sophie", "priya",  "agnieszka",
    "rebecca", "deborah",  "patricia",  "laura",  "amina",  "grace",  "olivia", "ruth"};
constexpr std::array<std::string_view, 24> male = {
    "john",   "david",  "mohammed", "william", "james",  "robert",      "michael", "abdul",
    "peter",  "thomas", "daniel",   "ali",     "joseph", "christopher", "andrew",  "piotr",
    "rajesh", "samuel", "george",   "oliver",  "jack",   "hassan",      "edward",  "mark"};
constexpr std::array<std::string_view, 20> family_starts = {
    "smith", "khan",  "begum", "patel", "jones", "ahmed", "brown", "wil", "har", "mac",
    "ros",   "thorn", "chow",  "sing",  "gra",   "ben",   "ash",   "kow", "del", "wood"};
constexpr std::array<std::string_view, 20> family_ends = {
    "",     "son", "ton",  "ham", "dhury", "ley", "well", "by",   "man", "ski",
    "ford", "er",  "ield", "ing", "mont",  "ard", "wick", "aran", "ell", "ow"};
constexpr std::array<std::string_view, 8> street_ends = {"street", "road", "avenue", "close",
                                                         "lane",   "way",  "grove",  "court"};

class Source {
 public:
  explicit Source(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t below(std::uint64_t limit) {
    return linkage::below(linkage::mixed(seed_, counter_++), limit);
  }
  bool chance(double share) { return static_cast<double>(below(1'000'000)) < share * 1e6; }
  // 0 .. limit - 1, small numbers more often.
  std::size_t skewed(std::size_t limit) {
    const double share = static_cast<double>(below(1'000'000)) / 1e6;
    return static_cast<std::size_t>(std::pow(share, 2.2) * static_cast<double>(limit));
  }

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
};

struct Elector {
  std::string given, middle, family, sex;
};

struct Dwelling {
  std::string number, street, postcode, unit, building;
};

std::string family_name(Source& source) {
  std::string name(family_starts[source.skewed(family_starts.size())]);
  name += family_ends[source.skewed(family_ends.size())];
  if (source.chance(0.5))
    name += std::string(1, static_cast<char>('a' + source.below(26))) + family_ends[source.below(20)].data();
  return name;
}

Elector elector(Source& source, std::string family) {
  Elector person;
  const bool woman = source.chance(0.5);
  person.sex = woman ? "f" : "m";
  person.given = woman ? female[source.skewed(female.size())] : male[source.skewed(male.size())];
  // Many more forenames than the lists hold.
  if (source.chance(0.35))
    person.given +=
        std::string(1, "aeioy"[source.below(5)]) + std::string(1, static_cast<char>('a' + source.below(26)));
  if (source.chance(0.3))
    person.middle = woman ? female[source.below(female.size())] : male[source.below(male.size())];
  person.family = std::move(family);
  return person;
}

Dwelling dwelling(Source& source, std::size_t index) {
  const std::size_t block = index / 14;  // dwellings of one postcode, which lie in one street
  Source of_block(block * 7919 + 17);
  Dwelling home;
  home.street = std::string(family_starts[of_block.below(20)]) +
                std::string(family_ends[of_block.below(20)]) + " " +
                std::string(street_ends[of_block.below(8)]);
  home.postcode = "n" + std::to_string(block / 5000 % 90 + 1) + " " + std::to_string(block / 500 % 10) +
                  std::string(1, static_cast<char>('a' + block / 20 % 25)) +
                  std::string(1, static_cast<char>('a' + block % 20));
  const bool flats = of_block.chance(0.3);
  const std::size_t position = index % 14;
  home.number = std::to_string(flats ? 1 + 2 * (position / 7) : 1 + 2 * position);
  home.building = home.postcode + "|" + home.number;
  home.unit = home.building + (flats ? "|" + std::to_string(position % 7 + 1) : "");
  (void)source;
  return home;
}

void append(SceneTable& table, const Elector& person, const Dwelling& home) {
  table.given.append(person.given);
  table.middle.append(person.middle);
  table.family.append(person.family);
  table.sex.append(person.sex);
  table.number.append(home.number);
  table.street.append(home.street);
  table.postcode.append(home.postcode);
  table.unit.append(home.unit);
  table.building.append(home.building);
}

std::string mistyped(std::string text, Source& source) {
  if (text.size() < 4) return text;
  const std::size_t at = 1 + source.below(text.size() - 2);
  switch (source.below(3)) {
    case 0:
      text[at] = static_cast<char>('a' + source.below(26));
      break;
    case 1:
      text.erase(at, 1);
      break;
    default:
      std::swap(text[at], text[at + 1]);
      break;
  }
  return text;
}

std::string short_form(std::string_view given) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> forms = {{{"william", "bill"},
                                                                                   {"robert", "bob"},
                                                                                   {"elizabeth", "liz"},
                                                                                   {"michael", "mick"},
                                                                                   {"mohammed", "md"},
                                                                                   {"margaret", "peggy"},
                                                                                   {"katherine", "kate"},
                                                                                   {"thomas", "tom"}}};
  for (const auto& [full, form] : forms) {
    if (full == given) return std::string(form);
  }
  return std::string(given);
}

// As people write themselves down when they join.
Elector as_member(Elector person, Source& source) {
  if (source.chance(0.10)) person.given = short_form(person.given);
  if (source.chance(0.05)) person.given = mistyped(person.given, source);
  if (source.chance(0.05)) person.family = mistyped(person.family, source);
  if (source.chance(0.03)) person.given = person.given.substr(0, 1);
  if (source.chance(0.02)) std::swap(person.given, person.family);
  if (source.chance(0.4)) person.middle.clear();
  if (source.chance(0.2)) person.sex.clear();
  return person;
}

}  // namespace

ElectoralScene electoral_scene(std::size_t electors, std::size_t members, std::uint64_t seed) {
  ElectoralScene scene;
  Source source(seed);
  std::vector<Elector> people;
  std::vector<std::size_t> homes;  // of each elector
  std::vector<Dwelling> dwellings;
  while (people.size() < electors) {
    dwellings.push_back(dwelling(source, dwellings.size()));
    const std::size_t size = 1 + source.skewed(5);
    std::string family = family_name(source);
    for (std::size_t at = 0; at < size; ++at) {
      Elector person = elector(source, source.chance(0.75) ? family : family_name(source));
      // A son named after his father: told apart by nothing but, perhaps, a middle name.
      if (at > 0 && source.chance(0.01)) person.given = people.back().given;
      people.push_back(std::move(person));
      homes.push_back(dwellings.size() - 1);
      append(scene.electors, people.back(), dwellings.back());
    }
  }
  const std::size_t step = people.size() / members;
  for (std::size_t member = 0; member < members; ++member) {
    const std::size_t row = member * step + source.below(step);
    const std::uint64_t fate = source.below(10);
    const auto elsewhere = static_cast<std::size_t>(source.below(dwellings.size()));
    if (fate < 8) {
      append(scene.members, as_member(people[row], source), dwellings[homes[row]]);
      scene.at_address.push_back(static_cast<std::uint32_t>(row));
      scene.anywhere.push_back(static_cast<std::uint32_t>(row));
    } else if (fate == 8) {
      append(scene.members, as_member(people[row], source), dwellings[elsewhere]);
      scene.at_address.push_back(ElectoralScene::nobody);
      scene.anywhere.push_back(static_cast<std::uint32_t>(row));
    } else {
      append(scene.members, elector(source, family_name(source)), dwellings[elsewhere]);
      scene.at_address.push_back(ElectoralScene::nobody);
      scene.anywhere.push_back(ElectoralScene::nobody);
    }
  }
  return scene;
}

}  // namespace scrutineer::tests
