#include "signals/register_excess.h"

#include <algorithm>
#include <set>

#include "signals/household_strata.h"
#include "signals/linkage_members.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

constexpr double kappa = 0.1;  // of the calibrator, the one that the verdict uses

bool is_counted(const Member& member) {
  return member.eligible && member.address != none && member.status != RegisterStatus::unclear;
}

}  // namespace

RegisterExcess::RegisterExcess(const Evidence& evidence) : evidence_(evidence) {
  if (evidence.snapshots.empty()) return;
  household_ = households_of(evidence);
  stratum_ = strata_before_visits(evidence, household_);
  counted_.assign(stratum_.size(), 0);
  irregular_.assign(stratum_.size(), 0);
  for (std::size_t at = 0; at < household_.size(); ++at) {
    if (!is_counted(evidence.members[at])) continue;
    counted_[household_[at]] = 1;
    if (never_there(evidence.members[at])) irregular_[household_[at]] = 1;
  }
  for (std::size_t household = 0; household < counted_.size(); ++household) {
    if (!counted_[household]) continue;
    stats::HypergeometricStratum& stratum = strata_[stratum_[household]];
    ++stratum.all;
    stratum.marked += irregular_[household];
  }
}

bool RegisterExcess::never_there(const Member& member) const {
  return is_counted(member) && member.status != RegisterStatus::at_address && !member.ever_at_address;
}

std::optional<ExcessTest> RegisterExcess::test(std::span<const std::uint32_t> members) const {
  if (strata_.empty()) return std::nullopt;
  std::set<std::uint32_t> households;
  ExcessTest test;
  for (const std::uint32_t member : members) {
    if (!counted_[household_[member]]) continue;
    households.insert(household_[member]);
    if (never_there(evidence_.members[member])) test.members.push_back(member);
  }
  std::map<std::uint32_t, stats::HypergeometricStratum> drawn;
  std::uint64_t outside = 0;
  for (const std::uint32_t household : households) {
    ++drawn.try_emplace(stratum_[household], strata_.at(stratum_[household])).first->second.drawn;
    ++test.households;
    test.irregular += irregular_[household];
  }
  std::vector<stats::HypergeometricStratum> list;
  for (const auto& [stratum, counts] : drawn) {
    outside += counts.all - counts.drawn;
    list.push_back(counts);
  }
  if (test.households == 0 || outside == 0) return std::nullopt;
  test.expected = stats::stratified_mean(list);
  test.p = std::min(1.0, stats::stratified_upper_tail(test.irregular, list));
  test.e = stats::calibrated_power(test.p, kappa);
  return test;
}

GroupTest combined(double size_p, const std::optional<ExcessTest>& excess) {
  const double size_e = stats::calibrated_power(size_p, kappa);
  if (!excess) return {size_p, size_e, false};
  const double all[] = {size_e, excess->e, size_e * excess->e};
  return {std::min(1.0, 2.0 * std::min(size_p, excess->p)), stats::mean_e(all), excess->e > size_e};
}

}  // namespace scrutineer::signals
