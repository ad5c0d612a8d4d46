// The checker: whole numbers only, and nothing of the code that searches. doc/margin-certificate.md says in
// the same order what is checked here and why it proves the claim.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "contest/certificate/certificate.h"
#include "contest/certificate/check_program.h"

namespace scrutineer::contest {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::size_t most_candidates = 64;
constexpr std::size_t most_sets = 20'000;

using Set = std::uint64_t;  // of candidates

Set one(Candidate c) {
  return Set{1} << c;
}

struct Pile {
  std::int64_t count;
  const std::vector<Candidate>* order;
};

std::vector<std::int64_t> tallies(const std::vector<Pile>& papers, Set standing) {
  std::vector<std::int64_t> votes(most_candidates, 0);
  for (const Pile& paper : papers) {
    for (const Candidate c : *paper.order) {
      if ((standing & one(c)) == 0) continue;
      votes[c] += paper.count;
      break;
    }
  }
  return votes;
}

// Everyone who wins under some way of settling ties; nothing where there are too many sets to follow.
// Candidates who together have fewer votes than the next one all go out before it, in whatever order.
std::optional<Set> possible_irv(const std::vector<Pile>& papers, Set all) {
  std::set<Set> seen = {all};
  std::vector<Set> open = {all};
  Set winners = 0;
  while (!open.empty()) {
    const Set standing = open.back();
    open.pop_back();
    if (std::has_single_bit(standing)) {
      winners |= standing;
      continue;
    }
    const std::vector<std::int64_t> votes = tallies(papers, standing);
    std::vector<Candidate> rising;
    for (Candidate c = 0; c < most_candidates; ++c)
      if (standing & one(c)) rising.push_back(c);
    std::sort(rising.begin(), rising.end(), [&](Candidate a, Candidate b) { return votes[a] < votes[b]; });
    std::int64_t sum = 0;
    std::size_t together = 0;
    for (std::size_t i = 0; i + 1 < rising.size(); ++i) {
      sum += votes[rising[i]];
      if (sum < votes[rising[i + 1]]) together = i + 1;
    }
    std::vector<Set> next;
    if (together > 0) {
      Set left = standing;
      for (std::size_t i = 0; i < together; ++i) left &= ~one(rising[i]);
      next.push_back(left);
    } else {
      for (const Candidate c : rising)
        if (votes[c] == votes[rising.front()]) next.push_back(standing & ~one(c));
    }
    for (const Set set : next)
      if (seen.insert(set).second) open.push_back(set);
    if (seen.size() > most_sets) return std::nullopt;
  }
  return winners;
}

Set possible_plurality(const std::vector<Pile>& papers, Set all) {
  const std::vector<std::int64_t> votes = tallies(papers, all);
  std::int64_t most = 0;
  Set winners = 0;
  for (Candidate c = 0; c < most_candidates; ++c) {
    if ((all & one(c)) == 0 || votes[c] < most) continue;
    if (votes[c] > most) winners = 0;
    most = votes[c];
    winners |= one(c);
  }
  return winners;
}

class Checker {
 public:
  explicit Checker(const Certificate& certificate) : certificate_(certificate) {}

  Status run() {
    SCRUTINEER_CHECK(check_frame());
    for (const CertifiedClaim& claim : certificate_.claims) {
      claim_ = &claim;
      SCRUTINEER_CHECK(check_low());
      SCRUTINEER_CHECK(check_witness());
    }
    return {};
  }

 private:
  std::unexpected<Error> fails(const std::string& what) const {
    return refused(claim_ ? fmt::format("claim {} {}: {}", to_string(claim_->means),
                                        claim_->change ? "change" : "lots", what)
                          : what);
  }

  Status check_frame() {
    if (certificate_.candidates.size() > most_candidates) return fails("more than 64 candidates");
    for (Candidate c = 0; c < certificate_.candidates.size(); ++c)
      if (certificate_.candidates[c]) standing_ |= one(c);
    if (!(standing_ & one(certificate_.winner))) return fails("the winner is not a candidate");
    if (!certificate_.caps.empty() && certificate_.caps.size() != certificate_.groups.size())
      return fails("not one cap for each group");
    Wide valid = 0;
    for (const CertifiedPaper& paper : certificate_.papers) {
      piles_.push_back({paper.count, &paper.order});
      valid += paper.count;
    }
    if (valid > (Wide{1} << 40)) return fails("too many papers");
    valid_ = static_cast<std::int64_t>(valid);
    const auto possible = possible_winners_of(piles_);
    if (!possible) return fails("too many ties to be followed");
    possible_ = *possible;
    if (!(possible_ & one(certificate_.winner))) return fails("the count gives another winner");
    for (const std::int64_t cap : certificate_.caps) room_ += cap;
    return {};
  }

  std::optional<Set> possible_winners_of(const std::vector<Pile>& papers) const {
    if (certificate_.rule == Rule::plurality) return possible_plurality(papers, standing_);
    return possible_irv(papers, standing_);
  }

  // Papers that may be touched at all; nothing where there is no limit.
  std::optional<std::int64_t> most_touched() const {
    std::optional<std::int64_t> most;
    const auto lower = [&](std::int64_t limit) { most = std::min(most.value_or(limit), limit); };
    const bool caps = !certificate_.caps.empty();
    switch (claim_->means) {
      case Means::deletion:
        lower(valid_ - 1);
        if (caps) lower(room_);
        break;
      case Means::modification:
        lower(valid_);
        if (caps) lower(room_);
        break;
      case Means::addition:
        if (caps) lower(room_);
        break;
      case Means::mixed:
        if (certificate_.most_added)
          lower((caps ? std::min(room_, valid_) : valid_) + *certificate_.most_added);
        break;
    }
    return most;
  }

  Status check_low() {
    const std::int64_t low = claim_->low;
    if (claim_->impossible) {
      const auto most = most_touched();
      if (claim_->high) return fails("both impossible and possible");
      if (claim_->by != CertifiedClaim::By::lots && claim_->by != CertifiedClaim::By::closed_form &&
          (!most || low <= *most))
        return fails("that no number can do it does not follow from the lower bound");
    } else if (claim_->high && *claim_->high < low) {
      return fails("the bounds cross");
    }
    switch (claim_->by) {
      case CertifiedClaim::By::count:
        return check_by_count();
      case CertifiedClaim::By::lots:
        return check_by_lots();
      case CertifiedClaim::By::closed_form:
        return check_closed_form();
      case CertifiedClaim::By::tree:
        return check_tree();
    }
    return fails("no proof");
  }

  // Nothing touched: the winner is sure to win, or can at least.
  Status check_by_count() const {
    if (claim_->low == 0) return {};
    if (claim_->low > 1) return fails("the count proves no more than one paper");
    if (!claim_->change && possible_ != one(certificate_.winner))
      return fails("the count leaves the winner to lots");
    return {};
  }

  // With one paper more or less some order of elimination stays possible: a certain change takes a paper more
  // than a possible one. A modified paper is two such steps, so nothing is gained there.
  Status check_by_lots() const {
    if (!claim_->change || certificate_.rule != Rule::irv)
      return fails("only a change under irv follows from lots");
    const std::int64_t gap = claim_->means == Means::modification ? 0 : 1;
    for (const CertifiedClaim& other : certificate_.claims) {
      if (&other == claim_) break;  // only what was checked before
      if (other.means != claim_->means || other.change) continue;
      if (claim_->impossible ? other.impossible : claim_->low <= other.low + gap) return {};
    }
    return fails("the claim for lots does not say as much");
  }

  Status check_closed_form() const {
    if (certificate_.rule != Rule::plurality) return fails("there is no closed form under this rule");
    const std::vector<std::int64_t> votes = tallies(piles_, standing_);
    const auto most = most_touched();
    const std::int64_t papers = claim_->impossible
                                    ? most.value_or(valid_ + 2)
                                    : std::min(claim_->low - 1, most.value_or(claim_->low - 1));
    if (papers < 0) return {};
    if (claim_->impossible && !most) return fails("there is no limit to the papers");
    for (Candidate c = 0; c < certificate_.candidates.size(); ++c) {
      if (c == certificate_.winner || !(standing_ & one(c))) continue;
      const std::int64_t needed = votes[certificate_.winner] - votes[c] + (claim_->change ? 1 : 0);
      if (most_fall(c, papers) >= needed) return fails("fewer papers can do it");
    }
    return {};
  }

  // How far `papers` papers can lower the winner's lead over c.
  std::int64_t most_fall(Candidate c, std::int64_t papers) const {
    std::vector<std::int64_t> of_winner(certificate_.groups.size(), 0);
    std::vector<std::int64_t> of_others(certificate_.groups.size(), 0);
    for (const CertifiedPaper& paper : certificate_.papers) {
      if (paper.order.front() == certificate_.winner) of_winner[paper.group] += paper.count;
      if (paper.order.front() != c) of_others[paper.group] += paper.count;
    }
    std::int64_t winner = 0;  // papers of the winner that may be touched; and of all but c
    std::int64_t all = 0;
    for (std::size_t g = 0; g < of_winner.size(); ++g) {
      const std::int64_t cap = certificate_.caps.empty() ? valid_ : certificate_.caps[g];
      winner += std::min(cap, of_winner[g]);
      all += std::min(cap, of_others[g]);
    }
    switch (claim_->means) {
      case Means::deletion:
        return std::min(papers, winner);
      case Means::addition:
        return papers;
      case Means::modification:
        return std::min(papers, winner) + std::min(papers, all);
      case Means::mixed:
        return certificate_.most_added ? std::min(papers, winner + *certificate_.most_added) : papers;
    }
    return papers;
  }

  Status check_tree() {
    if (certificate_.rule != Rule::irv) return fails("a tree proves nothing under this rule");
    if (claim_->low == 0) return {};
    std::set<std::vector<Candidate>> leaves;
    for (std::size_t i = 0; i < claim_->tree.leaves.size(); ++i) {
      const SuffixProof& leaf = claim_->tree.leaves[i];
      if (leaf.suffix.back() == certificate_.winner) return fails("an order in which the winner wins");
      if (!leaf_holds(leaf)) return fails(fmt::format("leaf {} does not prove {}", i, claim_->low));
      leaves.insert(leaf.suffix);
    }
    for (Candidate c = 0; c < certificate_.candidates.size(); ++c) {
      if (c == certificate_.winner || !(standing_ & one(c))) continue;
      if (!covered({c}, leaves)) return fails("the leaves leave out an order of elimination");
    }
    return {};
  }

  // Every order that ends in `suffix` ends in a leaf. Looks only where there are leaves below.
  bool covered(const std::vector<Candidate>& suffix, const std::set<std::vector<Candidate>>& leaves) const {
    if (leaves.contains(suffix)) return true;
    Set rest = standing_;
    for (const Candidate c : suffix) rest &= ~one(c);
    if (rest == 0) return false;
    for (Candidate x = 0; x < certificate_.candidates.size(); ++x) {
      if (!(rest & one(x))) continue;
      std::vector<Candidate> longer = {x};
      longer.insert(longer.end(), suffix.begin(), suffix.end());
      if (!covered(longer, leaves)) return false;
    }
    return true;
  }

  bool leaf_holds(const SuffixProof& leaf) const {
    Set set = 0;
    for (const Candidate c : leaf.suffix) set |= one(c);
    if (leaf.by == Pruned::program) return program_proves(certificate_, *claim_, leaf);
    if (leaf.by == Pruned::stage) {
      const std::vector<std::int64_t> votes = tallies(piles_, set);
      return too_few(leaf.suffix.front(), votes[leaf.suffix.front()], votes, set & ~one(leaf.suffix.front()));
    }
    const std::vector<std::int64_t> first = tallies(piles_, standing_);
    for (Candidate x = 0; x < certificate_.candidates.size(); ++x) {
      if (!(standing_ & ~set & one(x))) continue;
      if (too_few(x, first[x], tallies(piles_, set | one(x)), set)) return true;
    }
    return false;
  }

  // With low - 1 papers, can someone with at least `own` votes go out before those of `others`, who have at
  // most `votes`? True if they cannot.
  bool too_few(Candidate out, std::int64_t own, const std::vector<std::int64_t>& votes, Set others) const {
    const std::int64_t papers = claim_->low - 1;
    const std::int64_t above = claim_->change && out == certificate_.winner ? 1 : 0;
    Wide sum = 0;
    std::int64_t most = 0;
    // Changed papers can lower `own` by one each before they raise the others.
    const std::int64_t target = own + above - (claim_->means == Means::modification ? papers : 0);
    for (Candidate c = 0; c < certificate_.candidates.size(); ++c) {
      if (!(others & one(c))) continue;
      const std::int64_t missing = std::max<std::int64_t>(0, target - votes[c]);
      sum += missing;
      most = std::max(most, missing);
    }
    const bool each_apart = claim_->means == Means::addition || claim_->means == Means::modification;
    return each_apart ? sum > papers : most > papers;
  }

  Status check_witness() const {
    if (!claim_->high)
      return claim_->taken.empty() && claim_->put.empty() ? Status{} : fails("a witness of nothing");
    std::vector<std::int64_t> left;
    for (const CertifiedPaper& paper : certificate_.papers) left.push_back(paper.count);
    std::vector<std::int64_t> taken_in(certificate_.groups.size(), 0);
    std::vector<std::int64_t> put_in(certificate_.groups.size(), 0);
    Wide taken = 0;
    Wide put = 0;
    for (const auto& [paper, count] : claim_->taken) {
      if (count > left[paper]) return fails("the witness takes papers that are not there");
      left[paper] -= count;
      taken_in[certificate_.papers[paper].group] += count;
      taken += count;
    }
    std::vector<Pile> after;
    for (std::size_t i = 0; i < left.size(); ++i)
      if (left[i] > 0) after.push_back({left[i], &certificate_.papers[i].order});
    for (const CertifiedPaper& paper : claim_->put) {
      put_in[paper.group] += paper.count;
      put += paper.count;
      after.push_back({paper.count, &paper.order});
    }
    if (after.empty()) return fails("the witness leaves no paper");
    SCRUTINEER_CHECK(check_cost(taken, put, taken_in, put_in));
    const auto possible = possible_winners_of(after);
    if (!possible) return fails("the witness has too many ties to be followed");
    const bool still = (*possible & one(certificate_.winner)) != 0;
    if (claim_->change ? still : *possible == one(certificate_.winner))
      return fails("the witness does not do it when it is counted");
    return {};
  }

  Status check_cost(Wide taken, Wide put, const std::vector<std::int64_t>& taken_in,
                    const std::vector<std::int64_t>& put_in) const {
    const Means means = claim_->means;
    if ((!takes_away(means) && taken > 0) || (!puts_in(means) && put > 0))
      return fails("the witness uses other means");
    const Wide cost = means == Means::modification ? taken : taken + put;
    if (cost != *claim_->high) return fails("the witness has another number of papers");
    if (means == Means::modification && put > taken)
      return fails("the witness puts in more than it takes away");
    if (means == Means::mixed && certificate_.most_added && put > *certificate_.most_added)
      return fails("the witness puts in more than may come");
    for (std::size_t g = 0; g < certificate_.caps.size(); ++g) {
      if (taken_in[g] > certificate_.caps[g]) return fails("the witness breaks a cap");
      if (means == Means::addition && put_in[g] > certificate_.caps[g])
        return fails("the witness breaks a cap");
      if (means == Means::modification && put_in[g] > taken_in[g])
        return fails("a changed paper leaves its group");
    }
    return {};
  }

  const Certificate& certificate_;
  const CertifiedClaim* claim_ = nullptr;
  Set standing_ = 0;
  Set possible_ = 0;
  std::vector<Pile> piles_;
  std::int64_t valid_ = 0;
  std::int64_t room_ = 0;
};

}  // namespace

Status check_certificate(const Certificate& certificate) {
  return Checker(certificate).run();
}

}  // namespace scrutineer::contest
