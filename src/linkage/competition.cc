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
constexpr double accounted_below = 0.02;  // of `open`: rows that another model has found
constexpr std::uint64_t fewest_accounted = 200;

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
  // Of people who moved, the share whose entry is neither a candidate nor a namesake; or by how much chance
  // brings more namesakes than the model says.
  double unreached = 0;
  double chance = 1;
};

struct Shares {
  double there = 0.5;
  double moved = 0;
};

double factor(const Voice& voice, double moved, double chance) {
  return voice.rest * ((1 - moved) * voice.address + moved / chance);
}

// A row that has more namesakes than it may have candidates has rivals that were not proposed. Each speaks as
// the proposed ones do on average, and not for the address, or it would have been proposed.
class Namesakes {
 public:
  // `judged`: bearers among the candidates that another model judges.
  void add(std::uint32_t bearers, std::uint32_t judged, double rest) {
    bearers_ = bearers - judged;
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

// True if a pair bears both names alike, as name pairs count them.
bool same_names(const NamePairs* names, Pattern pattern) {
  return names != nullptr && level_in(pattern, names->given()) == level_same &&
         level_in(pattern, names->family()) == level_same;
}

// A likelihood ratio averages 1 over those for whom its second hypothesis holds. Rows that another model has
// found are such: none of the entries that are left to them is theirs. What their average lacks is the share
// of people whose entry, if they had one here, would not have been proposed.
double average_of_accounted(const Rivals& rivals) {
  double sum = 0;
  std::uint64_t rows = 0;
  for (std::size_t row = 0; row < rivals.open.size(); ++row) {
    if (rivals.open[row] >= accounted_below) continue;
    ++rows;
    sum += rivals.unlisted[row].rest;
    for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at)
      sum += rivals.voices[at].rest;
  }
  return rows < fewest_accounted ? 1.0 : sum / static_cast<double>(rows);
}

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
  const NamePairs* const names = scorer.name_pairs();
  const auto of_row = [&](std::size_t row) {
    const std::uint64_t from = rivals.starts[row];
    const std::uint64_t to = rivals.starts[row + 1];
    const double among = static_cast<double>(
        options.sought_among > 0 ? options.sought_among : std::max<std::uint64_t>(to - from, 1));
    const bool is_accounted = rivals.open[row] < accounted_below;
    std::uint32_t judged = 0;  // namesakes among the pairs left out
    for (std::uint64_t at = from; at < to && options.leave_out && names != nullptr; ++at) {
      if (!options.leave_out(left_of(pairs[at]), right_of(pairs[at]))) continue;
      judged += same_names(names, scorer.evidence(left_of(pairs[at]), right_of(pairs[at])).pattern) ? 1U : 0U;
    }
    Namesakes namesakes;
    for (std::uint64_t at = from; at < to; ++at) {
      const std::uint32_t right = right_of(pairs[at]);
      if (options.leave_out && options.leave_out(left_of(pairs[at]), right)) continue;
      const Scorer::Parts parts = scorer.parts(left_of(pairs[at]), right);
      Weight rest = parts.dependence;
      Weight address = 0;
      for (std::size_t field = 0; field < fields; ++field)
        (movable[field] ? address : rest) += parts.weights[field];
      const bool is_namesake = same_names(names, parts.pattern);
      // Whoever is accounted for is not one of the bearers that chance brings.
      if (is_namesake && is_accounted && judged > 0)
        rest += names->log2_both(right) - names->log2_both(right, judged);
      rivals.voices[at] = {from_weight(rest) / among, from_weight(address)};
      if (is_namesake) namesakes.add(names->bearers(right), judged, rivals.voices[at].rest);
    }
    rivals.unlisted[row] = namesakes.unlisted();
  };
  constexpr std::size_t chunk_size = 256;
  parallel_for(options.threads, (left_rows + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::size_t end = std::min(left_rows, (chunk + 1) * chunk_size);
    for (std::size_t row = chunk * chunk_size; row < end; ++row) of_row(row);
  });
  const double average = options.movable.empty() ? 1.0 : average_of_accounted(rivals);
  rivals.unreached = std::max(1.0 - average, 0.0);
  rivals.chance = std::max(average, 1.0);
  return rivals;
}

// What the row's entry being here is worth to all it may be: of people who did not move, and of all.
struct Totals {
  double moved = 0;
  double all = 0;
};

Totals totals_of(const Rivals& rivals, std::size_t row, double moved) {
  Totals totals;
  double rest = rivals.unlisted[row].rest;
  // Where nothing moves, an address says nothing either.
  totals.all = moved > 0 ? factor(rivals.unlisted[row], moved, rivals.chance) : rest;
  totals.all += moved * rivals.unreached;
  for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
    totals.all += factor(rivals.voices[at], moved, rivals.chance);
    rest += rivals.voices[at].rest;
  }
  totals.moved = moved * (rest / rivals.chance + rivals.unreached);
  return totals;
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
      const Totals totals = totals_of(rivals, row, shares.moved);
      const double all = (1 - shares.there) + shares.there * totals.all;
      there += rivals.open[row] * shares.there * totals.all / all;
      moved += rivals.open[row] * shares.there * totals.moved / all;
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
    const double all = (1 - shares.there) + shares.there * totals_of(rivals, row, shares.moved).all;
    for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
      const double mine =
          rivals.open[row] * shares.there * factor(rivals.voices[at], shares.moved, rivals.chance);
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
