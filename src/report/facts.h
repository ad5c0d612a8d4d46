// The figures that more than one section quotes, worked out once from an Outcome, so that the report cannot
// contradict itself; and the names under which it speaks of what must not be named.
#ifndef SCRUTINEER_REPORT_FACTS_H_
#define SCRUTINEER_REPORT_FACTS_H_

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "inquiry/outcome.h"

namespace scrutineer::report {

class Facts {
 public:
  // `outcome` must outlive this.
  explicit Facts(const inquiry::Outcome& outcome);

  const inquiry::Outcome& outcome;

  std::uint64_t members = 0;
  std::uint64_t eligible = 0;
  std::array<std::uint64_t, 4> status{};  // eligible members by RegisterStatus at the newest snapshot
  std::uint64_t never_at_address = 0;     // eligible, not at the address on any snapshot given
  std::uint64_t duplicates = 0;           // members held to be a second entry of another member
  bool has_register = false;

  std::uint64_t signals_listing = 0;  // signals that listed at least one finding
  std::uint64_t findings_listed = 0;
  std::set<std::string> members_listed;  // members in at least one listed finding of tier A or B
  std::map<signals::Tier, std::uint64_t> listed_by_tier;

  // The number, from 1, at which a finding of this outcome stands in findings.json; 0 for those of tier X,
  // which do not stand there.
  [[nodiscard]] std::size_t place(const signals::Finding& finding) const;

  std::uint64_t visits = 0;  // canvass outcomes recorded
  [[nodiscard]] std::uint64_t visited(signals::Outcome what) const;

  [[nodiscard]] std::uint64_t off_address() const { return eligible - status[0]; }

  // How the report calls a subject: ids, days, rolls and branches by their key; everything that could be, or
  // lead to, a person's name or address by its number among the subjects of its kind ("payer no. 3").
  [[nodiscard]] std::string label(const signals::Subject& subject) const;
  // A sentence with the subject's key, where it occurs, replaced by its label.
  [[nodiscard]] std::string masked(std::string text, const signals::Subject& subject) const;

 private:
  void count_members();
  void count_findings();

  std::map<const signals::Finding*, std::size_t> places_;               // looked up only, never walked
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;  // (kind, key) -> number from 1
};

// Sums over the listed findings of a signal or a tier: what stands above every list.
struct ListTotals {
  std::uint64_t findings = 0;
  // Members over all findings; one member in two findings is two rows, but what is part of a listed finding
  // (a ward of the roll) is counted there alone.
  std::uint64_t rows = 0;
  double innocent = 0;  // of the rows, expected to be there by chance or innocently
};
ListTotals totals_of(const signals::SignalReport& report);

// "Of these 214 rows about 12 are expected to be innocent." in full, as it stands above a list.
std::string innocence_sentence(const ListTotals& totals);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_FACTS_H_
