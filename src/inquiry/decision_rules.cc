#include "inquiry/decision_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "store/review_schema.h"

namespace scrutineer::inquiry {
namespace {

using store::DecisionRow;
using store::Statement;

constexpr std::array<std::string_view, 7> judgements = {"open",      "explained", "upheld",     "referred",
                                                        "corrected", "must-link", "cannot-link"};

std::optional<Refusal> no(int status, const char* code, std::string message, const char* field = "") {
  return Refusal{status, code, std::move(message), field};
}

bool fits(std::string_view kind, std::string_view decision) {
  const bool linking = decision == "must-link" || decision == "cannot-link";
  if (kind == "link" || kind == "pair")
    return linking || decision == "open" || decision == "explained" || decision == "referred";
  if (kind == "address") return decision == "open" || decision == "explained" || decision == "referred";
  return (kind == "finding" || kind == "member") && !linking;
}

std::string folded(std::string_view name) {
  std::string result;
  for (const std::string_view word : words(name)) result += (result.empty() ? "" : " ") + ascii_lower(word);
  return result;
}

Result<bool> exists(store::Sqlite& database, std::string_view sql, const std::string& key) {
  SCRUTINEER_TRY(Statement row, database.prepare(sql));
  return row.bind(key).step();
}

Result<bool> is_there(store::Sqlite& database, const std::string& kind, const std::string& key) {
  if (kind == "finding") return exists(database, "SELECT 1 FROM findings WHERE id = ?1", key);
  if (kind == "member") return exists(database, "SELECT 1 FROM members WHERE id = ?1", key);
  if (kind == "address") return exists(database, "SELECT 1 FROM addresses WHERE key = ?1", key);
  SCRUTINEER_TRY(const store::CaseSecrets secrets, store::secrets_of(database));
  return exists(database, "SELECT 1 FROM handles WHERE handle = ?1",
                store::handle_of(secrets.handles, kind, key));
}

Result<bool> was_heard(store::Sqlite& database, const DecisionRow& decision) {
  SCRUTINEER_TRY(
      Statement row,
      database.prepare(
          "SELECT 1 FROM decisions WHERE decision IN ('heard', 'offered') AND ((subject_kind = ?1 AND "
          "subject_key = ?2) OR (?1 = 'finding' AND subject_kind = 'member' AND subject_key = (SELECT "
          "min(member) FROM finding_members WHERE finding = ?2 HAVING count(DISTINCT member) = 1))) "
          "LIMIT 1"));
  return row.bind(decision.subject_kind, decision.subject_key).step();
}

struct Upholder {
  std::string person;
  std::string key;  // 32 bytes, or empty
};

// Who upholds it now: each person whose newest decision that was not undone is `upheld`.
Result<std::vector<Upholder>> upholders(store::Sqlite& database, const DecisionRow& decision) {
  SCRUTINEER_TRY(
      Statement rows,
      database.prepare(
          "SELECT d.person, l.signer FROM decisions d JOIN ledger l ON l.number = d.ledger_entry WHERE "
          "d.subject_kind = ?1 AND d.subject_key = ?2 AND d.decision = 'upheld' AND NOT EXISTS (SELECT 1 "
          "FROM "
          "decisions u WHERE u.replaces = d.number) AND NOT EXISTS (SELECT 1 FROM decisions n WHERE "
          "n.subject_kind "
          "= d.subject_kind AND n.subject_key = d.subject_key AND n.person = d.person AND n.number > "
          "d.number AND "
          "n.decision NOT IN ('undone', 'heard', 'offered') AND NOT EXISTS (SELECT 1 FROM decisions u WHERE "
          "u.replaces = n.number))"));
  rows.bind(decision.subject_kind, decision.subject_key);
  std::vector<Upholder> found;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return found;
    found.push_back({rows.text(0), rows.bytes(1)});
  }
}

Result<std::optional<Refusal>> check_upheld(store::Sqlite& database, const DecisionRow& decision,
                                            const Decider& decider) {
  SCRUTINEER_TRY(const bool heard, was_heard(database, decision));
  if (!heard)
    return no(422, "reply-first",
              "Nobody is upheld against unheard: record the member's reply, or that it was offered, first.");
  SCRUTINEER_TRY(const std::vector<Upholder> before, upholders(database, decision));
  for (const Upholder& other : before) {
    if (folded(other.person) == folded(decision.person))
      return no(422, "same-person",
                "You have upheld this already: the second signature must be another person's.");
    const std::string_view mine =
        decider.key
            ? std::string_view(reinterpret_cast<const char*>(decider.key->data()), decider.key->size())
            : "";
    if (!mine.empty() && other.key == mine)
      return no(422, "same-key",
                "The first signature was made with this very key: the second must be another person's.");
  }
  return std::nullopt;
}

Result<std::optional<Refusal>> check_undo(store::Sqlite& database, const DecisionRow& decision) {
  if (!decision.replaces) return no(422, "nothing-to-undo", "It is not said what is undone.");
  SCRUTINEER_TRY(
      Statement row,
      database.prepare("SELECT person, decision, (SELECT count(*) FROM decisions u WHERE u.replaces = "
                       "d.number), erased FROM decisions d WHERE number = ?1"));
  SCRUTINEER_TRY(const bool found, row.bind(*decision.replaces).step());
  if (!found || !is_judgement(row.text(1)) || !row.is_null(3))
    return no(422, "nothing-to-undo", "There is no decision of this number to undo.");
  if (row.text(0) != decision.person)
    return no(422, "nothing-to-undo", "One undoes one's own decisions alone.");
  if (row.integer(2) > 0) return no(409, "already-done", "It was undone before.");
  return std::nullopt;
}

Result<std::optional<Refusal>> check_judgement(store::Sqlite& database, const DecisionRow& decision,
                                               const Decider& decider) {
  if (!fits(decision.subject_kind, decision.decision))
    return no(400, "bad-request",
              fmt::format("{} is no decision about a {}.", decision.decision, decision.subject_kind),
              "decision");
  if (trimmed(decision.reason).empty())
    return no(422, "reason-required", "A decision needs a reason.", "reason");
  if (decision.decision == "explained" && trimmed(decision.cause).empty())
    return no(422, "cause-required", "Say which innocent cause explains it.", "cause");
  const bool panel_only = decision.decision == "upheld" || decision.decision == "corrected";
  if (panel_only && !decider.panel) return no(403, "role", "Only the panel may decide this.");
  SCRUTINEER_TRY(
      Statement newest,
      database.prepare(
          "SELECT coalesce(max(number), 0) FROM decisions WHERE subject_kind = ?1 AND subject_key = ?2 AND "
          "decision NOT IN ('heard', 'offered')"));
  SCRUTINEER_TRY([[maybe_unused]] const bool found,
                 newest.bind(decision.subject_kind, decision.subject_key).step());
  if (decider.seen && newest.integer(0) > *decider.seen)
    return no(409, "decided-since", "Somebody has decided on this since you looked: look again.");
  if (decision.decision == "upheld") return check_upheld(database, decision, decider);
  return std::nullopt;
}

}  // namespace

bool is_judgement(std::string_view decision) {
  return std::find(judgements.begin(), judgements.end(), decision) != judgements.end();
}

Result<std::optional<Refusal>> check_decision(store::Sqlite& database, const DecisionRow& decision,
                                              const Decider& decider) {
  if (decision.decision == "undone") return check_undo(database, decision);
  const bool about_case = decision.subject_kind == "case";
  if (decision.decision == "retention") {
    if (!about_case) return no(400, "bad-request", "The day of erasure is one for the whole case.");
    if (!decider.panel) return no(403, "role", "Only the panel may decide this.");
    if (!Date::from_iso(decision.cause))
      return no(422, "retention", "The date must be a day: YYYY-MM-DD.", "date");
    if (trimmed(decision.reason).empty())
      return no(422, "reason-required", "A date of erasure needs a reason.", "reason");
    return std::nullopt;
  }
  if (about_case) return no(400, "bad-request", "Nothing else is decided about the whole case.", "subject");
  SCRUTINEER_TRY(const bool there, is_there(database, decision.subject_kind, decision.subject_key));
  if (!there) return no(404, "not-found", "It is not in the case now: an audit may have replaced the case.");
  if (decision.decision == "heard" || decision.decision == "offered") {
    if (!decider.panel) return no(403, "role", "Only the panel records replies.");
    if (decision.subject_kind != "finding" && decision.subject_kind != "member")
      return no(400, "bad-request", "A reply is to a finding, or a member's own.", "subject");
    if (!Date::from_iso(decision.cause))
      return no(400, "bad-request", "\"on\" must be a day: YYYY-MM-DD.", "on");
    if (trimmed(decision.reason).empty())
      return no(422, "reason-required", "Say what was said, or how the reply was offered.", "text");
    return std::nullopt;
  }
  return check_judgement(database, decision, decider);
}

}  // namespace scrutineer::inquiry
