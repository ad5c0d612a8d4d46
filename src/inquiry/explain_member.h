// Everything that a case holds about one member, for the member's own access request and for whoever decides:
// status with its evidence, every finding with its reasons and innocent explanations, decisions, and who
// looked.
#ifndef SCRUTINEER_INQUIRY_EXPLAIN_MEMBER_H_
#define SCRUTINEER_INQUIRY_EXPLAIN_MEMBER_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {

struct HeldFinding {
  std::string id, tier, text;
  bool listed = false;
  std::vector<std::string> innocent;
  std::vector<store::ExhibitRow> exhibits;
  std::vector<std::string> decisions;  // "explained by A. Reviewer: moved in March", oldest first
};

struct Look {
  std::string at, by;
};

struct MemberFile {
  store::MemberRow member;
  std::vector<std::pair<std::string, std::string>> snapshots;  // date of the register, status on it
  std::vector<HeldFinding> findings;
  std::vector<std::string> decisions;  // about the member directly
  std::vector<Look> looks;             // this one included
  std::vector<std::string> held;  // what stands in the rolls of them: rows as typed, events, what they share
};

// Reads the file of a member by id. The look itself is written to the ledger first, with `by` and `at` (UTC);
// a case that cannot be written to is refused, since nobody looks unseen. Refused if no member has this id;
// if several rows bear it, all of them are returned.
Result<std::vector<MemberFile>> explain_member(const std::filesystem::path& folder, const std::string& id,
                                               const std::string& by, const std::string& at,
                                               const store::SigningKey* key = nullptr);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_EXPLAIN_MEMBER_H_
