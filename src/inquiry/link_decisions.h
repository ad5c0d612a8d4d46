// What people decided about who is whom, as the next audit takes it in: a register entry that is, or is not,
// this member, two members who are, or are not, one person. Nothing else that was decided changes an audit.
//
// A decision is made about one line of one register. On the other snapshots the same entry stands on another
// line, so there it is known by what it says: an entry of the same names and address, as typed.
#ifndef SCRUTINEER_INQUIRY_LINK_DECISIONS_H_
#define SCRUTINEER_INQUIRY_LINK_DECISIONS_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {

struct LinkDecision {
  std::int64_t number = 0;  // of the decision
  bool link = false;        // must-link; else cannot-link
  std::string member;       // id
  std::string roll;         // register entry ...
  std::uint64_t line = 0;
  std::string entry_says;     // ... and what it says (entry_text), empty if the case no longer holds it
  std::string other;          // id of the second member, for pairs; roll is then empty
  std::string status_before;  // register status of the member in the case decided on
};

struct LinkDecisions {
  std::vector<LinkDecision> links, pairs;                   // by number
  [[nodiscard]] std::vector<std::int64_t> applied() const;  // numbers, sorted
  [[nodiscard]] bool empty() const { return links.empty() && pairs.empty(); }
};

// The decisions in force in the case at `folder`: of each person the newest on a subject that was not undone,
// and only where all who decided on it agree. Nothing where there is no case. With `only`, exactly those
// numbers are taken: the ones that an earlier audit applied.
Result<LinkDecisions> read_link_decisions(const std::filesystem::path& folder,
                                          const std::optional<std::vector<std::int64_t>>& only = {});

// The numbers that the last audit of this case applied, from its ledger's last entry "decisions-applied".
Result<std::vector<std::int64_t>> decisions_applied(store::CaseFile& file);
// The body of that entry.
std::string applied_body(const LinkDecisions& decisions);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_LINK_DECISIONS_H_
