// The key test's machinery (METHODS.md 3.3, tests 1 and 4; VERDICT.md sections 0 to 3): how many pairs of
// labelled members of different households share a payer, a recruiter, a phone or a join day, and how that
// compares with the same labels given to other households alike.
//
// Statistics. T_l = sum over pairs of labelled members in different households that share l, for l = payer,
// recruiter, phone, day, of 1/n, n being the members of the graph that bear the value shared; multi = the
// same sum over the values of two types at once (same payer *and* same recruiter, ...), so that a pair that
// shares k types is in C(k, 2) of them. Pairs are never enumerated: a group with x labelled members has
// C(x, 2) pairs, those of one household taken off. One permutation costs time linear in the labelled members.
//
// Why 1/n. Sum over groups of x (x - 1) / E, E being what the group expects, is the locally most powerful
// test of equal rates against rates that vary between groups (Potthoff & Whittinghill, Biometrika 53, 1966,
// 167-182 and 183-190; against gamma-distributed rates of variance inverse to E). Unweighted pairs are most
// powerful where all groups differ alike, and there the largest groups, which nobody doubts, drown the small
// ones: the chance variation of C(x, 2) grows as E^1.5. Weights depend on the graph alone, not on labels, so
// the permutation stays exact. They are whole multiples of 2^-40, so that sums do not depend on their order.
//
// Null. The graph of links is fixed. Within each class (stratum x number of known members) the vectors of
// labels of whole households are exchangeable between households. Families go wrong, move and deny together;
// so households, not members, are permuted. Given that, p and js are exact: P(p <= a) <= a for every a.
//
// Sensitivity (after Rosenbaum, Observational Studies, 2nd ed. 2002, section 4.2). With odds Gamma, a vector
// with a label falls on a household that is `touched` at Gamma times the odds of one that is not: the
// labelled households of a class are then a conditional Bernoulli sample, so their number among the touched
// is Fisher's noncentral hypergeometric and they are uniform within each part. An honest group with up to
// Gamma times the rate of the others rejects no more often than the p under Gamma says.
#ifndef SCRUTINEER_SIGNALS_LINKAGE_PERMUTATION_H_
#define SCRUTINEER_SIGNALS_LINKAGE_PERMUTATION_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace scrutineer::signals {

enum class LinkType : std::uint8_t { payer, recruiter, phone, day };
inline constexpr std::size_t link_type_count = 4;
inline constexpr std::size_t linkage_statistic_count = 5;  // one for each LinkType, then multi
inline constexpr std::size_t multi_statistic = 4;

// A member as the test sees one: numbers that mean nothing beyond being equal or not.
struct LinkedMember {
  std::uint32_t household = 0;  // each member has one
  std::uint32_t stratum = 0;    // that of the household: its members must agree
  std::array<std::uint32_t, link_type_count> links =
      {};  // by LinkType; `none` (signals/evidence.h) where there is none
};

using LinkageStatistics = std::array<double, linkage_statistic_count>;

// Weighted sums, and the plain numbers of pairs (multi: of pairs and two types that they share), for people
// to read.
struct LinkageCounts {
  LinkageStatistics weighted{};
  LinkageStatistics pairs{};
};

// The fixed graph. Members keep the numbers they have in the vector it is made from. Safe to read from many
// threads.
class LinkGraph {
 public:
  explicit LinkGraph(std::span<const LinkedMember> members);

  [[nodiscard]] std::size_t members() const { return household_.size(); }
  [[nodiscard]] std::size_t households() const { return starts_.size() - 1; }

  // The statistics for labels given by member number (non-zero: labelled), as a permutation computes them.
  [[nodiscard]] LinkageCounts statistics(std::span<const std::uint8_t> labels) const;

 private:
  friend class LabelPermutation;
  struct Membership {
    std::uint32_t group = 0;  // over all types and pairs of types
    std::uint32_t statistic = 0;
    std::uint64_t weight = 0;  // of a pair, in units of 2^-40
  };
  void add_groups(std::span<const std::uint64_t> keys, std::size_t statistic,
                  std::vector<std::vector<Membership>>& of_member);
  // `labelled`: places (members in the order of their households), household by household. `counts`: one zero
  // for each group, zeros again afterwards.
  [[nodiscard]] LinkageCounts count(std::span<const std::uint32_t> labelled,
                                    std::span<std::uint32_t> counts) const;

  std::vector<std::uint32_t> order_;      // place -> member
  std::vector<std::uint32_t> household_;  // place -> household
  std::vector<std::uint32_t> starts_;     // household -> first place; and the end
  std::vector<std::uint32_t> stratum_;    // household -> stratum
  std::vector<Membership> memberships_;   // groups that can hold a pair, place by place
  std::vector<std::uint32_t> first_;      // place -> first membership; and the end
  std::uint32_t groups_ = 0;
};

struct JointTestOptions {
  std::uint64_t seed = 0;
  std::string purpose;  // names the random stream
  std::uint32_t permutations = 9999;
  unsigned threads = 0;
  double gamma = 1;                       // odds of the touched households; 1: the plain test
  std::span<const std::uint8_t> touched;  // by member; a household is touched if one of its members is
};

// The five statistics in one permutation, and their joint p. All probabilities are Monte Carlo with the
// observed value counted among the permutations + 1.
struct JointTest {
  std::uint64_t members = 0;
  std::uint64_t households = 0;
  std::uint64_t movable =
      0;  // households in a class with another that has other labels: the rest says nothing
  std::uint64_t labelled = 0;  // members
  std::uint32_t permutations = 0;
  // Of the weighted statistics; p of one that never varies is 1.
  LinkageStatistics observed{}, expected{}, deviation{}, z{}, p{};
  LinkageStatistics pairs{}, pairs_expected{};  // plain numbers of pairs
  double sum_z = 0;                             // S = sum of z
  double js = 1;                                // (1 + #{S* >= S}) / (permutations + 1)
  std::vector<double> sums;                     // S of every row, the observed one first
};

JointTest joint_test(const LinkGraph& graph, std::span<const std::uint8_t> labels,
                     const JointTestOptions& options);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_LINKAGE_PERMUTATION_H_
