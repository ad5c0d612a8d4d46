#include "signals/linkage_of_irregulars.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "signals/household_strata.h"
#include "signals/linkage_members.h"
#include "stats/binomial.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

// A tenth of the list may be missing from a canvass of everyone: people join and leave between roll and
// canvass.
constexpr double nearly_all = 0.9;
constexpr double worth_a_closer_look = 0.05;  // js at most, for the steps that decide only below 0.001
constexpr std::size_t most_pairs = 1000;

// One run of the test over one inquiry.
class Run {
 public:
  Run(const Evidence& evidence, const SignalOptions& options, const RuleL3& rule)
      : evidence_(evidence),
        options_(options),
        rule_(rule),
        households_(households_of(evidence)),
        strata_(household_strata(evidence, households_)) {}

  LinkageTest test() {
    choose_arm();
    if (known_.members.empty()) return std::move(result_);
    const std::vector<std::uint8_t> strict = known_.labels([this](std::uint32_t m) { return strict_[m]; });
    const LinkGraph graph(known_.linked);
    result_.joint = joint_test(graph, strict, joint_options("step 1", options_.permutations));
    result_.e = stats::calibrated_power(result_.joint.js, 0.1);
    result_.joint_met = result_.joint.js <= rule_.joint;
    for (std::size_t type = 0; type < link_type_count; ++type)
      result_.links_met += result_.joint.p[type] <= rule_.link;
    result_.links_are_met = result_.links_met >= rule_.links;
    find_linked();
    find_exhibits();
    if (result_.joint.js <= worth_a_closer_look) {
      delete_in_turn(graph, strict);
      match_mobility(graph, strict);
      allow_recruiters_their_rates(graph, strict);
    }
    beside(graph);
    return std::move(result_);
  }

 private:
  void choose_arm() {
    const auto& members = evidence_.members;
    result_.members = members.size();
    const bool registers = !evidence_.snapshots.empty();
    std::size_t with_outcome = 0;
    bool random = false;
    strict_.assign(members.size(), 0);
    for (std::size_t at = 0; at < members.size(); ++at) {
      with_outcome += members[at].outcome.has_value();
      random |= members[at].outcome && members[at].random_arm;
      strict_[at] = is_strict(members[at], registers);
    }
    result_.visits = with_outcome;
    if (random) {
      result_.arm = Arm::random;
    } else if (with_outcome > 0 &&
               static_cast<double>(with_outcome) >= nearly_all * static_cast<double>(members.size())) {
      result_.arm = Arm::everyone;
    }
    for (std::size_t at = 0; at < members.size() && result_.arm != Arm::unknown; ++at) {
      if (!members[at].outcome || (result_.arm == Arm::random && !members[at].random_arm)) continue;
      visited_.members.push_back(static_cast<std::uint32_t>(at));
      LinkedMember linked{households_[at], 0, {}};
      for (std::size_t type = 0; type < link_type_count; ++type)
        linked.links[type] = link_of(members[at], all_links[type]);
      visited_.linked.push_back(linked);
    }
    known_ = pooled(visited_.only([this](std::uint32_t m) { return has_outcome(evidence_.members[m]); }));
    visited_ = pooled(std::move(visited_));
    count();
  }

  // Some members with strata of their own: leaving members out changes which households are of one size.
  [[nodiscard]] MemberGroup pooled(MemberGroup group) const {
    pool_strata(group.linked, strata_, rule_.least_class);
    return group;
  }

  void count() {
    result_.visited = visited_.members.size();
    result_.known = known_.members.size();
    std::set<std::uint32_t> households;
    std::set<std::uint32_t> strict_households;
    for (const std::uint32_t m : known_.members) {
      const Member& member = evidence_.members[m];
      households.insert(households_[m]);
      if (strict_[m]) strict_households.insert(households_[m]);
      result_.strict += strict_[m];
      result_.denied += member.outcome == Outcome::denied;
      result_.moved += is_moved(member);
    }
    result_.never_there = result_.strict - result_.denied;
    result_.households = households.size();
    result_.strict_households = strict_households.size();
  }

  [[nodiscard]] JointTestOptions joint_options(const std::string& what, std::uint32_t permutations) const {
    return {evidence_.seed, "linkage-of-irregulars " + what, permutations, options_.threads, 1, {}};
  }
  [[nodiscard]] std::uint32_t fewer() const { return std::max(options_.permutations / 5, 199U); }

  // How much of S goes when these members go (S is in units of each statistic's deviation).
  double contribution(const LinkGraph& graph, const std::vector<std::uint8_t>& labels,
                      const std::function<bool(std::uint32_t)>& gone) const {
    std::vector<std::uint8_t> left = labels;
    for (std::size_t at = 0; at < left.size(); ++at) {
      if (left[at] && gone(known_.members[at])) left[at] = 0;
    }
    const LinkageStatistics without = graph.statistics(left).weighted;
    double sum = 0;
    for (std::size_t k = 0; k < linkage_statistic_count; ++k) {
      if (result_.joint.deviation[k] > 0)
        sum += (result_.joint.observed[k] - without[k]) / result_.joint.deviation[k];
    }
    return sum;
  }

  struct Candidate {
    std::uint32_t value = none;
    double contribution = 0;
  };
  // Values of `of` borne by strict members that contribute to S at all, the largest contribution first.
  std::vector<Candidate> candidates(const LinkGraph& graph, const std::vector<std::uint8_t>& labels,
                                    const std::function<std::uint32_t(std::uint32_t)>& of) const {
    std::set<std::uint32_t> values;
    for (const std::uint32_t m : known_.members) {
      if (strict_[m] && of(m) != none) values.insert(of(m));
    }
    std::vector<Candidate> result;
    for (const std::uint32_t value : values) {
      const double sum = contribution(graph, labels, [&](std::uint32_t m) { return of(m) == value; });
      if (sum > 0) result.push_back({value, sum});
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Candidate& a, const Candidate& b) { return a.contribution > b.contribution; });
    return result;
  }

  void delete_in_turn(const LinkGraph& graph, const std::vector<std::uint8_t>& labels) {
    struct Kind {
      const char* name;
      bool decides;
      std::function<std::uint32_t(std::uint32_t)> of;
      std::function<std::string(std::uint32_t)> key;
    };
    const auto link = [this](LinkType type) {
      return [this, type](std::uint32_t m) { return link_of(evidence_.members[m], type); };
    };
    const auto key = [this](LinkType type) {
      return [this, type](std::uint32_t value) { return link_key(evidence_, type, value); };
    };
    const Kind kinds[] = {
        {"household", true, [this](std::uint32_t m) { return households_[m]; },
         [this](std::uint32_t household) { return household_key(household); }},
        {"day", true, link(LinkType::day), key(LinkType::day)},
        {"phone", true, link(LinkType::phone), key(LinkType::phone)},
        {"visitor", true, [this](std::uint32_t m) { return evidence_.members[m].visitor; },
         [this](std::uint32_t visitor) { return evidence_.visitors[visitor]; }},
        {"recruiter", false, link(LinkType::recruiter), key(LinkType::recruiter)},
        {"payer", false, link(LinkType::payer), key(LinkType::payer)},
    };
    double worst = 0;
    for (const Kind& kind : kinds) {
      std::vector<Candidate> found = candidates(graph, labels, kind.of);
      if (found.size() > (kind.decides ? rule_.deletion_candidates : 1))
        found.resize(kind.decides ? rule_.deletion_candidates : 1);
      for (const Candidate& candidate : found) {
        const MemberGroup left =
            pooled(known_.only([&](std::uint32_t m) { return kind.of(m) != candidate.value; }));
        const LinkGraph smaller(left.linked);
        const std::string name = std::string("without ") + kind.name + " " + std::to_string(candidate.value);
        const JointTest without =
            joint_test(smaller, left.labels([this](std::uint32_t m) { return strict_[m]; }),
                       joint_options(name, fewer()));
        result_.deletions.push_back(
            {kind.name, kind.key(candidate.value), known_.members.size() - left.members.size(), without.js});
        if (kind.decides) worst = std::max(worst, without.js);
      }
    }
    result_.worst_deletion = worst;
    result_.deletions_met = worst <= rule_.deletion;
  }

  std::string household_key(std::uint32_t household) const {
    const std::string* smallest = nullptr;
    for (const std::uint32_t m : known_.members) {
      if (households_[m] == household && (!smallest || evidence_.members[m].id < *smallest))
        smallest = &evidence_.members[m].id;
    }
    return smallest ? *smallest : "";
  }

  TopGroup top_group(LinkType type, std::uint32_t value) const {
    TopGroup top;
    top.type = type;
    top.key = link_key(evidence_, type, value);
    for (const std::uint32_t m : known_.members) {
      const Member& member = evidence_.members[m];
      const bool inside = link_of(member, type) == value;
      (inside ? top.known : top.known_outside) += 1;
      (inside ? top.moved : top.moved_outside) += is_moved(member);
      top.strict += inside && strict_[m];
    }
    if (top.known < rule_.least_group) return top;
    // An upper bound of the group's rate of moving (90 % one-sided, by the square-root approximation of a
    // Poisson count) against the rate outside.
    const auto a = static_cast<double>(top.moved);
    const double inside = (a + 1.28 * std::sqrt(a + 0.5) + 0.8) / static_cast<double>(top.known);
    const double outside =
        (static_cast<double>(top.moved_outside) + 0.5) / (static_cast<double>(top.known_outside) + 0.5);
    top.ratio = inside / outside;
    return top;
  }

  void match_mobility(const LinkGraph& graph, const std::vector<std::uint8_t>& labels) {
    std::vector<std::uint8_t> touched(known_.members.size(), 0);
    double gamma = rule_.least_gamma;
    for (const LinkType type : all_links) {
      const auto of = [&](std::uint32_t m) { return link_of(evidence_.members[m], type); };
      const std::vector<Candidate> found = candidates(graph, labels, of);
      if (found.empty()) continue;
      result_.top_groups.push_back(top_group(type, found.front().value));
      gamma = std::max(gamma, result_.top_groups.back().ratio);
      for (std::size_t at = 0; at < touched.size(); ++at)
        touched[at] |= of(known_.members[at]) == found.front().value;
    }
    result_.gamma = std::min(gamma, rule_.most_gamma);
    JointTestOptions options = joint_options("gamma", options_.permutations);
    options.gamma = result_.gamma;
    options.touched = touched;
    result_.sensitivity = joint_test(graph, labels, options);
    result_.sensitivity_met = result_.sensitivity.js <= rule_.sensitivity;
  }

  // The recruiter of most members of each household, of several the smallest number; `none` where that is
  // nobody.
  std::vector<std::uint32_t> recruiters() const {
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> of_household;
    for (const std::uint32_t m : known_.members)
      ++of_household[households_[m]][link_of(evidence_.members[m], LinkType::recruiter)];
    std::vector<std::uint32_t> result(strata_.size(), none);
    for (const auto& [household, counts] : of_household) {
      result[household] =
          std::max_element(counts.begin(), counts.end(), [](const auto& left, const auto& right) {
            return left.second < right.second;
          })->first;
    }
    return result;
  }

  // Step 5. A recruiter who enrols carelessly gives all links among his people more irregular pairs; kept
  // apart, each recruiter may have any rate. Where he enrolled hardly anybody else there is nothing left to
  // exchange; then that most of his people are irregular is what no carelessness explains.
  void allow_recruiters_their_rates(const LinkGraph& graph, const std::vector<std::uint8_t>& labels) {
    const std::vector<std::uint32_t> recruiter = recruiters();
    MemberGroup group = known_;
    pool_strata(group.linked, strata_, rule_.least_class, recruiter);
    result_.within_recruiter =
        joint_test(LinkGraph(group.linked), labels, joint_options("within recruiter", options_.permutations));
    const auto top = candidates(graph, labels, [&](std::uint32_t m) { return recruiter[households_[m]]; });
    if (!top.empty()) result_.top_recruiter = majority_of(top.front().value, recruiter);
    result_.own_rates_met =
        result_.within_recruiter->js <= rule_.within || result_.top_recruiter.p <= rule_.majority;
  }

  RecruiterMajority majority_of(std::uint32_t recruiter,
                                const std::vector<std::uint32_t>& recruiter_of) const {
    std::map<std::uint32_t, std::pair<double, double>> households;  // strict members, known members
    for (const std::uint32_t m : known_.members) {
      if (recruiter_of[households_[m]] != recruiter) continue;
      auto& [strict, known] = households[households_[m]];
      strict += strict_[m];
      known += 1;
    }
    RecruiterMajority majority;
    majority.households = households.size();
    for (const auto& [household, counts] : households) majority.irregular += counts.first / counts.second;
    majority.p = stats::binomial_upper_tail(std::floor(majority.irregular + 1e-9),
                                            static_cast<double>(majority.households), 0.5);
    return majority;
  }

  void beside(const LinkGraph& graph) {
    const auto outcome = [this](std::uint32_t m) { return *evidence_.members[m].outcome; };
    if (result_.moved > 0) {
      result_.placebo =
          joint_test(graph, known_.labels([this](std::uint32_t m) { return is_moved(evidence_.members[m]); }),
                     joint_options("placebo", options_.permutations));
    }
    if (result_.denied > 0) {
      result_.denied_only =
          joint_test(graph, known_.labels([&](std::uint32_t m) { return outcome(m) == Outcome::denied; }),
                     joint_options("denied only", options_.permutations));
    }
    const MemberGroup absent = pooled(known_.only([&](std::uint32_t m) {
      return outcome(m) == Outcome::denied || outcome(m) == Outcome::not_known ||
             outcome(m) == Outcome::moved;
    }));
    if (result_.strict > 0 && absent.members.size() > result_.strict) {
      result_.absent_only =
          joint_test(LinkGraph(absent.linked), absent.labels([this](std::uint32_t m) { return strict_[m]; }),
                     joint_options("absent only", options_.permutations));
    }
    if (result_.known < result_.visited) {
      result_.outcome_recorded =
          joint_test(LinkGraph(visited_.linked),
                     visited_.labels([this](std::uint32_t m) { return !has_outcome(evidence_.members[m]); }),
                     joint_options("outcome recorded", fewer()));
    }
  }

  void find_linked() {
    std::vector<std::uint32_t> strict;
    for (const std::uint32_t m : known_.members) {
      if (strict_[m]) strict.push_back(m);
    }
    struct Pair {
      std::uint32_t first, second;
      unsigned shared;
    };
    std::vector<Pair> pairs;
    std::set<std::uint32_t> linked;
    for (std::size_t left = 0; left < strict.size(); ++left) {
      for (std::size_t right = left + 1; right < strict.size(); ++right) {
        const std::uint32_t a = strict[left];
        const std::uint32_t b = strict[right];
        if (households_[a] == households_[b]) continue;
        unsigned shared = 0;
        for (std::size_t type = 0; type < link_type_count; ++type) {
          const std::uint32_t value = link_of(evidence_.members[a], all_links[type]);
          if (value != none && value == link_of(evidence_.members[b], all_links[type])) shared |= 1U << type;
        }
        if (!shared) continue;
        pairs.push_back({a, b, shared});
        linked.insert({a, b});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
      return std::popcount(a.shared) > std::popcount(b.shared);
    });
    result_.pairs_total = pairs.size();
    result_.linked.assign(linked.begin(), linked.end());
    if (pairs.size() > most_pairs) pairs.resize(most_pairs);
    for (const Pair& pair : pairs) {
      LinkedPair shown{pair.first, pair.second, {}};
      for (std::size_t type = 0; type < link_type_count; ++type) {
        if (pair.shared & (1U << type)) shown.shared.push_back(all_links[type]);
      }
      result_.pairs.push_back(std::move(shown));
    }
  }

  // Exhibits are looked for among the accounts of the linked set alone.
  void find_exhibits() {
    std::map<std::uint32_t, AccountExhibit> accounts;
    for (const std::uint32_t m : result_.linked) {
      const std::uint32_t payer = evidence_.members[m].payer;
      if (payer == none) continue;
      AccountExhibit& account = accounts[payer];
      account.payer = payer;
      account.strict.push_back(m);
      if (evidence_.members[m].outcome == Outcome::denied) {
        const bool same_home =
            std::any_of(account.denied.begin(), account.denied.end(),
                        [&](std::uint32_t other) { return households_[other] == households_[m]; });
        if (!same_home) account.denied.push_back(m);
      }
    }
    std::map<std::uint32_t, std::set<std::uint32_t>> homes;
    for (std::size_t at = 0; at < evidence_.members.size(); ++at) {
      const std::uint32_t payer = evidence_.members[at].payer;
      if (payer != none && accounts.contains(payer)) homes[payer].insert(households_[at]);
    }
    for (auto& [payer, account] : accounts) {
      account.households = static_cast<std::uint32_t>(homes[payer].size());
      if (account.households < rule_.account_households || account.strict.size() < rule_.account_strict)
        continue;
      for (const Payment& payment : evidence_.payments) {
        if (payment.payer == payer) account.payments.push_back(payment.row);
      }
      result_.payment_exhibit = true;
      result_.denial_exhibit |= account.denied.size() >= rule_.denials;
      result_.accounts.push_back(std::move(account));
    }
  }

  const Evidence& evidence_;
  const SignalOptions& options_;
  const RuleL3& rule_;
  std::vector<std::uint32_t> households_;  // by member
  std::vector<HouseholdStratum> strata_;   // by household
  std::vector<std::uint8_t> strict_;       // by member
  MemberGroup visited_, known_;
  LinkageTest result_;
};

}  // namespace

double LinkageTest::response() const {
  return visited ? static_cast<double>(known) / static_cast<double>(visited) : 0.0;
}

bool is_strict(const Member& member, bool registers) {
  if (member.outcome == Outcome::denied) return true;
  return member.outcome == Outcome::not_known && registers && !member.ever_at_address &&
         member.address != none && member.status != RegisterStatus::unclear;
}

LinkageTest test_linkage_of_irregulars(const Evidence& evidence, const SignalOptions& options,
                                       const RuleL3& rule) {
  return Run(evidence, options, rule).test();
}

}  // namespace scrutineer::signals
