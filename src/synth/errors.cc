#include "synth/errors.h"

#include <array>
#include <cctype>
#include <map>
#include <utility>
#include <vector>

#include "base/text.h"

namespace scrutineer::synth {
namespace {

bool letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

char keyboard_neighbour(Draw& draw, char byte) {
  constexpr std::array<std::string_view, 3> rows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  const bool upper = byte >= 'A' && byte <= 'Z';
  const char lower = upper ? static_cast<char>(byte + ('a' - 'A')) : byte;
  for (const std::string_view row : rows) {
    const std::size_t place = row.find(lower);
    if (place == std::string_view::npos) continue;
    const bool right = place == 0 || (place + 1 < row.size() && draw.chance(.5));
    const char other = row[right ? place + 1 : place - 1];
    return upper ? static_cast<char>(other - ('a' - 'A')) : other;
  }
  return byte;
}

using GroupIndex = std::multimap<std::string_view, const Words*>;

GroupIndex index_groups(std::span<const Words> groups, bool full_form_only) {
  GroupIndex index;
  for (const Words& group : groups) {
    for (const std::string_view word : full_form_only ? group.first(1) : group) index.emplace(word, &group);
  }
  return index;
}

bool generic(std::string_view word) {
  constexpr std::array<std::string_view, 8> words = {"Md",    "Mst",  "Mohammed", "Muhammad",
                                                     "Abdul", "Syed", "Abu",      "Kaur"};
  for (const std::string_view other : words) {
    if (word == other) return true;
  }
  return false;
}

// "Md Rafiq" -> "Rafiq"; "Rahima Begum" -> "Rahima Khatun".
void change_generic_words(Draw& draw, PersonName& name) {
  if (generic(name.given) && !name.middle.empty()) {
    name.given = std::exchange(name.middle, {});
  } else if (generic(name.middle)) {
    name.middle.clear();
  }
  for (const std::string_view title : bengali_female_titles) {
    if (name.family != title || !draw.chance(.3)) continue;
    name.family = bengali_female_titles[draw.below(bengali_female_titles.size())];
    return;
  }
}

std::string abbreviated(std::string_view street) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types = {{{" Road", " Rd"},
                                                                                   {" Street", " St"},
                                                                                   {" Avenue", " Ave"},
                                                                                   {" Close", " Cl"},
                                                                                   {" Lane", " Ln"},
                                                                                   {" Drive", " Dr"},
                                                                                   {" Gardens", " Gdns"}}};
  for (const auto& [type, brief] : types) {
    if (street.ends_with(type))
      return std::string(street.substr(0, street.size() - type.size())).append(brief);
  }
  return std::string(street);
}

std::string comma(std::string_view first, std::string_view second) {
  std::string text(first);
  if (!first.empty() && !second.empty()) text += ", ";
  return text.append(second);
}

std::string flat_and_building(Draw& draw, const Address& address) {
  const double style = draw.unit();
  if (style < .60) return comma("Flat " + address.flat, address.building);
  if (style < .70) return comma("Flt " + address.flat, address.building);
  if (style < .77) return comma("Apt " + address.flat, address.building);
  if (address.building.empty())
    return style < .90 ? "Flat " + address.flat : comma("FLAT " + address.flat, "");
  if (style < .88) return address.flat + " " + address.building;
  if (style < .95) return comma(address.building, "Flat " + address.flat);
  return "Flat " + address.flat;  // the building is left out, street and number say it
}

void rewrite_postcode(Draw& draw, std::string& postcode) {
  const double style = draw.unit();
  if (style < .015) {
    postcode.clear();
  } else if (style < .06) {
    postcode.erase(postcode.find(' '), 1);
  } else if (style < .10) {
    postcode = ascii_lower(postcode);
  }
}

}  // namespace

std::string without_accents(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 54> letters = {
      {{"ą", 'a'}, {"ć", 'c'}, {"ę", 'e'}, {"ł", 'l'}, {"Ł", 'L'}, {"ń", 'n'}, {"ó", 'o'}, {"ś", 's'},
       {"Ś", 'S'}, {"ź", 'z'}, {"ż", 'z'}, {"Ż", 'Z'}, {"ç", 'c'}, {"Ç", 'C'}, {"ğ", 'g'}, {"ı", 'i'},
       {"İ", 'I'}, {"ö", 'o'}, {"Ö", 'O'}, {"ş", 's'}, {"Ş", 'S'}, {"ü", 'u'}, {"Ü", 'U'}, {"á", 'a'},
       {"â", 'a'}, {"ã", 'a'}, {"à", 'a'}, {"é", 'e'}, {"ê", 'e'}, {"è", 'e'}, {"í", 'i'}, {"î", 'i'},
       {"ô", 'o'}, {"õ", 'o'}, {"ú", 'u'}, {"Á", 'A'}, {"É", 'E'}, {"Í", 'I'}, {"Ó", 'O'}, {"Ú", 'U'},
       {"Â", 'A'}, {"ă", 'a'}, {"Ă", 'A'}, {"ș", 's'}, {"Ș", 'S'}, {"ț", 't'}, {"Ț", 'T'}, {"ţ", 't'},
       {"Ţ", 'T'}, {"û", 'u'}, {"ï", 'i'}, {"Ź", 'Z'}, {"Ć", 'C'}, {"ñ", 'n'}}};
  if (is_ascii(text)) return std::string(text);
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      for (const auto& [accented, letter_without] : letters) {
        if (!text.substr(at).starts_with(accented)) continue;
        plain += letter_without;
        at += accented.size();
        found = true;
        break;
      }
    }
    if (!found) plain += text[at++];
  }
  return plain;
}

std::string capitals(std::string_view text) {
  std::string upper = without_accents(text);
  for (char& byte : upper) {
    if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - ('a' - 'A'));
  }
  return upper;
}

std::string mistyped(Draw& draw, std::string_view text) {
  std::string wrong(text);
  if (text.size() < 3) return wrong;
  for (int attempt = 0; attempt < 8; ++attempt) {
    const std::size_t place = 1 + draw.below(text.size() - 1);  // first letters are seldom wrong
    if (!letter(wrong[place])) continue;
    switch (draw.below(4)) {
      case 0:
        wrong.erase(place, 1);
        return wrong;
      case 1:
        wrong.insert(place, 1, wrong[place]);
        return wrong;
      case 2:
        if (place + 1 >= wrong.size() || !letter(wrong[place + 1]) || wrong[place] == wrong[place + 1])
          continue;
        std::swap(wrong[place], wrong[place + 1]);
        return wrong;
      default:
        wrong[place] = keyboard_neighbour(draw, wrong[place]);
        return wrong;
    }
  }
  return wrong;
}

std::string other_spelling(Draw& draw, std::string_view name) {
  static const GroupIndex index = index_groups(spelling_groups, false);
  const auto found = index.find(name);
  if (found == index.end()) return std::string(name);
  const Words& group = *found->second;
  const std::string_view other = group[draw.below(group.size())];
  return std::string(other == name ? group[other == group[0] ? 1 : 0] : other);
}

std::string short_form(Draw& draw, std::string_view name) {
  static const GroupIndex index = index_groups(nicknames, true);
  const auto found = index.find(name);
  if (found == index.end()) return std::string(name);
  const Words& group = *found->second;
  return std::string(group[1 + draw.below(group.size() - 1)]);
}

PersonName miswritten(Draw& draw, const Person& person, const NameErrors& errors) {
  PersonName name = person.name;
  if (draw.chance(errors.generic_lost)) change_generic_words(draw, name);
  if (draw.chance(errors.middle_lost) && !generic(name.given)) {
    name.middle.clear();
  } else if (draw.chance(errors.middle_initial) && !generic(name.given) &&
             letter(name.middle.empty() ? ' ' : name.middle[0])) {
    name.middle.resize(1);
  }
  if (draw.chance(errors.spelling)) name.given = other_spelling(draw, name.given);
  if (draw.chance(errors.spelling)) name.family = other_spelling(draw, name.family);
  if (draw.chance(errors.short_form)) name.given = short_form(draw, name.given);
  if (person.female && draw.chance(errors.other_surname))
    name.family = draw_family_name(draw, person.tradition, true);
  if (draw.chance(errors.typing)) {
    std::string& part = draw.chance(.5) ? name.given : name.family;
    part = mistyped(draw, part);
  }
  if (draw.chance(errors.accents_lost)) {
    name = {without_accents(name.given), without_accents(name.middle), without_accents(name.family)};
  }
  if (draw.chance(errors.initial) && letter(name.given[0])) name.given.resize(1);
  if (draw.chance(errors.swapped)) std::swap(name.given, name.family);
  return name;
}

std::string street_line(const Address& address) {
  return address.number.empty() ? address.street : address.number + " " + address.street;
}

std::string full_line(const Address& address) {
  const std::string flat = address.flat.empty() ? std::string() : "Flat " + address.flat;
  return comma(comma(flat, address.building), street_line(address));
}

WrittenAddress written_address(Draw& draw, const Address& address) {
  Address form = address;
  if (draw.chance(.22)) form.street = abbreviated(form.street);
  std::string inside = form.building;
  if (!form.flat.empty()) inside = flat_and_building(draw, form);
  std::string street = street_line(form);
  // Where the building names the place, its number in the street is often left out.
  if (!form.building.empty() && inside.find(form.building) != std::string::npos && draw.chance(.25)) {
    street = form.street;
  }
  if (form.flat.size() == 1 && form.building.empty() && letter(form.flat[0]) && draw.chance(.3)) {
    inside.clear();  // "12A Oak Road"
    street = form.number + form.flat + " " + form.street;
  }
  WrittenAddress written;
  written.postcode = form.postcode;
  rewrite_postcode(draw, written.postcode);
  written.town = draw.chance(.9) ? form.town : std::string();
  const bool one_line = inside.empty() || draw.chance(.5);
  written.line1 = one_line ? comma(inside, street) : inside;
  written.line2 = one_line ? std::string() : street;
  if (draw.chance(.05)) written.line1 = capitals(written.line1);
  return written;
}

}  // namespace scrutineer::synth
