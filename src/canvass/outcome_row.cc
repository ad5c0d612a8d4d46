#include "canvass/outcome_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"

namespace scrutineer::canvass {
namespace {

constexpr std::size_t longest_text = 20'000;
constexpr std::array<std::string_view, 3> basis_words = {"first-hand", "about-relative", "hearsay"};
constexpr std::array<std::string_view, 10> questions = {
    "lives-here", "joined-themselves", "who-asked",    "where-when",   "who-paid", "how-paid",
    "signed",     "list-shown",        "asked-before", "anything-else"};

Status check_text(std::string_view field, std::string_view text, bool lines) {
  const auto unprintable = [lines](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && !(lines && (c == '\n' || c == '\t'))) || byte == 0x7f;
  };
  if (text.size() > longest_text || !is_valid_utf8(text) ||
      std::any_of(text.begin(), text.end(), unprintable)) {
    return refused(fmt::format("the {} cannot be kept as it is", field), {},
                   "at most 20,000 bytes of UTF-8 without control characters");
  }
  return {};
}

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_time(std::string_view text) {  // "18:40"
  return text.size() == 5 && text[2] == ':' && digits(text.substr(0, 2)) && digits(text.substr(3)) &&
         text.substr(0, 2) < "24" && text.substr(3) < "60";
}

Status check_when(const std::string& text) {
  if (text.empty()) return {};
  const bool right = (text.size() == 10 ||
                      (text.size() == 16 && text[10] == 'T' && is_time(std::string_view(text).substr(11)))) &&
                     Date::from_iso(std::string_view(text).substr(0, 10));
  if (right) return {};
  return refused(fmt::format("\"{}\" is no time of a visit", printable(text, 60)), {},
                 "2026-06-14 or 2026-06-14T18:40");
}

Status check_statement(const Statement& statement) {
  if (!is_question(statement.question)) {
    std::vector<std::string> known(questions.begin(), questions.end());
    return refused(fmt::format("\"{}\" is no question of the interview", printable(statement.question, 60)),
                   {}, join(known, ", "));
  }
  if (trimmed(statement.words).empty()) return refused("a statement has no words");
  SCRUTINEER_CHECK(check_text("statement", statement.words, true));
  SCRUTINEER_CHECK(check_text("speaker of a statement", statement.speaker, false));
  return check_text("member a statement is about", statement.about, false);
}

}  // namespace

std::string_view to_string(Basis basis) {
  return basis_words[static_cast<std::size_t>(basis)];
}

std::optional<Basis> basis_of(std::string_view text) {
  std::string wanted = ascii_lower(trimmed(text));
  for (char& c : wanted)
    if (c == ' ' || c == '_') c = '-';
  for (std::size_t i = 0; i < basis_words.size(); ++i)
    if (basis_words[i] == wanted) return static_cast<Basis>(i);
  return std::nullopt;
}

std::span<const std::string_view> interview_questions() {
  return questions;
}

bool is_question(std::string_view key) {
  return std::find(questions.begin(), questions.end(), key) != questions.end();
}

Status check(const OutcomeRow& row) {
  if (trimmed(row.member).empty()) return refused("the row names no member", {}, "the member's id");
  SCRUTINEER_CHECK(check_text("member's id", row.member, false));
  SCRUTINEER_CHECK(check_when(row.visited_at));
  SCRUTINEER_CHECK(check_text("interviewer", row.interviewer, false));
  SCRUTINEER_CHECK(check_text("second interviewer", row.second_interviewer, false));
  SCRUTINEER_CHECK(check_text("language", row.language, false));
  SCRUTINEER_CHECK(check_text("reason", row.reason, true));
  if (!row.consent.empty() && row.consent != "yes" && row.consent != "no")
    return refused(fmt::format("consent is \"{}\"", printable(row.consent, 60)), {}, "yes, no or nothing");
  if (!row.second_interviewer.empty() && row.second_interviewer == row.interviewer)
    return refused("both interviewers are the same person", {}, "two names, or one");
  if (row.attempt > 1000) return refused("the attempt is out of range", {}, "1 to 1000");
  if (row.corrects && trimmed(row.reason).empty())
    return refused("a correction gives no reason", {}, "why the earlier row was wrong");
  if (!row.corrects && !row.reason.empty())
    return refused("a reason is given but no row that is corrected", {}, "the number of the earlier row");
  for (const Statement& statement : row.statements) SCRUTINEER_CHECK(check_statement(statement));
  return {};
}

}  // namespace scrutineer::canvass
