// What those who visited wrote down: a canvass roll, one row a visit.
#ifndef SCRUTINEER_CANVASS_VISITS_H_
#define SCRUTINEER_CANVASS_VISITS_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scrutineer::canvass {

// The outcomes of a visit (DESIGN.md, "Words"). They stay apart in every table.
enum class Answer : std::uint8_t { verified, denied, not_known, moved, deceased, refused, no_contact };
inline constexpr std::size_t answer_count = 7;
std::string_view to_string(Answer answer);  // "verified", "denied", "not-known", ...
// In any case of letters, with spaces, underscores or hyphens between words.
std::optional<Answer> answer_of(std::string_view text);
// Says that the entry is not eligible: denied, not known, moved, deceased. Refused and nobody met say
// nothing.
bool speaks_against(Answer answer);

struct Visit {
  std::string id;
  Answer answer = Answer::no_contact;
  std::string visitor;     // empty if not noted
  std::uint64_t line = 0;  // of the file
};

struct Visits {
  std::vector<Visit> visits;  // in the order of the file
  // Rows whose outcome is none of the seven, and records that are in no row: "line 7: outcome \"yes\"".
  std::vector<std::string> unreadable;
};

// Any file that a roll can be read from (rolls/read_roll.h), with the columns id and outcome and, if they are
// there, visitor. Refused if one of the two is missing.
Result<Visits> read_visits(const std::filesystem::path& file);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_VISITS_H_
