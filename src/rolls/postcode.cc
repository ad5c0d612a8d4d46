#include "rolls/postcode.h"

#include <algorithm>
#include <array>
#include <vector>

namespace scrutineer::rolls {
namespace {

// Royal Mail's postcode areas, with the Crown dependencies and BF (British Forces).
constexpr std::array<std::string_view, 125> areas = {
    "AB", "AL", "B",  "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF",
    "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY",
    "E",  "EC", "EH", "EN", "EX", "FK", "FY", "G",  "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR",
    "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L",  "LA", "LD", "LE",
    "LL", "LN", "LS", "LU", "M",  "ME", "MK", "ML", "N",  "NE", "NG", "NN", "NP", "NR", "NW", "OL",
    "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S",  "SA", "SE", "SG", "SK", "SL",
    "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS",
    "TW", "UB", "W",  "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

enum class Area : bool { known, any };

// Letters that stand for no area in use are taken only as written (an area may be newer than this list, or
// invented); what has to be repaired to be a postcode must then be one of an area that exists.
bool is_area(std::string_view letters, Area area) {
  if (area == Area::known) return std::binary_search(areas.begin(), areas.end(), letters);
  return is_letter(letters[0]) && !is_one_of(letters[0], "QVX") &&
         (letters.size() == 1 || !is_one_of(letters[1], "IJZ"));
}

bool is_outward_of(std::string_view text, Area area) {
  if (text == "GIR") return true;
  const std::size_t letters = text.size() > 1 && is_letter(text[1]) ? 2 : 1;
  if (text.size() <= letters || text.size() > letters + 2) return false;
  if (!is_area(text.substr(0, letters), area)) return false;
  if (!is_digit(text[letters])) return false;
  if (text.size() == letters + 1) return true;
  const char last = text[letters + 1];
  if (is_digit(last)) return text[letters] != '0';
  return is_one_of(last, letters == 1 ? "ABCDEFGHJKPSTUW" : "ABEHMNPRVWXY");
}

bool is_outward(std::string_view text) {
  return is_outward_of(text, Area::known);
}

bool is_inward(std::string_view text) {
  constexpr std::string_view never = "CIKMOV";
  return text.size() == 3 && is_digit(text[0]) && is_letter(text[1]) && is_letter(text[2]) &&
         !is_one_of(text[1], never) && !is_one_of(text[2], never);
}

bool is_whole(std::string_view text) {
  if (text.size() < 5 || text.size() > 7) return false;
  const std::string_view outward = text.substr(0, text.size() - 3);
  if (outward == "GIR") return text == "GIR0AA";
  return is_outward(outward) && is_inward(text.substr(text.size() - 3));
}

// Upper-case letters and digits of the text; nothing if it holds more than a postcode could.
std::optional<std::string> squeezed(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (is_digit(c) || is_letter(c)) kept += c;
    if (c >= 'a' && c <= 'z') kept += static_cast<char>(c - 'a' + 'A');
    if (static_cast<unsigned char>(c) >= 0x80 && c != '\xC2' && c != '\xA0') return std::nullopt;
    if (kept.size() > 8) return std::nullopt;
  }
  return kept;
}

char confused_with(char c) {
  switch (c) {
    case 'O':
      return '0';
    case '0':
      return 'O';
    case 'I':
      return '1';
    case '1':
      return 'I';
    default:
      return '\0';
  }
}

// The only text, among those with any of the confusable characters exchanged, that satisfies the grammar.
template <typename Grammar>
std::optional<std::string> only_reading(const std::string& text, const Grammar& grammatical) {
  if (grammatical(text)) return text;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (confused_with(text[at]) != '\0') places.push_back(at);
  }
  std::optional<std::string> only;
  for (std::size_t choice = 1; choice < (std::size_t{1} << places.size()); ++choice) {
    std::string reading = text;
    for (std::size_t which = 0; which < places.size(); ++which) {
      if ((choice >> which) & 1U) reading[places[which]] = confused_with(reading[places[which]]);
    }
    if (!grammatical(reading)) continue;
    if (only) return std::nullopt;
    only = std::move(reading);
  }
  return only;
}

std::optional<std::string> forces_number(std::string_view squeezed_text) {
  if (!squeezed_text.starts_with("BFPO")) return std::nullopt;
  const std::string_view number = squeezed_text.substr(4);
  if (number.empty() || number.size() > 4 || number[0] == '0') return std::nullopt;
  if (!std::all_of(number.begin(), number.end(), is_digit)) return std::nullopt;
  return "BFPO " + std::string(number);
}

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_word_character(char c) {
  return is_digit(c) || is_letter(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '/' || c == '\'';
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> found;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && !is_word_character(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && is_word_character(text[at])) ++at;
    if (at > begin) found.push_back({begin, at});
  }
  return found;
}

bool only_spaces(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' '; });
}

}  // namespace

std::optional<std::string> standard_postcode(std::string_view text) {
  const auto kept = squeezed(text);
  if (!kept) return std::nullopt;
  if (auto forces = forces_number(*kept)) return forces;
  if (kept->size() < 5 || kept->size() > 7) return std::nullopt;
  const std::string_view written = *kept;
  const std::string_view outward = written.substr(0, written.size() - 3);
  const bool as_written = is_outward_of(outward, Area::any) && is_inward(written.substr(outward.size()));
  auto reading = only_reading(*kept, is_whole);
  if (!reading && as_written) reading = *kept;
  if (reading) reading->insert(reading->size() - 3, 1, ' ');
  return reading;
}

std::optional<std::string> standard_outward(std::string_view text) {
  const auto kept = squeezed(text);
  if (!kept || kept->size() < 2 || kept->size() > 4) return std::nullopt;
  return only_reading(*kept, is_outward);
}

std::string_view postcode_area(std::string_view postcode) {
  std::size_t letters = 0;
  while (letters < postcode.size() && is_letter(postcode[letters])) ++letters;
  return postcode.substr(0, letters);
}

std::string_view postcode_district(std::string_view postcode) {
  return postcode.substr(0, postcode.find(' '));
}

std::string_view postcode_sector(std::string_view postcode) {
  const std::size_t space = postcode.find(' ');
  if (space == std::string_view::npos || postcode.starts_with("BFPO")) return {};
  return postcode.substr(0, space + 2);
}

std::optional<FoundPostcode> find_postcode(std::string_view folded_text) {
  const std::vector<Word> words = words_of(folded_text);
  for (std::size_t last = words.size(); last-- > 0;) {
    const Word& word = words[last];
    if (last > 0 && only_spaces(folded_text.substr(words[last - 1].end, word.begin - words[last - 1].end))) {
      const std::size_t begin = words[last - 1].begin;
      const std::size_t first_length = words[last - 1].end - begin;
      // Two words are the two halves of a postcode or they are none: "12 a1 1aa" must not lend a digit.
      const bool halves = word.end - word.begin == 3 && first_length >= 2 && first_length <= 4;
      const bool forces = folded_text.substr(begin, first_length) == "bfpo";
      if (halves || forces) {
        if (auto found = standard_postcode(folded_text.substr(begin, word.end - begin))) {
          return FoundPostcode{*std::move(found), begin, word.end};
        }
      }
    }
    if (word.end - word.begin < 5) continue;
    if (auto found = standard_postcode(folded_text.substr(word.begin, word.end - word.begin))) {
      return FoundPostcode{*std::move(found), word.begin, word.end};
    }
  }
  return std::nullopt;
}

}  // namespace scrutineer::rolls
