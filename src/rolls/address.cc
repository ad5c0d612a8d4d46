#include "rolls/address.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"
#include "rolls/address_tokens.h"
#include "rolls/address_words.h"
#include "rolls/fold.h"
#include "rolls/postcode.h"

namespace scrutineer::rolls {
namespace {

constexpr std::size_t longest_street = 6;             // words
constexpr std::size_t longest_unnumbered_street = 3;  // in a stretch that also names the house

std::string joined(const AddressTokens& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t at = begin; at < end; ++at) {
    if (!text.empty()) text += ' ';
    text += tokens[at].text;
  }
  return text;
}

void add_words(std::string& text, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += more;
}

// The house number as an integer, 0 for letters.
int leading_number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Stroke {
  std::string flat;  // empty for a range
  std::string number;
};

// "12/14" as a range, "2/14" and "14/2" as a flat and a number (see the header).
Stroke stroke_reading(std::string_view token) {
  const std::size_t at = token.find('/');
  std::string left(token.substr(0, at));
  std::string right(token.substr(at + 1));
  const int first = leading_number(left);
  const int second = leading_number(right);
  const int gap = second - first;
  const bool near = gap == 2 || (first >= 10 && gap > 0 && gap <= 8 && gap % 2 == 0);
  if (first > 0 && near) return {{}, left + "-" + right};
  if (first > second) return {std::move(right), std::move(left)};
  return {std::move(left), std::move(right)};
}

// Reads the words that are left when unit parts are out.
class Reader {
 public:
  Reader(AddressTokens tokens, UnitParts units) : tokens_(std::move(tokens)), units_(std::move(units)) {}

  StandardAddress read() {
    spell_streets();
    drop_number_words();
    drop_places();
    read_strokes();
    take_leading_ids();
    const std::size_t number = first_number();
    if (number == tokens_.size()) {
      read_names(0, tokens_.size());
    } else {
      read_with_number(number);
    }
    address_.flat = units_.flat();
    block_ = units_.block();
    return std::move(address_);
  }
  [[nodiscard]] const std::string& block() const { return block_; }

 private:
  [[nodiscard]] std::size_t segment_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < tokens_.size() && !tokens_[end].breaks) ++end;
    return std::min(end, tokens_.size());
  }

  // "st" is Saint at the start of a name and before a saint's name, Street elsewhere. Saint stays "st".
  void spell_streets() {
    bool number_before = true;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const bool starts = tokens_[at].breaks || number_before;
      number_before = is_house_number(tokens_[at].text) || is_stroke_number(tokens_[at].text);
      if (tokens_[at].text != "st") continue;
      const bool next = at + 1 < tokens_.size() && !tokens_[at + 1].breaks;
      const bool saint =
          next && !is_house_number(tokens_[at + 1].text) && (starts || is_saint(tokens_[at + 1].text));
      if (!saint) tokens_[at].text = "street";
    }
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at) {
      if (tokens_[at].text == "saint" && !tokens_[at + 1].breaks) tokens_[at].text = "st";
    }
  }

  void erase(std::size_t at) {
    if (at + 1 < tokens_.size()) tokens_[at + 1].breaks = tokens_[at + 1].breaks || tokens_[at].breaks;
    tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  void drop_number_words() {
    for (std::size_t at = 0; at + 1 < tokens_.size();) {
      const std::string& word = tokens_[at].text;
      const bool number_word = word == "no" || word == "nos" || word == "number" || word == "num";
      if (number_word && is_house_number(tokens_[at + 1].text)) {
        erase(at);
      } else {
        ++at;
      }
    }
  }

  // Takes a country and then a county off the end; what would leave nothing stays.
  void drop_places() {
    drop_last(is_country);
    drop_last(is_county);
    drop_last(is_county);  // "Brentwood, Essex, Essex"
  }
  void drop_last(bool (*is_place)(std::string_view)) {
    for (const std::size_t size : {std::size_t{3}, std::size_t{2}, std::size_t{1}}) {
      if (tokens_.size() <= size + 1) continue;
      const std::size_t begin = tokens_.size() - size;
      const bool after_type = name_end(tokens_[begin].text) != NameEnd::none;
      if (after_type || !is_place(joined(tokens_, begin, tokens_.size()))) continue;
      tokens_.resize(begin);
      return;
    }
  }

  void add_id(std::string id) {
    if (std::find(units_.ids.begin(), units_.ids.end(), id) == units_.ids.end())
      units_.ids.push_back(std::move(id));
  }

  // A stroke number is the flat's where the house has another number, else it gives both.
  void read_strokes() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!is_stroke_number(tokens_[at].text)) continue;
      if (first_number() < tokens_.size()) {
        add_id(tokens_[at].text);
        erase(at);
        return;
      }
      Stroke reading = stroke_reading(tokens_[at].text);
      if (!reading.flat.empty()) add_id(std::move(reading.flat));
      tokens_[at].text = std::move(reading.number);
      return;
    }
  }

  // "G1 The Plaza", "F14 & F15, The Plaza" and "B, 14 High Street": units without a word for them.
  void take_leading_ids() {
    while (tokens_.size() > 1) {
      const std::string& word = tokens_[0].text;
      const bool letter_first = word[0] >= 'a' && word[0] <= 'z';
      const bool unit =
          letter_first && is_unit_id(word) && (word.size() > 1 || is_house_number(tokens_[1].text));
      if (!unit) return;
      add_id(word);
      erase(0);
    }
  }

  [[nodiscard]] std::size_t first_number(std::size_t from = 0) const {
    std::size_t at = from;
    while (at < tokens_.size() && !is_house_number(tokens_[at].text)) ++at;
    return at;
  }

  // Index behind the first name in [begin, its segment's end) that ends with a street's or a building's word;
  // `begin` if there is none. A run of such words counts whole, and its last word says what it is.
  struct Named {
    std::size_t end = 0;
    NameEnd kind = NameEnd::none;
  };
  [[nodiscard]] Named first_name(std::size_t begin) const {
    const std::size_t stop = std::min(segment_end(begin), begin + longest_street);
    for (std::size_t at = begin + 1; at < stop; ++at) {
      NameEnd kind = name_end(tokens_[at].text);
      if (kind == NameEnd::none) continue;
      std::size_t end = at + 1;
      while (end < segment_end(begin) && name_end(tokens_[end].text) != NameEnd::none)
        kind = name_end(tokens_[end++].text);
      return {end, kind};
    }
    return {begin, NameEnd::none};
  }

  // A direction that closes the segment belongs to the street: "High Road North".
  [[nodiscard]] std::size_t with_direction(std::size_t end) const {
    if (end >= tokens_.size() || tokens_[end].breaks) return end;
    const std::string& word = tokens_[end].text;
    const bool direction = word == "north" || word == "south" || word == "east" || word == "west";
    const bool closes = end + 1 >= tokens_.size() || tokens_[end + 1].breaks;
    return direction && closes ? end + 1 : end;
  }

  void add_building(std::size_t begin, std::size_t end) {
    if (begin < end && tokens_[begin].text == "the" && end - begin > 1) ++begin;
    add_words(address_.building, joined(tokens_, begin, end));
  }

  void read_with_number(std::size_t at) {
    const std::size_t next = at + 1;
    if (next < tokens_.size() && is_house_number(tokens_[next].text)) {
      read_two_numbers(at);
      return;
    }
    if (at > 0 && ends_in_street(at) &&
        (next >= tokens_.size() || tokens_[next].breaks)) {  // "High Street 14"
      address_.number = tokens_[at].text;
      erase(at);
      read_names(0, tokens_.size());
      return;
    }
    add_building(0, at);
    if (next >= tokens_.size()) {
      address_.number = tokens_[at].text;
      return;
    }
    read_behind_number(at);
  }

  [[nodiscard]] bool ends_in_street(std::size_t at) const {
    return !tokens_[at].breaks && name_end(tokens_[at - 1].text) == NameEnd::street;
  }

  // "2, 14 High Street": the first is the flat, unless a flat is known or both are the same.
  void read_two_numbers(std::size_t at) {
    if (tokens_[at].text != tokens_[at + 1].text && units_.ids.empty() && units_.floors.empty() &&
        units_.labels.empty()) {
      add_id(tokens_[at].text);
    }
    erase(at);
    read_with_number(at);
  }

  void read_behind_number(std::size_t at) {
    const std::size_t begin = at + 1;
    const Named name = first_name(begin);
    const std::size_t later = first_number(begin);
    if (name.kind == NameEnd::street) {
      address_.number = tokens_[at].text;
      const std::size_t end = with_direction(name.end);
      address_.street = joined(tokens_, begin, end);
      address_.locality = joined(tokens_, end, tokens_.size());
      return;
    }
    const std::size_t name_stop = name.kind == NameEnd::building ? name.end : segment_end(begin);
    const bool another_number = later < tokens_.size() && (later == name_stop) && later + 1 < tokens_.size();
    if (name.kind == NameEnd::building || another_number) {
      read_numbered_building(at, name_stop, another_number);
      return;
    }
    address_.number = tokens_[at].text;
    read_untyped_street(begin);
  }

  // "2 Rosewood Court[, 14 High Street | , High Street]".
  void read_numbered_building(std::size_t at, std::size_t name_stop, bool another_number) {
    if (units_.ids.empty()) {
      add_id(tokens_[at].text);
    } else if (another_number) {
      add_words(address_.building, tokens_[at].text);
    } else {
      address_.number = tokens_[at].text;
    }
    add_building(at + 1, name_stop);
    if (another_number) {
      address_.number = tokens_[name_stop].text;
      const Named name = first_name(name_stop + 1);
      if (name.kind == NameEnd::none) {
        read_untyped_street(name_stop + 1);
      } else {
        address_.street = joined(tokens_, name_stop + 1, name.end);
        address_.locality = joined(tokens_, name.end, tokens_.size());
      }
    } else {
      read_street_in(name_stop);
    }
  }

  // A street without a type: a whole stretch between commas ("14 Cheapside, London"), or a first word.
  void read_untyped_street(std::size_t begin) {
    if (begin >= tokens_.size()) return;
    std::size_t end = segment_end(begin);
    if (end < tokens_.size() && first_name(end).kind == NameEnd::street) {  // "14 Rosewood, High Street"
      add_building(begin, end);
      read_street_in(end);
      return;
    }
    const std::size_t words_wanted = tokens_[begin].text == "the" || tokens_[begin].text == "st" ? 2 : 1;
    if (end == tokens_.size() || end - begin > 4) end = std::min(end, begin + words_wanted);
    address_.street = joined(tokens_, begin, end);
    address_.locality = joined(tokens_, end, tokens_.size());
  }

  // The first typed street from `begin` on; what stands before it, and all of it if there is none, is
  // locality.
  void read_street_in(std::size_t begin) {
    for (std::size_t at = begin; at < tokens_.size(); at = segment_end(at)) {
      const Named name = first_name(at);
      if (name.kind != NameEnd::street) continue;
      const std::size_t end = with_direction(name.end);
      address_.street = joined(tokens_, at, end);
      address_.locality = joined(tokens_, begin, at);
      add_words(address_.locality, joined(tokens_, end, tokens_.size()));
      return;
    }
    address_.locality = joined(tokens_, begin, tokens_.size());
  }

  // Without a number: names of buildings up to the first street, then the locality.
  void read_names(std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    std::size_t untyped = begin;  // from here to `at` stand segments that named nothing
    while (at < end) {
      const Named name = first_name(at);
      if (name.kind == NameEnd::none) {
        at = segment_end(at);
        continue;
      }
      add_building(untyped, at);
      if (name.kind == NameEnd::street) {
        std::size_t start = at;
        const std::size_t size = name.end - at;
        if (size > longest_unnumbered_street) start = name.end - 2;
        add_building(at, start);
        const std::size_t stop = with_direction(name.end);
        address_.street = joined(tokens_, start, stop);
        address_.locality = joined(tokens_, stop, end);
        return;
      }
      add_building(at, name.end);
      at = name.end;
      untyped = at;
    }
    // No street. Three or more stretches begin with the house ("Brecklands, Blofield, Norwich").
    const std::size_t first_end = begin < end ? segment_end(begin) : end;
    const std::size_t second_end = first_end < end ? segment_end(first_end) : end;
    if (address_.building.empty() && second_end < end) {
      add_building(begin, first_end);
      untyped = first_end;
    }
    address_.locality = joined(tokens_, untyped, end);
  }

  AddressTokens tokens_;
  UnitParts units_;
  StandardAddress address_;
  std::string block_;
};

// Text for the parser: parts joined by commas, folded; a house number or street that the address repeats is
// left out.
std::string parser_text(const AddressText& text) {
  std::string all;
  const auto add = [&](std::string_view part, std::string_view separator) {
    part = trimmed(part);
    if (part.empty()) return;
    if (!all.empty()) all += separator;
    for (const char c : part) all += c == '\n' || c == '\r' || c == '\v' || c == '\f' ? ',' : c;
  };
  add(text.address, ", ");
  const std::string said = folded(all);
  const auto repeats = [&](std::string_view part) {
    const std::string wanted = folded(trimmed(part));
    const std::size_t at = said.find(wanted);
    if (wanted.empty() || at == std::string::npos) return false;
    const auto bounds = [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); };
    const std::size_t end = at + wanted.size();
    return (at == 0 || bounds(said[at - 1])) && (end == said.size() || bounds(said[end]));
  };
  const bool number_said = repeats(text.house_number);
  if (!number_said) add(text.house_number, ", ");
  if (!repeats(text.street)) add(text.street, number_said ? ", " : " ");
  if (!repeats(text.locality)) add(text.locality, ", ");
  return folded(all);
}

std::string upper_code(std::string_view text) {
  std::string code;
  for (const char c : ascii_text(text)) {
    if (c >= 'a' && c <= 'z') {
      code += static_cast<char>(c - 'a' + 'A');
    } else if (c != ' ' || (!code.empty() && code.back() != ' ')) {
      code += c;
    }
  }
  while (!code.empty() && code.back() == ' ') code.pop_back();
  return code;
}

// Takes the postcode out of the text even where the column gives one.
void settle_postcode(std::string& plain, const AddressText& text, PostcodeKind kind, std::string& postcode) {
  if (kind == PostcodeKind::other) {
    postcode = upper_code(text.postcode);
    return;
  }
  postcode = standard_postcode(text.postcode).value_or("");
  while (auto found = find_postcode(plain)) {
    if (postcode.empty()) postcode = found->postcode;
    plain.replace(found->begin, found->end - found->begin, ", ");
  }
}

void set_keys(StandardAddress& address, const std::string& block, PostcodeKind kind) {
  const bool by_street = address.number.empty() && address.building.empty() && block.empty();
  if (by_street && (address.flat.empty() || address.street.empty())) return;
  std::string key;
  if (!address.postcode.empty() && kind == PostcodeKind::uk) {
    key = address.postcode;
  } else if (!address.postcode.empty()) {
    key = address.postcode + "|" + address.street;
  } else {
    if (address.locality.empty() || (address.street.empty() && address.building.empty())) return;
    key = address.street + "|" + address.locality;
  }
  if (by_street) {
    if (!address.postcode.empty() && kind == PostcodeKind::uk) key += "|" + address.street;
  } else {
    key += "|" + (address.number.empty() ? address.building : address.number);
  }
  if (!block.empty()) key += "|" + block;
  address.building_key = key;
  address.unit_key = address.flat.empty() ? key : key + "|" + address.flat;
}

}  // namespace

StandardAddress standard_address(const AddressText& text, PostcodeKind kind) {
  std::string plain = parser_text(text);
  std::string postcode;
  settle_postcode(plain, text, kind, postcode);
  AddressTokens tokens = address_tokens(plain);
  UnitParts units = take_unit_parts(tokens);
  Reader reader(std::move(tokens), std::move(units));
  StandardAddress address = reader.read();
  address.postcode = std::move(postcode);
  set_keys(address, reader.block(), kind);
  add_words(address.building, reader.block());
  return address;
}

}  // namespace scrutineer::rolls
