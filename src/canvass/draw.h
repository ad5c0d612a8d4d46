// Which doors: a draw that nobody can steer and anybody can recompute (doc/canvass.md has the recipe in full;
// examples/recompute_draw.py is written from it in another language).
//
//   frame       the list of eligible entries and its digest (frame.h). Published before the seed exists.
//   seed        text that nobody could foresee when the digest was published: dice thrown in public, the
//   lottery
//               or a randomness beacon of a day named beforehand.
//   ticket      of a position: SHA-256 of "scrutineer-draw-1|DIGEST|SEED|POSITION", in hexadecimal. An entry
//   with
//               several lots has the smallest of its tickets, those after the first with "|2", "|3", ... at
//               the end: the first of its lots to come out of the urn.
//   order       the positions of a stratum in ascending order of their tickets.
//   doors       simple, weighted: in that order. Stratified: the next door is of the stratum, not yet
//   exhausted,
//               for which (2 taken + 1) / entries is least (of two alike, the first by the bytes of its
//               name): in proportion, as Webster and Sainte-Lague share out seats. Strip and sample: every
//               door whose number PACE divides is the questioned entry whose turn is next, and the others are
//               in the order of the tickets, passing over entries visited before; where one kind is used up,
//               the other goes on. Asking for more doors only adds to the end.
//   revisits    a door is visited a second time, by others who do not know of the first, if the first eight
//               digits of SHA-256 of "scrutineer-revisit-1|DIGEST|SEED|POSITION" are below 1999999a: 10 %.
//
// The frame's digest binds the list before the seed is known, the seed binds the order: whoever keeps the
// list cannot choose the doors, and whoever throws the dice cannot choose the list.
#ifndef SCRUTINEER_CANVASS_DRAW_H_
#define SCRUTINEER_CANVASS_DRAW_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "canvass/frame.h"

namespace scrutineer::canvass {

struct Door {
  std::uint64_t number = 0;    // in the order drawn, from 1
  std::uint64_t position = 0;  // in the frame, from 1
  bool revisit = false;
  bool targeted = false;  // sought out in its turn, not drawn; nobody who visits is told
};

// The first `doors` doors. Wrong usage unless 1 <= doors <= entries and the seed is 1 to 500 bytes of UTF-8
// without control characters or outer spaces, which nobody could see in print. Time: one SHA-256 a lot.
Result<std::vector<Door>> draw(const Frame& frame, std::string_view seed, std::uint64_t doors,
                               unsigned threads = 0);

// What is handed to those who visit: "door,position,member"; nothing tells which doors are visited twice.
std::string doors_csv(const Frame& frame, const std::vector<Door>& doors);
// For whoever organises the second visits alone: the same columns, these doors only.
std::string revisits_csv(const Frame& frame, const std::vector<Door>& doors);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_DRAW_H_
