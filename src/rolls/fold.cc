#include "rolls/fold.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <utility>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

char printable_ascii(char c) {
  return c >= 0x20 && c < 0x7F ? c : ' ';
}

// UTF-8 with every ill-formed byte read as Latin-1; C1 controls, which stand for nothing, become spaces.
std::string repaired(std::string_view text) {
  std::string mended;
  mended.reserve(text.size() + text.size() / 4);
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t used =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (used > 0) {
      mended.append(text.substr(at, static_cast<std::size_t>(used)));
      at += static_cast<std::size_t>(used);
      continue;
    }
    const unsigned byte = bytes[at++];
    if (byte < 0xA0) {
      mended += ' ';
    } else {
      mended += static_cast<char>(0xC0U | (byte >> 6U));
      mended += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return mended;
}

// Calls use(code point, its bytes) along well-formed UTF-8.
template <typename Use>
void each_point(std::string_view text, const Use& use) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t used =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (used <= 0) return;
    use(point, text.substr(at, static_cast<std::size_t>(used)));
    at += static_cast<std::size_t>(used);
  }
}

// Scripts in which combining marks are accents, not vowels: Latin, Greek, Cyrillic, and shared punctuation,
// letter-like signs and full-width forms.
bool marks_are_accents(std::string_view text) {
  bool accents = true;
  each_point(text, [&](utf8proc_int32_t c, std::string_view) {
    accents = accents && (c < 0x0590 || (c >= 0x1D00 && c < 0x2C00) || (c >= 0x2C60 && c < 0x2C80) ||
                          (c >= 0xA720 && c < 0xA800) || (c >= 0xFB00 && c < 0xFB07) || c == 0xFEFF ||
                          (c >= 0xFF01 && c < 0xFF5F) || c == 0xFFFD);
  });
  return accents;
}

// Letters and punctuation without a decomposition.
std::string_view plain_form(utf8proc_int32_t point) {
  constexpr std::array<std::pair<utf8proc_int32_t, std::string_view>, 38> forms = {{
      {0x00A1, ""},   {0x00AB, "\""}, {0x00B4, "'"},  {0x00B7, " "},  {0x00BB, "\""}, {0x00BF, ""},
      {0x00C6, "AE"}, {0x00D0, "D"},  {0x00D8, "O"},  {0x00DE, "TH"}, {0x00DF, "ss"}, {0x00E6, "ae"},
      {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"}, {0x0110, "D"},  {0x0111, "d"},  {0x0131, "i"},
      {0x0141, "L"},  {0x0142, "l"},  {0x0152, "OE"}, {0x0153, "oe"}, {0x018F, "A"},  {0x0259, "a"},
      {0x02B9, "'"},  {0x02BB, "'"},  {0x02BC, "'"},  {0x02BE, "'"},  {0x02BF, "'"},  {0x2010, "-"},
      {0x2013, "-"},  {0x2014, "-"},  {0x2018, "'"},  {0x2019, "'"},  {0x201B, "'"},  {0x201C, "\""},
      {0x201D, "\""}, {0x2212, "-"},
  }};
  const auto* const found =
      std::lower_bound(forms.begin(), forms.end(), point,
                       [](const auto& form, utf8proc_int32_t wanted) { return form.first < wanted; });
  if (found == forms.end() || found->first != point) return {"\0", 1};
  return found->second;
}

std::string without_marks(std::string_view text) {
  utf8proc_uint8_t* decomposed = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &decomposed, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(decomposed, &std::free);
  if (length < 0) return std::string(text);  // cannot be reached with well-formed text; ICU still sees it
  const std::string_view stripped(reinterpret_cast<const char*>(decomposed),
                                  static_cast<std::size_t>(length));
  std::string plain;
  plain.reserve(stripped.size());
  each_point(stripped, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (point < 0x80) {
      plain += bytes;
      return;
    }
    const std::string_view form = plain_form(point);
    plain += form == std::string_view("\0", 1) ? bytes : form;
  });
  return plain;
}

// ICU's transliterators are built once and are not for two threads at a time.
std::string transliterated(std::string_view text) {
  static std::mutex turn;
  static const std::unique_ptr<icu::Transliterator> to_ascii = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  }();
  std::string latin(text);
  if (to_ascii) {
    icu::UnicodeString wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const std::lock_guard lock(turn);
    to_ascii->transliterate(wide);
    latin.clear();
    wide.toUTF8String(latin);
  }
  std::erase_if(latin, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return latin;
}

}  // namespace

std::string ascii_text(std::string_view text) {
  std::string plain(text);
  if (!is_ascii(plain)) {
    if (!is_valid_utf8(plain)) plain = repaired(plain);
    if (marks_are_accents(plain)) plain = without_marks(plain);
    if (!is_ascii(plain)) plain = transliterated(plain);
  }
  for (char& c : plain) c = printable_ascii(c);
  return plain;
}

std::string folded(std::string_view text) {
  std::string lower = ascii_text(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace scrutineer::rolls
