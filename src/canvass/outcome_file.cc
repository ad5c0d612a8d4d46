#include "canvass/outcome_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.h"
#include "rolls/date_columns.h"
#include "rolls/read_roll.h"

namespace scrutineer::canvass {
namespace {

using rolls::Column;

constexpr std::string_view further[] = {"time",   "second-visitor", "language", "consent", "corrects",
                                        "reason", "question",       "basis",    "speaker", "about"};

std::string plain(std::string_view header) {
  std::string text = ascii_lower(trimmed(header));
  for (char& c : text)
    if (c == ' ' || c == '_') c = '-';
  if (text == "second-interviewer" || text == "visitor-2") return "second-visitor";
  return text;
}

bool is_further(const std::string& name) {
  return std::find(std::begin(further), std::end(further), name) != std::end(further) || is_question(name);
}

// The cells of one row beyond the standard columns of a canvass, by their plain name. A header such as
// "signed" may have been recognised as a standard column of other rolls: its text is what counts here.
class Cells {
 public:
  explicit Cells(const rolls::Roll& roll) {
    for (const auto& [name, cells] : roll.extra) at_.emplace(plain(name), &cells);
    for (const auto& [column, headers] : roll.recognition.columns) {
      const TextColumn* cells = roll.column(column);
      if (cells != nullptr && headers.size() == 1 && is_further(plain(headers[0])))
        at_.emplace(plain(headers[0]), cells);
    }
  }
  [[nodiscard]] std::string text(std::string_view name, std::size_t row) const {
    const auto found = at_.find(name);
    return found == at_.end() ? std::string() : std::string(trimmed((*found->second)[row]));
  }

 private:
  std::map<std::string, const TextColumn*, std::less<>> at_;
};

// A whole number, also as a spreadsheet writes it ("3.0").
std::optional<std::int64_t> whole(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Status read_statements(const rolls::Roll& roll, const Cells& cells, std::size_t row, OutcomeRow& found) {
  Statement like;
  like.about = cells.text("about", row);
  like.speaker = cells.text("speaker", row);
  if (const std::string basis = cells.text("basis", row); !basis.empty()) {
    const auto known = basis_of(basis);
    if (!known)
      return refused(fmt::format("basis \"{}\"", printable(basis, 60)), {},
                     "first-hand, about-relative or hearsay");
    like.basis = *known;
  }
  for (const std::string_view question : interview_questions()) {
    like.question = question;
    like.words = cells.text(question, row);
    if (!like.words.empty()) found.statements.push_back(like);
  }
  like.words = trimmed(roll.text(Column::statement, row));
  if (like.words.empty()) return {};
  const std::string question = plain(cells.text("question", row));
  like.question = question.empty() ? "anything-else" : question;
  found.statements.push_back(like);
  return {};
}

Status read_numbers(const rolls::Roll& roll, const Cells& cells, std::size_t row, OutcomeRow& found) {
  if (const auto text = trimmed(roll.text(Column::attempts, row)); !text.empty()) {
    const auto attempt = whole(text);
    if (!attempt || *attempt > 1000)
      return refused(fmt::format("attempts \"{}\"", printable(text, 60)), {}, "a whole number");
    found.attempt = static_cast<unsigned>(*attempt);
  }
  if (const std::string text = cells.text("corrects", row); !text.empty()) {
    found.corrects = whole(text);
    if (!found.corrects)
      return refused(fmt::format("corrects \"{}\"", printable(text, 60)), {}, "the number of a recorded row");
  }
  return {};
}

Status read_when(const rolls::Roll& roll, const Cells& cells, const rolls::DateColumn& days, std::size_t row,
                 OutcomeRow& found) {
  const auto text = trimmed(roll.text(Column::visited_on, row));
  const std::string time = cells.text("time", row);
  if (text.empty()) {
    if (!time.empty()) return refused("a time without a day");
    return {};
  }
  if (!days.dates[row]) return refused(fmt::format("visited \"{}\" is no date", printable(text, 60)));
  found.visited_at = days.dates[row]->iso();
  if (!time.empty()) {
    found.visited_at += "T" + (time.size() == 4 ? "0" + time : time.substr(0, 5));
  } else if (text.size() >= 16 && text[10] == 'T') {
    found.visited_at += text.substr(10, 6);
  }
  return {};
}

Result<OutcomeRow> row_of(const rolls::Roll& roll, const Cells& cells, const rolls::DateColumn& days,
                          std::size_t row) {
  OutcomeRow found;
  found.member = trimmed(roll.text(Column::id, row));
  const std::string_view outcome = roll.text(Column::outcome, row);
  const auto answer = answer_of(outcome);
  if (!answer) {
    return refused(fmt::format("outcome \"{}\"", printable(outcome, 80)), {},
                   "verified, denied, not-known, moved, deceased, refused or no-contact");
  }
  found.outcome = *answer;
  SCRUTINEER_CHECK(read_when(roll, cells, days, row, found));
  SCRUTINEER_CHECK(read_numbers(roll, cells, row, found));
  found.interviewer = trimmed(roll.text(Column::visitor, row));
  found.second_interviewer = cells.text("second-visitor", row);
  found.language = cells.text("language", row);
  found.consent = ascii_lower(cells.text("consent", row));
  found.reason = cells.text("reason", row);
  SCRUTINEER_CHECK(read_statements(roll, cells, row, found));
  return found;
}

std::string row_as_text(const rolls::Roll& roll, std::size_t row) {
  std::string text;
  for (const Column column : rolls::all_columns()) {
    const auto cell = roll.text(column, row);
    if (!cell.empty())
      text +=
          fmt::format("{}{}={}", text.empty() ? "" : "; ", rolls::to_string(column), printable(cell, 400));
  }
  for (const auto& [name, cells] : roll.extra) {
    if (!cells[row].empty()) text += fmt::format("; {}={}", printable(name, 60), printable(cells[row], 400));
  }
  return text;
}

Result<rolls::Roll> read_table(const std::filesystem::path& file) {
  rolls::RollSpec spec;
  spec.name = "canvass";
  spec.kind = rolls::RollKind::canvass;
  spec.file = file;
  SCRUTINEER_TRY(rolls::Roll first, rolls::read_roll(spec));
  for (const std::string& header : first.recognition.unused)
    if (is_further(plain(header))) spec.extra.push_back(header);
  if (spec.extra.empty()) return first;
  return rolls::read_roll(spec);
}

}  // namespace

Result<OutcomeFile> read_outcomes(const std::filesystem::path& file) {
  SCRUTINEER_TRY(rolls::Roll roll, read_table(file));
  for (const Column needed : {Column::id, Column::outcome}) {
    if (roll.column(needed) == nullptr) {
      return refused(fmt::format("there is no column for the standard column {}", rolls::to_string(needed)),
                     {.file = file.string(), .line = 1}, "a header such as id,outcome,visited,visitor");
    }
  }
  SCRUTINEER_TRY(const auto dates, rolls::standard_dates(roll, {}));
  const rolls::DateColumn& days = dates[static_cast<std::size_t>(Column::visited_on)];
  const Cells cells(roll);
  OutcomeFile found;
  found.batch.source = file.filename().string();
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    if (trimmed(roll.text(Column::outcome, row)).empty() &&
        trimmed(roll.text(Column::visited_on, row)).empty()) {
      ++found.unfilled;
      continue;
    }
    auto read = row_of(roll, cells, days, row);
    if (read) {
      found.batch.rows.push_back({roll.lines[row], *std::move(read)});
    } else {
      found.batch.rejects.push_back(
          {found.batch.source, roll.lines[row], read.error().message(), row_as_text(roll, row)});
    }
  }
  for (const rolls::Reject& reject : roll.rejects)
    found.batch.rejects.push_back({found.batch.source, reject.line, reject.reason, reject.text});
  for (const std::string& header : roll.recognition.unused)
    if (!is_further(plain(header))) found.unused.push_back(header);
  return found;
}

std::string outcome_form_header() {
  std::string text = "id,outcome,visited,time,visitor,second-visitor,attempts,language,consent,speaker,basis";
  for (const std::string_view question : interview_questions()) text += fmt::format(",{}", question);
  return text + ",corrects,reason\n";
}

}  // namespace scrutineer::canvass
