// What is said at a door and stands on the leaflet, in one language. The wording is data (interview/*.json):
// questions in a fixed order, none of which suggests an answer. {organisation}, {contact} and {member} are
// filled in.
#ifndef SCRUTINEER_CANVASS_INTERVIEW_H_
#define SCRUTINEER_CANVASS_INTERVIEW_H_

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "canvass/visits.h"

namespace scrutineer::canvass {

struct Interview {
  std::string language;  // BCP 47: "en"
  std::string name;      // of the language in itself
  bool right_to_left = false;
  std::string checked;  // whether and by whom the wording was: "checked by the authors"
  std::string introduction, consent;
  std::array<std::string, answer_count> outcomes;          // by Answer
  std::vector<std::string> questions;                      // as interview_questions()
  std::map<std::string, std::string, std::less<>> labels;  // "sheet", "member", ...
  std::string leaflet_title;
  std::vector<std::pair<std::string, std::string>>
      leaflet;  // heading and text: who, why, kept, rights, object
};

// Refused, naming what is missing, unless every text is there and not empty.
Result<Interview> parse_interview(std::string_view json, const std::string& where);

// The JSON texts compiled in.
std::span<const std::string_view> built_in_interviews();
// Their languages, such as "en".
std::vector<std::string> built_in_languages();
// One of them, or the file named if it ends in ".json".
Result<Interview> interview_in(const std::string& language);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_INTERVIEW_H_
