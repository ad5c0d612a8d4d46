// Which doors: a draw that nobody can steer and anybody can recompute (doc/canvass.md has the recipe in full;
// examples/recompute_draw.py is written from it in another language).
//
//   frame text  "scrutineer-frame-1\n", then the id of each eligible entry and "\n", sorted by their bytes.
//               An entry's position is its line after the first, from 1; ids that repeat stand repeatedly.
//   digest      SHA-256 of the frame text, 64 lower-case hexadecimal digits. Published before the seed
//   exists. seed        text that nobody could foresee when the digest was published: dice thrown in public,
//   the
//               lottery or a randomness beacon of a day named beforehand.
//   ticket      of a position: SHA-256 of "scrutineer-draw-1|DIGEST|SEED|POSITION", in hexadecimal.
//   doors       the positions in ascending order of their tickets: door 1 has the smallest. The first n doors
//               are a simple random sample without replacement; asking for more only adds to the end.
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

namespace scrutineer::canvass {

class Frame {
 public:
  // In any order. Ids hold no control characters (case_facts.h sees to that).
  explicit Frame(std::vector<std::string> ids);

  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] std::uint64_t entries() const { return ids_.size(); }
  [[nodiscard]] const std::string& id(std::uint64_t position) const { return ids_[position - 1]; }
  [[nodiscard]] bool holds(std::string_view id) const;
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string> ids_;  // sorted
  std::string digest_;
};

struct Door {
  std::uint64_t number = 0;    // in the order drawn, from 1
  std::uint64_t position = 0;  // in the frame, from 1
  bool revisit = false;
};

// The first `doors` doors. Wrong usage unless 1 <= doors <= entries and the seed is 1 to 500 bytes of UTF-8
// without control characters or outer spaces, which nobody could see in print. Time: one SHA-256 an entry.
Result<std::vector<Door>> draw(const Frame& frame, std::string_view seed, std::uint64_t doors,
                               unsigned threads = 0);

// What is handed to those who visit: "door,position,member"; nothing tells which doors are visited twice.
std::string doors_csv(const Frame& frame, const std::vector<Door>& doors);
// For whoever organises the second visits alone: the same columns, these doors only.
std::string revisits_csv(const Frame& frame, const std::vector<Door>& doors);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_DRAW_H_
