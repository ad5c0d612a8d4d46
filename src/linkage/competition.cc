#include "linkage/competition.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/namesakes.h"

namespace scrutineer::linkage {
namespace {

constexpr unsigned most_iterations = 500;
constexpr double tolerance = 1e-6;
constexpr double pseudo_rows = 0.5;
constexpr double greatest_odds = 1e15;
constexpr double accounted_below = 0.02;  // of `open`: rows that another model has found
constexpr std::uint64_t fewest_accounted = 200;
constexpr std::size_t namesakes_heard = 32;  // of one row, beyond its candidates; of more, so many are drawn
constexpr std::size_t rows_a_chunk = 256;

// What one pair says: Bayes factors, over n.
struct Voice {
  double rest = 0;
  double address = 1;
};

struct Rivals {
  std::vector<Voice> voices;          // as the pairs
  std::vector<std::uint64_t> starts;  // first pair of each left row, and the end
  std::vector<Voice> unlisted;        // of each left row: all namesakes that are not candidates of it
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

// Voices added up: one that says in all what they say, for they are only ever added.
class Chorus {
 public:
  void add(const Voice& voice) {
    rest_ += voice.rest;
    with_address_ += voice.rest * voice.address;
  }
  [[nodiscard]] Voice voice(double times) const {
    return rest_ > 0 ? Voice{times * rest_, with_address_ / rest_} : Voice{0, 0};
  }

 private:
  double rest_ = 0;
  double with_address_ = 0;
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

// Hears the rivals of left rows, one row at a time; on many threads.
class Hearing {
 public:
  Hearing(const Scorer& scorer, std::span<const PairKey> pairs, const CompetitionOptions& options,
          Rivals& rivals)
      : scorer_(scorer),
        names_(scorer.name_pairs()),
        pairs_(pairs),
        options_(options),
        movable_(scorer.comparison().compared().size(), false),
        rivals_(rivals) {
    for (const std::size_t field : options.movable) movable_[field] = true;
    if (names_ != nullptr) namesakes_ = Namesakes(scorer.comparison(), names_->given(), names_->family());
  }

  void hear(std::size_t row) const {
    const Row of_row = row_of(row);
    for (std::uint64_t at = of_row.from; at < of_row.to; ++at) {
      if (!is_left_out(pairs_[at])) rivals_.voices[at] = voice_of(of_row, right_of(pairs_[at]));
    }
    rivals_.unlisted[row] = unlisted(of_row);
  }

 private:
  struct Row {
    std::uint32_t row = 0;
    std::uint64_t from = 0, to = 0;  // its candidates among the pairs
    double among = 1;
    std::uint32_t judged = 0;  // where the row is accounted for: namesakes among the pairs left out
  };

  [[nodiscard]] bool is_left_out(PairKey pair) const {
    return options_.leave_out && options_.leave_out(left_of(pair), right_of(pair));
  }

  [[nodiscard]] Row row_of(std::size_t row) const {
    Row found;
    found.row = static_cast<std::uint32_t>(row);
    found.from = rivals_.starts[row];
    found.to = rivals_.starts[row + 1];
    found.among =
        static_cast<double>(options_.sought_among > 0 ? options_.sought_among
                                                      : std::max<std::uint64_t>(found.to - found.from, 1));
    if (!options_.leave_out || names_ == nullptr || rivals_.open[row] >= accounted_below) return found;
    for (const PairKey pair : pairs_.subspan(found.from, found.to - found.from)) {
      if (is_left_out(pair) && same_names(names_, scorer_.evidence(left_of(pair), right_of(pair)).pattern))
        ++found.judged;
    }
    return found;
  }

  [[nodiscard]] Voice voice_of(const Row& row, std::uint32_t right) const {
    const Scorer::Parts parts = scorer_.parts(row.row, right);
    Weight rest = parts.dependence;
    Weight address = 0;
    for (std::size_t field = 0; field < movable_.size(); ++field)
      (movable_[field] ? address : rest) += parts.weights[field];
    // Whoever is accounted for is not one of the bearers that chance brings.
    if (row.judged > 0 && same_names(names_, parts.pattern))
      rest += names_->log2_both(right) - names_->log2_both(right, row.judged);
    return {from_weight(rest) / row.among, from_weight(address)};
  }

  // Namesakes that are not among the candidates: all of them or, where there are many, so many of them drawn
  // that stand for the others.
  [[nodiscard]] Voice unlisted(const Row& row) const {
    const std::span<const std::uint32_t> bearers = namesakes_.of(row.row);
    const auto candidates = pairs_.subspan(row.from, row.to - row.from);
    const bool all = bearers.size() <= namesakes_heard;
    const std::size_t heard = all ? bearers.size() : namesakes_heard;
    Chorus chorus;
    for (std::size_t at = 0; at < heard; ++at) {
      const std::uint32_t right = bearers[all ? at : below(mixed(row.row, at), bearers.size())];
      const PairKey pair = pair_key(row.row, right);
      if (std::binary_search(candidates.begin(), candidates.end(), pair) || is_left_out(pair)) continue;
      chorus.add(voice_of(row, right));
    }
    return chorus.voice(static_cast<double>(bearers.size()) /
                        static_cast<double>(std::max<std::size_t>(heard, 1)));
  }

  const Scorer& scorer_;
  const NamePairs* names_;
  std::span<const PairKey> pairs_;
  const CompetitionOptions& options_;
  std::vector<bool> movable_;
  Namesakes namesakes_;
  Rivals& rivals_;
};

// Calls work(first row, last row + 1, chunk) for all rows.
void in_chunks(unsigned threads, std::size_t rows,
               const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  parallel_for(threads, (rows + rows_a_chunk - 1) / rows_a_chunk, [&](std::size_t chunk) {
    work(chunk * rows_a_chunk, std::min(rows, (chunk + 1) * rows_a_chunk), chunk);
  });
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
  const Hearing hearing(scorer, pairs, options, rivals);
  in_chunks(options.threads, left_rows, [&](std::size_t first, std::size_t end, std::size_t /*chunk*/) {
    for (std::size_t row = first; row < end; ++row) hearing.hear(row);
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
  totals.all = factor(rivals.unlisted[row], moved, rivals.chance) + moved * rivals.unreached;
  for (std::uint64_t at = rivals.starts[row]; at < rivals.starts[row + 1]; ++at) {
    totals.all += factor(rivals.voices[at], moved, rivals.chance);
    rest += rivals.voices[at].rest;
  }
  totals.moved = moved * (rest / rivals.chance + rivals.unreached);
  return totals;
}

// EM for the two shares; rows without candidates count as rows that are not there.
Shares estimate(const Rivals& rivals, bool may_move, unsigned threads) {
  Shares shares;
  if (may_move) shares.moved = 0.1;
  const std::size_t rows = rivals.open.size();
  struct Sums {
    double there = 0;
    double moved = 0;
    double weight = 0;
  };
  std::vector<Sums> of_chunks((rows + rows_a_chunk - 1) / rows_a_chunk);
  for (unsigned iteration = 0; iteration < most_iterations; ++iteration) {
    in_chunks(threads, rows, [&](std::size_t first, std::size_t end, std::size_t chunk) {
      Sums sums;
      for (std::size_t row = first; row < end; ++row) {
        const Totals totals = totals_of(rivals, row, shares.moved);
        const double all = (1 - shares.there) + shares.there * totals.all;
        sums.there += rivals.open[row] * shares.there * totals.all / all;
        sums.moved += rivals.open[row] * shares.there * totals.moved / all;
        sums.weight += rivals.open[row];
      }
      of_chunks[chunk] = sums;
    });
    Sums all{pseudo_rows, pseudo_rows * shares.moved, 2 * pseudo_rows};
    for (const Sums& sums : of_chunks) {  // in their order, whoever added them up
      all.there += sums.there;
      all.moved += sums.moved;
      all.weight += sums.weight;
    }
    const Shares next{std::clamp(all.there / all.weight, 1e-6, 1 - 1e-6),
                      may_move ? all.moved / all.there : 0.0};
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
  const Shares shares = estimate(rivals, !options.movable.empty(), options.threads);
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
