// Members against one register snapshot: at the address they gave first, then anywhere.
//
// Two questions with two models, because they differ in what chance can do:
//   at the address   among the entries of the same building only. There, people who are not the member share
//                    surname and household, so the chance agreement of each field is learned among these very
//                    pairs (u_among_candidates): a surname says little, the forename decides.
//   anywhere         against the whole register, on names, birth date where both have one, and address parts.
//                    There, chance agreement is the frequency of the name in the register.
// A pair of the same building is judged by the first model alone.
#ifndef SCRUTINEER_INQUIRY_REGISTER_LINKS_H_
#define SCRUTINEER_INQUIRY_REGISTER_LINKS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "inquiry/address_relation.h"
#include "inquiry/register_snapshots.h"
#include "linkage/link.h"
#include "rolls/standard_roll.h"
#include "signals/finding.h"

namespace scrutineer::inquiry {

// A register entry that may be this member.
struct EntryLink {
  std::uint32_t entry = 0;  // row of the register roll
  signals::Exhibit source;  // the file and line that state it
  AddressRelation relation = AddressRelation::not_told;
  linkage::Weight weight = 0;  // match weight, prior included
  double probability = 0;      // that the entry is this member
  bool near = false;           // judged by the model for one building
  bool decided = false;        // people decided that it is the member
  static constexpr std::uint32_t unexplained = 0xFFFFFFFFU;
  std::uint32_t explanation = unexplained;  // index into SnapshotLinks::explanations
};

// What people decided about one pair: it is linked before all others, or not at all.
struct DecidedLink {
  std::uint32_t member = 0;
  std::uint32_t entry = 0;
  bool link = false;
};

// What one snapshot says about the members, small enough to keep when the snapshot itself is dropped.
struct SnapshotLinks {
  Date as_of;
  std::string roll;  // as reports name this snapshot
  std::uint64_t entries = 0;
  std::vector<std::vector<EntryLink>> members;  // per member row, best first; at the address before elsewhere
  // Register entries at the dwelling of each member, by row of the members roll: how many, and where they
  // stand (at most `rows_kept`).
  static constexpr std::size_t rows_kept = 24;
  std::vector<std::uint32_t> electors_at_dwelling;
  std::vector<std::uint32_t> electors_at_building;
  std::vector<std::uint32_t> units_in_building;
  std::vector<std::vector<signals::Exhibit>> dwelling_rows;
  std::map<std::uint32_t, std::uint64_t> occupancy;  // electors at a dwelling -> dwellings on this snapshot
  // How the fields of a link spoke: of all links, or of those that are in doubt, as asked.
  std::vector<linkage::PairExplanation> explanations;
  linkage::Diagnostics at_address;
  linkage::Diagnostics anywhere;
};

// The two models, trained on one snapshot and used for the others of the same inquiry: the same member is
// then judged alike on every date.
struct RegisterModels {
  linkage::Model at_address;
  linkage::Model anywhere;
};

struct RegisterLinkOptions {
  unsigned threads = 0;
  std::uint64_t memory = 0;
  std::uint64_t seed = 0;
  std::vector<DecidedLink> decided;
  bool explain = false;  // fill `explanations`: of all links of up to 200,000 members, else of links in doubt
};

// Links every member to one snapshot. Assumes that both rolls are standardised. The same result on any number
// of threads. An entry is given to one member only (the likelier), except to members whom `same_person` holds
// to be one person listed twice.
// Empty models are trained on this snapshot and filled.
Result<SnapshotLinks> link_to_register(const rolls::StandardRoll& members, const RegisterSnapshot& snapshot,
                                       const rolls::StandardRoll& entries,
                                       const std::vector<std::uint32_t>& same_person, RegisterModels& models,
                                       const RegisterLinkOptions& options);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_REGISTER_LINKS_H_
