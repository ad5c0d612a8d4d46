#include "contest/reference/hand_count.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <functional>

#include "contest/lots.h"

namespace scrutineer::contest::reference {
namespace {

using Names = std::vector<std::string>;
using Papers = std::vector<HandPaper>;
using Share = boost::multiprecision::cpp_rational;

std::string lot(Names tied, std::uint64_t seed, const std::string& question) {
  std::sort(tied.begin(), tied.end());
  return tied.size() == 1 ? tied.front() : tied[draw_lot(seed, question, tied)];
}

template <typename Votes>
Names with(const std::map<std::string, Votes>& tally, const Votes& votes) {
  Names found;
  for (const auto& [name, mine] : tally)
    if (mine == votes) found.push_back(name);
  return found;
}

template <typename Votes>
Votes most(const std::map<std::string, Votes>& tally) {
  Votes best = tally.begin()->second;
  for (const auto& [name, votes] : tally) best = std::max(best, votes);
  return best;
}

template <typename Votes>
Votes fewest(const std::map<std::string, Votes>& tally) {
  Votes least = tally.begin()->second;
  for (const auto& [name, votes] : tally) least = std::min(least, votes);
  return least;
}

template <typename Votes>
HandRound& add_round(HandCount& count, const std::map<std::string, Votes>& tally, double scale = 1) {
  HandRound& round = count.rounds.emplace_back();
  for (const auto& [name, votes] : tally) round.tally[name] = static_cast<double>(votes) * scale;
  return round;
}

std::map<std::string, long> first_preferences(const Names& names, const std::vector<Names>& orders) {
  std::map<std::string, long> tally;
  for (const std::string& name : names) tally[name] = 0;
  for (const Names& order : orders)
    if (!order.empty()) ++tally[order.front()];
  return tally;
}

std::vector<Names> orders_of(const Papers& papers, std::size_t ranks) {
  std::vector<Names> orders;
  for (const HandPaper& paper : papers) orders.push_back(order_of(paper, ranks));
  return orders;
}

void elect(HandCount& count, const std::string& name) {
  count.rounds.back().elected.insert(name);
  count.winners.push_back(name);
}

}  // namespace

Names order_of(const HandPaper& paper, std::size_t ranks) {
  Names order;
  for (std::size_t r = 0; r < paper.ranks.size() && r < ranks; ++r) {
    if (paper.ranks[r].size() > 1) break;
    if (paper.ranks[r].empty()) continue;
    if (std::find(order.begin(), order.end(), paper.ranks[r][0]) == order.end())
      order.push_back(paper.ranks[r][0]);
  }
  return order;
}

HandCount hand_plurality(const Names& names, const Papers& papers, std::uint64_t seed) {
  HandCount count;
  const auto tally = first_preferences(names, orders_of(papers, 1));
  add_round(count, tally);
  elect(count, lot(with(tally, most(tally)), seed, "plurality 1"));
  return count;
}

HandCount hand_supplementary(const Names& names, const Papers& papers, std::uint64_t seed) {
  HandCount count;
  std::vector<Names> orders;
  long valid = 0;
  for (const HandPaper& paper : papers) {
    // A second preference counts only beside a valid first one.
    const bool first_valid = !paper.ranks.empty() && paper.ranks[0].size() == 1;
    orders.push_back(first_valid ? order_of(paper, 2) : Names());
    valid += first_valid ? 1 : 0;
  }
  const auto first = first_preferences(names, orders);
  HandRound& round = add_round(count, first);
  for (const auto& [name, votes] : first)
    if (2 * votes > valid) {
      elect(count, name);
      return count;
    }
  std::vector<long> ordered;
  for (const auto& [name, votes] : first) ordered.push_back(votes);
  std::sort(ordered.rbegin(), ordered.rend());
  const long second_place = ordered.size() > 1 ? ordered[1] : ordered[0];
  std::map<std::string, long> total;
  for (const auto& [name, votes] : first) {
    if (votes >= second_place)
      total[name] = votes;
    else
      round.eliminated.insert(name);
  }
  for (const Names& order : orders)
    if (order.size() == 2 && !total.contains(order[0]) && total.contains(order[1])) ++total[order[1]];
  add_round(count, total);
  elect(count, lot(with(total, most(total)), seed, "sv 2"));
  return count;
}

namespace {

// The elimination of the last, round by round, over any measure of standing.
template <typename Votes>
HandCount eliminate_the_last(const Names& names, std::uint64_t seed, const std::string& rule, double scale,
                             const std::function<std::map<std::string, Votes>(const Names&)>& measure) {
  HandCount count;
  Names in = names;
  for (;;) {
    const auto tally = measure(in);
    if (tally.empty()) return count;
    Votes all = 0;
    for (const auto& [name, votes] : tally) all += votes;
    HandRound& round = add_round(count, tally, scale);
    for (const auto& [name, votes] : tally)
      if (votes * 2 > all || in.size() == 1) {
        elect(count, name);
        return count;
      }
    Names out = with(tally, fewest(tally));
    if (fewest(tally) > 0) out = {lot(out, seed, rule + " " + std::to_string(count.rounds.size()))};
    for (const std::string& name : out) {
      round.eliminated.insert(name);
      std::erase(in, name);
    }
  }
}

}  // namespace

HandCount hand_irv(const Names& names, const Papers& papers, std::uint64_t seed) {
  const auto orders = orders_of(papers, 1000);
  return eliminate_the_last<long>(names, seed, "irv", 1, [&](const Names& in) {
    std::map<std::string, long> tally;
    for (const std::string& name : in) tally[name] = 0;
    for (const Names& order : orders)
      for (const std::string& name : order)
        if (tally.contains(name)) {
          ++tally[name];
          break;
        }
    return tally;
  });
}

HandCount hand_college(const Names& names, const Papers& papers, std::uint64_t seed) {
  return eliminate_the_last<Share>(names, seed, "college", 100, [&](const Names& in) {
    std::map<std::string, std::map<std::string, long>> votes;  // section -> name -> votes
    std::map<std::string, long> cast;
    for (const HandPaper& paper : papers)
      for (const std::string& name : order_of(paper, 1000))
        if (std::find(in.begin(), in.end(), name) != in.end()) {
          ++votes[paper.section][name];
          ++cast[paper.section];
          break;
        }
    std::map<std::string, Share> tally;
    for (const std::string& name : in) tally[name] = 0;
    if (cast.empty()) return std::map<std::string, Share>();
    for (const auto& [section, by_name] : votes)
      for (const auto& [name, mine] : by_name)
        tally[name] += Share(mine) / cast[section] / static_cast<long>(cast.size());
    return tally;
  });
}

HandCount hand_stv(const Names& names, const Papers& papers, std::uint64_t seed, std::uint32_t seats,
                   bool hare) {
  constexpr long unit = 10000;
  HandCount count;
  const auto orders = orders_of(papers, 1000);
  std::vector<long> value(orders.size(), unit);
  Names in = names;
  long threshold = 0;
  const auto holder_of = [&](std::size_t i) -> std::string {
    for (const std::string& name : orders[i])
      if (std::find(in.begin(), in.end(), name) != in.end()) return name;
    return "";
  };
  while (count.winners.size() < seats) {
    std::map<std::string, long> tally;
    for (const std::string& name : in) tally[name] = 0;
    for (std::size_t i = 0; i < orders.size(); ++i)
      if (const std::string name = holder_of(i); !name.empty()) tally[name] += value[i];
    HandRound& round = add_round(count, tally, 1.0 / unit);
    if (count.rounds.size() == 1) {
      long votes = 0;
      for (const auto& [name, mine] : tally) votes += mine / unit;
      const long divisor = static_cast<long>(seats) + (hare ? 0 : 1);
      threshold = (hare && votes % divisor == 0 ? votes / divisor : votes / divisor + 1) * unit;
    }
    const std::size_t unfilled = seats - count.winners.size();
    Names chosen;
    for (const auto& [name, votes] : tally)
      if (in.size() <= unfilled || votes >= threshold) chosen.push_back(name);
    std::sort(chosen.begin(), chosen.end(), [&](const std::string& a, const std::string& b) {
      return tally[a] != tally[b] ? tally[a] > tally[b] : a < b;
    });
    if (chosen.empty()) {
      const std::string out =
          lot(with(tally, fewest(tally)), seed, "stv " + std::to_string(count.rounds.size()));
      round.eliminated.insert(out);
      std::erase(in, out);
      continue;
    }
    for (const std::string& name : chosen) {
      const long surplus = std::max(0L, tally[name] - threshold);
      const long fraction = tally[name] == 0 ? 0 : surplus * unit / tally[name];
      for (std::size_t i = 0; i < orders.size(); ++i)
        if (holder_of(i) == name) value[i] = value[i] * fraction / unit;
    }
    for (const std::string& name : chosen) {
      elect(count, name);
      std::erase(in, name);
    }
  }
  return count;
}

HandCount hand_ranked_choice(const Names& names, const Papers& papers, const rctab::Rules& rules) {
  HandCount count;
  Names in = names;
  // Whom a paper counts for while `in` continue; "" where it is exhausted.
  const auto holder_of = [&](const HandPaper& paper) -> std::string {
    std::set<std::string> seen;
    std::uint32_t skipped = 0;
    for (std::size_t r = 0; r < paper.ranks.size() && r < rules.max_ranks; ++r) {
      const Names& marked = paper.ranks[r];
      if (marked.empty()) {
        ++skipped;
        continue;
      }
      if (rules.max_skipped != 0xffffffff && skipped > rules.max_skipped) return "";
      skipped = 0;
      for (const std::string& name : marked)
        if (!seen.insert(name).second && rules.exhaust_on_duplicate) return "";
      Names continuing;
      for (const std::string& name : marked)
        if (std::find(in.begin(), in.end(), name) != in.end()) continuing.push_back(name);
      if (marked.size() > 1 && rules.overvote == rctab::OvervoteRule::exhaust) return "";
      if (marked.size() > 1 && rules.overvote == rctab::OvervoteRule::skip) continue;
      if (continuing.size() > 1) return "";
      if (continuing.size() == 1) return continuing.front();
    }
    return "";
  };
  // A paper moves only when its holder is gone, and once exhausted it stays so.
  std::vector<std::string> holder(papers.size(), "?");
  for (;;) {
    std::map<std::string, long> tally;
    for (const std::string& name : in) tally[name] = 0;
    long all = 0;
    for (std::size_t i = 0; i < papers.size(); ++i) {
      if (!holder[i].empty() && !tally.contains(holder[i])) holder[i] = holder_of(papers[i]);
      if (holder[i].empty()) continue;
      ++tally[holder[i]];
      ++all;
    }
    HandRound& round = add_round(count, tally);
    const Names best = with(tally, most(tally));
    const bool decided = (2 * most(tally) > all) || in.size() == 1 || (in.size() == 2 && best.size() == 1);
    const auto place = [&](const std::string& name) {
      return std::find(names.begin(), names.end(), name) - names.begin();
    };
    const auto earlier = [&](const std::string& a, const std::string& b) { return place(a) < place(b); };
    if (decided || in.size() == 2) {
      elect(count, *std::min_element(best.begin(), best.end(), earlier));
      return count;
    }
    const Names last = with(tally, fewest(tally));
    const std::string out = *std::max_element(last.begin(), last.end(), earlier);
    round.eliminated.insert(out);
    std::erase(in, out);
  }
}

}  // namespace scrutineer::contest::reference
