#include "contest/assertions/raire.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

namespace scrutineer::contest {
namespace {

using Tail = std::vector<Candidate>;  // from the first eliminated of them to the last

// The best assertion on the way from a whole tail down to its end, and the tail that it contradicts.
struct Best {
  std::optional<Assertion> assertion;
  std::size_t length = 0;  // of the tail's end that it contradicts
  [[nodiscard]] std::int64_t margin() const { return assertion ? assertion->margin : 0; }
};

struct Node {
  Tail tail;
  Best best;
  std::uint64_t born = 0;
};
struct Later {
  bool operator()(const Node& a, const Node& b) const {
    if (a.best.margin() != b.best.margin())
      return a.best.margin() > b.best.margin();  // smallest margin first
    return a.born > b.born;
  }
};

class Search {
 public:
  Search(const Profile& profile, Candidate winner) : profile_(profile), winner_(winner) {
    const std::size_t k = profile.candidates;
    before_.assign(k * k, 0);
    for (Candidate w = 0; w < k; ++w) {
      for (Candidate l = 0; l < k; ++l) {
        if (w == l) continue;
        before_[w * k + l] = margin_of({Assertion::Kind::not_eliminated_before, w, l, 0, 0}, profile);
      }
    }
  }

  Result<RaireSet> run(std::uint64_t most_tails) {
    for (Candidate other = 0; other < profile_.candidates; ++other)
      if (other != winner_ && profile_.standing[other] != 0) push({other}, {});
    std::uint64_t looked_at = 0;
    while (!frontier_.empty()) {
      const Node node = frontier_.top();
      frontier_.pop();
      if (covered(node.tail)) continue;
      if (node.best.assertion && node.best.margin() >= bound_) {
        take(node);
        continue;
      }
      if (complete(node.tail)) {
        if (!node.best.assertion) return refused("no set of assertions proves this winner of these papers");
        bound_ = std::min(bound_, node.best.margin());
        take(node);
        continue;
      }
      if (++looked_at > most_tails)
        return refused("finding assertions takes too long", {}, "fewer candidates, or a full recount");
      for (Candidate next = 0; next < profile_.candidates; ++next) {
        if (profile_.standing[next] == 0 ||
            std::find(node.tail.begin(), node.tail.end(), next) != node.tail.end())
          continue;
        Tail longer = {next};
        longer.insert(longer.end(), node.tail.begin(), node.tail.end());
        push(std::move(longer), node.best);
      }
    }
    return result();
  }

 private:
  [[nodiscard]] bool complete(const Tail& tail) const {
    return tail.size() ==
           static_cast<std::size_t>(std::count_if(profile_.standing.begin(), profile_.standing.end(),
                                                  [](char standing) { return standing != 0; }));
  }

  [[nodiscard]] std::optional<Assertion> best_against(const Tail& tail) const {
    std::optional<Assertion> best;
    const auto offer = [&](const Assertion& one) {
      if (one.margin > 0 && (!best || one.margin > best->margin)) best = one;
    };
    const std::size_t k = profile_.candidates;
    const Candidate first = tail.front();
    std::uint64_t left = 0;
    for (const Candidate one : tail) left |= std::uint64_t{1} << one;
    for (Candidate other = 0; other < k; ++other) {
      if (other == first || profile_.standing[other] == 0) continue;
      const bool later = (left >> other & 1U) != 0;
      const Candidate w = later ? first : other, l = later ? other : first;
      offer({Assertion::Kind::not_eliminated_before, w, l, 0, before_[w * k + l]});
    }
    std::vector<std::int64_t> tally(k, 0);
    for (std::size_t kind = 0; kind < profile_.kinds(); ++kind) {
      for (const Candidate one : profile_.preferences(kind)) {
        if ((left >> one & 1U) == 0) continue;
        tally[one] += profile_.counts[kind];
        break;
      }
    }
    for (const Candidate other : tail) {
      if (other != first)
        offer({Assertion::Kind::not_eliminated_next, first, other, left, tally[first] - tally[other]});
    }
    return best;
  }

  void push(Tail tail, const Best& inherited) {
    Best best = inherited;
    if (const auto own = best_against(tail); own && own->margin > inherited.margin())
      best = {own, tail.size()};
    frontier_.push({std::move(tail), std::move(best), born_++});
  }

  // Some assertion taken contradicts an end of this tail already.
  [[nodiscard]] bool covered(const Tail& tail) const {
    return std::any_of(covered_.begin(), covered_.end(), [&](const Tail& end) {
      return end.size() <= tail.size() && std::equal(end.rbegin(), end.rend(), tail.rbegin());
    });
  }

  void take(const Node& node) {
    covered_.emplace_back(node.tail.end() - static_cast<std::ptrdiff_t>(node.best.length), node.tail.end());
    if (std::find(taken_.begin(), taken_.end(), *node.best.assertion) == taken_.end())
      taken_.push_back(*node.best.assertion);
  }

  // Without what the others prove alone, the hardest tried first.
  [[nodiscard]] RaireSet result() const {
    std::vector<Assertion> kept = taken_;
    std::sort(kept.begin(), kept.end(), [](const Assertion& a, const Assertion& b) {
      return std::tuple(a.margin, a.kind, a.winner, a.loser, a.continuing) <
             std::tuple(b.margin, b.kind, b.winner, b.loser, b.continuing);
    });
    for (std::size_t i = 0; i < kept.size();) {
      std::vector<Assertion> fewer = kept;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (profile_.candidates <= 8 && proves(fewer)) {
        kept = std::move(fewer);
      } else {
        ++i;
      }
    }
    return {kept, kept.empty() ? 0 : kept.front().margin};
  }
  [[nodiscard]] bool proves(const std::vector<Assertion>& assertions) const {
    const bool all_stand = std::all_of(profile_.standing.begin(), profile_.standing.end(),
                                       [](char standing) { return standing != 0; });
    return all_stand && prove_winner(assertions, profile_.candidates, winner_);
  }

  const Profile& profile_;
  Candidate winner_;
  std::vector<std::int64_t> before_;  // margins of NEB(w, l)
  std::priority_queue<Node, std::vector<Node>, Later> frontier_;
  std::vector<Tail> covered_;
  std::vector<Assertion> taken_;
  std::int64_t bound_ = std::numeric_limits<std::int64_t>::max();
  std::uint64_t born_ = 0;
};

}  // namespace

Result<RaireSet> raire(const Profile& profile, Candidate winner, std::uint64_t most_tails) {
  if (profile.candidates > 64) return refused("there are more than 64 candidates");
  if (winner >= profile.candidates || profile.standing[winner] == 0)
    return refused("the winner is not among the candidates who stand");
  return Search(profile, winner).run(most_tails);
}

}  // namespace scrutineer::contest
