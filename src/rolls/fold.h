// Any text as plain ASCII, so that "José", "JOSE" and "Хосе" written by three clerks can be compared at all.
//
// Steps, cheapest first; a text leaves as soon as it is ASCII:
//   1. ASCII text is copied, control characters becoming spaces.
//   2. Ill-formed UTF-8 bytes are read as Latin-1, the encoding they come from in practice; nothing crashes.
//   3. Latin, Greek and Cyrillic: compatibility decomposition (NFKD) with marks taken off (utf8proc), then
//   the
//      letters and punctuation that have no decomposition (ß ø æ œ þ ð ł ı, curly quotes, dashes).
//   4. What remains goes through ICU's "Any-Latin; Latin-ASCII". Scripts whose vowels are marks (Arabic,
//      Devanagari, Bengali, ...) skip step 3, which would strip the vowels, and come here at once.
//   5. Characters that ICU does not know are dropped.
//
// Transliteration is lossy and not the spelling a person chose (ICU writes "mohammada" where the passport may
// say "Mohammed"): it makes values comparable, it does not make them equal. Step 4 costs about 25
// microseconds a value against well under one for the others (STACK.md, 2): call it once per distinct value.
#ifndef SCRUTINEER_ROLLS_FOLD_H_
#define SCRUTINEER_ROLLS_FOLD_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

// Printable ASCII with the case kept. Safe from any thread.
std::string ascii_text(std::string_view text);

// The same in lower case.
std::string folded(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_FOLD_H_
