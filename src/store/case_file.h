// The case: the folder that an audit leaves. case.sqlite keeps findings, decisions and the ledger; bulk
// tables are Parquet; outputs (findings.json, members.csv, report.html) stand beside them. doc/casefile.md is
// its description.
//
// A case is written whole beside its place and put there in one step (store/folder_swap.h): a killed run
// leaves the last good case. The new case takes over the ledger and the decisions of the one it replaces, and
// files of other people in its folder; a reviewer who holds the old one open learns on the next write that it
// was replaced.
#ifndef SCRUTINEER_STORE_CASE_FILE_H_
#define SCRUTINEER_STORE_CASE_FILE_H_

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/case_rows.h"
#include "store/folder_swap.h"
#include "store/ledger.h"
#include "store/review_rows.h"
#include "store/review_schema.h"
#include "store/sqlite.h"

namespace scrutineer::store {

// Writes a case. One thread.
class CaseBuilder {
 public:
  // Refuses a folder that holds something other than a case, one that another run is writing, and one that
  // cannot be written. Nothing of an existing case is touched before finish().
  static Result<CaseBuilder> begin(const std::filesystem::path& folder);

  Status add(const SettingRow& row);
  Status add(const InputRow& row);
  Status add(const RollRow& row);
  Status add(const RejectRow& row);        // its roll must have been added
  Status add(const ValueProblemRow& row);  // its roll must have been added
  Status add(const MemberRow& row);
  Status add(const FindingRow& row);
  Status add(const ConclusionRow& row);
  // Rows of the review app (store/review_rows.h). Those with numbers get them in the order of adding, from 0.
  Status add(const EntryRow& row);
  Status add(const SignalRow& row);
  Status add(const MemberDetailRow& row);
  Status add(const MemberEventRow& row);
  Status add(const TieRow& row);  // the same again is no error and no second row
  Status add(const AddressRow& row);
  Status add(const AddressPersonRow& row);
  Status add(const CandidateRow& row);
  Status add(const PairRow& row);
  Status add(const QueueRow& row);
  Status add(const EffectRow& row);

  // Where to write a file of the case ("report.html", "links.parquet"): no folder in the name. Its digest is
  // taken by finish(), to whom it must exist.
  std::filesystem::path file(std::string_view name);

  // An entry of the ledger of this run, in order: settings fixed, outcomes read, draws. They follow those of
  // the case that is replaced.
  void note(LedgerNote entry);

  // Adds the body given as an entry "concluded" (unless it is empty or "{}") and the entry "case-written",
  // whose body is the digests of all tables and files; then puts the case in place. Without finish() there
  // never was a case. `key` signs this run's entries.
  Status finish(const LedgerNote& written, const SigningKey* key = nullptr);

  [[nodiscard]] Sqlite& database() { return database_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return swap_.folder(); }

 private:
  CaseBuilder(FolderSwap swap, Sqlite database) : swap_(std::move(swap)), database_(std::move(database)) {}
  Result<Statement*> prepared(std::string_view sql);
  template <typename... Values>
  Status insert(std::string_view sql, const Values&... values);
  Status record_files();
  Result<std::vector<std::pair<std::string, std::string>>> digests();
  Status take_over(Sqlite& old);
  Status carry_over_foreign_files(Sqlite& old);

  FolderSwap swap_;
  Sqlite database_;
  std::map<std::string, Statement, std::less<>> statements_;
  std::vector<std::string> files_;
  std::vector<LedgerNote> notes_;
  std::map<std::string, std::int64_t, std::less<>> next_number_;  // by table
};

template <typename... Values>
Status CaseBuilder::insert(std::string_view sql, const Values&... values) {
  SCRUTINEER_TRY(Statement* const statement, prepared(sql));
  return statement->bind(values...).run();
}

// A case that is there.
class CaseFile {
 public:
  // Refused where there is no case; a run that was killed while replacing it is first undone.
  static Result<CaseFile> open(const std::filesystem::path& folder, SqliteMode mode);

  [[nodiscard]] Sqlite& database() { return database_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  // The right to write, with the case as it now is: where an audit has replaced it since it was opened, the
  // new one is opened first (statements prepared on the old one are then of no use, and `replaced` is set).
  struct Writing {
    Transaction transaction;
    bool replaced = false;
  };
  Result<Writing> begin_writing();

  // True if an audit has replaced the case since it was opened: what is read from it is then out of date.
  [[nodiscard]] bool is_replaced() const;

  // In one transaction: an entry of the ledger of kind "decision" and the decision. When it returns, both are
  // on the disk, and its number is given back. `at` as in LedgerNote. The entry's body holds the decision's
  // BLAKE2b, the handle of its subject and which decision it is, not its words. A decision of the same person
  // with the same `request` as an earlier one is that earlier one: its number is given back and nothing is
  // written. `allowed` is asked within the transaction, so that what it reads cannot change before the
  // decision stands.
  using Allowed = std::function<Status(Sqlite&)>;
  Result<std::int64_t> decide(const DecisionRow& decision, const std::string& at,
                              const SigningKey* key = nullptr, const Allowed& allowed = {});

  // In a transaction of its own, an entry of the ledger.
  Result<LedgerEntry> note(const LedgerNote& note, const SigningKey* key = nullptr);

  Result<std::vector<DecisionRow>> decisions();

 private:
  CaseFile(std::filesystem::path folder, Sqlite database)
      : folder_(std::move(folder)), database_(std::move(database)) {}
  std::filesystem::path folder_;
  Sqlite database_;
  std::uint64_t device_ = 0, inode_ = 0;  // of case.sqlite when it was opened
};

// What does not hold in a case: its ledger, the digests of its tables and files as the last "case-written"
// entry has them, and each decision against its entry. Input files are checked by the caller, who knows where
// they are.
struct CaseCheck {
  LedgerCheck ledger;
  std::vector<std::string> problems;  // those of the ledger included; empty: everything holds
};
Result<CaseCheck> check_case(CaseFile& file, const std::optional<LedgerHead>& noted = {});

// The BLAKE2b-256 that a decision's entry holds: over text(x) of its fields from `subject_kind` to `salt` in
// order, as in store/ledger.h, with `replaces` as decimal digits or empty and `blind` as 0 or 1. The salt
// keeps anybody from guessing the words of a decision that was erased.
Hash digest_of(const DecisionRow& decision);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_CASE_FILE_H_
