#include "linkage/block_scoring.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "base/progress.h"
#include "base/scratch.h"
#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"
#include "linkage/pair_filter.h"
#include "linkage/pair_gate.h"
#include "linkage/pattern_table.h"
#include "linkage/short_names.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t prefetched_rows = 32;
constexpr std::size_t batch = BatchOfPairs::capacity;  // pairs of one row compared at a time
constexpr LevelDeficits no_deficits{};
constexpr std::size_t memo_slots =
    1 << 15;                          // 256 KiB a field of names and thread: for the second-level cache
constexpr double least_floor = 1e-3;  // pairs as likely are scored, so that what is missed is well counted

Weight scoring_floor(const BlockScoreOptions& options) {
  return weight_of_probability(std::min(options.floor, least_floor));
}

// What all workers read.
struct Shared {
  const Comparison& comparison;
  std::size_t fields;
  std::vector<std::vector<ValueKey>> keys;  // [compared][code]; empty: no kernel
  std::vector<LevelKernel> kernels;         // [compared]
  FoldLevels fold = fold_levels();
  std::vector<ShortNames> names;  // [compared]; empty for other kinds
  // [compared][code]: the word of a name of one word, NameWords::none where it has none, or several_words;
  // empty for other kinds. All names there are must be compared as names for it to tell anything.
  static constexpr std::uint32_t several_words = NameWords::none - 1;
  std::vector<std::vector<std::uint32_t>> only_word;
  bool names_are_compared = true;
  // Row by row, so that a row costs one look into far memory: the code of each compared field, then two
  // halves of a bit for each word of its names.
  std::size_t stride;
  ScratchArray<std::uint32_t> rows;

  Shared(const Comparison& compared, unsigned threads)
      : comparison(compared), fields(compared.compared().size()), keys(fields), stride(fields + 2) {
    for (const Compared& what : compared.compared()) kernels.push_back(level_kernel(what.kind));
    names.resize(fields);
    only_word.resize(fields);
    parallel_for(threads, fields, [&](std::size_t field) {
      keys[field] = value_keys(compared, field);
      const Compared& what = compared.compared()[field];
      if (what.kind != Kind::name) return;
      names[field] = ShortNames(compared.values()[what.field].pool);
      for (std::uint32_t code = 0; code < compared.values()[what.field].distinct(); ++code) {
        const auto words = compared.words().words_of(what.field, code);
        only_word[field].push_back(words.empty()       ? NameWords::none
                                   : words.size() == 1 ? words.front()
                                                       : several_words);
      }
    });
    for (const FieldValues& values : compared.values())
      names_are_compared = names_are_compared && values.role != Role::full_name;
    const std::vector<std::vector<std::uint64_t>> bits = name_bits();
    const std::size_t left_rows = compared.left_rows();
    const std::size_t count = left_rows + (compared.same_table() ? 0 : compared.right_rows());
    rows = ScratchArray<std::uint32_t>(count * stride);
    constexpr std::size_t chunk_rows = std::size_t{1} << 16;
    parallel_for(threads, (count + chunk_rows - 1) / chunk_rows, [&](std::size_t chunk) {
      const std::size_t end = std::min(count, (chunk + 1) * chunk_rows);
      for (std::size_t row = chunk * chunk_rows; row < end; ++row) {
        const bool left = row < left_rows;
        std::uint32_t* const mine = &rows[row * stride];
        const auto code = [&](std::size_t field) {
          const FieldValues& values = compared.values()[field];
          return left ? values.left_code(row) : values.right_code(row - left_rows);
        };
        for (std::size_t field = 0; field < fields; ++field)
          mine[field] = code(compared.compared()[field].field);
        std::uint64_t words = 0;
        for (std::size_t field = 0; field < bits.size(); ++field) {
          if (!bits[field].empty()) words |= bits[field][code(field)];
        }
        mine[fields] = static_cast<std::uint32_t>(words);
        mine[fields + 1] = static_cast<std::uint32_t>(words >> 32U);
      }
    });
  }

 private:
  // [field][code]: a bit for each word of a name; empty for fields without names.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> name_bits() const {
    std::vector<std::vector<std::uint64_t>> bits(comparison.values().size());
    for (std::size_t field = 0; field < bits.size(); ++field) {
      const std::size_t distinct = comparison.values()[field].distinct();
      std::vector<std::uint64_t> of_field;
      std::uint64_t any = 0;
      for (std::uint32_t code = 0; code < distinct; ++code) {
        of_field.push_back(word_bits(comparison, field, code));
        any |= of_field.back();
      }
      if (any != 0) bits[field] = std::move(of_field);
    }
    return bits;
  }
};

// One thread's work on pieces of blocks.
class Worker {
 public:
  Worker(const Shared& shared, const Scorer& scorer, const PairFilter* filter, const PairGate* gate,
         const BlockScoreOptions& options)
      : shared_(shared),
        scorer_(scorer),
        filter_(filter),
        gate_(gate),
        options_(options),
        keys_(shared.fields),
        codes_(shared.fields),
        memo_(shared.fields),
        floor_(scoring_floor(options)),
        patterns_(floor_),
        gated_(floor_) {
    for (std::size_t field = 0; field < shared.fields; ++field) {
      if (shared.comparison.compared()[field].kind == Kind::name) memo_[field].resize(memo_slots);
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

  void run(const RuleBlocks& blocks, std::size_t rule, const RuleBlocks::BlockOrder& order,
           const RuleBlocks::Piece& piece, Output& output) {
    gather(blocks, rule, order, piece);
    const std::size_t count = piece.until;
    for (std::size_t row = piece.first; row < piece.last; ++row) {
      const std::size_t from = same_table() ? row + 1 : asking_;
      for (std::size_t at = from; at < count; at += batch)
        against(row, at, std::min(batch, count - at), output);
    }
  }

  void append_counts(std::vector<PatternCount>& counts) const {
    patterns_.append_counts(counts);
    gated_.append_counts(counts);
    hopeless_.append_counts(counts);
  }

 private:
  [[nodiscard]] bool same_table() const { return shared_.comparison.same_table(); }

  static constexpr std::size_t none = ~std::size_t{0};

  // Everything that is looked at of the block's rows, side by side.
  void gather(const RuleBlocks& blocks, std::size_t rule, const RuleBlocks::BlockOrder& order,
              const RuleBlocks::Piece& piece) {
    asking_row_ = none;
    rows_.assign(order.rows.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                 order.rows.begin() + static_cast<std::ptrdiff_t>(piece.end));
    const std::size_t count = rows_.size();
    // The next block's rows, while this one's are at hand.
    const std::size_t soon = std::min(order.rows.size(), piece.end + prefetched_rows);
    for (std::size_t at = piece.end; at < soon; ++at) {
      __builtin_prefetch(&shared_.rows[order.rows[at] * shared_.stride]);
      for (std::size_t other = 0; other < rule; ++other)
        __builtin_prefetch(&blocks.rule(other).block[order.rows[at]]);
    }
    const auto left_rows = static_cast<std::uint32_t>(shared_.comparison.left_rows());
    asking_ = same_table() ? count
                           : static_cast<std::size_t>(
                                 std::lower_bound(rows_.begin(), rows_.end(), left_rows) - rows_.begin());
    words_.resize(count);
    for (std::size_t field = 0; field < shared_.fields; ++field) {
      codes_[field].resize(count);
      keys_[field].resize(count);
    }
    for (std::size_t at = 0; at < count; ++at) {
      const std::uint32_t* const row = &shared_.rows[rows_[at] * shared_.stride];
      for (std::size_t field = 0; field < shared_.fields; ++field) codes_[field][at] = row[field];
      words_[at] = row[shared_.fields] | static_cast<std::uint64_t>(row[shared_.fields + 1]) << 32U;
    }
    for (std::size_t field = 0; field < shared_.fields; ++field) {
      if (shared_.kernels[field] == nullptr) continue;
      const ValueKey* const from = shared_.keys[field].data();
      for (std::size_t at = 0; at < count; ++at) keys_[field][at] = from[codes_[field][at]];
    }
    earlier_.resize(rule);
    for (std::size_t other = 0; other < rule; ++other) {
      const auto& block = blocks.rule(other).block;
      earlier_[other].resize(count);
      for (std::size_t at = 0; at < count; ++at) earlier_[other][at] = block[rows_[at]];
    }
  }

  // One row against `count` rows from `from` on.
  void against(std::size_t row, std::size_t from, std::size_t count, Output& output) {
    std::uint8_t* const met = met_.data();
    std::fill_n(met, count, std::uint8_t{0});
    for (const auto& of_rule : earlier_) {
      const std::uint32_t mine = of_rule[row];
      if (mine == 0) continue;
      const std::uint32_t* const others = of_rule.data() + from;
      for (std::size_t at = 0; at < count; ++at) met[at] |= static_cast<std::uint8_t>(others[at] == mine);
    }
    for (std::size_t field = 0; field < shared_.fields; ++field) {
      std::uint8_t* const levels = levels_.data();
      if (shared_.kernels[field] != nullptr) {
        shared_.kernels[field](keys_[field][row], words_[row], keys_[field].data() + from,
                               words_.data() + from, count, levels);
      } else {
        told_by_codes(field, row, from, count, levels);
      }
      shared_.fold(levels, gate_ != nullptr ? gate_->deficits(field, codes_[field][row]) : no_deficits, field,
                   count, batch_);
    }
    const std::size_t bytes = (shared_.fields + 1) / 2;
    const std::uint8_t budget = gate_ != nullptr ? gate_->budget() : 255;
    for (std::size_t at = 0; at < count; ++at) {
      if (met[at] != 0) continue;
      ++output.pairs;
      Pattern pattern = 0;
      for (std::size_t byte = 0; byte < bytes; ++byte)
        pattern |= static_cast<Pattern>(batch_.halves[byte][at]) << (8 * byte);
      if (batch_.deficits[at] > budget && batch_.unbounded[at] == 0) {
        hopeless_.add(pattern);
        continue;
      }
      if (batch_.asked[at] != 0) {
        if (batch_.unbounded[at] == 0 && is_gated(pattern, row)) continue;
        pattern = ask(pattern, row, from + at);
      }
      take(pattern, row, from + at, output);
    }
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

  [[nodiscard]] bool may_be_elsewhere(std::size_t field, std::size_t row, std::size_t other) const {
    return ((keys_[field][row].parts & words_[other]) | (keys_[field][other].parts & words_[row])) != 0;
  }

  // Step 1 of the filter.
  [[nodiscard]] Weight bound_of(PatternTable& table, std::uint32_t number, std::size_t row) {
    const PatternTable::Entry& entry = table.entry(number);
    Weight bound = entry.rest;
    for (unsigned same = entry.same; same != 0; same &= same - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(same));
      bound += PairFilter::same(table.bound(number), field, same_of_row(field, row));
    }
    return bound;
  }

  // PairFilter::same_alone of the asking row, looked up once.
  [[nodiscard]] Weight same_of_row(std::size_t field, std::size_t row) {
    if (asking_row_ != row) {
      asking_row_ = row;
      for (std::size_t one = 0; one < shared_.fields; ++one)
        same_of_row_[one] = filter_->same_alone(one, codes_[one][row]);
    }
    return same_of_row_[field];
  }

  // Kinds without a kernel: missing and the same are told by the codes.
  void told_by_codes(std::size_t field, std::size_t row, std::size_t from, std::size_t count,
                     std::uint8_t* levels) {
    const Kind kind = shared_.comparison.compared()[field].kind;
    if (kind == Kind::nested || kind == Kind::other_words) {
      std::fill_n(levels, count, level_unbounded);
      return;
    }
    // A text may be found elsewhere in the other row.
    const std::uint8_t unlike = kind == Kind::text ? level_unbounded : level_asked;
    const std::uint32_t mine = codes_[field][row];
    for (std::size_t at = 0; at < count; ++at) {
      const std::uint32_t other = codes_[field][from + at];
      levels[at] = mine == 0 || other == 0 ? level_missing : mine == other ? level_same : unlike;
    }
  }

  [[nodiscard]] std::uint32_t right_row(std::uint32_t row) const {
    return same_table() ? row : row - static_cast<std::uint32_t>(shared_.comparison.left_rows());
  }

  // Fills in the levels that the kernels left open.
  Pattern ask(Pattern pattern, std::size_t row, std::size_t other) {
    for (std::size_t field = 0; field < shared_.fields; ++field) {
      if (level_in(pattern, field) != level_asked) continue;
      pattern &= ~at_level(field, level_asked);
      const Compared& what = shared_.comparison.compared()[field];
      if (what.kind == Kind::name) {
        const std::uint8_t level = name_level_of(field, codes_[field][row], codes_[field][other]);
        const bool asks_elsewhere = level >= name_level::similar && level <= name_level::different;
        if (!asks_elsewhere || !may_be_elsewhere(field, row, other) ||
            surely_not_elsewhere(field, row, other)) {
          pattern |= at_level(field, level);
          continue;
        }
      }
      pattern |=
          at_level(field, shared_.comparison.compare(field, rows_[row], right_row(rows_[other])).level);
    }
    return pattern;
  }

  // True if neither row's name is, by its only word, another name of the other row. False says nothing.
  [[nodiscard]] bool surely_not_elsewhere(std::size_t field, std::size_t row, std::size_t other) const {
    if (!shared_.names_are_compared) return false;
    const std::uint32_t mine = shared_.only_word[field][codes_[field][row]];
    const std::uint32_t theirs = shared_.only_word[field][codes_[field][other]];
    if (mine == Shared::several_words || theirs == Shared::several_words) return false;
    for (std::size_t at = 0; at < shared_.fields; ++at) {
      if (at == field || shared_.only_word[at].empty()) continue;
      const std::uint32_t of_other = shared_.only_word[at][codes_[at][other]];
      const std::uint32_t of_mine = shared_.only_word[at][codes_[at][row]];
      if (of_other == Shared::several_words || of_mine == Shared::several_words) return false;
      if ((mine == of_other && mine != NameWords::none) || (theirs == of_mine && theirs != NameWords::none))
        return false;
    }
    return true;
  }

  // Of two values alone, remembered.
  std::uint8_t name_level_of(std::size_t field, std::uint32_t one, std::uint32_t other) {
    if (shared_.names[field].surely_different(shared_.keys[field], one, other)) return name_level::different;
    if (one > other) std::swap(one, other);
    // The hash is one to one, so that what of it the place does not tell, and the level, fill one number.
    const std::uint64_t hash = mixed(0, static_cast<std::uint64_t>(one) << 32U | other);
    std::uint64_t& kept = memo_[field][hash & (memo_slots - 1)];
    if ((kept ^ hash) >= most_levels || kept % most_levels == level_missing) {
      const std::uint8_t level = shared_.comparison.by_value(field).level(one, other);
      kept = (hash & ~std::uint64_t{most_levels - 1}) | level;
    }
    return static_cast<std::uint8_t>(kept % most_levels);
  }

  void take(Pattern pattern, std::size_t row, std::size_t other, Output& output) {
    const std::uint32_t number = patterns_.number(pattern, [&](Pattern seen) {
      return filter_ != nullptr ? filter_->bound(seen) : PairFilter::PatternBound{};
    });
    PatternTable::Entry& entry = patterns_.entry(number);
    ++entry.pairs;
    if (filter_ == nullptr || entry.hopeless) return;
    Weight bound = bound_of(patterns_, number, row);
    if (bound < floor_) return;
    for (unsigned loose = entry.loose; loose != 0; loose &= loose - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(loose));
      bound -= filter_->closer_by(patterns_.bound(number), field, level_in(pattern, field),
                                  codes_[field][row], codes_[field][other]);
      if (bound < floor_) return;
    }
    const std::uint32_t left = rows_[row];
    const std::uint32_t right = right_row(rows_[other]);
    // Fresh rows stand before others in a block, whatever their numbers.
    const bool turned = same_table() && right < left;
    score(pattern, turned ? right : left, turned ? left : right, output);
  }

  void score(Pattern pattern, std::uint32_t left, std::uint32_t right, Output& output) const {
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

  const Shared& shared_;
  const Scorer& scorer_;
  const PairFilter* filter_;  // null, as is the gate: patterns are counted, nothing is scored
  const PairGate* gate_;
  const BlockScoreOptions& options_;
  std::vector<std::uint32_t> rows_;
  std::size_t asking_ = 0;
  std::size_t asking_row_ = none;  // whose weights are at hand
  std::array<Weight, most_fields> same_of_row_{};
  std::vector<std::uint64_t> words_;
  std::vector<std::vector<ValueKey>> keys_;          // [compared][row of the block]
  std::vector<std::vector<std::uint32_t>> codes_;    // [compared][row of the block]
  std::vector<std::vector<std::uint32_t>> earlier_;  // [rule][row of the block]
  std::array<std::uint8_t, batch> levels_{};         // of one field, of the pairs of the batch
  std::array<std::uint8_t, batch> met_{};            // by an earlier rule
  BatchOfPairs batch_{};
  std::vector<std::vector<std::uint64_t>> memo_;  // [compared]; empty where values are not remembered
  Weight floor_;
  PatternTable patterns_;
  PatternTable gated_;     // patterns with fields that were not asked
  PatternTally hopeless_;  // told by the gate
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
  const Shared shared(comparison, options.threads);
  std::optional<PairFilter> filter;
  std::optional<PairGate> gate;
  if (!options.count_only) {
    filter.emplace(scorer);
    gate.emplace(scorer, *filter, scoring_floor(options));
  }
  const unsigned threads = thread_count(options.threads);
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned worker = 0; worker < threads; ++worker)
    workers.push_back(std::make_unique<Worker>(shared, scorer, filter ? &*filter : nullptr,
                                               gate ? &*gate : nullptr, options));
  BlockAccount account;
  std::uint64_t expected_false = 0;
  std::uint64_t expected_missed = 0;
  Progress progress("comparing", "pairs", blocks.pairs());
  for (std::size_t rule = 0; rule < blocks.rules(); ++rule) {
    account.pairs.push_back(0);
    const auto order = blocks.order(rule, options.fresh);
    const std::size_t chunks = order.chunk_pairs.size();
    const std::size_t at_once = std::size_t{64} * threads;
    for (std::size_t first = 0; first < chunks; first += at_once) {
      std::vector<Worker::Output> outputs(std::min(at_once, chunks - first));
      parallel_for_worker(options.threads, outputs.size(), [&](std::size_t at, unsigned worker) {
        for (std::size_t piece = order.chunks[first + at]; piece < order.chunks[first + at + 1]; ++piece) {
          workers[worker]->run(blocks, rule, order, order.pieces[piece], outputs[at]);
        }
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
  return account;
}

}  // namespace scrutineer::linkage
