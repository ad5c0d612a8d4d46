#include "canvass/transcripts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "canvass/canvass_tables.h"

namespace scrutineer::canvass {
namespace {

constexpr std::size_t longest_transcript = 1'000'000;
constexpr std::size_t longest_speaker = 60;

// Line feeds alone, no byte order mark.
std::string plain_lines(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      lines += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      lines += '\n';
    }
  }
  return lines;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

Status check_text(const std::string& text) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
  };
  if (trimmed(text).empty() || text.size() > longest_transcript || !is_valid_utf8(text) ||
      std::any_of(text.begin(), text.end(), is_control)) {
    return refused("the transcript cannot be kept as it is", {},
                   "1 to 1,000,000 bytes of UTF-8 text without control characters");
  }
  return {};
}

Status check_member(store::Sqlite& database, const std::string& member) {
  SCRUTINEER_TRY(store::Statement rows, database.prepare("SELECT 1 FROM members WHERE id = ?1"));
  rows.bind(member);
  SCRUTINEER_TRY(const bool found, rows.step());
  if (!found) return refused(fmt::format("no member has the id \"{}\"", printable(member, 80)));
  return {};
}

Result<std::int64_t> next_number(store::Sqlite& database, std::string_view table) {
  return database.integer(fmt::format("SELECT coalesce(max(number), 0) + 1 FROM {}", table));
}

Result<std::int64_t> note(store::Sqlite& database, const Recorder& by, const char* kind,
                          std::vector<std::pair<std::string, std::string>> named) {
  SCRUTINEER_TRY(const store::LedgerEntry entry,
                 store::append(database, {by.at, by.actor, kind, store::facts(named)}, by.key));
  return static_cast<std::int64_t>(entry.number);
}

}  // namespace

std::vector<Turn> turns_of(std::string_view text) {
  const std::string plain = plain_lines(text);
  std::vector<Turn> turns;
  for (const std::string_view line : lines_of(plain)) {
    const std::size_t colon = line.find(':');
    const std::string_view speaker = trimmed(line.substr(0, std::min(colon, line.size())));
    const bool named = colon != std::string_view::npos && !speaker.empty() &&
                       speaker.size() <= longest_speaker &&
                       (colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t');
    turns.push_back(named ? Turn{std::string(speaker), std::string(trimmed(line.substr(colon + 1)))}
                          : Turn{{}, std::string(trimmed(line))});
  }
  return turns;
}

Result<std::int64_t> attach_transcript(store::CaseFile& file, const std::string& member,
                                       const std::string& text, const std::string& source,
                                       const Recorder& by) {
  const std::string plain = plain_lines(text);
  SCRUTINEER_CHECK(check_text(plain));
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  store::Sqlite& database = file.database();
  SCRUTINEER_CHECK(ensure_canvass_tables(database));
  SCRUTINEER_CHECK(check_member(database, member));
  const std::string digest = sha256_hex(plain);
  SCRUTINEER_TRY(store::Statement same, database.prepare("SELECT number FROM canvass_transcripts WHERE "
                                                         "member = ?1 AND sha256 = ?2"));
  same.bind(member, digest);
  SCRUTINEER_TRY(const bool held, same.step());
  if (held) return same.integer(0);
  SCRUTINEER_TRY(const std::int64_t number, next_number(database, "canvass_transcripts"));
  SCRUTINEER_TRY(const std::int64_t entry,
                 note(database, by, "transcript-attached",
                      {{"transcript", std::to_string(number)}, {"source", source}, {"sha256", digest}}));
  SCRUTINEER_TRY(store::Statement insert,
                 database.prepare("INSERT INTO canvass_transcripts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  SCRUTINEER_CHECK(insert.bind(number, member, source, digest, plain, by.actor, entry).run());
  SCRUTINEER_CHECK(writing.transaction.commit());
  return number;
}

Result<std::int64_t> mark_lines(store::CaseFile& file, const Mark& mark, const Recorder& by) {
  if (!is_question(mark.question)) {
    return refused(fmt::format("\"{}\" is no question of the interview", printable(mark.question, 60)), {},
                   "lives-here, joined-themselves, who-asked, ... (see the manual)");
  }
  if (trimmed(by.actor).empty()) return refused("a mark needs the name of the person who made it");
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  store::Sqlite& database = file.database();
  SCRUTINEER_CHECK(ensure_canvass_tables(database));
  SCRUTINEER_TRY(store::Statement rows,
                 database.prepare("SELECT text FROM canvass_transcripts WHERE number = ?1"));
  rows.bind(mark.transcript);
  SCRUTINEER_TRY(const bool found, rows.step());
  if (!found) return refused(fmt::format("there is no transcript {}", mark.transcript));
  const std::string text = rows.text(0);
  const std::uint64_t lines = lines_of(text).size();
  if (mark.first_line < 1 || mark.last_line < mark.first_line || mark.last_line > lines) {
    return refused(fmt::format("lines {} to {} are not in the transcript", mark.first_line, mark.last_line),
                   {}, fmt::format("1 to {}", lines));
  }
  SCRUTINEER_TRY(const std::int64_t number, next_number(database, "canvass_marks"));
  SCRUTINEER_TRY(const std::int64_t entry,
                 note(database, by, "transcript-marked",
                      {{"mark", std::to_string(number)},
                       {"transcript", std::to_string(mark.transcript)},
                       {"lines", fmt::format("{}-{}", mark.first_line, mark.last_line)},
                       {"question", mark.question},
                       {"basis", std::string(to_string(mark.basis))}}));
  SCRUTINEER_TRY(store::Statement insert,
                 database.prepare("INSERT INTO canvass_marks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  SCRUTINEER_CHECK(insert
                       .bind(number, mark.transcript, mark.first_line, mark.last_line, mark.question,
                             to_string(mark.basis), by.actor, entry)
                       .run());
  SCRUTINEER_CHECK(writing.transaction.commit());
  return number;
}

Result<std::vector<Transcript>> transcripts(store::CaseFile& file, std::string_view member) {
  store::Sqlite& database = file.database();
  std::vector<Transcript> found;
  SCRUTINEER_TRY(const bool there, has_canvass_tables(database));
  if (!there) return found;
  SCRUTINEER_TRY(store::Statement rows,
                 database.prepare("SELECT number, member, source, sha256, text, recorded_by FROM "
                                  "canvass_transcripts WHERE ?1 = '' OR member = ?1 ORDER BY number"));
  rows.bind(member);
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    found.push_back(
        {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), {}});
  }
  SCRUTINEER_TRY(store::Statement marks,
                 database.prepare("SELECT number, first_line, last_line, question, basis, marked_by FROM "
                                  "canvass_marks WHERE transcript = ?1 ORDER BY number"));
  for (Transcript& transcript : found) {
    marks.bind(transcript.number);
    while (true) {
      SCRUTINEER_TRY(const bool more, marks.step());
      if (!more) break;
      transcript.marks.push_back({marks.integer(0), transcript.number,
                                  static_cast<std::uint64_t>(marks.integer(1)),
                                  static_cast<std::uint64_t>(marks.integer(2)), marks.text(3),
                                  basis_of(marks.text(4)).value_or(Basis::hearsay), marks.text(5)});
    }
  }
  return found;
}

}  // namespace scrutineer::canvass
