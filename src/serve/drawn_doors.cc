#include "serve/drawn_doors.h"

#include <utility>

namespace scrutineer::serve {

Result<DrawnDoors> DrawnDoors::of(store::CaseFile& file, const canvass::DrawNote& note,
                                  std::string generation) {
  SCRUTINEER_TRY(canvass::Frame frame, canvass::frame_of(file, note));
  SCRUTINEER_TRY(std::vector<canvass::Door> doors, canvass::draw(frame, note.seed, note.doors));
  DrawnDoors drawn{std::move(generation), note, std::move(frame), std::move(doors), {}, {}};
  for (const canvass::Door& door : drawn.doors) {
    drawn.members.push_back(drawn.frame.id(door.position));
    drawn.door_of.emplace(drawn.members.back(), drawn.members.size());
  }
  return drawn;
}

}  // namespace scrutineer::serve
