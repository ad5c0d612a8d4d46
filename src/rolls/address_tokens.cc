#include "rolls/address_tokens.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "rolls/address_words.h"

namespace scrutineer::rolls {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// Digits with at most one letter behind: a house number that is no range.
bool is_simple_number(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits == 0 || digits > 5 || text.size() > digits + 1) return false;
  return text.size() == digits || is_letter(text[digits]);
}

bool is_simple_id(std::string_view text) {
  if (text.size() == 1 && is_letter(text[0])) return true;
  if (is_simple_number(text)) return true;
  if (text.empty() || text.size() > 5) return false;
  // "g7", "ab12", "12ab", and floors with their flat ("ff2").
  const bool ends_apart = is_letter(text.front()) != is_letter(text.back());
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  const auto letters = static_cast<std::ptrdiff_t>(text.size()) - digits;
  return ends_apart && digits >= 1 && letters <= 2 && floor_ordinal(text).empty();
}

void strip_zeros(std::string& text) {
  std::size_t zeros = 0;
  while (zeros + 1 < text.size() && text[zeros] == '0' && is_digit(text[zeros + 1])) ++zeros;
  text.erase(0, zeros);
}

// Letters and digits, and the signs - / & that may bind numbers, as tokens of their own.
AddressTokens raw_tokens(std::string_view text) {
  AddressTokens tokens;
  bool breaks = false;
  std::size_t at = 0;
  const auto add = [&](std::string token) {
    tokens.push_back({std::move(token), breaks});
    breaks = false;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (is_letter(c) || is_digit(c)) {
      std::string token;
      while (at < text.size() &&
             (is_letter(text[at]) || is_digit(text[at]) || text[at] == '\'' || text[at] == '`')) {
        if (is_letter(text[at]) || is_digit(text[at])) token += text[at];
        ++at;
      }
      add(std::move(token));
      continue;
    }
    if (c == '-' || c == '/' || c == '&') {
      add(std::string(1, c));
    } else if (c == '#') {
      add("flat");
    } else if (std::string_view(",;|:()[]{}@").find(c) != std::string_view::npos) {
      breaks = true;
    }
    ++at;
  }
  return tokens;
}

// "flat2a" and "room5" are a unit word and its number.
AddressTokens with_units_parted(AddressTokens raw) {
  AddressTokens tokens;
  for (AddressToken& token : raw) {
    const std::size_t digit = token.text.find_first_of("0123456789");
    const bool parted = digit != std::string::npos && digit >= 3 &&
                        unit_word(std::string_view(token.text).substr(0, digit)) != UnitWord::none;
    if (parted) {
      std::string number = token.text.substr(digit);
      token.text.resize(digit);
      tokens.push_back(std::move(token));
      tokens.push_back({std::move(number), false});
    } else {
      tokens.push_back(std::move(token));
    }
  }
  return tokens;
}

bool is_sign(const AddressToken& token) {
  return token.text == "-" || token.text == "/" || token.text == "&";
}

// Joins "12 - 14", "12 & 14", "12 to 14" and "2 / 14"; drops the other signs, of which a free-standing hyphen
// between words parts them as a comma does.
AddressTokens with_numbers_joined(AddressTokens raw) {
  AddressTokens tokens;
  bool carry_break = false;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    AddressToken& token = raw[at];
    token.breaks = token.breaks || carry_break;
    carry_break = false;
    const bool inner = !tokens.empty() && at + 1 < raw.size() && !token.breaks && !raw[at + 1].breaks;
    const std::string& left = tokens.empty() ? token.text : tokens.back().text;
    if (inner && (is_sign(token) || token.text == "to")) {
      std::string right = raw[at + 1].text;
      strip_zeros(right);
      const bool stroke = token.text == "/" && is_simple_id(left) && is_simple_id(right) &&
                          (is_digit(left[0]) || is_digit(right[0]) || left.size() + right.size() == 2);
      if (token.text != "/" && is_simple_number(left) && is_simple_number(right)) {
        tokens.back().text += "-" + right;
        ++at;
        continue;
      }
      if (stroke && left != "c") {
        tokens.back().text += "/" + right;
        ++at;
        continue;
      }
    }
    if (is_sign(token)) {
      if (token.text == "/" && !tokens.empty() && tokens.back().text == "c") tokens.push_back({"/", false});
      carry_break = token.breaks;
      continue;
    }
    strip_zeros(token.text);
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool is_single_letter(const AddressToken& token) {
  return token.text.size() == 1 && is_letter(token.text[0]);
}

// "12 a high street" is 12a; "12 a block" is not.
AddressTokens with_letters_joined(AddressTokens raw) {
  AddressTokens tokens;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const bool letter = !tokens.empty() && is_single_letter(raw[at]) && !raw[at].breaks &&
                        is_simple_number(tokens.back().text) && is_digit(tokens.back().text.back());
    const bool leads_on = at + 1 < raw.size() && !raw[at + 1].breaks &&
                          (unit_word(raw[at + 1].text) == UnitWord::block || raw[at + 1].text == "/");
    if (letter && !leads_on) {
      tokens.back().text += raw[at].text;
    } else {
      tokens.push_back(std::move(raw[at]));
    }
  }
  return tokens;
}

// Takes unit parts out in one pass from the left; what is not one is kept.
class UnitTaker {
 public:
  explicit UnitTaker(AddressTokens& tokens) : tokens_(tokens) {}

  UnitParts take() {
    std::size_t at = 0;
    while (at < tokens_.size()) {
      const std::size_t used = take_at(at);
      if (used == 0) {
        keep(tokens_[at]);
        ++at;
        continue;
      }
      break_next_ = break_next_ || std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(at),
                                               tokens_.begin() + static_cast<std::ptrdiff_t>(at + used),
                                               [](const AddressToken& token) { return token.breaks; });
      at += used;
    }
    tokens_ = std::move(kept_);
    return std::move(parts_);
  }

 private:
  void keep(AddressToken& token) {
    token.breaks = token.breaks || break_next_;
    break_next_ = false;
    kept_.push_back(std::move(token));
  }

  [[nodiscard]] bool is_at(std::size_t at, std::string_view word) const {
    return at < tokens_.size() && tokens_[at].text == word;
  }
  [[nodiscard]] bool follows(std::size_t at) const { return at < tokens_.size() && !tokens_[at].breaks; }

  [[nodiscard]] bool number_later(std::size_t from) const {
    for (std::size_t at = from; at < tokens_.size(); ++at) {
      if (is_house_number(tokens_[at].text)) return true;
    }
    return false;
  }

  static void add(std::vector<std::string>& list, std::string part) {
    if (std::find(list.begin(), list.end(), part) == list.end()) list.push_back(std::move(part));
  }

  void drop_article() {
    if (!kept_.empty() && kept_.back().text == "the") {
      break_next_ = break_next_ || kept_.back().breaks;
      kept_.pop_back();
    }
  }

  // Each take_... returns how many tokens it used; 0 if there is no such part at `at`.
  std::size_t take_at(std::size_t at) {
    for (const auto step : {&UnitTaker::take_care_of, &UnitTaker::take_floor, &UnitTaker::take_placed_flat,
                            &UnitTaker::take_block, &UnitTaker::take_unit}) {
      if (const std::size_t used = (this->*step)(at); used > 0) return used;
    }
    return 0;
  }

  std::size_t take_care_of(std::size_t at) {
    std::size_t next = at;
    if (is_at(at, "c") && is_at(at + 1, "/") && is_at(at + 2, "o")) {
      next = at + 3;
    } else if (is_at(at, "care") && is_at(at + 1, "of")) {
      next = at + 2;
    } else {
      return 0;
    }
    while (follows(next) && !is_house_number(tokens_[next].text) &&
           unit_word(tokens_[next].text) == UnitWord::none && floor_ordinal(tokens_[next].text).empty()) {
      ++next;
    }
    break_next_ = true;
    return next - at;
  }

  // "[lower] ground floor [rear] [flat]", "gff", "first floor front", "basement [flat]".
  std::size_t take_floor(std::size_t at) {
    std::size_t next = at;
    std::string text;
    if (const auto whole = floor_abbreviation(tokens_[at].text); !whole.empty() && !follows_as_name(at)) {
      text = whole;
      next = at + 1;
    } else {
      for (; next < at + 2 && (next == at || follows(next)) && next < tokens_.size(); ++next) {
        const auto ordinal = floor_ordinal(tokens_[next].text);
        if (ordinal.empty()) break;
        if (!text.empty()) text += ' ';
        text += ordinal;
      }
      if (next == at) return 0;
      if (follows(next) && is_floor_word(tokens_[next].text)) {
        text += " floor";
        ++next;
      } else if (text != "basement") {
        return 0;
      } else if (follows(next) && name_end(tokens_[next].text) != NameEnd::none) {
        return 0;
      }
    }
    while (follows(next) && is_floor_position(tokens_[next].text) &&
           !(next + 1 < tokens_.size() && name_end(tokens_[next + 1].text) == NameEnd::street)) {
      text += ' ' + tokens_[next++].text;
    }
    next = after_flat_word(next);
    drop_article();
    add(parts_.floors, std::move(text));
    return next - at;
  }

  // "ff road" would be a name; an abbreviation counts only before a break, a number, a flat word or the end.
  [[nodiscard]] bool follows_as_name(std::size_t at) const {
    if (!follows(at + 1)) return false;
    const std::string& next = tokens_[at + 1].text;
    return !is_house_number(next) && unit_word(next) == UnitWord::none && !is_floor_word(next);
  }

  // "flat", "maisonette" or "studio" behind a floor, with its number if another number follows.
  std::size_t after_flat_word(std::size_t next) {
    if (!follows(next)) return next;
    const UnitWord word = unit_word(tokens_[next].text);
    if (word != UnitWord::flat && word != UnitWord::single) return next;
    ++next;
    const std::size_t id = after_number_words(next);
    if (follows(id) && is_unit_id(tokens_[id].text) &&
        (number_later(id + 1) || !is_house_number(tokens_[id].text))) {
      add(parts_.ids, tokens_[id].text);
      return id + 1;
    }
    return next;
  }

  // Past "no", "number" and the like.
  [[nodiscard]] std::size_t after_number_words(std::size_t next) const {
    while (follows(next) &&
           (is_at(next, "no") || is_at(next, "number") || is_at(next, "num") || is_at(next, "nos"))) {
      ++next;
    }
    return next;
  }

  // "garden flat", "top flat", "rear maisonette", "first flat".
  std::size_t take_placed_flat(std::size_t at) {
    if (!is_flat_position(tokens_[at].text) || !follows(at + 1)) return 0;
    if (unit_word(tokens_[at + 1].text) != UnitWord::flat) return 0;
    drop_article();
    add(parts_.floors, tokens_[at].text);
    return after_flat_word(at + 1) - at;
  }

  // "block a", "tower 2", and "a block".
  std::size_t take_block(std::size_t at) {
    if (unit_word(tokens_[at].text) != UnitWord::block) return 0;
    const std::string label(unit_label(tokens_[at].text));
    if (follows(at + 1) && is_unit_id(tokens_[at + 1].text)) {
      const bool closes =
          at + 2 >= tokens_.size() || tokens_[at + 2].breaks || is_house_number(tokens_[at + 2].text);
      if (closes || is_single_letter(tokens_[at + 1]) || number_later(at + 2)) {
        add(parts_.blocks, label + " " + tokens_[at + 1].text);
        return 2;
      }
    }
    if (!kept_.empty() && is_single_letter(kept_.back()) && !tokens_[at].breaks) {
      add(parts_.blocks, label + " " + kept_.back().text);
      break_next_ = break_next_ || kept_.back().breaks;
      kept_.pop_back();
      return 1;
    }
    return 0;
  }

  std::size_t take_unit(std::size_t at) {
    const UnitWord word = unit_word(tokens_[at].text);
    if (word != UnitWord::flat && word != UnitWord::labelled && word != UnitWord::single) return 0;
    const std::size_t next = after_number_words(at + 1);
    if (follows(next) && is_unit_id(tokens_[next].text) && takes_id(word, next)) {
      add_unit(word, tokens_[at].text, tokens_[next].text);
      return next + 1 - at;
    }
    if (word == UnitWord::flat && !kept_.empty() && is_house_number(kept_.back().text) &&
        !tokens_[at].breaks) {
      add(parts_.ids, kept_.back().text);
      break_next_ = break_next_ || kept_.back().breaks;
      kept_.pop_back();
      return 1;
    }
    return take_lone_unit(at, word);
  }

  // A word that often stands without a number takes one only if the house keeps another.
  [[nodiscard]] bool takes_id(UnitWord word, std::size_t id) const {
    return word != UnitWord::single || number_later(id + 1) || !is_house_number(tokens_[id].text);
  }

  void add_unit(UnitWord word, const std::string& name, const std::string& id) {
    if (word == UnitWord::flat) {
      if (const auto floor = floor_abbreviation(id); !floor.empty()) {
        add(parts_.floors, std::string(floor));
      } else {
        add(parts_.ids, id);
      }
    } else {
      add(parts_.labels, std::string(unit_label(name)) + " " + id);
    }
  }

  // "the flat", "flat above", "annexe": a dwelling of its own without number. Elsewhere ("tea rooms", "red
  // lion shop") the word belongs to a name.
  std::size_t take_lone_unit(std::size_t at, UnitWord word) {
    if (word == UnitWord::labelled) return 0;
    std::size_t next = at + 1;
    const bool above = follows(next) && (is_at(next, "above") || is_at(next, "over") || is_at(next, "at"));
    if (above) ++next;
    const bool starts = tokens_[at].breaks || kept_.empty() || kept_.back().text == "the";
    if (!above && follows(next) && (!starts || name_end(tokens_[next].text) == NameEnd::street)) return 0;
    if (word == UnitWord::flat && tokens_[at].text.starts_with("unit")) return 0;
    drop_article();
    add(parts_.labels, word == UnitWord::flat ? "flat" : std::string(unit_label(tokens_[at].text)));
    return next - at;
  }

  AddressTokens& tokens_;
  AddressTokens kept_;
  UnitParts parts_;
  bool break_next_ = false;
};

void append_all(std::string& text, std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  for (const std::string& part : parts) {
    if (!text.empty()) text += ' ';
    text += part;
  }
}

}  // namespace

bool is_house_number(std::string_view token) {
  const std::size_t hyphen = token.find('-');
  if (hyphen == std::string_view::npos) return is_simple_number(token);
  return is_simple_number(token.substr(0, hyphen)) && is_simple_number(token.substr(hyphen + 1));
}

bool is_stroke_number(std::string_view token) {
  const std::size_t stroke = token.find('/');
  return stroke != std::string_view::npos && is_simple_id(token.substr(0, stroke)) &&
         is_simple_id(token.substr(stroke + 1));
}

bool is_unit_id(std::string_view token) {
  return is_simple_id(token) || is_house_number(token) || is_stroke_number(token);
}

AddressTokens address_tokens(std::string_view folded_text) {
  AddressTokens tokens = with_letters_joined(with_numbers_joined(with_units_parted(raw_tokens(folded_text))));
  for (AddressToken& token : tokens) {
    const std::string_view spelled = spelled_out(token.text);
    if (spelled != token.text) token.text = std::string(spelled);
  }
  return tokens;
}

std::string UnitParts::flat() const {
  std::string text;
  append_all(text, ids);
  append_all(text, floors);
  append_all(text, labels);
  return text;
}

std::string UnitParts::block() const {
  std::string text;
  append_all(text, blocks);
  return text;
}

UnitParts take_unit_parts(AddressTokens& tokens) {
  return UnitTaker(tokens).take();
}

}  // namespace scrutineer::rolls
