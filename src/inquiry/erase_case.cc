#include "inquiry/erase_case.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "store/case_file.h"
#include "store/case_schema.h"
#include "store/folder_swap.h"
#include "store/review_schema.h"

namespace scrutineer::inquiry {
namespace {

namespace fs = std::filesystem;
using store::Sqlite;
using store::Statement;

// Outputs that hold no member: they stay.
constexpr std::string_view kept_file = "review.json";

Result<std::optional<Date>> retention_date(Sqlite& database) {
  SCRUTINEER_TRY(Statement row,
                 database.prepare("SELECT cause FROM decisions WHERE subject_kind = 'case' AND decision = "
                                  "'retention' ORDER BY number DESC LIMIT 1"));
  SCRUTINEER_TRY(const bool found, row.step());
  return found ? Date::from_iso(row.text(0)) : std::nullopt;
}

// What is kept, as tables of this connection: upheld findings, and the members they name or who are upheld
// themselves.
constexpr const char* choose_kept = R"sql(
  CREATE TEMP TABLE kept_findings AS
    SELECT f.id FROM findings f JOIN states s ON s.subject_kind = 'finding' AND s.subject_key = f.id
    WHERE s.state = 'decided' AND EXISTS (SELECT 1 FROM decisions d WHERE d.subject_kind = 'finding' AND d.subject_key = f.id
      AND d.decision = 'upheld' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.replaces = d.number));
  CREATE UNIQUE INDEX temp.kept_finding ON kept_findings (id);
  CREATE TEMP TABLE kept_members AS
    SELECT m.number, m.id FROM members m WHERE m.id <> '' AND (m.id IN (SELECT member FROM finding_members WHERE finding IN
      (SELECT id FROM kept_findings)) OR m.id IN (SELECT s.subject_key FROM states s WHERE s.subject_kind = 'member' AND s.state =
      'decided' AND EXISTS (SELECT 1 FROM decisions d WHERE d.subject_kind = 'member' AND d.subject_key = s.subject_key AND
      d.decision = 'upheld' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.replaces = d.number))));
  CREATE UNIQUE INDEX temp.kept_member ON kept_members (number);
  CREATE INDEX temp.kept_member_id ON kept_members (id);
)sql";

constexpr const char* erase_rows = R"sql(
  DELETE FROM exhibits WHERE finding NOT IN (SELECT id FROM kept_findings);
  DELETE FROM finding_explanations WHERE finding NOT IN (SELECT id FROM kept_findings);
  DELETE FROM finding_members WHERE finding NOT IN (SELECT id FROM kept_findings);
  DELETE FROM findings WHERE id NOT IN (SELECT id FROM kept_findings);
  DELETE FROM queue WHERE kind = 'finding' AND key NOT IN (SELECT id FROM kept_findings);
  DELETE FROM queue WHERE kind <> 'finding' AND (NOT json_valid(key) OR json_extract(key, '$[0]') NOT IN (SELECT id FROM kept_members)
    OR (kind = 'pair' AND json_extract(key, '$[1]') NOT IN (SELECT id FROM kept_members)));
  DELETE FROM queue_members WHERE queue NOT IN (SELECT number FROM queue);
  DELETE FROM effects WHERE NOT json_valid(subject_key) OR json_extract(subject_key, '$[0]') NOT IN (SELECT id FROM kept_members)
    OR (subject_kind = 'pair' AND json_extract(subject_key, '$[1]') NOT IN (SELECT id FROM kept_members));
  DELETE FROM candidates WHERE member NOT IN (SELECT number FROM kept_members);
  DELETE FROM pairs WHERE first NOT IN (SELECT number FROM kept_members) OR second NOT IN (SELECT number FROM kept_members);
  DELETE FROM ties WHERE member NOT IN (SELECT number FROM kept_members);
  DELETE FROM member_events WHERE member NOT IN (SELECT number FROM kept_members);
  DELETE FROM member_timeline WHERE member NOT IN (SELECT number FROM kept_members);
  DELETE FROM member_details WHERE member NOT IN (SELECT number FROM kept_members);
  DELETE FROM address_people WHERE address NOT IN (SELECT address FROM member_details WHERE address IS NOT NULL);
  DELETE FROM addresses WHERE number NOT IN (SELECT address FROM member_details WHERE address IS NOT NULL);
  DELETE FROM entries WHERE number NOT IN (SELECT entry FROM member_details) AND number NOT IN (SELECT entry FROM candidates);
  UPDATE members SET id = '', line = 0, ineligible_because = '', match_probability = 0, first_seen = NULL, last_seen = NULL,
    duplicate_of = '', household = '' WHERE number NOT IN (SELECT number FROM kept_members);
  UPDATE members SET duplicate_of = '' WHERE duplicate_of NOT IN (SELECT id FROM kept_members);
  UPDATE queue SET personal_words = '';
  UPDATE rejects SET text = '', reason = 'erased';
  UPDATE value_problems SET text = '', reason = 'erased';
)sql";

Result<std::vector<std::int64_t>> decisions_to_erase(Sqlite& database) {
  SCRUTINEER_TRY(Statement rows,
                 database.prepare("SELECT number FROM decisions WHERE erased IS NULL AND subject_kind <> "
                                  "'case' AND NOT (subject_kind = 'finding' AND "
                                  "subject_key IN (SELECT id FROM kept_findings)) AND NOT (subject_kind = "
                                  "'member' AND subject_key IN (SELECT id FROM "
                                  "kept_members)) AND NOT (subject_kind IN ('link', 'pair') AND "
                                  "json_valid(subject_key) AND json_extract(subject_key, "
                                  "'$[0]') IN (SELECT id FROM kept_members) AND (subject_kind = 'link' OR "
                                  "json_extract(subject_key, '$[1]') IN (SELECT id "
                                  "FROM kept_members))) ORDER BY number"));
  std::vector<std::int64_t> numbers;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return numbers;
    numbers.push_back(rows.integer(0));
  }
}

// The canvass's own records, where there are any: who was visited and what was said, at the door of or about
// members that are not kept.
Status erase_canvass(Sqlite& database) {
  SCRUTINEER_TRY(const std::int64_t there,
                 database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'canvass_outcomes'"));
  if (there == 0) return {};
  std::vector<std::pair<std::string, std::string>> triggers;
  {
    SCRUTINEER_TRY(
        Statement rows,
        database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE "
                         "'canvass\\_%' ESCAPE '\\'"));
    while (true) {
      SCRUTINEER_TRY(const bool more, rows.step());
      if (!more) break;
      triggers.emplace_back(rows.text(0), rows.text(1));
    }
  }
  for (const auto& [name, sql] : triggers)
    SCRUTINEER_CHECK(database.execute("DROP TRIGGER \"" + name + "\""));
  SCRUTINEER_CHECK(database.execute(R"sql(
    UPDATE canvass_statements SET words = 'erased', speaker = '', about = '' WHERE outcome IN
      (SELECT number FROM canvass_outcomes WHERE member NOT IN (SELECT id FROM kept_members))
      OR (about <> '' AND about NOT IN (SELECT id FROM kept_members));
    UPDATE canvass_transcripts SET text = '', member = '', source = '' WHERE member NOT IN (SELECT id FROM kept_members);
    UPDATE canvass_outcomes SET member = '', language = '', reason = '' WHERE member NOT IN (SELECT id FROM kept_members);
    UPDATE canvass_rejects SET text = '', reason = 'erased';
    UPDATE canvass_frames SET text = '';
  )sql"));
  for (const auto& [name, sql] : triggers) SCRUTINEER_CHECK(database.execute(sql));
  return {};
}

Result<std::uint64_t> count(Sqlite& database, std::string_view sql) {
  SCRUTINEER_TRY(const std::int64_t number, database.integer(sql));
  return static_cast<std::uint64_t>(number);
}

struct Act {
  std::string by, at;
  const store::SigningKey* key = nullptr;
};

Status write_entry(Sqlite& database, const std::vector<std::int64_t>& decisions, const Erasure& erasure,
                   const Act& act) {
  SCRUTINEER_TRY(auto body, store::table_digests(database));
  SCRUTINEER_TRY(Statement files, database.prepare("SELECT name, sha256 FROM files ORDER BY name"));
  while (true) {
    SCRUTINEER_TRY(const bool more, files.step());
    if (!more) break;
    SCRUTINEER_TRY(std::string digest, store::file_digest(database, files.text(1)));
    body.emplace_back("file " + files.text(0), std::move(digest));
  }
  body.emplace_back("erased decisions",
                    fmt::format(",{}{}", fmt::join(decisions, ","), decisions.empty() ? "" : ","));
  body.emplace_back("erased findings", std::to_string(erasure.findings));
  body.emplace_back("erased members", std::to_string(erasure.members));
  SCRUTINEER_TRY([[maybe_unused]] const auto entry,
                 store::append(database, {act.at, act.by, "erased", store::facts(body)}, act.key));
  return {};
}

// Erases within the copy of a case, and vouches for what is left.
Result<Erasure> erase_in(Sqlite& database, const Act& act) {
  SCRUTINEER_CHECK(database.execute("PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; BEGIN"));
  SCRUTINEER_CHECK(database.execute(choose_kept));
  Erasure erasure;
  SCRUTINEER_TRY(erasure.findings_kept, count(database, "SELECT count(*) FROM kept_findings"));
  SCRUTINEER_TRY(erasure.members_kept, count(database, "SELECT count(*) FROM kept_members"));
  SCRUTINEER_TRY(erasure.findings, count(database, "SELECT count(*) FROM findings"));
  SCRUTINEER_TRY(erasure.members, count(database, "SELECT count(*) FROM members WHERE id <> ''"));
  erasure.findings -= erasure.findings_kept;
  erasure.members -= erasure.members_kept;
  SCRUTINEER_TRY(const std::vector<std::int64_t> decisions, decisions_to_erase(database));
  erasure.decisions = decisions.size();
  SCRUTINEER_CHECK(erase_canvass(database));
  SCRUTINEER_CHECK(database.execute(erase_rows));
  SCRUTINEER_TRY(erasure.files,
                 count(database, fmt::format("SELECT count(*) FROM files WHERE name <> '{}'", kept_file)));
  SCRUTINEER_CHECK(database.execute(fmt::format("DELETE FROM files WHERE name <> '{}'", kept_file)));
  SCRUTINEER_TRY(const store::LedgerHead head, store::head_of(database));
  SCRUTINEER_CHECK(store::lift_decision_triggers(database));
  {
    SCRUTINEER_TRY(
        Statement update,
        database.prepare("UPDATE decisions SET subject_key = '', cause = '', reason = '', request = "
                         "'', salt = '', erased = ?2 WHERE number = ?1"));
    for (const std::int64_t number : decisions) SCRUTINEER_CHECK(update.bind(number, head.number + 1).run());
  }
  SCRUTINEER_CHECK(store::restore_decision_triggers(database));
  SCRUTINEER_TRY(store::CaseSecrets secrets, store::secrets_of(database));
  secrets.digests = store::new_secrets().digests;
  SCRUTINEER_CHECK(store::keep_secrets(database, secrets));
  SCRUTINEER_CHECK(database.execute("DELETE FROM handles"));
  SCRUTINEER_CHECK(store::fill_handles(database, secrets.handles));
  SCRUTINEER_CHECK(store::fill_search(database));
  SCRUTINEER_CHECK(store::fill_states(database));
  SCRUTINEER_CHECK(write_entry(database, decisions, erasure, act));
  SCRUTINEER_CHECK(database.execute("DROP TABLE kept_findings; DROP TABLE kept_members; COMMIT"));
  // No page and no log keeps what was taken out.
  SCRUTINEER_CHECK(database.execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM"));
  return erasure;
}

// What people put into the folder, and what of the outputs stays, goes along.
Status copy_files(Sqlite& old, const fs::path& from, const fs::path& to) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(from, failed)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("case.sqlite")) continue;
    SCRUTINEER_TRY(Statement listed, old.prepare("SELECT 1 FROM files WHERE name = ?1"));
    SCRUTINEER_TRY(const bool output, listed.bind(name).step());
    if (output && name != kept_file) continue;
    std::error_code copy_failed;
    fs::copy(entry.path(), to / name, fs::copy_options::recursive | fs::copy_options::copy_symlinks,
             copy_failed);
    if (copy_failed)
      return internal_error("cannot be carried over: " + copy_failed.message(), {entry.path().string()});
  }
  if (failed) return internal_error("cannot be listed: " + failed.message(), {from.string()});
  return {};
}

}  // namespace

Result<Erasure> erase_case(const fs::path& folder, Date today, const std::string& by, const std::string& at,
                           const store::SigningKey* key) {
  SCRUTINEER_TRY(store::FolderSwap swap, store::FolderSwap::begin(folder));
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder, store::SqliteMode::read_write));
  // Nobody decides while it is being erased.
  SCRUTINEER_TRY(auto frozen, file.begin_writing());
  SCRUTINEER_TRY(const auto until, retention_date(file.database()));
  if (!until) {
    return refused("no date of erasure has been set", {folder.string()},
                   "a retention date, set in the review app by the panel");
  }
  if (today <= *until) {
    return refused(fmt::format("is kept until {}", until->iso()), {folder.string()},
                   "to wait until the day after");
  }
  const fs::path copy = swap.building() / "case.sqlite";
  {
    SCRUTINEER_TRY(Sqlite reading, Sqlite::open(folder / "case.sqlite", store::SqliteMode::read_only));
    SCRUTINEER_TRY(Statement vacuum, reading.prepare("VACUUM INTO ?1"));
    SCRUTINEER_CHECK(vacuum.bind(copy.string()).run());
    SCRUTINEER_CHECK(copy_files(reading, folder, swap.building()));
  }
  Erasure erasure;
  {
    SCRUTINEER_TRY(Sqlite database, Sqlite::open(copy, store::SqliteMode::read_write));
    SCRUTINEER_TRY(erasure, erase_in(database, {by, at, key}));
  }
  SCRUTINEER_CHECK(swap.commit());
  return erasure;
}

}  // namespace scrutineer::inquiry
