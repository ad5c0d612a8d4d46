#include "inquiry/link_decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"

namespace scrutineer::inquiry {
namespace {

struct Vote {
  std::int64_t number = 0;
  std::string decision;
};
// (kind, key) -> person -> newest decision that was not undone.
using Votes = std::map<std::pair<std::string, std::string>, std::map<std::string, Vote>>;

Result<Votes> votes_in(store::CaseFile& file, const std::optional<std::vector<std::int64_t>>& only) {
  SCRUTINEER_TRY(
      store::Statement rows,
      file.database().prepare("SELECT number, subject_kind, subject_key, decision, person, replaces FROM "
                              "decisions WHERE subject_kind IN ('link', 'pair') ORDER BY number"));
  struct Row {
    std::int64_t number;
    std::string kind, key, decision, person;
  };
  std::vector<Row> all;
  std::set<std::int64_t> undone;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    if (const auto replaces = rows.optional_integer(5)) undone.insert(*replaces);
    if (rows.text(3) == "undone" || rows.text(2).empty()) continue;
    all.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  }
  Votes votes;
  for (const Row& row : all) {
    const bool taken =
        only ? std::binary_search(only->begin(), only->end(), row.number) : !undone.contains(row.number);
    if (taken) votes[{row.kind, row.key}][row.person] = {row.number, row.decision};
  }
  return votes;
}

// The decision all agree on, if it is about linking; the oldest of equal ones speaks.
std::optional<Vote> agreed(const std::map<std::string, Vote>& votes) {
  std::optional<Vote> first;
  for (const auto& [person, vote] : votes) {
    if (vote.decision == "open") continue;
    if (vote.decision != "must-link" && vote.decision != "cannot-link") return std::nullopt;
    if (first && first->decision != vote.decision) return std::nullopt;
    if (!first || vote.number < first->number) first = vote;
  }
  return first;
}

// The member's status and what the entry says, as they were when the decision was first taken in, else as
// they are.
Status add_circumstances(store::Sqlite& database, LinkDecision& decision) {
  SCRUTINEER_TRY(store::Statement effect,
                 database.prepare("SELECT entry_says, status_before FROM effects WHERE decision = ?1"));
  SCRUTINEER_TRY(const bool taken_in, effect.bind(decision.number).step());
  if (taken_in) {
    decision.entry_says = effect.text(0);
    decision.status_before = effect.text(1);
    return {};
  }
  SCRUTINEER_TRY(
      store::Statement member,
      database.prepare("SELECT register_status FROM members WHERE id = ?1 ORDER BY number LIMIT 1"));
  SCRUTINEER_TRY(const bool found, member.bind(decision.member).step());
  if (found) decision.status_before = member.text(0);
  SCRUTINEER_TRY(
      store::Statement entry,
      database.prepare("SELECT name, address, postcode FROM entries WHERE roll = ?1 AND line = ?2"));
  SCRUTINEER_TRY(const bool held, entry.bind(decision.roll, decision.line).step());
  if (held) decision.entry_says = entry.text(0) + "\n" + entry.text(1) + "\n" + entry.text(2);
  return {};
}

// A key that is not as Scrutineer writes it is passed over: it can be about nothing.
Status add(store::Sqlite& database, const std::string& kind, const std::string& key, const Vote& vote,
           LinkDecisions& decisions) {
  const auto json = nlohmann::json::parse(key, nullptr, false);
  LinkDecision decision;
  decision.number = vote.number;
  decision.link = vote.decision == "must-link";
  const bool pair =
      kind == "pair" && json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string();
  const bool link = kind == "link" && json.is_array() && json.size() == 3 && json[0].is_string() &&
                    json[1].is_string() && json[2].is_number_unsigned();
  if (!pair && !link) return {};
  decision.member = json[0].get<std::string>();
  if (pair) {
    decision.other = json[1].get<std::string>();
    SCRUTINEER_CHECK(add_circumstances(database, decision));
    decisions.pairs.push_back(std::move(decision));
    return {};
  }
  decision.roll = json[1].get<std::string>();
  decision.line = json[2].get<std::uint64_t>();
  SCRUTINEER_CHECK(add_circumstances(database, decision));
  decisions.links.push_back(std::move(decision));
  return {};
}

}  // namespace

std::vector<std::int64_t> LinkDecisions::applied() const {
  std::vector<std::int64_t> numbers;
  for (const auto* list : {&links, &pairs}) {
    for (const LinkDecision& decision : *list) numbers.push_back(decision.number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Result<LinkDecisions> read_link_decisions(const std::filesystem::path& folder,
                                          const std::optional<std::vector<std::int64_t>>& only) {
  LinkDecisions decisions;
  std::error_code failed;
  if (!std::filesystem::exists(folder / "case.sqlite", failed)) return decisions;
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const Votes votes, votes_in(file, only));
  for (const auto& [subject, by_person] : votes) {
    if (const auto vote = agreed(by_person)) {
      SCRUTINEER_CHECK(add(file.database(), subject.first, subject.second, *vote, decisions));
    }
  }
  const auto by_number = [](const LinkDecision& a, const LinkDecision& b) { return a.number < b.number; };
  std::sort(decisions.links.begin(), decisions.links.end(), by_number);
  std::sort(decisions.pairs.begin(), decisions.pairs.end(), by_number);
  return decisions;
}

Result<std::vector<std::int64_t>> decisions_applied(store::CaseFile& file) {
  SCRUTINEER_TRY(
      store::Statement row,
      file.database().prepare("SELECT body FROM ledger WHERE kind = 'decisions-applied' ORDER BY number "
                              "DESC LIMIT 1"));
  SCRUTINEER_TRY(const bool found, row.step());
  std::vector<std::int64_t> numbers;
  if (!found) return numbers;
  const auto json = nlohmann::json::parse(row.text(0), nullptr, false);
  if (!json.is_object() || !json.contains("decisions") || !json["decisions"].is_string()) return numbers;
  const std::string list = json["decisions"].get<std::string>();
  for (const std::string_view part : split(list, ',')) {
    std::int64_t number = 0;
    if (std::from_chars(part.data(), part.data() + part.size(), number).ec == std::errc())
      numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string applied_body(const LinkDecisions& decisions) {
  const std::pair<std::string, std::string> named[] = {
      {"decisions", fmt::format("{}", fmt::join(decisions.applied(), ","))}};
  return store::facts(named);
}

}  // namespace scrutineer::inquiry
