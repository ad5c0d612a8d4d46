#include "rolls/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"
#include "rolls/fold.h"
#include "rolls/generic_names.h"
#include "rolls/titles.h"

namespace scrutineer::rolls {
namespace {

// A word of a name as it stands between spaces: "anne marie" for Anne-Marie.
struct Unit {
  std::string text;
  bool capitals = false;    // written wholly in capitals, two letters at least
  bool apostrophe = false;  // O'Brien, d'Arcy
};
using Units = std::vector<Unit>;

struct Cut {
  std::string main;                 // the name without brackets and quotes, case kept
  std::vector<std::string> asides;  // what stood in them, and former names
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

template <std::size_t size>
bool is_among(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The closing partner of a bracket or quote that may open at `at`; '\0' if none opens there. An apostrophe
// opens only after a space, so that O'Neill is not a quotation.
char closing_of(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    case '"':
      return '"';
    case '\'':
      return at > 0 && text[at - 1] == ' ' ? '\'' : '\0';
    default:
      return '\0';
  }
}

// Takes out "(Bob)", "[Bob]", "\"Bob\"" and " 'Bob'". An opening without its closing is left as a space.
Cut without_asides(std::string_view text) {
  Cut cut;
  std::size_t at = 0;
  while (at < text.size()) {
    const char closing = closing_of(text, at);
    const std::size_t end = closing == '\0' ? std::string_view::npos : text.find(closing, at + 1);
    if (end == std::string_view::npos) {
      cut.main += text[at];
      ++at;
      continue;
    }
    cut.asides.emplace_back(text.substr(at + 1, end - at - 1));
    cut.main += ' ';
    at = end + 1;
  }
  return cut;
}

// Splits a stretch without commas into units. Full stops and other signs separate; hyphens bind.
Units units_of(std::string_view text) {
  Units units;
  Unit unit;
  std::size_t letters = 0;
  bool small = false;
  const auto finish = [&] {
    while (!unit.text.empty() && unit.text.back() == ' ') unit.text.pop_back();
    unit.capitals = !small && letters >= 2;
    if (!unit.text.empty()) units.push_back(std::move(unit));
    unit = Unit();
    letters = 0;
    small = false;
  };
  for (const char c : text) {
    if (is_name_character(c)) {
      if (is_letter(c)) ++letters;
      small = small || (c >= 'a' && c <= 'z');
      unit.text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (c == '\'' || c == '`') {
      unit.apostrophe = unit.apostrophe || !unit.text.empty();
    } else if (c == '-') {
      if (!unit.text.empty() && unit.text.back() != ' ') unit.text += ' ';
    } else {
      finish();
    }
  }
  finish();
  return units;
}

// Replaces relation marks ("s/o") by spaces and cuts at an alias mark, whose tail becomes an aside.
void take_out_marks(Cut& cut) {
  if (cut.main.find_first_of(" @") == std::string::npos) return;
  const std::string lower = ascii_lower(cut.main);
  for (const std::string_view mark : {" s/o ", " d/o ", " w/o ", " a/l ", " a/p "}) {
    for (std::size_t at = lower.find(mark); at != std::string::npos; at = lower.find(mark, at + 1)) {
      cut.main.replace(at, mark.size(), mark.size(), ' ');
    }
  }
  std::size_t earliest = std::string::npos;
  std::size_t length = 0;
  for (const std::string_view mark :
       {"@", " aka ", " a.k.a. ", " alias ", " nee ", " formerly ", " known as "}) {
    const std::size_t at = lower.find(mark);
    if (at == 0 || at >= earliest) continue;
    earliest = at;
    length = mark.size();
  }
  if (earliest == std::string::npos) return;
  cut.asides.push_back(cut.main.substr(earliest + length));
  cut.main.resize(earliest);
}

bool says_unknown(std::string_view text) {
  constexpr std::array<std::string_view, 14> phrases = {
      "unknown", "not known", "not given", "not stated", "anonymous", "anonymous elector",
      "n/a",     "fnu",       "lnu",       "nfn",        "nmn",       "no middle name",
      "nmi",     "no name"};
  return is_among(text, phrases);
}

// ASCII with the case kept; empty for the ways of saying that there is no name.
std::string opened(std::string_view text) {
  std::string plain = ascii_text(text);
  if (says_unknown(ascii_lower(trimmed(plain)))) plain.clear();
  return plain;
}

class Reader {
 public:
  StandardName read(const NameText& text) {
    read_titles(opened(text.title));
    const std::string given = opened(text.given);
    const std::string family = opened(text.family);
    if (given.empty() && (family.empty() || family.find(',') != std::string::npos)) {
      read_whole(family.empty() ? opened(text.name) : family);
    } else {
      read_given(given);
      read_family(family);
    }
    append(forenames_, open(opened(text.middle)));
    read_suffix(opened(text.suffix));
    return finished();
  }

 private:
  static void append(Units& units, Units more) {
    units.insert(units.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  // Cuts asides off, keeps them, and splits the rest.
  std::string cut(std::string_view text) {
    Cut parts = without_asides(text);
    take_out_marks(parts);
    for (const std::string& aside : parts.asides) {
      Units units = units_of(aside);
      std::erase_if(units, [](const Unit& unit) {
        constexpr std::array<std::string_view, 7> words = {"nee", "formerly", "aka",       "known",
                                                           "as",  "prev",     "previously"};
        return is_among(unit.text, words) || unit.text.size() == 1;
      });
      append(asides_, std::move(units));
    }
    return std::move(parts.main);
  }
  Units open(std::string_view text) { return units_of(cut(text)); }

  void keep_title(const Title& title) {
    if (title.canonical.empty()) return;
    auto& kept = title.place == TitlePlace::generation ? generations_ : titles_;
    if (std::find(kept.begin(), kept.end(), title.canonical) == kept.end())
      kept.emplace_back(title.canonical);
  }

  // A title column may say anything; only words that are titles are kept.
  void read_titles(const std::string& text) {
    for (const Unit& unit : units_of(text)) {
      if (const auto title = title_before(unit.text)) {
        keep_title(*title);
      } else if (const auto honour = title_after(unit.text)) {
        keep_title(*honour);
      }
    }
  }

  void read_suffix(const std::string& text) {
    for (const Unit& unit : units_of(text)) {
      if (const auto honour = title_after(unit.text)) keep_title(*honour);
    }
  }

  // Takes titles off the front of `units` as long as `least` name words stay.
  void strip_front(Units& units, std::size_t least) {
    std::size_t taken = 0;
    bool any = false;
    std::size_t stripped = 0;
    while (taken < units.size()) {
      const auto title = title_before(units[taken].text);
      if (!title) break;
      const std::size_t left = units.size() - taken - 1;
      if (left < least || (title->place == TitlePlace::before_long && left < std::max<std::size_t>(2, least)))
        break;
      ++taken;
      if (title->place == TitlePlace::joining) continue;
      any = true;
      stripped = taken;
      keep_title(*title);
    }
    if (any) units.erase(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(stripped));
  }

  // Takes honours and generations off the end as long as `least` name words stay.
  void strip_back(Units& units, std::size_t least) {
    while (units.size() > least) {
      const auto title = title_after(units.back().text);
      if (!title) return;
      keep_title(*title);
      units.pop_back();
    }
  }

  static bool only_titles(const Units& units) {
    return std::all_of(units.begin(), units.end(), [](const Unit& unit) {
      return title_before(unit.text).has_value() || title_after(unit.text).has_value();
    });
  }

  void read_given(const std::string& text) {
    Units units = open(text);
    strip_front(units, 1);
    strip_back(units, 1);
    append(forenames_, std::move(units));
  }

  void read_family(const std::string& text) {
    Units units = open(text);
    strip_front(units, 1);
    strip_back(units, 1);
    append(family_, std::move(units));
  }

  void read_whole(const std::string& text) {
    const std::string main = cut(text);
    std::vector<Units> segments;
    for (const std::string_view part : split(main, ',')) {
      Units units = units_of(part);
      if (!units.empty()) segments.push_back(std::move(units));
    }
    if (segments.empty()) return;
    const bool surname_first =
        segments.size() > 1 && std::any_of(segments.begin() + 1, segments.end(),
                                           [](const Units& units) { return !only_titles(units); });
    for (std::size_t which = 1; which < segments.size(); ++which) {
      Units& units = segments[which];
      if (only_titles(units)) {
        for (const Unit& unit : units) {
          const auto after = title_after(unit.text);
          keep_title(after ? *after : *title_before(unit.text));
        }
        continue;
      }
      strip_front(units, 1);
      strip_back(units, 1);
      append(forenames_, std::move(units));
    }
    strip_front(segments[0], 1);
    strip_back(segments[0], surname_first ? 1 : 2);
    if (surname_first) {
      append(family_, std::move(segments[0]));
    } else {
      split_surname(std::move(segments[0]));
    }
  }

  static bool is_particle(std::string_view word) {
    constexpr std::array<std::string_view, 36> particles = {
        "abu", "al",  "ap", "bin",   "bint", "binte", "binti", "da",    "de",     "degli", "del", "della",
        "den", "der", "di", "dos",   "du",   "el",    "ibn",   "la",    "las",    "le",    "los", "mac",
        "mc",  "san", "st", "saint", "ter",  "ten",   "van",   "vande", "vander", "von",   "zu",  "zur"};
    return is_among(word, particles);
  }

  // Where the surname of a name without a comma lies: [begin, end) of the units.
  static std::pair<std::size_t, std::size_t> surname_in(const Units& units) {
    const bool mixed = std::any_of(units.begin(), units.end(),
                                   [](const Unit& unit) { return !unit.capitals && unit.text.size() > 1; });
    if (mixed) {
      std::size_t begin = units.size();
      while (begin > 0 && units[begin - 1].capitals) --begin;
      if (begin < units.size() && begin > 0) return {begin, units.size()};
      std::size_t end = 0;
      while (end < units.size() && units[end].capitals && units[end].text.size() > 2) ++end;
      if (end > 0 && end < units.size()) return {0, end};
    }
    std::size_t begin = units.size() - 1;
    while (begin > 1 && is_particle(units[begin - 1].text)) --begin;
    return {begin, units.size()};
  }

  void split_surname(Units units) {
    if (units.empty()) return;
    const auto [begin, end] = surname_in(units);
    for (std::size_t at = 0; at < units.size(); ++at) {
      (at >= begin && at < end ? family_ : forenames_).push_back(std::move(units[at]));
    }
  }

  // The surname's words: Mc, Mac and O joined to what follows, Saint as st.
  [[nodiscard]] std::string family_text() const {
    std::string text;
    bool glue = false;
    for (std::size_t at = 0; at < family_.size(); ++at) {
      const bool last = at + 1 == family_.size();
      const std::string_view word = family_[at].text;
      if (!text.empty() && !glue) text += ' ';
      glue = !last && (word == "mc" || word == "mac" || word == "o");
      text += !last && word == "saint" ? std::string_view("st") : word;
    }
    return text;
  }

  // "Mia", "Din", "Kumar" in first place are forenames.
  static bool is_forename_in_front(std::string_view word, GenericKind kind) {
    return kind == GenericKind::ending || kind == GenericKind::shared || word == "mia" || word == "mea";
  }

  void list_generic(std::string_view words_text, bool in_family, bool first_field, StandardName& name) const {
    const auto found = words(words_text);
    for (std::size_t at = 0; at < found.size(); ++at) {
      const bool first = first_field && at == 0;
      auto generic = generic_name(found[at]);
      if (first && generic && !in_family && is_forename_in_front(found[at], generic->kind)) generic.reset();
      if (!generic && first && (forenames_.size() > 1 || found.size() > 1))
        generic = generic_before_forename(found[at]);
      if (!generic) continue;
      if (!name.generic.empty()) name.generic += ' ';
      name.generic += generic->canonical;
    }
  }

  StandardName finished() {
    StandardName name;
    if (!forenames_.empty()) name.given = forenames_[0].text;
    const auto add_middle = [&](const Unit& unit) {
      if (!name.middle.empty()) name.middle += ' ';
      name.middle += unit.text;
    };
    for (std::size_t at = 1; at < forenames_.size(); ++at) add_middle(forenames_[at]);
    for (const Unit& unit : asides_) add_middle(unit);
    name.family = family_text();
    for (const auto* const list : {&titles_, &generations_}) {
      for (const std::string& title : *list) {
        if (!name.title.empty()) name.title += ' ';
        name.title += title;
      }
    }
    list_generic(name.given, false, true, name);
    list_generic(name.middle, false, false, name);
    list_generic(name.family, true, false, name);
    return name;
  }

  Units forenames_;
  Units family_;
  Units asides_;
  std::vector<std::string> titles_;
  std::vector<std::string> generations_;
};

}  // namespace

StandardName standard_name(const NameText& text) {
  return Reader().read(text);
}

}  // namespace scrutineer::rolls
