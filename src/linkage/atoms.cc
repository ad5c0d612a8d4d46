#include "linkage/atoms.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/text_column.h"
#include "linkage/phonetics.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t names_space = 1000;
constexpr std::uint64_t texts_space = 1001;
constexpr std::size_t shortest_word = 4;

// One kind of atom in one name space.
std::uint64_t atom(std::uint64_t space, char kind, std::string_view text) {
  return hash_bytes(text, space * 256 + static_cast<unsigned char>(kind));
}

std::string packed_text(std::uint32_t code) {
  std::string text(4, '\0');
  for (std::size_t at = 0; at < 4; ++at) text[at] = static_cast<char>(code >> (8 * at) & 0xFFU);
  return text;
}

void add_name(std::string_view value, std::vector<std::uint64_t>& atoms) {
  for (const std::string_view word : words(value)) {
    atoms.push_back(atom(names_space, 'w', word));
    if (word.size() < 2) continue;
    atoms.push_back(atom(names_space, 's', packed_text(soundex(word))));
    const std::string framed = "^" + std::string(word) + "$";
    for (std::size_t at = 0; at + 3 <= framed.size(); ++at) {
      atoms.push_back(atom(names_space, 't', std::string_view(framed).substr(at, 3)));
    }
  }
}

void add_date(std::uint64_t space, std::string_view digits, std::vector<std::uint64_t>& atoms) {
  atoms.push_back(atom(space, 'd', digits));
  if (digits.size() >= 4) {
    atoms.push_back(atom(space, 'y', digits.substr(0, 4)));
    atoms.push_back(atom(space, 'c', digits.substr(0, 3)));
  }
  if (digits.size() == 8) {
    atoms.push_back(atom(space, 'm', digits.substr(0, 6)));
    if (digits.substr(4) != "0101") atoms.push_back(atom(space, 'k', digits.substr(4)));
  }
}

void add_code(std::uint64_t space, std::string_view code, std::vector<std::uint64_t>& atoms) {
  atoms.push_back(atom(space, 'f', code));
  if (code.size() > 3) atoms.push_back(atom(space, 'o', code.substr(0, code.size() - 3)));
  std::size_t letters = 0;
  while (letters < code.size() && (code[letters] < '0' || code[letters] > '9')) ++letters;
  if (letters > 0 && letters < code.size()) atoms.push_back(atom(space, 'a', code.substr(0, letters)));
}

void add_text(std::string_view value, std::vector<std::uint64_t>& atoms) {
  atoms.push_back(atom(texts_space, 'v', value));
  const auto parts = words(value);
  for (const std::string_view word : parts) {
    if (word.size() >= shortest_word) atoms.push_back(atom(texts_space, 'w', word));
  }
  if (!parts.empty()) {
    const std::uint32_t sound = soundex(parts.front());
    if (sound != 0) atoms.push_back(atom(texts_space, 's', packed_text(sound)));
  }
}

}  // namespace

void add_atoms(Role role, std::size_t field, std::string_view value, std::vector<std::uint64_t>& atoms) {
  if (value.empty()) return;
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
    case Role::full_name:
      add_name(value, atoms);
      break;
    case Role::date:
      add_date(field, value, atoms);
      break;
    case Role::code:
      add_code(field, value, atoms);
      break;
    case Role::text:
      add_text(value, atoms);
      break;
    case Role::email:
      atoms.push_back(atom(field, 'v', value));
      atoms.push_back(atom(field, 'l', value.substr(0, value.find('@'))));
      break;
    case Role::number:
    case Role::exact:
      atoms.push_back(atom(field, 'v', value));
      break;
    case Role::category:
      break;
  }
}

}  // namespace scrutineer::linkage
