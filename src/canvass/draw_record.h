// Draws in the ledger of a case: what was published, what was drawn, and for which claim. The claim is fixed
// here, before the first answer, so that nobody chooses margin or risk limit afterwards.
#ifndef SCRUTINEER_CANVASS_DRAW_RECORD_H_
#define SCRUTINEER_CANVASS_DRAW_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canvass/certificate.h"
#include "canvass/draw.h"
#include "store/case_file.h"

namespace scrutineer::canvass {

// An entry of kind "draw". Its body: {"recipe":"scrutineer-draw-1","frame":digest,"entries","seed","doors",
// "margin","risk","again"}, every value as text.
struct DrawNote {
  std::uint64_t ledger_number = 0;
  std::string frame;  // digest
  std::string seed;
  std::uint64_t doors = 0;
  Claim claim;
  std::string again;  // why an earlier draw was given up; empty for the first and for more doors of the same
};

// Oldest first. Refused if a body is not what record_draw writes.
Result<std::vector<DrawNote>> draws_in(store::CaseFile& file);

struct DrawRequest {
  std::string seed;
  std::uint64_t doors = 0;
  std::uint64_t margin = 0;
  double risk = 0.05;
  std::string again;  // a reason allows another seed, claim or frame than the draw already in the ledger
};

struct Drawn {
  Frame frame;
  std::vector<Door> doors;
  Claim claim;
  bool recorded = false;   // false: the ledger already held this very draw
  bool published = false;  // the frame's digest was noted in the ledger before this draw
};

// Writes an entry of kind "frame" with the digest of the eligible entries, unless the last one says the same:
// to be published before the seed exists. `at` is UTC as in store/ledger.h, `actor` who does it.
Result<Frame> publish_frame(store::CaseFile& file, const std::string& at, const std::string& actor);

// Draws and writes the entry, in one transaction. Where the ledger holds a draw already: the same with at
// most as many doors is drawn again without an entry; with more doors it is an extension; anything else is
// refused as a choice among samples, unless a reason is given.
Result<Drawn> record_draw(store::CaseFile& file, const DrawRequest& request, const std::string& at,
                          const std::string& actor);

// How to recompute the draw, for the notice board.
std::string recipe(const Drawn& drawn, const std::string& seed);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_DRAW_RECORD_H_
