// One row of what a visit brought, as those who visited wrote it down.
#ifndef SCRUTINEER_CANVASS_OUTCOME_ROW_H_
#define SCRUTINEER_CANVASS_OUTCOME_ROW_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "canvass/visits.h"

namespace scrutineer::canvass {

// How the speaker knows what they say of the member.
enum class Basis : std::uint8_t {
  first_hand,      // the member speaks of themselves
  about_relative,  // a relative or another occupant speaks of the member
  hearsay          // anybody else, or what somebody had heard
};
std::string_view to_string(Basis basis);  // "first-hand", "about-relative", "hearsay"
std::optional<Basis> basis_of(std::string_view text);

// The questions of the interview in their order: "lives-here", "joined-themselves", "who-asked",
// "where-when", "who-paid", "how-paid", "signed", "list-shown", "asked-before", "anything-else". A statement
// belongs to one of them; a person decides to which.
std::span<const std::string_view> interview_questions();
bool is_question(std::string_view key);

// Words as they were spoken. Nothing here judges them.
struct Statement {
  std::string question = "anything-else";
  std::string about;             // the member spoken of; empty: the member of the row
  Basis basis = Basis::hearsay;  // hearsay unless somebody noted more
  std::string speaker;           // "the member", "a son", "the woman at number 14"; empty: not noted
  std::string words;             // verbatim; required
};

struct OutcomeRow {
  std::string member;  // id on the members roll
  Answer outcome = Answer::no_contact;
  std::string visited_at;          // local: "2026-06-14" or "2026-06-14T18:40"; empty: not noted
  std::string interviewer;         // as in Visit::visitor; empty: not noted
  std::string second_interviewer;  // interviewers go in pairs; empty: went alone or not noted
  unsigned attempt = 0;            // which call at this door, from 1; 0: not noted
  std::string language;            // of the conversation; empty: not noted
  std::string consent;             // "yes", "no", "" not noted: whether the answers may be kept with the name
  std::vector<Statement> statements;
  // The number of an earlier row that this row stands in place of, and why. The earlier row stays.
  std::optional<std::int64_t> corrects;
  std::string reason;  // required with `corrects`, else empty
};

// What is wrong with the row by itself: an empty or unprintable member, a time that is none, statements
// without words, an unknown question, a correction without a reason. Every text is at most 20,000 bytes of
// UTF-8 without control characters other than line feed and tab in `words`. The error names the field.
Status check(const OutcomeRow& row);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_OUTCOME_ROW_H_
