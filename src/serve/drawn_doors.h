// The doors of the last draw, drawn again from the case: dear for a large roll, and the same until there is
// another draw or another audit.
#ifndef SCRUTINEER_SERVE_DRAWN_DOORS_H_
#define SCRUTINEER_SERVE_DRAWN_DOORS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "canvass/draw.h"
#include "canvass/draw_record.h"

namespace scrutineer::serve {

struct DrawnDoors {
  std::string generation;
  canvass::DrawNote note;
  canvass::Frame frame;
  std::vector<canvass::Door> doors;
  std::vector<std::string> members;                           // in the order drawn
  std::map<std::string, std::uint64_t, std::less<>> door_of;  // from 1

  // Refused as canvass::frame_of is: the eligible entries may no longer be those that were drawn from.
  static Result<DrawnDoors> of(store::CaseFile& file, const canvass::DrawNote& note, std::string generation);
};

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_DRAWN_DOORS_H_
