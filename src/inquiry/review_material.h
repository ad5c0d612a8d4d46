// What the review app shows beside the findings and signals never see: names and addresses, the rows that
// links join, who was on the registers at a member's address, and what decisions changed. Kept in columns, as
// it was read, until the case is written (inquiry/write_review.h).
#ifndef SCRUTINEER_INQUIRY_REVIEW_MATERIAL_H_
#define SCRUTINEER_INQUIRY_REVIEW_MATERIAL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "inquiry/duplicates.h"
#include "inquiry/link_decisions.h"
#include "inquiry/outcome.h"
#include "inquiry/register_links.h"
#include "inquiry/register_snapshots.h"
#include "inquiry/sources.h"

namespace scrutineer::inquiry {

// Somebody on the registers at an address, known by the name as typed.
struct Occupant {
  signals::Exhibit source;    // on the newest snapshot that holds them
  std::uint64_t present = 0;  // bit k: on the k-th snapshot taken in (ReviewMaterial::dates)
};

// What an audit did because of a decision, in words that name nobody but by id.
struct DecisionEffect {
  std::int64_t decision = 0;
  std::string kind, member, other;  // "link" or "pair"
  std::string roll;
  std::uint64_t line = 0;
  std::string text;
  std::string entry_says, status_before;  // as in LinkDecision
};

struct ReviewMaterial {
  Sources sources;
  Duplicates duplicates;
  // The newest register, whose entries decisions are made about.
  RegisterSnapshot newest;
  rolls::StandardRoll newest_standard;
  std::vector<Date> dates;  // of the snapshots in the order taken in; of more than 64 the first
  // Dwelling (unit key) of a member -> name as typed -> who it is; at most 200 names an address.
  std::map<std::string, std::map<std::string, Occupant>> occupants;
  LinkDecisions decisions;
  std::vector<DecisionEffect> effects;
};

// A row's name as typed: "Ann Mary Smith".
std::string display_name(const rolls::Roll& roll, std::size_t row);
// Its address as typed, in one line.
std::string display_address(const rolls::Roll& roll, std::size_t row);

// Where on a snapshot the decided entries stand: the line decided on, or the same words elsewhere.
class DecidedEntries {
 public:
  // Both must outlive this.
  DecidedEntries(const LinkDecisions& decisions, const Sources& sources)
      : decisions_(decisions), sources_(sources) {}
  [[nodiscard]] std::vector<DecidedLink> on(const RegisterSnapshot& snapshot) const;

 private:
  const LinkDecisions& decisions_;
  const Sources& sources_;
};

// By row of the members roll; decisions about ids that are no longer there are passed over.
std::vector<DecidedPair> decided_pairs(const LinkDecisions& decisions, const Sources& sources);

// Takes from a snapshot, which is dropped afterwards, what will be shown. Snapshots come newest first.
void keep_for_review(RegisterSnapshot& snapshot, rolls::StandardRoll& entries,
                     const rolls::StandardRoll& members, ReviewMaterial& material);
void keep_members_for_review(Sources sources, Duplicates duplicates, const LinkDecisions& decisions,
                             ReviewMaterial& material);

// One for each decision that was taken in, with what it changed.
std::vector<DecisionEffect> effects_of(const ReviewMaterial& material,
                                       const std::vector<MemberOutcome>& members);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_REVIEW_MATERIAL_H_
