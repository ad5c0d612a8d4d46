#include "canvass/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/text.h"
#include "canvass/canvass_tables.h"

namespace scrutineer::canvass {
namespace {

using Json = nlohmann::ordered_json;

// The fields of a row as one line, statements following on lines of their own; what the ledger's digest is
// over, and by what two rows are alike.
std::string row_text(const OutcomeRow& row) {
  std::string text =
      Json::array({row.member, std::string(to_string(row.outcome)), row.visited_at, row.interviewer,
                   row.second_interviewer, row.attempt, row.language, row.consent,
                   row.corrects ? Json(*row.corrects) : Json(nullptr), row.reason})
          .dump() +
      "\n";
  for (const Statement& said : row.statements) {
    text +=
        Json::array({said.question, said.about, std::string(to_string(said.basis)), said.speaker, said.words})
            .dump() +
        "\n";
  }
  return text;
}

std::string digest_of(const std::string& text) {
  return store::hex(store::blake2b(text));
}

// What the case holds, for checking a row before it is added.
struct Known {
  std::set<std::string, std::less<>> members;
  std::map<std::int64_t, std::int64_t> corrected;  // row -> the row in its place
  std::int64_t last = 0;                           // number of the last row
};

Result<Known> known_in(store::Sqlite& database) {
  Known known;
  SCRUTINEER_TRY(store::Statement ids, database.prepare("SELECT DISTINCT id FROM members"));
  while (true) {
    SCRUTINEER_TRY(const bool more, ids.step());
    if (!more) break;
    known.members.insert(ids.text(0));
  }
  SCRUTINEER_TRY(
      store::Statement rows,
      database.prepare("SELECT corrects, number FROM canvass_outcomes WHERE corrects IS NOT NULL"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    known.corrected[rows.integer(0)] = rows.integer(1);
  }
  SCRUTINEER_TRY(known.last, database.integer("SELECT coalesce(max(number), 0) FROM canvass_outcomes"));
  return known;
}

Status check_against(const Known& known, const OutcomeRow& row) {
  SCRUTINEER_CHECK(check(row));
  if (!known.members.contains(row.member))
    return refused(fmt::format("no member has the id \"{}\"", printable(row.member, 80)));
  for (const Statement& said : row.statements) {
    if (!said.about.empty() && !known.members.contains(said.about)) {
      return refused(
          fmt::format("a statement is about \"{}\", which is no member's id", printable(said.about, 80)));
    }
  }
  if (!row.corrects) return {};
  if (*row.corrects < 1 || *row.corrects > known.last)
    return refused(fmt::format("there is no recorded row {} to correct", *row.corrects));
  if (const auto found = known.corrected.find(*row.corrects); found != known.corrected.end()) {
    return refused(fmt::format("row {} was corrected already", *row.corrects), {},
                   fmt::format("a correction of row {}", found->second));
  }
  return {};
}

struct Inserter {
  store::Statement outcome, statement, reject;

  static Result<Inserter> on(store::Sqlite& database) {
    SCRUTINEER_TRY(store::Statement outcome,
                   database.prepare("INSERT INTO canvass_outcomes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                                    "?9, ?10, ?11, ?12, ?13, ?14, ?15)"));
    SCRUTINEER_TRY(store::Statement statement,
                   database.prepare("INSERT INTO canvass_statements SELECT coalesce(max(number), 0) + 1, ?1, "
                                    "?2, ?3, ?4, ?5, ?6 FROM canvass_statements"));
    SCRUTINEER_TRY(store::Statement reject,
                   database.prepare("INSERT INTO canvass_rejects SELECT coalesce(max(number), 0) + 1, ?1, "
                                    "?2, ?3, ?4, ?5 FROM canvass_rejects"));
    return Inserter{std::move(outcome), std::move(statement), std::move(reject)};
  }

  Status add(std::int64_t number, const SourceRow& from, const std::string& source, const std::string& actor,
             std::int64_t entry) {
    const OutcomeRow& row = from.row;
    SCRUTINEER_CHECK(outcome
                         .bind(number, row.member, to_string(row.outcome), row.visited_at, row.interviewer,
                               row.second_interviewer, row.attempt, row.language, row.consent, row.corrects,
                               row.reason, source, from.line, actor, entry)
                         .run());
    for (const Statement& said : row.statements) {
      SCRUTINEER_CHECK(
          statement.bind(number, said.question, said.about, to_string(said.basis), said.speaker, said.words)
              .run());
    }
    return {};
  }
};

// The rows of a batch that are new and right, in order; the others are counted or kept as rejects.
std::vector<SourceRow> sifted(const Batch& batch, const std::vector<RecordedRow>& before,
                              const std::vector<Rejected>& rejects_before, Known& known, Recorded& recorded) {
  std::map<std::string, std::uint64_t> held;  // rows alike that the case holds
  for (const RecordedRow& row : before) ++held[row_text(row.row)];
  std::map<std::pair<std::string, std::string>, std::uint64_t> rejected;
  for (const Rejected& reject : rejects_before) ++rejected[{reject.reason, reject.text}];
  const auto reject = [&](Rejected what) {
    auto& times = rejected[{what.reason, what.text}];
    if (times > 0) {
      --times;
      ++recorded.already;
    } else {
      recorded.rejects.push_back(std::move(what));
    }
  };
  std::vector<SourceRow> kept;
  for (const SourceRow& from : batch.rows) {
    const std::string text = row_text(from.row);
    if (auto& times = held[text]; times > 0) {
      --times;
      ++recorded.already;
      continue;
    }
    if (const Status right = check_against(known, from.row); !right) {
      reject({batch.source, from.line, right.error().message(), text});
      continue;
    }
    ++known.last;
    if (from.row.corrects) {
      known.corrected[*from.row.corrects] = known.last;
      ++recorded.corrections;
    }
    kept.push_back(from);
  }
  for (const Rejected& one : batch.rejects) reject({batch.source, one.line, one.reason, one.text});
  return kept;
}

std::string rejects_text(std::span<const Rejected> rejects) {
  std::string text;
  for (const Rejected& reject : rejects)
    text += Json::array({reject.source, reject.line, reject.reason, reject.text})
                .dump(-1, ' ', false, Json::error_handler_t::replace) +
            "\n";
  return text;
}

Status write(store::Sqlite& database, const Batch& batch, const std::vector<SourceRow>& rows,
             const Recorder& by, Recorded& recorded) {
  SCRUTINEER_TRY(const std::int64_t last,
                 database.integer("SELECT coalesce(max(number), 0) FROM canvass_outcomes"));
  std::string text;
  for (const SourceRow& row : rows) text += row_text(row.row);
  text += rejects_text(recorded.rejects);
  const auto added = static_cast<std::int64_t>(rows.size());
  const std::vector<std::pair<std::string, std::string>> named = {
      {"first", std::to_string(last + 1)},
      {"last", std::to_string(last + added)},
      {"rejects", std::to_string(recorded.rejects.size())},
      {"source", batch.source},
      {"blake2b", digest_of(text)}};
  SCRUTINEER_TRY(
      const store::LedgerEntry entry,
      store::append(database, {by.at, by.actor, "outcomes-recorded", store::facts(named)}, by.key));
  const auto number = static_cast<std::int64_t>(entry.number);
  SCRUTINEER_TRY(Inserter inserter, Inserter::on(database));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCRUTINEER_CHECK(
        inserter.add(last + 1 + static_cast<std::int64_t>(i), rows[i], batch.source, by.actor, number));
  }
  for (const Rejected& reject : recorded.rejects) {
    SCRUTINEER_CHECK(
        inserter.reject.bind(reject.source, reject.line, reject.reason, reject.text, number).run());
  }
  recorded.added = rows.size();
  if (added > 0) {
    recorded.first = last + 1;
    recorded.last = last + added;
  }
  return {};
}

OutcomeRow outcome_at(const store::Statement& row) {
  OutcomeRow found;
  found.member = row.text(1);
  found.outcome = answer_of(row.text(2)).value_or(Answer::no_contact);  // the table admits no other word
  found.visited_at = row.text(3);
  found.interviewer = row.text(4);
  found.second_interviewer = row.text(5);
  found.attempt = static_cast<unsigned>(row.integer(6));
  found.language = row.text(7);
  found.consent = row.text(8);
  found.corrects = row.optional_integer(9);
  found.reason = row.text(10);
  return found;
}

Status add_statements(store::Sqlite& database, std::vector<RecordedRow>& rows) {
  SCRUTINEER_TRY(store::Statement said,
                 database.prepare("SELECT outcome, question, about, basis, speaker, words FROM "
                                  "canvass_statements ORDER BY number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, said.step());
    if (!more) return {};
    const auto at = static_cast<std::size_t>(said.integer(0) - 1);
    if (at >= rows.size()) continue;  // check_records tells
    rows[at].row.statements.push_back({said.text(1), said.text(2),
                                       basis_of(said.text(3)).value_or(Basis::hearsay), said.text(4),
                                       said.text(5)});
  }
}

}  // namespace

Result<std::int64_t> record(store::CaseFile& file, const OutcomeRow& row, const Recorder& by,
                            const std::string& source) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_CHECK(ensure_canvass_tables(file.database()));
  SCRUTINEER_TRY(const Known known, known_in(file.database()));
  SCRUTINEER_CHECK(check_against(known, row));
  Recorded recorded;
  SCRUTINEER_CHECK(write(file.database(), {source, {}, {}}, {{0, row}}, by, recorded));
  SCRUTINEER_CHECK(writing.transaction.commit());
  return *recorded.last;
}

Result<Recorded> record(store::CaseFile& file, const Batch& batch, const Recorder& by) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_CHECK(ensure_canvass_tables(file.database()));
  SCRUTINEER_TRY(Known known, known_in(file.database()));
  SCRUTINEER_TRY(const auto before, recorded_rows(file));
  SCRUTINEER_TRY(const auto rejects, recorded_rejects(file));
  Recorded recorded;
  const std::vector<SourceRow> rows = sifted(batch, before, rejects, known, recorded);
  if (rows.empty() && recorded.rejects.empty()) return recorded;
  SCRUTINEER_CHECK(write(file.database(), batch, rows, by, recorded));
  SCRUTINEER_CHECK(writing.transaction.commit());
  return recorded;
}

Result<std::vector<RecordedRow>> recorded_rows(store::CaseFile& file) {
  store::Sqlite& database = file.database();
  std::vector<RecordedRow> found;
  SCRUTINEER_TRY(const bool there, has_canvass_tables(database));
  if (!there) return found;
  SCRUTINEER_TRY(store::Statement rows, database.prepare("SELECT * FROM canvass_outcomes ORDER BY number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    found.push_back({rows.integer(0),
                     outcome_at(rows),
                     rows.text(11),
                     static_cast<std::uint64_t>(rows.integer(12)),
                     rows.text(13),
                     rows.integer(14),
                     {}});
  }
  SCRUTINEER_CHECK(add_statements(database, found));
  for (const RecordedRow& row : found) {
    const std::int64_t earlier = row.row.corrects.value_or(0);
    if (earlier >= 1 && earlier < row.number)
      found[static_cast<std::size_t>(earlier - 1)].corrected_by = row.number;
  }
  return found;
}

Result<std::vector<Rejected>> recorded_rejects(store::CaseFile& file) {
  std::vector<Rejected> found;
  SCRUTINEER_TRY(const bool there, has_canvass_tables(file.database()));
  if (!there) return found;
  SCRUTINEER_TRY(
      store::Statement rows,
      file.database().prepare("SELECT source, line, reason, text FROM canvass_rejects ORDER BY number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return found;
    found.push_back({rows.text(0), static_cast<std::uint64_t>(rows.integer(1)), rows.text(2), rows.text(3)});
  }
}

Visits standing_visits(const std::vector<RecordedRow>& rows, const std::vector<Rejected>& rejects) {
  Visits visits;
  for (const RecordedRow& row : rows) {
    if (row.corrected_by) continue;
    visits.visits.push_back(
        {row.row.member, row.row.outcome, row.row.interviewer, static_cast<std::uint64_t>(row.number)});
  }
  for (const Rejected& reject : rejects)
    visits.unreadable.push_back(fmt::format("{}, line {}: {}", reject.source, reject.line, reject.reason));
  return visits;
}

Result<Visits> visits_of(store::CaseFile& file) {
  SCRUTINEER_TRY(const auto rows, recorded_rows(file));
  SCRUTINEER_TRY(const auto rejects, recorded_rejects(file));
  return standing_visits(rows, rejects);
}

std::vector<Said> statements_about(const std::vector<RecordedRow>& rows, std::string_view member) {
  std::vector<Said> found;
  for (const std::string_view question : interview_questions()) {
    for (const RecordedRow& row : rows) {
      for (const Statement& said : row.row.statements) {
        const std::string& about = said.about.empty() ? row.row.member : said.about;
        if (about != member || said.question != question) continue;
        found.push_back({row.number, row.row.member, row.row.visited_at, said, row.corrected_by.has_value()});
      }
    }
  }
  return found;
}

Result<std::vector<std::string>> check_records(store::CaseFile& file) {
  SCRUTINEER_TRY(const auto rows, recorded_rows(file));
  SCRUTINEER_TRY(const auto entries, store::entries_of(file.database()));
  std::map<std::int64_t, std::string> text_of;  // by ledger entry
  for (const RecordedRow& row : rows) text_of[row.ledger_entry] += row_text(row.row);
  std::vector<std::string> problems;
  SCRUTINEER_TRY(const bool there, has_canvass_tables(file.database()));
  if (there) {
    SCRUTINEER_TRY(store::Statement rejects,
                   file.database().prepare("SELECT source, line, reason, text, ledger_entry FROM "
                                           "canvass_rejects ORDER BY number"));
    while (true) {
      SCRUTINEER_TRY(const bool more, rejects.step());
      if (!more) break;
      const Rejected one = {rejects.text(0), static_cast<std::uint64_t>(rejects.integer(1)), rejects.text(2),
                            rejects.text(3)};
      text_of[rejects.integer(4)] += rejects_text(std::span(&one, 1));
    }
  }
  // An erasure took words away, and the ledger says so: what was recorded before it is no longer whole.
  std::uint64_t erased = 0;
  for (const store::LedgerEntry& entry : entries) {
    if (entry.note.kind == "erased") erased = entry.number;
  }
  for (const store::LedgerEntry& entry : entries) {
    if (entry.note.kind != "outcomes-recorded") continue;
    if (entry.number < erased) {
      text_of.erase(static_cast<std::int64_t>(entry.number));
      continue;
    }
    const auto found = text_of.find(static_cast<std::int64_t>(entry.number));
    const auto body = nlohmann::json::parse(entry.note.body, nullptr, false);
    const std::string digest = digest_of(found == text_of.end() ? "" : found->second);
    if (!body.is_object() || !body.contains("blake2b") || body["blake2b"] != digest) {
      problems.push_back(fmt::format("the outcomes recorded by entry {} of the ledger are not as it has them",
                                     entry.number));
    }
    if (found != text_of.end()) text_of.erase(found);
  }
  for (const auto& [entry, text] : text_of)
    problems.push_back(fmt::format("outcomes name entry {} of the ledger, which did not record them", entry));
  return problems;
}

}  // namespace scrutineer::canvass
