#include "canvass/contradictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

namespace scrutineer::canvass {
namespace {

bool says_something(Answer answer) {
  return answer == Answer::verified || speaks_against(answer);
}

// Who noted each answer at one member.
using Noted = std::array<std::set<std::string_view>, answer_count>;

bool share_a_visitor(const std::set<std::string_view>& one, const std::set<std::string_view>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](std::string_view visitor) { return !visitor.empty() && other.contains(visitor); });
}

std::string counted_members(std::uint64_t number) {
  return fmt::format("{} member{}", number, number == 1 ? "" : "s");
}

std::uint64_t questions_with_several(const std::vector<RecordedRow>& rows) {
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> statements;
  for (const RecordedRow& row : rows) {
    if (row.corrected_by) continue;
    for (const Statement& statement : row.row.statements) {
      const std::string_view about = statement.about.empty() ? row.row.member : statement.about;
      ++statements[{about, statement.question}];
    }
  }
  return static_cast<std::uint64_t>(
      std::count_if(statements.begin(), statements.end(), [](const auto& one) { return one.second > 1; }));
}

}  // namespace

Contradictions contradictions_in(const Visits& visits, const std::vector<RecordedRow>& rows) {
  std::map<std::string_view, Noted> members;
  for (const Visit& visit : visits.visits)
    if (says_something(visit.answer))
      members[visit.id][static_cast<std::size_t>(visit.answer)].insert(visit.visitor);
  std::map<std::pair<Answer, Answer>, AgainstEachOther> kinds;
  Contradictions found;
  for (const auto& [id, noted] : members) {
    bool any = false;
    for (std::size_t one = 0; one < answer_count; ++one) {
      for (std::size_t other = one + 1; other < answer_count; ++other) {
        if (noted[one].empty() || noted[other].empty()) continue;
        any = true;
        const auto key = std::pair(static_cast<Answer>(one), static_cast<Answer>(other));
        AgainstEachOther& kind = kinds[key];
        kind.one = key.first;
        kind.other = key.second;
        ++kind.members;
        kind.same_visitor += share_a_visitor(noted[one], noted[other]) ? 1U : 0U;
      }
    }
    found.members += any ? 1U : 0U;
  }
  for (const auto& [key, kind] : kinds) found.answers.push_back(kind);
  found.questions = questions_with_several(rows);
  return found;
}

std::string to_text(const Contradictions& found) {
  if (found.answers.empty() && found.questions == 0)
    return "\nNo visits or statements stand against each other.\n";
  std::string text = fmt::format("\nVisits against each other, at {}:\n", counted_members(found.members));
  for (const AgainstEachOther& kind : found.answers) {
    text += fmt::format("  {:<28}{:>12}, {} of them noted by one visitor\n",
                        fmt::format("{} / {}", to_string(kind.one), to_string(kind.other)),
                        counted_members(kind.members), kind.same_visitor);
  }
  return text + fmt::format(
                    "Questions with more than one statement about the same member: {} (canvass record --list "
                    "shows them side by side).\n",
                    found.questions);
}

std::string to_json(const CanvassStatus& status, const Contradictions& found) {
  auto json = nlohmann::ordered_json::parse(to_json(status));
  auto answers = nlohmann::ordered_json::array();
  for (const AgainstEachOther& kind : found.answers) {
    answers.push_back({{"one", std::string(to_string(kind.one))},
                       {"other", std::string(to_string(kind.other))},
                       {"members", kind.members},
                       {"same_visitor", kind.same_visitor}});
  }
  json["contradictions"] = {{"members", found.members},
                            {"answers", answers},
                            {"questions_with_several_statements", found.questions}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace scrutineer::canvass
