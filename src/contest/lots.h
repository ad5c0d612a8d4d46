// Drawing lots so that anyone can draw them again.
#ifndef SCRUTINEER_CONTEST_LOTS_H_
#define SCRUTINEER_CONTEST_LOTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace scrutineer::contest {

// The index of the one that the lot falls on. A function of the seed, the question and the *set* of names
// alone, so neither the order of the input nor earlier draws matter: for each name the SHA-256 of
//
//   "lot" LF seed in decimal LF question LF all names, sorted by bytes, each followed by LF LF the name
//
// is taken and the name with the smallest digest (as lower-case hexadecimal text) is drawn. `question` is the
// rule and the round ("irv 3"), so that the same pair tied twice is drawn twice. REQUIRES: names not empty
// and all different.
std::size_t draw_lot(std::uint64_t seed, const std::string& question, std::span<const std::string> names);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_LOTS_H_
