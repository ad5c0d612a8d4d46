#include "store/case_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "store/carried_tables.h"
#include "store/case_schema.h"

namespace scrutineer::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view database_name = "case.sqlite";

bool is_of_the_database(const std::string& name) {
  return name == database_name || name == "case.sqlite-wal" || name == "case.sqlite-shm" ||
         name == "case.sqlite-journal";
}

// A folder that may be replaced: absent, empty, or a case.
Status check_replaceable(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(folder, failed)) return {};
  if (!fs::is_directory(folder, failed))
    return refused("is a file", {folder.string()}, "a folder, or a free name");
  if (fs::is_empty(folder, failed)) return {};
  auto database = Sqlite::open(folder / database_name, SqliteMode::read_only);
  if (database) {
    const auto application = database->integer("PRAGMA application_id");
    if (application && *application == case_application_id) return check_case_version(*database);
  }
  return refused("is a folder with other things in it", {folder.string()},
                 "a case, an empty folder or a free name");
}

}  // namespace

// ---------------------------------------------------------------- building

Result<CaseBuilder> CaseBuilder::begin(const fs::path& folder) {
  SCRUTINEER_TRY(FolderSwap swap, FolderSwap::begin(folder));
  SCRUTINEER_CHECK(check_replaceable(swap.folder()));
  SCRUTINEER_TRY(Sqlite database, Sqlite::open(swap.building() / database_name, SqliteMode::create));
  SCRUTINEER_CHECK(create_case_tables(database));
  SCRUTINEER_CHECK(database.execute("BEGIN"));
  return CaseBuilder(std::move(swap), std::move(database));
}

Result<Statement*> CaseBuilder::prepared(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return &found->second;
  SCRUTINEER_TRY(Statement statement, database_.prepare(sql));
  return &statements_.emplace(std::string(sql), std::move(statement)).first->second;
}

Status CaseBuilder::add(const SettingRow& row) {
  return insert("INSERT INTO settings VALUES (?1, ?2, ?3)", row.name, row.value, row.source);
}

Status CaseBuilder::add(const InputRow& row) {
  return insert("INSERT INTO inputs (role, name, file, sha256, bytes) VALUES (?1, ?2, ?3, ?4, ?5)", row.role,
                row.name, row.file, row.sha256, row.bytes);
}

Status CaseBuilder::add(const RollRow& row) {
  SCRUTINEER_CHECK(insert(
      "INSERT INTO rolls (name, kind, as_of, layout, encoding, delimiter, physical_records, header_records, "
      "blank_records, rows, rejected, value_problems) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
      "?12)",
      row.name, row.kind, row.as_of, row.layout, row.encoding, row.delimiter, row.physical_records,
      row.header_records, row.blank_records, row.rows, row.rejected, row.value_problems));
  for (const auto& [column, headers] : row.columns) {
    for (std::size_t position = 0; position < headers.size(); ++position) {
      SCRUTINEER_CHECK(insert("INSERT INTO roll_columns VALUES (?1, ?2, ?3, ?4)", row.name, column, position,
                              headers[position]));
    }
  }
  for (std::size_t position = 0; position < row.notes.size(); ++position) {
    SCRUTINEER_CHECK(
        insert("INSERT INTO roll_notes VALUES (?1, ?2, ?3)", row.name, position, row.notes[position]));
  }
  return {};
}

Status CaseBuilder::add(const RejectRow& row) {
  return insert(
      "INSERT INTO rejects (roll, line, column, reason, text, raw_bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      row.roll, row.line, row.column, row.reason, row.text, row.raw_bytes);
}

Status CaseBuilder::add(const ValueProblemRow& row) {
  return insert(
      "INSERT INTO value_problems (roll, row, line, column, text, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      row.roll, row.row, row.line, row.column, row.text, row.reason);
}

Status CaseBuilder::add(const MemberRow& row) {
  SCRUTINEER_CHECK(insert("INSERT INTO members VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                          row.number, row.id, row.line, row.eligible, row.ineligible_because,
                          row.register_status, row.match_probability, row.ever_at_address, row.first_seen,
                          row.last_seen, row.duplicate_of, row.household));
  for (std::size_t snapshot = 0; snapshot < row.timeline.size(); ++snapshot) {
    SCRUTINEER_CHECK(insert("INSERT INTO member_timeline VALUES (?1, ?2, ?3)", row.number, snapshot,
                            row.timeline[snapshot]));
  }
  return {};
}

Status CaseBuilder::add(const FindingRow& row) {
  SCRUTINEER_CHECK(insert(
      "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      row.id, row.signal, row.key, row.tier, row.subject_kind, row.subject_key, row.observed, row.expected,
      row.expected_low, row.p, row.e, row.listed, row.level, row.text, row.expected_innocent));
  for (std::size_t position = 0; position < row.members.size(); ++position) {
    SCRUTINEER_CHECK(
        insert("INSERT INTO finding_members VALUES (?1, ?2, ?3)", row.id, position, row.members[position]));
  }
  for (std::size_t position = 0; position < row.innocent.size(); ++position) {
    SCRUTINEER_CHECK(insert("INSERT INTO finding_explanations VALUES (?1, ?2, ?3)", row.id, position,
                            row.innocent[position]));
  }
  for (std::size_t position = 0; position < row.exhibits.size(); ++position) {
    SCRUTINEER_CHECK(insert("INSERT INTO exhibits VALUES (?1, ?2, ?3, ?4)", row.id, position,
                            row.exhibits[position].roll, row.exhibits[position].line));
  }
  return {};
}

Status CaseBuilder::add(const ConclusionRow& row) {
  SCRUTINEER_CHECK(
      insert("INSERT INTO conclusions VALUES (?1, ?2, ?3)", row.kind, row.outcome, row.sentence));
  for (std::size_t position = 0; position < row.lines.size(); ++position) {
    SCRUTINEER_CHECK(insert("INSERT INTO conclusion_lines VALUES (?1, ?2, ?3, ?4)", row.kind, position,
                            row.lines[position].first, row.lines[position].second));
  }
  return {};
}

fs::path CaseBuilder::file(std::string_view name) {
  files_.emplace_back(name);
  return swap_.building() / name;
}

void CaseBuilder::note(LedgerNote entry) {
  notes_.push_back(std::move(entry));
}

Status CaseBuilder::record_files() {
  std::sort(files_.begin(), files_.end());
  files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
  for (const std::string& name : files_) {
    const fs::path path = swap_.building() / name;
    const auto digest = sha256_of_file(path);
    if (!digest) return internal_error("the case's file was not written", {path.string()});
    SCRUTINEER_CHECK(
        insert("INSERT INTO files VALUES (?1, ?2, ?3)", name, *digest, std::uint64_t{fs::file_size(path)}));
  }
  return {};
}

// The ledger, the decisions and the canvass of the case that is replaced go on in the new one.
Status CaseBuilder::take_over(Sqlite& old) {
  SCRUTINEER_TRY(const std::vector<LedgerEntry> entries, entries_of(old));
  SCRUTINEER_CHECK(append_copies(database_, entries));
  SCRUTINEER_TRY(
      Statement rows,
      old.prepare("SELECT number, subject_kind, subject_key, decision, cause, reason, person, "
                  "replaces, ledger_entry, blind, request, salt, erased FROM decisions ORDER BY number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    SCRUTINEER_CHECK(
        insert("INSERT INTO decisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
               rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
               rows.text(6), rows.optional_integer(7), rows.integer(8), rows.integer(9), rows.text(10),
               rows.text(11), rows.optional_integer(12)));
  }
  return copy_carried_tables(old, database_);
}

// What people put into the folder themselves (notes, exports) is theirs: it moves along, under a further name
// if the new case has a file of that name.
Status CaseBuilder::carry_over_foreign_files(Sqlite& old) {
  std::set<std::string> ours;
  SCRUTINEER_TRY(Statement names, old.prepare("SELECT name FROM files"));
  while (true) {
    SCRUTINEER_TRY(const bool more, names.step());
    if (!more) break;
    ours.insert(names.text(0));
  }
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(swap_.folder(), failed)) {
    const std::string name = entry.path().filename().string();
    if (is_of_the_database(name) || ours.contains(name)) continue;
    fs::path to = swap_.building() / name;
    for (int attempt = 2; fs::exists(fs::symlink_status(to)); ++attempt) {
      to = swap_.building() / fmt::format("{} ({})", name, attempt);
    }
    std::error_code copy_failed;
    fs::copy(entry.path(), to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, copy_failed);
    if (copy_failed)
      return internal_error("cannot be carried over: " + copy_failed.message(), {entry.path().string()});
  }
  if (failed) return internal_error("cannot be listed: " + failed.message(), {swap_.folder().string()});
  return {};
}

Result<std::vector<std::pair<std::string, std::string>>> CaseBuilder::digests() {
  SCRUTINEER_TRY(auto digests, table_digests(database_));
  SCRUTINEER_TRY(Statement files, database_.prepare("SELECT name, sha256 FROM files ORDER BY name"));
  while (true) {
    SCRUTINEER_TRY(const bool more, files.step());
    if (!more) return digests;
    SCRUTINEER_TRY(std::string digest, file_digest(database_, files.text(1)));
    digests.emplace_back("file " + files.text(0), std::move(digest));
  }
}

Status CaseBuilder::finish(const LedgerNote& written, const SigningKey* key) {
  SCRUTINEER_CHECK(record_files());
  // What takes long is done while reviewers still write to the old case: handles, the search index, digests,
  // and writing it all to the disk. Handles stay what they were.
  const fs::path old_file = swap_.folder() / database_name;
  CaseSecrets secrets = new_secrets();
  if (fs::exists(old_file)) {
    SCRUTINEER_TRY(Sqlite old, Sqlite::open(old_file, SqliteMode::read_only));
    SCRUTINEER_TRY(const CaseSecrets before, secrets_of(old));
    secrets.handles = before.handles;
  }
  SCRUTINEER_CHECK(keep_secrets(database_, secrets));
  SCRUTINEER_CHECK(fill_search(database_));
  SCRUTINEER_CHECK(fill_handles(database_, secrets.handles));
  SCRUTINEER_TRY(const auto found, digests());
  SCRUTINEER_CHECK(database_.execute("ANALYZE; COMMIT"));
  SCRUTINEER_CHECK(swap_.sync());
  // From here to the exchange nobody can write to the old case: a decision is either taken over or made after
  // it.
  SCRUTINEER_CHECK(database_.execute("BEGIN"));
  std::optional<Sqlite> old;
  std::optional<Transaction> frozen;
  if (fs::exists(old_file)) {
    SCRUTINEER_TRY(Sqlite opened, Sqlite::open(old_file, SqliteMode::read_write));
    old.emplace(std::move(opened));
    SCRUTINEER_TRY(Transaction begun, Transaction::begin(*old));
    frozen.emplace(std::move(begun));
    SCRUTINEER_CHECK(check_case_version(*old));
    SCRUTINEER_CHECK(take_over(*old));
    SCRUTINEER_CHECK(carry_over_foreign_files(*old));
    SCRUTINEER_CHECK(fill_states(database_));
  }
  for (const LedgerNote& note : notes_) SCRUTINEER_CHECK(append(database_, note, key));
  if (!written.body.empty() && written.body != "{}") {
    SCRUTINEER_CHECK(append(database_, {written.at, written.actor, "concluded", written.body}, key));
  }
  LedgerNote last = written;
  last.kind = "case-written";
  last.body = facts(found);
  SCRUTINEER_CHECK(append(database_, last, key));
  SCRUTINEER_CHECK(database_.execute("COMMIT"));
  statements_.clear();
  database_.close();
  return swap_.commit();
}

}  // namespace scrutineer::store
