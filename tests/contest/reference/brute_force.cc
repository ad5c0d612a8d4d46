#include "contest/reference/brute_force.h"

#include <algorithm>
#include <numeric>

namespace scrutineer::contest::reference {
namespace {

void extend(unsigned candidates, unsigned ranks, Order& order, std::vector<Order>& all) {
  if (!order.empty()) all.push_back(order);
  if (order.size() == ranks) return;
  for (Candidate c = 0; c < candidates; ++c) {
    if (std::find(order.begin(), order.end(), c) != order.end()) continue;
    order.push_back(c);
    extend(candidates, ranks, order, all);
    order.pop_back();
  }
}

unsigned irv_from(const Electorate& electorate, const Papers& papers, unsigned in) {
  if ((in & (in - 1)) == 0) return in;
  int votes[8] = {};
  for (std::size_t o = 0; o < electorate.orders.size(); ++o) {
    int count = 0;
    for (unsigned g = 0; g < electorate.groups; ++g) count += papers[o * electorate.groups + g];
    if (count == 0) continue;
    for (const Candidate c : electorate.orders[o]) {
      if (!(in >> c & 1U)) continue;
      votes[c] += count;
      break;
    }
  }
  int fewest = 1 << 20;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (in >> c & 1U) fewest = std::min(fewest, votes[c]);
  unsigned winners = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if ((in >> c & 1U) && votes[c] == fewest) winners |= irv_from(electorate, papers, in & ~(1U << c));
  return winners;
}

// Walks the multisets of papers one, two, .. papers away.
class Walk {
 public:
  Walk(const Electorate& electorate, const PossibleWinners& possible, Candidate winner, By by,
       const Caps& caps, int most_added)
      : e_(electorate),
        possible_(possible),
        winner_(1U << winner),
        by_(by),
        caps_(caps),
        most_added_(most_added),
        papers_(electorate.papers) {
    room_.assign(e_.groups, 1 << 20);
    if (!caps.empty()) room_.assign(caps.begin(), caps.end());
    put_.assign(e_.groups, 0);
  }

  Found run(int limit) {
    for (int papers = 0; papers <= limit && !(found_.lots && found_.change); ++papers) {
      wanted_ = papers;
      if (by_ == By::adding) {
        add(0, papers);
      } else if (by_ == By::mixing) {
        for (taken_ = std::max(0, papers - most_added_); taken_ <= papers; ++taken_) remove(0, taken_);
      } else {
        remove(0, papers);
      }
      found_.searched = papers;
    }
    return found_;
  }

 private:
  void remove(std::size_t kind, int left) {
    if (found_.lots && found_.change) return;
    if (left == 0) {
      if (by_ == By::modifying) {
        add(0, wanted_);
      } else if (by_ == By::mixing) {
        add(0, wanted_ - taken_);
      } else {
        judge();
      }
      return;
    }
    if (kind == papers_.size()) return;
    const std::size_t group = kind % e_.groups;
    const int most = std::min({left, static_cast<int>(e_.papers[kind]), static_cast<int>(room_[group])});
    for (int n = 0; n <= most; ++n) {
      papers_[kind] = static_cast<std::int8_t>(papers_[kind] - n);
      room_[group] -= n;
      remove(kind + 1, left - n);
      papers_[kind] = static_cast<std::int8_t>(papers_[kind] + n);
      room_[group] += n;
    }
  }

  // Puts in up to `left` papers (changed papers may be left blank; added ones are counted as added). Where
  // the group does not matter everything is put into the first one.
  void add(std::size_t kind, int left) {
    if (found_.lots && found_.change) return;
    if (left == 0 || kind >= papers_.size()) {
      if (left == 0 || by_ == By::modifying) judge();
      return;
    }
    const std::size_t group = kind % e_.groups;
    for (int n = 0; n <= left; ++n) {
      if (!e_.sections && by_ == By::adding && !caps_.empty() &&
          wanted_ > std::accumulate(caps_.begin(), caps_.end(), 0LL))
        return;
      if (e_.sections && put_room(group) < n) break;
      papers_[kind] = static_cast<std::int8_t>(papers_[kind] + n);
      put_[group] += n;
      add(kind + (e_.sections ? 1 : e_.groups), left - n);
      put_[group] -= n;
      papers_[kind] = static_cast<std::int8_t>(papers_[kind] - n);
    }
  }

  std::int64_t put_room(std::size_t group) const {
    if (by_ == By::adding) return room_[group] - put_[group];
    const std::int64_t all = caps_.empty() ? 1 << 20 : caps_[group];
    return all - room_[group] - put_[group];  // as many as were taken away there
  }

  void judge() {
    if (std::all_of(papers_.begin(), papers_.end(), [](std::int8_t n) { return n == 0; })) return;
    const unsigned winners = possible_(e_, papers_);
    if (!found_.lots && winners != winner_) found_.lots = wanted_;
    if (!found_.change && (winners & winner_) == 0) found_.change = wanted_;
  }

  const Electorate& e_;
  const PossibleWinners& possible_;
  const unsigned winner_;
  const By by_;
  const Caps& caps_;
  const int most_added_;
  int taken_ = 0;
  Papers papers_;
  std::vector<std::int64_t> room_;
  std::vector<std::int64_t> put_;
  int wanted_ = 0;
  Found found_;
};

}  // namespace

std::vector<Order> all_orders(unsigned candidates, unsigned ranks) {
  std::vector<Order> all;
  Order order;
  extend(candidates, ranks, order, all);
  return all;
}

Ballots Electorate::ballots() const {
  Ballots result;
  for (unsigned c = 0; c < candidates; ++c) result.candidates.emplace_back(1, static_cast<char>('A' + c));
  result.groups.clear();
  for (unsigned g = 0; g < groups; ++g) result.groups.push_back("ward " + std::to_string(g + 1));
  for (std::size_t kind = 0; kind < papers.size(); ++kind) {
    if (papers[kind] == 0) continue;
    Ballot ballot;
    for (const Candidate c : orders[kind / groups]) ballot.ranks.push_back({c});
    ballot.count = papers[kind];
    ballot.group = static_cast<std::uint32_t>(kind % groups);
    result.ballots.push_back(std::move(ballot));
  }
  return result;
}

unsigned Electorate::valid() const {
  return static_cast<unsigned>(std::accumulate(papers.begin(), papers.end(), 0));
}

unsigned possible_plurality(const Electorate& electorate, const Papers& papers) {
  int votes[8] = {};
  for (std::size_t kind = 0; kind < papers.size(); ++kind)
    votes[electorate.orders[kind / electorate.groups].front()] += papers[kind];
  const int most = *std::max_element(votes, votes + electorate.candidates);
  unsigned winners = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (votes[c] == most) winners |= 1U << c;
  return winners;
}

unsigned possible_irv(const Electorate& electorate, const Papers& papers) {
  return irv_from(electorate, papers, (1U << electorate.candidates) - 1);
}

unsigned possible_sv(const Electorate& electorate, const Papers& papers) {
  int first[8] = {};
  int all = 0;
  for (std::size_t kind = 0; kind < papers.size(); ++kind) {
    first[electorate.orders[kind / electorate.groups].front()] += papers[kind];
    all += papers[kind];
  }
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (2 * first[c] > all) return 1U << c;
  // All who are not below the second greatest remain: two, or more where there is a tie.
  std::vector<int> sorted(first, first + electorate.candidates);
  std::sort(sorted.rbegin(), sorted.rend());
  const int least = sorted.size() > 1 ? sorted[1] : sorted[0];
  int total[8] = {};
  for (std::size_t kind = 0; kind < papers.size(); ++kind) {
    const Order& order = electorate.orders[kind / electorate.groups];
    if (first[order[0]] >= least) {
      total[order[0]] += papers[kind];
    } else if (order.size() > 1 && first[order[1]] >= least) {
      total[order[1]] += papers[kind];
    }
  }
  int most = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (first[c] >= least) most = std::max(most, total[c]);
  unsigned winners = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (first[c] >= least && total[c] == most) winners |= 1U << c;
  return winners;
}

unsigned possible_college(const Electorate& electorate, const Papers& papers) {
  std::vector<std::vector<std::int64_t>> votes(electorate.groups,
                                               std::vector<std::int64_t>(electorate.candidates, 0));
  std::vector<std::int64_t> cast(electorate.groups, 0);
  for (std::size_t kind = 0; kind < papers.size(); ++kind) {
    const std::size_t group = kind % electorate.groups;
    votes[group][electorate.orders[kind / electorate.groups].front()] += papers[kind];
    cast[group] += papers[kind];
  }
  std::int64_t product = 1;
  for (const std::int64_t v : cast) product *= std::max<std::int64_t>(1, v);
  std::vector<std::int64_t> share(electorate.candidates, 0);
  for (unsigned g = 0; g < electorate.groups; ++g)
    for (unsigned c = 0; c < electorate.candidates; ++c)
      share[c] += votes[g][c] * (product / std::max<std::int64_t>(1, cast[g]));
  const std::int64_t most = *std::max_element(share.begin(), share.end());
  unsigned winners = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (share[c] == most) winners |= 1U << c;
  return winners;
}

Found brute_force(const Electorate& electorate, const PossibleWinners& possible, Candidate winner, By by,
                  int limit, const Caps& caps, int most_added) {
  return Walk(electorate, possible, winner, by, caps, most_added).run(limit);
}

}  // namespace scrutineer::contest::reference
