#include "linkage/phonetics.h"

#include <array>

namespace scrutineer::linkage {
namespace {

bool is_letter(char letter) {
  return letter >= 'a' && letter <= 'z';
}

// '0' vowels and y, which separate equal codes; 'h' for h and w, which do not.
char soundex_digit(char letter) {
  static constexpr std::string_view digits = "01230120022455012623010202";  // a to z
  if (letter == 'h' || letter == 'w') return 'h';
  return digits[static_cast<std::size_t>(letter - 'a')];
}

// One class of consonants for what different spellings of one sound share; NUL for vowels.
char consonant_class(char letter) {
  switch (letter) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
      return '\0';
    case 'c':
    case 'q':
    case 'k':
    case 'x':
      return 'k';
    case 'v':
    case 'w':
      return 'w';
    case 'z':
    case 's':
      return 's';
    case 'j':
    case 'g':
      return 'j';
    default:
      return letter;
  }
}

}  // namespace

std::uint32_t soundex(std::string_view lower_case) {
  std::array<char, 4> code = {'0', '0', '0', '0'};
  std::size_t length = 0;
  char previous = '\0';
  for (const char letter : lower_case) {
    if (!is_letter(letter)) continue;
    const char digit = soundex_digit(letter);
    if (length == 0) {
      code[length++] = letter;
      previous = digit;
      continue;
    }
    if (digit == 'h') continue;
    if (digit != '0' && digit != previous) code[length++] = digit;
    previous = digit;
    if (length == code.size()) break;
  }
  if (length == 0) return 0;
  std::uint32_t packed = 0;
  for (const char part : code) packed = packed << 8U | static_cast<unsigned char>(part);
  return packed;
}

std::string transliteration_skeleton(std::string_view lower_case) {
  std::string skeleton;
  std::size_t consonants = 0;
  char previous = '\0';
  for (std::size_t at = 0; at < lower_case.size(); ++at) {
    const char letter = lower_case[at];
    if (letter == ' ') {
      previous = '\0';
      continue;
    }
    if (!is_letter(letter)) continue;
    char sound = consonant_class(letter);
    const char next = at + 1 < lower_case.size() ? lower_case[at + 1] : ' ';
    if (letter == 'p' && next == 'h') sound = 'f';
    // "chowdhury" is "choudhury": w between a vowel and a consonant is part of the vowel.
    const bool after_vowel = at > 0 && consonant_class(lower_case[at - 1]) == '\0';
    if (letter == 'w' && after_vowel && (next == ' ' || consonant_class(next) != '\0')) sound = '\0';
    const bool silent_h = letter == 'h' && !skeleton.empty() && (next == ' ' || previous != '\0');
    if (silent_h) continue;
    if (sound == '\0') {
      if (skeleton.empty()) skeleton.push_back('a');  // a vowel in front is kept, which one is not
      previous = '\0';
      continue;
    }
    if (sound != previous) {
      skeleton.push_back(sound);
      ++consonants;
    }
    previous = sound;
  }
  return consonants >= 2 ? skeleton : std::string();
}

}  // namespace scrutineer::linkage
