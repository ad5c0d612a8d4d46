#include "canvass/visits.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "rolls/read_roll.h"

namespace scrutineer::canvass {
namespace {

constexpr std::array<std::string_view, answer_count> answer_words = {
    "verified", "denied", "not-known", "moved", "deceased", "refused", "no-contact"};

}  // namespace

std::string_view to_string(Answer answer) {
  return answer_words[static_cast<std::size_t>(answer)];
}

std::optional<Answer> answer_of(std::string_view text) {
  std::string wanted = ascii_lower(trimmed(text));
  for (char& c : wanted)
    if (c == ' ' || c == '_') c = '-';
  for (std::size_t i = 0; i < answer_count; ++i)
    if (answer_words[i] == wanted) return static_cast<Answer>(i);
  return std::nullopt;
}

bool speaks_against(Answer answer) {
  return answer == Answer::denied || answer == Answer::not_known || answer == Answer::moved ||
         answer == Answer::deceased;
}

Result<Visits> read_visits(const std::filesystem::path& file) {
  rolls::RollSpec spec;
  spec.name = "canvass";
  spec.kind = rolls::RollKind::canvass;
  spec.file = file;
  SCRUTINEER_TRY(const rolls::Roll roll, rolls::read_roll(spec));
  for (const rolls::Column needed : {rolls::Column::id, rolls::Column::outcome}) {
    if (roll.column(needed) == nullptr) {
      return refused(fmt::format("there is no column for the standard column {}", rolls::to_string(needed)),
                     {.file = file.string(), .line = 1}, "a header such as id,outcome,visited,arm,visitor");
    }
  }
  Visits found;
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const std::string_view text = roll.text(rolls::Column::outcome, row);
    const auto answer = answer_of(text);
    if (answer) {
      found.visits.push_back({std::string(roll.text(rolls::Column::id, row)), *answer,
                              std::string(roll.text(rolls::Column::visitor, row)), roll.lines[row]});
    } else {
      found.unreadable.push_back(
          fmt::format("line {}: outcome \"{}\"", roll.lines[row], printable(text, 80)));
    }
  }
  for (const rolls::Reject& reject : roll.rejects)
    found.unreadable.push_back(fmt::format("line {}: {}", reject.line, reject.reason));
  return found;
}

}  // namespace scrutineer::canvass
