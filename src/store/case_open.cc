// Cases that are there: opening, deciding, checking.
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "store/case_file.h"
#include "store/case_schema.h"

namespace scrutineer::store {
namespace {

namespace fs = std::filesystem;

std::pair<std::uint64_t, std::uint64_t> identity_of(const fs::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return {0, 0};
  return {static_cast<std::uint64_t>(found.st_dev), static_cast<std::uint64_t>(found.st_ino)};
}

void put_text(std::string& bytes, std::string_view text) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>((static_cast<std::uint64_t>(text.size()) >> shift) & 0xFFU);
  }
  bytes += text;
}

constexpr std::string_view decision_kind = "decision";

constexpr std::string_view decision_columns =
    "subject_kind, subject_key, decision, cause, reason, person, replaces, blind, request, salt, erased";

Result<std::string> decision_body(Sqlite& database, std::int64_t number, const DecisionRow& decision) {
  SCRUTINEER_TRY(const CaseSecrets secrets, secrets_of(database));
  const std::string subject = decision.subject_kind == "case"
                                  ? "case"
                                  : handle_of(secrets.handles, decision.subject_kind, decision.subject_key);
  const std::pair<std::string, std::string> named[] = {{"decision", std::to_string(number)},
                                                       {"subject", subject},
                                                       {"what", decision.decision},
                                                       {"blind", decision.blind ? "1" : "0"},
                                                       {"blake2b", hex(digest_of(decision))}};
  return facts(named);
}

std::string new_salt() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return hex(bytes);
}

// The decision of this person with this request, if there is one.
Result<std::optional<std::int64_t>> made_before(Sqlite& database, const DecisionRow& decision) {
  if (decision.request.empty()) return std::nullopt;
  SCRUTINEER_TRY(Statement row,
                 database.prepare("SELECT number FROM decisions WHERE person = ?1 AND request = ?2"));
  SCRUTINEER_TRY(const bool found, row.bind(decision.person, decision.request).step());
  return found ? std::optional(row.integer(0)) : std::nullopt;
}

DecisionRow decision_at(const Statement& row, int from) {
  return {row.text(from),
          row.text(from + 1),
          row.text(from + 2),
          row.text(from + 3),
          row.text(from + 4),
          row.text(from + 5),
          row.optional_integer(from + 6),
          row.integer(from + 7) != 0,
          row.text(from + 8),
          row.text(from + 9),
          row.optional_integer(from + 10)};
}

}  // namespace

Hash digest_of(const DecisionRow& decision) {
  std::string bytes;
  for (const std::string* field : {&decision.subject_kind, &decision.subject_key, &decision.decision,
                                   &decision.cause, &decision.reason, &decision.person}) {
    put_text(bytes, *field);
  }
  put_text(bytes, decision.replaces ? std::to_string(*decision.replaces) : "");
  put_text(bytes, decision.blind ? "1" : "0");
  put_text(bytes, decision.request);
  put_text(bytes, decision.salt);
  return blake2b(bytes);
}

Result<CaseFile> CaseFile::open(const fs::path& folder, SqliteMode mode) {
  SCRUTINEER_CHECK(recover_folder(folder));
  const fs::path path = folder / "case.sqlite";
  if (!fs::exists(path)) {
    return refused(fs::is_directory(folder) ? "is no case: it has no case.sqlite" : "no such folder",
                   {folder.string()}, "a case, made by scrutineer audit");
  }
  // Its identity is taken first: if it is replaced while it is being opened, the next write sees that.
  const auto [device, inode] = identity_of(path);
  SCRUTINEER_TRY(Sqlite database, Sqlite::open(path, mode));
  SCRUTINEER_CHECK(check_case_version(database));
  CaseFile file(folder, std::move(database));
  file.device_ = device;
  file.inode_ = inode;
  return file;
}

Result<CaseFile::Writing> CaseFile::begin_writing() {
  bool replaced = false;
  while (true) {
    SCRUTINEER_TRY(Transaction transaction, Transaction::begin(database_));
    // An audit holds the right to write while it takes this case over and replaces it: having that right,
    // either this is still the case, or it was replaced before.
    if (identity_of(folder_ / "case.sqlite") == std::pair(device_, inode_)) {
      return Writing{std::move(transaction), replaced};
    }
    replaced = true;
    SCRUTINEER_TRY(CaseFile present, open(folder_, SqliteMode::read_write));
    { const Transaction given_up = std::move(transaction); }
    *this = std::move(present);
  }
}

bool CaseFile::is_replaced() const {
  return identity_of(folder_ / "case.sqlite") != std::pair(device_, inode_);
}

Result<LedgerEntry> CaseFile::note(const LedgerNote& note, const SigningKey* key) {
  SCRUTINEER_TRY(Writing writing, begin_writing());
  SCRUTINEER_TRY(LedgerEntry entry, append(database_, note, key));
  SCRUTINEER_CHECK(writing.transaction.commit());
  return entry;
}

Result<std::int64_t> CaseFile::decide(const DecisionRow& wanted, const std::string& at, const SigningKey* key,
                                      const Allowed& allowed) {
  DecisionRow decision = wanted;
  if (trimmed(decision.reason).empty()) return refused("a decision needs a reason", {folder_.string()});
  if (trimmed(decision.person).empty())
    return refused("a decision needs the name of who decides", {folder_.string()});
  if (decision.salt.empty()) decision.salt = new_salt();
  SCRUTINEER_TRY(Writing writing, begin_writing());
  SCRUTINEER_TRY(const auto before, made_before(database_, decision));
  if (before) return *before;
  if (allowed) SCRUTINEER_CHECK(allowed(database_));
  SCRUTINEER_TRY(const std::int64_t number,
                 database_.integer("SELECT coalesce(max(number), 0) + 1 FROM decisions"));
  SCRUTINEER_TRY(std::string body, decision_body(database_, number, decision));
  SCRUTINEER_TRY(const LedgerEntry entry,
                 append(database_, {at, decision.person, std::string(decision_kind), std::move(body)}, key));
  {
    SCRUTINEER_TRY(
        Statement insert,
        database_.prepare(
            "INSERT INTO decisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL)"));
    SCRUTINEER_CHECK(insert
                         .bind(number, decision.subject_kind, decision.subject_key, decision.decision,
                               decision.cause, decision.reason, decision.person, decision.replaces,
                               entry.number, decision.blind, decision.request, decision.salt)
                         .run());
  }
  if (decision.subject_kind != "case") {
    SCRUTINEER_CHECK(refresh_state(database_, decision.subject_kind, decision.subject_key));
  }
  SCRUTINEER_CHECK(writing.transaction.commit());
  return number;
}

Result<std::vector<DecisionRow>> CaseFile::decisions() {
  SCRUTINEER_TRY(Statement rows, database_.prepare(fmt::format("SELECT {} FROM decisions ORDER BY number",
                                                               decision_columns)));
  std::vector<DecisionRow> all;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return all;
    all.push_back(decision_at(rows, 0));
  }
}

// ---------------------------------------------------------------- checking

namespace {

// The tables and files as the last "case-written" entry says they were.
Status check_digests(CaseFile& file, const std::vector<LedgerEntry>& entries,
                     std::vector<std::string>& problems) {
  const LedgerEntry* written = nullptr;
  for (const LedgerEntry& entry : entries) {
    if (entry.note.kind == "case-written" || entry.note.kind == "erased") written = &entry;
  }
  if (!written) {
    problems.emplace_back("the ledger has no entry \"case-written\"");
    return {};
  }
  SCRUTINEER_TRY(auto digests, table_digests(file.database()));
  SCRUTINEER_TRY(Statement files,
                 file.database().prepare("SELECT name, sha256, bytes FROM files ORDER BY name"));
  while (true) {
    SCRUTINEER_TRY(const bool more, files.step());
    if (!more) break;
    const std::string name = files.text(0);
    const bool plain = fs::path(name).filename() == name;
    const auto found = plain ? sha256_of_file(file.folder() / name) : Result<std::string>(std::string());
    if (!found) problems.push_back(fmt::format("the file {} is missing", printable(name)));
    std::error_code failed;
    if (found && *found != files.text(1)) {
      problems.push_back(fmt::format("the file {} was changed", printable(name)));
    } else if (found &&
               fs::file_size(file.folder() / name, failed) != static_cast<std::uintmax_t>(files.integer(2))) {
      problems.push_back(fmt::format("the file {} has not the length that is noted", printable(name)));
    }
    SCRUTINEER_TRY(std::string digest, file_digest(file.database(), files.text(1)));
    digests.emplace_back("file " + name, std::move(digest));
  }
  // An erasure says further things behind the digests.
  const std::string due = facts(digests);
  if (due == written->note.body ||
      written->note.body.starts_with(due.substr(0, due.size() - 1) + ",\"erased ")) {
    return {};
  }
  // Which: each digest's own fact is looked for in the entry.
  bool named = false;
  for (const auto& digest : digests) {
    const std::string alone = facts(std::span(&digest, 1));
    if (written->note.body.find(alone.substr(1, alone.size() - 2)) != std::string::npos) continue;
    problems.push_back(fmt::format("\"{}\" is not as the ledger's entry {} has it", printable(digest.first),
                                   written->number));
    named = true;
  }
  if (!named)
    problems.push_back(fmt::format("the ledger's entry {} names what is no longer there", written->number));
  return {};
}

Result<bool> has_body(Sqlite& database, std::int64_t number, const DecisionRow& decision,
                      const LedgerEntry& entry) {
  SCRUTINEER_TRY(const std::string body, decision_body(database, number, decision));
  return body == entry.note.body;
}

// The words of a decision may be gone if the ledger's entry says that this erasure took them.
bool was_erased(const std::vector<LedgerEntry>& entries, std::int64_t entry, std::int64_t number,
                const DecisionRow& decision) {
  if (entry < 1 || static_cast<std::size_t>(entry) > entries.size()) return false;
  const LedgerNote& note = entries[static_cast<std::size_t>(entry) - 1].note;
  const bool empty = decision.subject_key.empty() && decision.cause.empty() && decision.reason.empty() &&
                     decision.request.empty() && decision.salt.empty();
  // {"...","erased decisions":",3,7,"}
  const std::string_view body = note.body;
  const auto list = body.find("\"erased decisions\":\"");
  if (note.kind != "erased" || !empty || list == std::string_view::npos) return false;
  const auto end = body.find('"', list + 20);
  return body.substr(list, end - list).find(fmt::format(",{},", number)) != std::string_view::npos;
}

Status check_decisions(CaseFile& file, const std::vector<LedgerEntry>& entries,
                       std::vector<std::string>& problems) {
  std::map<std::int64_t, const LedgerEntry*> due;
  for (const LedgerEntry& entry : entries) {
    if (entry.note.kind == decision_kind) due.emplace(static_cast<std::int64_t>(entry.number), &entry);
  }
  SCRUTINEER_TRY(Statement rows,
                 file.database().prepare(fmt::format(
                     "SELECT number, ledger_entry, {} FROM decisions ORDER BY number", decision_columns)));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    const std::int64_t number = rows.integer(0);
    const auto found = due.find(rows.integer(1));
    const DecisionRow decision = decision_at(rows, 2);
    if (found == due.end() || found->second->note.actor != decision.person) {
      problems.push_back(fmt::format("decision {} is not as the ledger has it", number));
      continue;
    }
    SCRUTINEER_TRY(const bool holds,
                   decision.erased ? Result<bool>(was_erased(entries, *decision.erased, number, decision))
                                   : has_body(file.database(), number, decision, *found->second));
    if (!holds) {
      problems.push_back(fmt::format("decision {} is not as the ledger has it", number));
    }
    due.erase(found);
  }
  for (const auto& [number, entry] : due) {
    problems.push_back(fmt::format("the decision of the ledger's entry {} is missing", number));
  }
  return {};
}

}  // namespace

Result<CaseCheck> check_case(CaseFile& file, const std::optional<LedgerHead>& noted) {
  SCRUTINEER_TRY(const std::vector<LedgerEntry> entries, entries_of(file.database()));
  CaseCheck check{check_ledger(entries, noted), {}};
  check.problems = check.ledger.problems;
  SCRUTINEER_CHECK(check_digests(file, entries, check.problems));
  SCRUTINEER_CHECK(check_decisions(file, entries, check.problems));
  SCRUTINEER_CHECK(check_derived(file.database(), check.problems));
  SCRUTINEER_TRY(Statement integrity, file.database().prepare("PRAGMA integrity_check(10)"));
  while (true) {
    SCRUTINEER_TRY(const bool more, integrity.step());
    if (!more) break;
    if (integrity.text(0) != "ok") check.problems.push_back("case.sqlite: " + printable(integrity.text(0)));
  }
  return check;
}

}  // namespace scrutineer::store
