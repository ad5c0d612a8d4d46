// Erasure: after the retention date, what was not upheld is taken out of a case, and the ledger still holds.
//
// What goes: every finding that two people did not uphold, with its members, explanations, exhibits and place
// in the queue; names, addresses, events, ties, links and timelines of every member whom no upheld finding
// names; the words of every decision that is not about what was upheld; what strangers' files held of people
// (rejected records, unreadable values); the outputs that name members (findings.json, members.csv,
// report.html, links.parquet, exhibits). What stays: members without id as rows to count (eligible, register
// status), conclusions, settings, digests of inputs, the ledger with every entry, decisions as rows without
// words, and all that was upheld.
//
// The case is written anew beside its place, without free pages in which words could linger, and put there in
// one step, as by an audit (store/folder_swap.h). The digests that the ledger holds are salted and the salt
// is renewed, so that nobody can try out afterwards what had been there. An entry "erased" gives the new
// digests and says which decisions lost their words. Inputs and copies elsewhere are not touched.
#ifndef SCRUTINEER_INQUIRY_ERASE_CASE_H_
#define SCRUTINEER_INQUIRY_ERASE_CASE_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "store/ledger.h"

namespace scrutineer::inquiry {

struct Erasure {
  std::uint64_t findings = 0, findings_kept = 0;
  std::uint64_t members = 0, members_kept = 0;
  std::uint64_t decisions = 0;  // that lost their words
  std::uint64_t files = 0;      // outputs taken out of the folder
};

// Refused while no retention date is set, or before the day after it.
Result<Erasure> erase_case(const std::filesystem::path& folder, Date today, const std::string& by,
                           const std::string& at, const store::SigningKey* key);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_ERASE_CASE_H_
