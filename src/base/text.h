// Small operations on UTF-8 text that more than one room needs. Nothing here knows about names,
// addresses or dates: that is rolls/.
#ifndef SCRUTINEER_BASE_TEXT_H_
#define SCRUTINEER_BASE_TEXT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer {

// Without leading and trailing white space: ASCII white space and the no-break space (U+00A0).
std::string_view trimmed(std::string_view text);

// ASCII letters only; other bytes are left as they are.
std::string ascii_lower(std::string_view text);

// True if every byte is below 128.
bool is_ascii(std::string_view text);

// True if the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no over-long forms).
bool is_valid_utf8(std::string_view text);

// The text with control characters, bidirectional controls and ill-formed bytes shown as \xNN or \u{NNNN}:
// for messages that quote what a stranger typed. At most `limit` bytes of input are shown, then "...".
std::string printable(std::string_view text, std::size_t limit = 4096);

// Parts between separators; n separators give n + 1 parts, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

// Runs of characters other than white space.
std::vector<std::string_view> words(std::string_view text);

std::string join(std::span<const std::string> parts, std::string_view separator);

// The number of single-character insertions, deletions, substitutions and swaps of neighbours between two
// short strings (optimal string alignment). Quadratic: for "did you mean", never for matching people.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The candidate nearest to `wanted` by edit distance after ASCII lower-casing, if it is near enough to be
// what was meant (a third of its length, at least 1, at most 4); else an empty string.
std::string nearest(std::string_view wanted, std::span<const std::string> candidates);

// A CSV field: quoted if it holds a comma, quote, line break or outer white space; and, so that a
// spreadsheet never runs it, with an apostrophe in front if it starts with = + - @ tab or carriage return
// and is not a plain number.
std::string csv_field(std::string_view text);

// With & < > " ' replaced, for element content and quoted attributes.
std::string html_escape(std::string_view text);

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_TEXT_H_
