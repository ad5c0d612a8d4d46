#include "linkage/block_scoring.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <future>
#include <memory>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "base/progress.h"
#include "base/scratch.h"
#include "linkage/block_rows.h"
#include "linkage/block_tables.h"
#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"
#include "linkage/pair_filter.h"
#include "linkage/pair_gate.h"
#include "linkage/pattern_table.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t batch = BatchOfPairs::capacity;
constexpr std::size_t enough_rows = 512;     // gathered before the pairs among them are compared
constexpr std::size_t memo_slots = 1 << 15;  // 256 KiB a thread and field: the second-level cache holds them
constexpr Weight everything = -4096 * weight_scale;  // below what most_fields fields can say
constexpr double least_floor = 1e-3;  // pairs as likely are scored, so that what is missed is well counted

Weight scoring_floor(const BlockScoreOptions& options) {
  if (options.floor <= 0) return everything;
  return weight_of_probability(std::min(options.floor, least_floor));
}

// One thread's work on pieces of blocks.
class Worker {
 public:
  Worker(const BlockTables& tables, const Scorer& scorer, const PairFilter* filter, const PairGate* gate,
         const BlockScoreOptions& options)
      : tables_(tables),
        scorer_(scorer),
        filter_(filter),
        gate_(gate),
        options_(options),
        rows_(tables),
        memo_(tables.fields),
        floor_(scoring_floor(options)),
        patterns_(floor_),
        gated_(floor_) {
    for (std::size_t field = 0; field < tables.fields; ++field) {
      if (tables.comparison.compared()[field].kind == Kind::name) memo_[field].resize(memo_slots);
    }
  }

  // Results of one chunk.
  struct Output {
    std::vector<Link> links;
    std::uint64_t pairs = 0;
    std::uint64_t scored = 0;
    std::uint64_t expected_false = 0;  // in 2^-32 of a pair
    std::uint64_t expected_missed = 0;
  };

  // Compares the pairs of a piece, but for a last few that wait for more.
  void run(const RuleBlocks& blocks, std::size_t rule, const RuleBlocks::BlockOrder& order,
           const RuleBlocks::Piece& piece, Output& output) {
    if (rows_.size() >= enough_rows) finish(output);
    const std::uint32_t base = rows_.append(blocks, rule, order, piece);
    std::uint64_t asking = piece.end - piece.begin;
    if (!tables_.same_table()) {
      const auto rows = std::span(order.rows).subspan(piece.begin, asking);
      const auto left_rows = static_cast<std::uint32_t>(tables_.comparison.left_rows());
      asking =
          static_cast<std::uint64_t>(std::lower_bound(rows.begin(), rows.end(), left_rows) - rows.begin());
    }
    for (std::uint64_t row = piece.first; row < piece.last; ++row) {
      const auto mine = static_cast<std::uint32_t>(base + row);
      const auto from = static_cast<std::uint32_t>(base + (tables_.same_table() ? row + 1 : asking));
      const auto until = static_cast<std::uint32_t>(base + piece.until);
      for (std::uint32_t other = from; other < until;) {
        const std::size_t count = std::min<std::size_t>(batch - pairs_, until - other);
        tell_levels(mine, other, count);
        other += static_cast<std::uint32_t>(count);
        if (pairs_ == batch) compare(output);
      }
    }
  }

  // Compares what still waits. To be called at the end of a chunk, and where another rule begins.
  void finish(Output& output) {
    if (pairs_ > 0) compare(output);
    rows_.clear();
  }

  void append_counts(std::vector<PatternCount>& counts) const {
    patterns_.append_counts(counts);
    gated_.append_counts(counts);
  }
  void add_hopeless(LevelPairs& pairs) const {
    for (std::size_t field = 0; field < pairs.size(); ++field) {
      for (std::size_t level = 0; level < most_levels; ++level)
        pairs.at(field).at(level) += hopeless_.at(field).at(level);
    }
  }

 private:
  // Adds the pairs of one row with `count` rows from `other` on to those that wait, with their levels.
  void tell_levels(std::uint32_t mine, std::uint32_t other, std::size_t count) {
    for (std::size_t at = 0; at < count; ++at) {
      mine_[pairs_ + at] = mine;
      others_[pairs_ + at] = static_cast<std::uint32_t>(other + at);
    }
    rows_.mark_met(mine, other, count, &met_[pairs_]);
    for (std::size_t field = 0; field < tables_.fields; ++field) {
      if (!tables_.levels[field].empty()) {
        const std::uint32_t* const others = rows_.codes(field) + other;
        const std::uint8_t* const levels =
            &tables_.levels[field][rows_.code(field, mine) * tables_.values[field].size()];
        for (std::size_t at = 0; at < count; ++at) levels_[at] = levels[others[at]];
      } else if (tables_.kernels[field] != nullptr) {
        // Two rows that hold one value stand at one level, whoever they are.
        const bool all_alike = rows_.all_hold(field, mine, other, count);
        const std::vector<ValueKey>& keys = rows_.keys(field);
        tables_.kernels[field](keys[mine], rows_.words()[mine], &keys[other], &rows_.words()[other],
                               all_alike ? 1 : count, levels_.data());
        if (all_alike) std::fill_n(levels_.begin() + 1, count - 1, levels_[0]);
      } else {
        told_by_codes(field, mine, other, count);
      }
      tables_.fold(levels_.data(), rows_.deficits(field, mine), field, pairs_, count, batch_);
    }
    pairs_ += count;
  }

  // The pairs that wait.
  void compare(Output& output) {
    const std::size_t count = std::exchange(pairs_, 0);
    const std::size_t bytes = (tables_.fields + 1) / 2;
    const std::uint8_t budget = gate_ != nullptr ? gate_->budget() : 255;
    output.pairs += set_apart_(batch_, met_.data(), budget, tables_.fields, count, left_.data(), hopeless_);
    for (std::size_t from = 0; from < count; from += 64) {
      for (std::uint64_t left = left_[from / 64]; left != 0; left &= left - 1) {
        const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(left));
        Pattern pattern = 0;
        for (std::size_t byte = 0; byte < bytes; ++byte)
          pattern |= static_cast<Pattern>(batch_.halves[byte][at]) << (8 * byte);
        if (batch_.asked[at] != 0) {
          if (batch_.unbounded[at] == 0 && is_gated(pattern, mine_[at])) continue;
          pattern = ask(pattern, mine_[at], others_[at]);
        }
        take(pattern, mine_[at], others_[at]);
      }
    }
    // In steps, so that what each looks at has come from far memory by then.
    for (const LeftOver& pair : left_over_) judge(pair);
    for (const Likely& pair : likely_) score(pair, output);
    left_over_.clear();
    likely_.clear();
  }

  // True, and counted, if the pair cannot reach the floor whatever the fields that are still to be asked say.
  bool is_gated(Pattern pattern, std::size_t row) {
    if (filter_ == nullptr) return false;
    const std::uint32_t number =
        gated_.number(pattern, [&](Pattern seen) { return filter_->bound_of_asked(seen); });
    PatternTable::Entry& entry = gated_.entry(number);
    if (!entry.hopeless && bound_of(gated_, number, row) >= floor_) return false;
    ++entry.pairs;
    return true;
  }

  // Step 1 of the filter.
  [[nodiscard]] Weight bound_of(PatternTable& table, std::uint32_t number, std::size_t row) const {
    const PatternTable::Entry& entry = table.entry(number);
    Weight bound = entry.rest;
    for (unsigned same = entry.same; same != 0; same &= same - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(same));
      bound += PairFilter::same(table.bound(number), field, rows_.same(field, row));
    }
    return bound;
  }

  // Kinds without a kernel: missing and the same are told by the codes.
  void told_by_codes(std::size_t field, std::uint32_t row, std::uint32_t from, std::size_t count) {
    const Kind kind = tables_.comparison.compared()[field].kind;
    if (kind == Kind::nested || kind == Kind::other_words) {
      std::fill_n(levels_.begin(), count, level_unbounded);
      return;
    }
    // A text may be found elsewhere in the other row.
    const std::uint8_t unlike = kind == Kind::text ? level_unbounded : level_asked;
    const std::uint32_t mine = rows_.code(field, row);
    for (std::size_t at = 0; at < count; ++at) {
      const std::uint32_t other = rows_.code(field, from + at);
      levels_[at] = mine == 0 || other == 0 ? level_missing : mine == other ? level_same : unlike;
    }
  }

  [[nodiscard]] std::uint32_t right_row(std::uint32_t row) const {
    return tables_.same_table() ? row : row - static_cast<std::uint32_t>(tables_.comparison.left_rows());
  }

  // Fills in the levels that the kernels left open.
  Pattern ask(Pattern pattern, std::size_t row, std::size_t other) {
    for (std::size_t field = 0; field < tables_.fields; ++field) {
      if (level_in(pattern, field) != level_asked) continue;
      pattern &= ~at_level(field, level_asked);
      const Compared& what = tables_.comparison.compared()[field];
      if (what.kind == Kind::name) {
        const std::uint8_t level = name_level_of(field, row, other);
        const bool asks_elsewhere = level >= name_level::similar && level <= name_level::different;
        if (!asks_elsewhere || !rows_.may_be_elsewhere(field, row, other) ||
            surely_not_elsewhere(field, row, other)) {
          pattern |= at_level(field, level);
          continue;
        }
      }
      pattern |= at_level(
          field, tables_.comparison.compare(field, rows_.row(row), right_row(rows_.row(other))).level);
    }
    return pattern;
  }

  // True if neither row's name is, by its only word, another name of the other row. False says nothing.
  [[nodiscard]] bool surely_not_elsewhere(std::size_t field, std::size_t row, std::size_t other) const {
    if (!tables_.names_are_compared) return false;
    const std::uint32_t mine = tables_.only_word[field][rows_.code(field, row)];
    const std::uint32_t theirs = tables_.only_word[field][rows_.code(field, other)];
    if (mine == BlockTables::several_words || theirs == BlockTables::several_words) return false;
    for (std::size_t at = 0; at < tables_.fields; ++at) {
      if (at == field || tables_.only_word[at].empty()) continue;
      const std::uint32_t of_other = tables_.only_word[at][rows_.code(at, other)];
      const std::uint32_t of_mine = tables_.only_word[at][rows_.code(at, row)];
      if (of_other == BlockTables::several_words || of_mine == BlockTables::several_words) return false;
      if ((mine == of_other && mine != NameWords::none) || (theirs == of_mine && theirs != NameWords::none))
        return false;
    }
    return true;
  }

  // Of two values alone, remembered.
  std::uint8_t name_level_of(std::size_t field, std::size_t row, std::size_t other_row) {
    const std::vector<ValueKey>& keys = rows_.keys(field);
    if (tables_.names[field].surely_different(keys[row], keys[other_row])) return name_level::different;
    const auto [one, other] = std::minmax({rows_.code(field, row), rows_.code(field, other_row)});
    // The hash is one to one, so that what of it the place does not tell, and the level, fill one number.
    const std::uint64_t hash = mixed(0, static_cast<std::uint64_t>(one) << 32U | other);
    std::uint64_t& kept = memo_[field][hash & (memo_slots - 1)];
    if ((kept ^ hash) >= most_levels || kept % most_levels == level_missing) {
      const std::uint8_t level = tables_.comparison.by_value(field).level(one, other);
      kept = (hash & ~std::uint64_t{most_levels - 1}) | level;
    }
    return static_cast<std::uint8_t>(kept % most_levels);
  }

  void take(Pattern pattern, std::uint32_t row, std::uint32_t other) {
    const std::uint32_t number = patterns_.number(pattern, [&](Pattern seen) {
      return filter_ != nullptr ? filter_->bound(seen) : PairFilter::PatternBound{};
    });
    PatternTable::Entry& entry = patterns_.entry(number);
    ++entry.pairs;
    if (filter_ == nullptr || entry.hopeless) return;
    const Weight bound = bound_of(patterns_, number, row);
    if (bound < floor_) return;
    left_over_.push_back({pattern, number, bound, row, other});
    for (std::size_t field = 0; field < tables_.fields; ++field) {
      const std::uint8_t level = level_in(pattern, field);
      scorer_.chance().prefetch(field, level, rows_.code(field, row), rows_.code(field, other));
    }
  }

  // A pair that step 2 of the filter is to judge.
  struct LeftOver {
    Pattern pattern;
    std::uint32_t number;  // of the pattern
    Weight bound;
    std::uint32_t row, other;
  };

  void judge(const LeftOver& pair) {
    Weight bound = pair.bound;
    for (unsigned loose = patterns_.entry(pair.number).loose; loose != 0; loose &= loose - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(loose));
      bound -= filter_->closer_by(patterns_.bound(pair.number), field, level_in(pair.pattern, field),
                                  rows_.code(field, pair.row), rows_.code(field, pair.other));
      if (bound < floor_) return;
    }
    const std::uint32_t left = rows_.row(pair.row);
    const std::uint32_t right = right_row(rows_.row(pair.other));
    // Fresh rows stand before others in a block, whatever their numbers.
    const bool turned = tables_.same_table() && right < left;
    likely_.push_back({pair.pattern, turned ? right : left, turned ? left : right});
    for (const Compared& what : tables_.comparison.compared()) {
      const FieldValues& values = tables_.comparison.values()[what.field];
      __builtin_prefetch(&values.left[likely_.back().left]);
      __builtin_prefetch(&(values.same_table ? values.left : values.right)[likely_.back().right]);
    }
  }

  // A pair to be scored in full.
  struct Likely {
    Pattern pattern;
    std::uint32_t left, right;
  };

  void score(const Likely& pair, Output& output) const {
    const auto [pattern, left, right] = pair;
    ++output.scored;
    const Weight weight = scorer_.weight({pattern, scorer_.log2_u(pattern, left, right)});
    const double probability = probability_of(weight);
    if (probability >= options_.threshold) {
      output.expected_false += static_cast<std::uint64_t>((1.0 - probability) * 4294967296.0);
    } else {
      output.expected_missed += static_cast<std::uint64_t>(probability * 4294967296.0);
    }
    if (probability >= options_.floor) output.links.push_back({left, right, weight, probability});
  }

  const BlockTables& tables_;
  const Scorer& scorer_;
  const PairFilter* filter_;  // null, as is the gate: patterns are counted, nothing is scored
  const PairGate* gate_;
  const BlockScoreOptions& options_;
  BlockRows rows_;
  std::array<std::uint32_t, batch> mine_{};  // pairs that wait, by their places in rows_
  std::array<std::uint32_t, batch> others_{};
  std::size_t pairs_ = 0;
  std::array<std::uint8_t, batch + BatchOfPairs::stride> met_{};     // by an earlier rule
  std::array<std::uint8_t, batch + BatchOfPairs::stride> levels_{};  // of one field of a run of pairs
  BatchOfPairs batch_{};
  SetApart set_apart_ = set_apart();
  std::array<std::uint64_t, batch / 64> left_{};
  std::vector<LeftOver> left_over_;
  std::vector<Likely> likely_;
  std::vector<std::vector<std::uint64_t>> memo_;  // [compared]; empty where values are not remembered
  Weight floor_;
  PatternTable patterns_;
  PatternTable gated_;     // patterns with fields that were not asked
  LevelPairs hopeless_{};  // told by the gate: counted only
};

std::vector<PatternCount> merged(std::span<const std::unique_ptr<Worker>> workers) {
  std::vector<PatternCount> all;
  for (const auto& worker : workers) worker->append_counts(all);
  std::sort(all.begin(), all.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  std::vector<PatternCount> result;
  for (const PatternCount& one : all) {
    if (!result.empty() && result.back().pattern == one.pattern) {
      result.back().pairs += one.pairs;
    } else {
      result.push_back(one);
    }
  }
  return result;
}

}  // namespace

Result<BlockAccount> score_blocks(const Scorer& scorer, const RuleBlocks& blocks,
                                  const BlockScoreOptions& options, const LinkSink& sink) {
  const Comparison& comparison = scorer.comparison();
  std::optional<PairFilter> filter;
  std::optional<PairGate> gate;
  if (!options.count_only) {
    filter.emplace(scorer);
    gate.emplace(scorer, *filter, scoring_floor(options));
  }
  const BlockTables tables(comparison, filter ? &*filter : nullptr, gate ? &*gate : nullptr, options.threads);
  const unsigned threads = thread_count(options.threads);
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(threads);
  for (unsigned worker = 0; worker < threads; ++worker)
    workers.push_back(std::make_unique<Worker>(tables, scorer, filter ? &*filter : nullptr,
                                               gate ? &*gate : nullptr, options));
  BlockAccount account;
  std::uint64_t expected_false = 0;
  std::uint64_t expected_missed = 0;
  // The next rule's order is made while this one's pairs are compared, if there is room for both and a
  // thread.
  constexpr std::uint64_t bytes_of_thread = std::uint64_t{16} << 20;
  const std::uint64_t all_rows = comparison.left_rows() + comparison.right_rows();
  const bool ahead = threads > 1 && fits_in_memory(4 * sizeof(std::uint32_t) * all_rows + bytes_of_thread);
  const auto order_of = [&](std::size_t rule) {
    return std::async(ahead ? std::launch::async : std::launch::deferred,
                      [&blocks, &options, rule] { return blocks.order(rule, options.fresh); });
  };
  std::future<RuleBlocks::BlockOrder> next;
  if (blocks.rules() > 0) next = order_of(0);
  Progress progress("comparing", "pairs", blocks.pairs());
  for (std::size_t rule = 0; rule < blocks.rules(); ++rule) {
    account.pairs.push_back(0);
    const RuleBlocks::BlockOrder order = next.get();
    if (rule + 1 < blocks.rules()) next = order_of(rule + 1);
    const std::size_t chunks = order.chunk_pairs.size();
    const std::size_t at_once = std::size_t{64} * threads;
    for (std::size_t first = 0; first < chunks; first += at_once) {
      std::vector<Worker::Output> outputs(std::min(at_once, chunks - first));
      parallel_for_worker(options.threads, outputs.size(), [&](std::size_t at, unsigned worker) {
        for (std::size_t piece = order.chunks[first + at]; piece < order.chunks[first + at + 1]; ++piece) {
          workers[worker]->run(blocks, rule, order, order.pieces[piece], outputs[at]);
        }
        workers[worker]->finish(outputs[at]);
        progress.add(order.chunk_pairs[first + at]);
      });
      for (const Worker::Output& output : outputs) {
        account.pairs.back() += output.pairs;
        account.scored += output.scored;
        expected_false += output.expected_false;
        expected_missed += output.expected_missed;
        if (!output.links.empty()) SCRUTINEER_CHECK(sink(output.links));
      }
      relieve_memory();
    }
  }
  account.expected_false = static_cast<double>(expected_false) / 4294967296.0;
  account.expected_missed = static_cast<double>(expected_missed) / 4294967296.0;
  account.patterns = merged(workers);
  for (const auto& worker : workers) worker->add_hopeless(account.hopeless);
  return account;
}

}  // namespace scrutineer::linkage
