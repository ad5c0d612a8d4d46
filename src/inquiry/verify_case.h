// Checking a case: that nobody changed it, that its inputs are still the bytes it was made from, and that the
// same inputs give the same findings again.
#ifndef SCRUTINEER_INQUIRY_VERIFY_CASE_H_
#define SCRUTINEER_INQUIRY_VERIFY_CASE_H_

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "inquiry/audit.h"
#include "store/ledger.h"

namespace scrutineer::inquiry {

struct Verification {
  std::uint64_t ledger_entries = 0;
  std::uint64_t signed_entries = 0;
  std::vector<std::string> signers;  // public keys in hexadecimal, in order of appearance
  store::LedgerHead head;
  std::uint64_t inputs_checked = 0;
  bool rerun = false;                 // whether the findings were computed again
  std::vector<std::string> problems;  // empty: everything holds
  std::vector<std::string> remarks;   // what was not checked, and why
};

struct VerifyOptions {
  std::optional<std::filesystem::path> inquiry;  // default: where the case says its inquiry file was
  bool rerun = true;
  std::optional<store::LedgerHead> noted;  // a head of the ledger noted earlier
  AuditOptions audit;
  // The files of a case that depend on the audit alone, by name: rendered anew and compared byte for byte.
  std::function<std::map<std::string, std::string>(const Audit&)> render;
};

// Refused where there is no case. Everything else that does not hold is a problem in the result.
Result<Verification> verify_case(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_VERIFY_CASE_H_
