// Draws in the ledger of a case: what was published, what was drawn, and for which claim. The claim is fixed
// here, before the first answer, so that nobody chooses margin or risk limit afterwards.
#ifndef SCRUTINEER_CANVASS_DRAW_RECORD_H_
#define SCRUTINEER_CANVASS_DRAW_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canvass/case_facts.h"
#include "canvass/certificate.h"
#include "canvass/draw.h"
#include "store/case_file.h"

namespace scrutineer::canvass {

// An entry of kind "draw". Its body: {"recipe":"scrutineer-draw-1","frame":digest,"entries","seed","doors",
// "margin","risk","again","design"}, every value as text; without "design" it is "simple".
struct DrawNote {
  std::uint64_t ledger_number = 0;
  std::string frame;  // digest
  std::string seed;
  std::uint64_t doors = 0;
  Claim claim;
  std::string again;  // why an earlier draw was given up; empty for the first and for more doors of the same
  Design design = Design::simple;
};

// Oldest first. Refused if a body is not what record_draw writes.
Result<std::vector<DrawNote>> draws_in(store::CaseFile& file);

// The list of a draw: made of the eligible entries for the simple design, as it was kept in the case for the
// others. Refused if the eligible entries are no longer those of the draw.
Result<Frame> frame_of(store::CaseFile& file, const DrawNote& note);

// What list is drawn from.
struct FrameRequest {
  Design design = Design::simple;
  std::uint64_t pace = usual_pace;  // strip and sample; at least 1
  StrataOfIds strata = {};          // stratified; see entries_for
};

struct DrawRequest {
  std::string seed;
  std::uint64_t doors = 0;
  std::uint64_t margin = 0;
  double risk = 0.05;
  std::string again;  // a reason allows another seed, claim or frame than the draw already in the ledger
  FrameRequest list = {};
};

struct Drawn {
  Frame frame;
  std::vector<Door> doors;
  Claim claim;
  bool recorded = false;   // false: the ledger already held this very draw
  bool published = false;  // the frame's digest was noted in the ledger before this draw
};

// Writes an entry of kind "frame" with the digest of the list, unless the last one says the same: to be
// published before the seed exists. Lists of other designs than the simple one are kept in the case too, as
// findings may change between two audits. `at` is UTC as in store/ledger.h, `actor` who does it.
Result<Frame> publish_frame(store::CaseFile& file, const std::string& at, const std::string& actor,
                            const FrameRequest& list = {});

// Draws and writes the entry, in one transaction. The list is the last one of this design that the case
// keeps, if the eligible entries are still those and no reason is given for another; else it is made anew.
// Where the ledger holds a draw already: the same with at most as many doors is drawn again without an entry;
// with more doors it is an extension; anything else is refused as a choice among samples, unless a reason is
// given.
Result<Drawn> record_draw(store::CaseFile& file, const DrawRequest& request, const std::string& at,
                          const std::string& actor);

// How to recompute the draw, for the notice board.
std::string recipe(const Drawn& drawn, const std::string& seed);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_DRAW_RECORD_H_
