#include "linkage/competition.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr unsigned most_iterations = 500;
constexpr double tolerance = 1e-6;
constexpr double pseudo_rows = 0.5;
constexpr double greatest_odds = 1e15;

// What one pair says: Bayes factors, over n.
struct Voice {
  double rest = 0;
  double address = 1;
};

struct Rivals {
  std::vector<Voice> voices;          // as the pairs
  std::vector<std::uint64_t> starts;  // first pair of each left row, and the end
  std::vector<Voice> unlisted;        // of each left row: namesakes that are not among its candidates
  std::vector<double> open;
};

struct Shares {
  double there = 0.5;
  double moved = 0;
};

double factor(const Voice& voice, double moved) {
  return voice.rest * ((1 - moved) * voice.address + moved);
}

// A row that has more namesakes than it may have candidates has rivals that were not proposed. Each speaks as
// the proposed ones do on average, and not for the address, or it would have been proposed.
class Namesakes {
 public:
  void add(const Scorer& scorer, Pattern pattern, std::uint32_t right_row, double rest) {
    const NamePairs* const names = scorer.name_pairs();
    if (names == nullptr || level_in(pattern, names->given()) != level_same ||
        level_in(pattern, names->family()) != level_same)
      return;
    bearers_ = names->bearers(right_row);
    ++listed_;
    sum_ += rest;
  }
  [[nodiscard]] Voice unlisted() const {
    if (listed_ == 0 || bearers_ <= listed_) return {0, 0};
    return {sum_ / listed_ * (bearers_ - listed_), 0};
  }

 private:
  std::uint32_t bearers_ = 0;
  std::uint32_t listed_ = 0;
  double sum_ = 0;
};

Rivals rivals_of(const Scorer& scorer, std::span<const PairKey> pairs, std::size_t left_rows,
                 const CompetitionOptions& options) {
  Rivals rivals;
  rivals.voices.resize(pairs.size());
  rivals.starts.assign(left_rows + 1, 0);
  rivals.unlisted.assign(left_rows, {0, 0});
  rivals.open.assign(left_rows, 1.0);
  if (!options.open.empty()) rivals.open.assign(options.open.begin(), options.open.end());
  for (const PairKey pair : pairs) ++rivals.starts[left_of(pair) + 1];
  for (std::size_t row = 0; row < left_rows; ++row) rivals.starts[row + 1] += rivals.starts[row];
  const std::size_t fields = scorer.comparison().compared().size();
  std::vector<bool> movable(fields, false);
  for (const std::size_t field : options.movable) movable[field] = true;
  constexpr std::size_t chunk_size = 256;
  parallel_for(options.threads, (left_rows + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::size_t end = std::min(left_rows, (chunk + 1) * chunk_size);
    for (std::size_t row = chunk * chunk_size; row < end; ++row) {
      const auto size = static_cast<double>(rivals.starts[row + 1] - rivals.starts[row]);
      Namesakes namesakes;
      const double among = options.sought_among > 0 ? static_cast<double>(options.sought_among) : size;
      for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
        if (options.leave_out && options.leave_out(left_of(pairs[at]), right_of(pairs[at]))) continue;
        const Scorer::Parts parts = scorer.parts(left_of(pairs[at]), right_of(pairs[at]));
        Weight rest = parts.dependence;
        Weight address = 0;
        for (std::size_t field = 0; field < fields; ++field)
          (movable[field] ? address : rest) += parts.weights[field];
        rivals.voices[at] = {from_weight(rest) / among, from_weight(address)};
        namesakes.add(scorer, parts.pattern, right_of(pairs[at]), rivals.voices[at].rest);
      }
      rivals.unlisted[row] = namesakes.unlisted();
    }
  });
  return rivals;
}

double total_of(const Rivals& rivals, std::size_t row, double moved) {
  // Where nothing moves, an address says nothing either.
  double total = moved > 0 ? factor(rivals.unlisted[row], moved) : rivals.unlisted[row].rest;
  for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at)
    total += factor(rivals.voices[at], moved);
  return total;
}

// EM for the two shares; rows without candidates count as rows that are not there.
Shares estimate(const Rivals& rivals, bool may_move) {
  Shares shares;
  if (may_move) shares.moved = 0.1;
  const std::size_t rows = rivals.open.size();
  for (unsigned iteration = 0; iteration < most_iterations; ++iteration) {
    double there = pseudo_rows;
    double moved = pseudo_rows * shares.moved;
    double weight = 2 * pseudo_rows;
    for (std::size_t row = 0; row < rows; ++row) {
      double total = may_move ? factor(rivals.unlisted[row], shares.moved) : rivals.unlisted[row].rest;
      double of_movers = rivals.unlisted[row].rest * shares.moved;
      for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
        total += factor(rivals.voices[at], shares.moved);
        of_movers += rivals.voices[at].rest * shares.moved;
      }
      const double all = (1 - shares.there) + shares.there * total;
      there += rivals.open[row] * shares.there * total / all;
      moved += rivals.open[row] * shares.there * of_movers / all;
      weight += rivals.open[row];
    }
    const Shares next{std::clamp(there / weight, 1e-6, 1 - 1e-6), may_move ? moved / there : 0.0};
    const double change = std::max(std::abs(next.there - shares.there), std::abs(next.moved - shares.moved));
    shares = next;
    if (change < tolerance) break;
  }
  return shares;
}

}  // namespace

Competition compete(const Scorer& scorer, std::span<const PairKey> pairs, std::size_t left_rows,
                    const CompetitionOptions& options) {
  const Rivals rivals = rivals_of(scorer, pairs, left_rows, options);
  const Shares shares = estimate(rivals, !options.movable.empty());
  Competition result;
  result.share_there = shares.there;
  result.share_moved = shares.moved;
  ProbabilityMass mass;
  for (std::size_t row = 0; row < left_rows; ++row) {
    const double total = total_of(rivals, row, shares.moved);
    const double all = (1 - shares.there) + shares.there * total;
    for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
      const double mine = rivals.open[row] * shares.there * factor(rivals.voices[at], shares.moved);
      if (!(mine > 0)) continue;
      const double odds = std::min(mine / std::max(all - mine, all / greatest_odds), greatest_odds);
      const Weight weight = to_weight(odds);
      const double probability = probability_of(weight);
      mass.add(probability);
      (probability >= options.threshold ? result.expected_false : result.expected_missed) +=
          probability >= options.threshold ? 1 - probability : probability;
      if (probability >= options.floor)
        result.links.push_back({left_of(pairs[at]), right_of(pairs[at]), weight, probability});
    }
  }
  result.by_threshold = mass.lines();
  return result;
}

}  // namespace scrutineer::linkage
