#include "inquiry/verify_case.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "canvass/record.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {
namespace {

Result<std::filesystem::path> recorded_inquiry(store::CaseFile& file) {
  SCRUTINEER_TRY(store::Statement row,
                 file.database().prepare("SELECT value FROM settings WHERE name = 'inquiry.file'"));
  SCRUTINEER_TRY(const bool found, row.step());
  if (!found)
    return refused("does not say where its inquiry file is", {file.folder().string()},
                   "--inquiry INQUIRY.toml");
  return (file.folder() / row.text(0)).lexically_normal();
}

Status check_inputs(store::CaseFile& file, const std::filesystem::path& inquiry, Verification& verification) {
  SCRUTINEER_TRY(store::Statement rows,
                 file.database().prepare("SELECT role, file, sha256 FROM inputs ORDER BY number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return {};
    const bool is_inquiry = rows.text(0) == "inquiry";
    const std::filesystem::path path = is_inquiry ? inquiry : inquiry.parent_path() / rows.text(1);
    ++verification.inputs_checked;
    const auto sha256 = sha256_of_file(path);
    if (!sha256) {
      verification.problems.push_back(sha256.error().message());
    } else if (*sha256 != rows.text(2)) {
      verification.problems.push_back(
          fmt::format("{}: is not the file the case was made from (SHA-256 {}, then {})", path.string(),
                      *sha256, rows.text(2)));
    }
  }
}

void compare_files(const std::filesystem::path& folder, const std::map<std::string, std::string>& rendered,
                   Verification& verification) {
  for (const auto& [name, bytes] : rendered) {
    std::ifstream stream(folder / name, std::ios::binary);
    std::ostringstream found;
    found << stream.rdbuf();
    if (!stream || std::move(found).str() != bytes) {
      verification.problems.push_back(
          fmt::format("{}: the same inputs give another file now", (folder / name).string()));
    }
  }
}

}  // namespace

Result<Verification> verify_case(const std::filesystem::path& folder, const VerifyOptions& options) {
  Verification verification;
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(store::CaseCheck check, store::check_case(file, options.noted));
  verification.ledger_entries = check.ledger.entries;
  verification.signed_entries = check.ledger.signed_entries;
  for (const store::PublicKey& signer : check.ledger.signers)
    verification.signers.push_back(store::hex(signer));
  verification.head = check.ledger.head;
  verification.problems = std::move(check.problems);
  SCRUTINEER_TRY(const auto unlike, canvass::check_records(file));
  verification.problems.insert(verification.problems.end(), unlike.begin(), unlike.end());
  std::filesystem::path inquiry;
  if (options.inquiry) {
    inquiry = *options.inquiry;
  } else {
    SCRUTINEER_TRY(inquiry, recorded_inquiry(file));
  }
  SCRUTINEER_CHECK(check_inputs(file, inquiry, verification));
  if (!options.rerun || !verification.problems.empty()) return verification;
  SCRUTINEER_TRY(
      const std::int64_t erasures,
      file.database().integer("SELECT count(*) FROM ledger WHERE kind = 'erased' AND number > (SELECT "
                              "max(number) FROM ledger WHERE kind = 'case-written')"));
  if (erasures > 0) {
    verification.remarks.emplace_back(
        "What was not upheld was erased since: a new run would give more than the case may hold.");
    return verification;
  }
  SCRUTINEER_TRY(const InquiryFile again, read_inquiry_file(inquiry));
  AuditOptions audit_options = options.audit;
  // With the decisions that the audit took in, not those that were made since.
  SCRUTINEER_TRY(const std::vector<std::int64_t> applied, decisions_applied(file));
  SCRUTINEER_TRY(audit_options.decisions, read_link_decisions(folder, applied));
  audit_options.case_folder = folder;
  audit_options.as_written = true;
  SCRUTINEER_TRY(const Audit audit, run_audit(again, audit_options));
  verification.rerun = true;
  compare_files(folder, options.render(audit), verification);
  return verification;
}

}  // namespace scrutineer::inquiry
