#include "linkage/block_engine.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "base/scratch.h"
#include "linkage/block_pairs.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t training_pairs = 500'000;
constexpr std::uint64_t random_training_pairs = 300'000;
constexpr std::uint64_t chance_comparisons = 6'000'000;
constexpr std::uint64_t largest_chosen_block = 60;  // rows

// The first field of a role that at least a tenth of the rows hold.
std::optional<std::size_t> field_of(const Comparison& comparison, Role role) {
  for (std::size_t field = 0; field < comparison.values().size(); ++field) {
    const FieldValues& values = comparison.values()[field];
    if (values.role == role && 10 * values.left_present >= comparison.left_rows()) return field;
  }
  return std::nullopt;
}

// Rules that look for the same pairs, the coarsest first: the first that is cheap enough is taken.
using RuleChoice = std::vector<BlockRule>;

// Puts rules together from fields that may be absent: a rule that lacks one is not made.
class RuleList {
 public:
  using Part = std::pair<std::optional<std::size_t>, Transform>;
  using Parts = std::vector<Part>;

  void add(std::initializer_list<Parts> choices, bool unordered = false) {
    RuleChoice choice;
    for (const Parts& parts : choices) {
      BlockRule rule;
      rule.unordered = unordered;
      for (const auto& [field, transform] : parts) {
        if (field) rule.parts.push_back({*field, transform, 0});
      }
      if (rule.parts.size() == parts.size()) choice.push_back(std::move(rule));
    }
    if (!choice.empty()) choices_.push_back(std::move(choice));
  }
  std::vector<RuleChoice> take() { return std::move(choices_); }

 private:
  std::vector<RuleChoice> choices_;
};

std::vector<RuleChoice> rule_choices(const Comparison& comparison) {
  const auto given = field_of(comparison, Role::given_name);
  const auto family = field_of(comparison, Role::family_name);
  const auto full = field_of(comparison, Role::full_name);
  const auto date = field_of(comparison, Role::date);
  const auto code = field_of(comparison, Role::code);
  const auto number = field_of(comparison, Role::number);
  const auto text = field_of(comparison, Role::text);
  const auto email = field_of(comparison, Role::email);
  const auto exact = field_of(comparison, Role::exact);
  using enum Transform;
  RuleList list;
  list.add({{{date, whole}, {family, soundex}}, {{date, whole}, {family, whole}}});
  list.add({{{date, whole}, {given, soundex}}, {{date, whole}, {given, whole}}});
  list.add({{{date, whole}, {full, whole}}});
  list.add({{{code, whole}, {family, whole}}, {{code, whole}, {number, whole}, {family, whole}}});
  list.add({{{code, whole}, {given, whole}}, {{code, whole}, {number, whole}, {given, whole}}});
  list.add({{{code, whole}, {full, whole}}});
  list.add({{{given, soundex}, {family, soundex}},
            {{given, soundex}, {family, soundex}, {date, year}},
            {{given, soundex}, {family, soundex}, {code, outward}},
            {{given, whole}, {family, whole}}});
  list.add({{{given, whole}, {family, whole}, {date, year}},
            {{given, whole}, {family, whole}, {date, whole}},
            {{given, whole}, {family, whole}}},
           true);
  list.add({{{full, whole}}});
  list.add({{{date, whole}, {code, outward}}, {{date, whole}, {code, whole}}});
  list.add({{{email, whole}}});
  list.add({{{exact, whole}, {family, whole}}});
  list.add({{{exact, whole}, {given, whole}}});
  list.add({{{text, whole}, {number, whole}, {family, whole}}});
  list.add({{{text, whole}, {number, whole}, {given, whole}}});
  return list.take();
}

// Rules whose blocks are built at one time: as many as threads, if memory allows.
unsigned builders(std::size_t rows, unsigned threads) {
  constexpr std::uint64_t bytes_a_row = 32;  // keys, and keys with rows while they are sorted
  return fits_in_memory(thread_count(threads) * bytes_a_row * rows) ? threads : 1;
}

}  // namespace

ChanceOptions large_chance_options(unsigned threads, std::uint64_t seed) {
  ChanceOptions options;
  options.threads = threads;
  options.seed = seed;
  options.comparisons = chance_comparisons;
  return options;
}

std::vector<BlocksOfRule> given_blocks(const Comparison& comparison, std::span<const BlockRule> rules,
                                       unsigned threads) {
  std::vector<CutRule> cut;
  for (const BlockRule& rule : rules) cut.push_back({rule, RuleBlockOptions{}.largest_block});
  return same_blocks(comparison, cut, threads);
}

std::vector<BlocksOfRule> same_blocks(const Comparison& comparison, std::span<const CutRule> rules,
                                      unsigned threads) {
  std::vector<BlocksOfRule> blocks(rules.size());
  const std::size_t rows = comparison.left_rows() + (comparison.same_table() ? 0 : comparison.right_rows());
  parallel_for(builders(rows, threads), rules.size(), [&](std::size_t at) {
    RuleBlockOptions options;
    options.threads = 1;
    options.largest_block = rules[at].largest_block;
    blocks[at] = blocks_of_rule(comparison, rules[at].rule, options);
  });
  return blocks;
}

std::vector<BlocksOfRule> chosen_blocks(const Comparison& comparison, double pairs_per_row,
                                        unsigned threads) {
  const std::vector<RuleChoice> choices = rule_choices(comparison);
  const std::size_t rows = comparison.left_rows() + (comparison.same_table() ? 0 : comparison.right_rows());
  // No rule may take more than a quarter of the budget.
  const auto budget = static_cast<std::uint64_t>(pairs_per_row * static_cast<double>(rows) / 4);
  RuleBlockOptions options;
  options.threads = 1;
  options.largest_block = largest_chosen_block;
  std::vector<BlocksOfRule> found(choices.size());
  parallel_for(builders(rows, threads), choices.size(), [&](std::size_t at) {
    for (const BlockRule& rule : choices[at]) {
      found[at] = blocks_of_rule(comparison, rule, options);
      if (found[at].pairs <= budget && found[at].report.left_out == 0) break;
    }
  });
  // The cheapest rules as far as the budget goes; in the order of the list.
  std::vector<std::size_t> by_cost(found.size());
  std::iota(by_cost.begin(), by_cost.end(), std::size_t{0});
  std::stable_sort(by_cost.begin(), by_cost.end(),
                   [&](std::size_t a, std::size_t b) { return found[a].pairs < found[b].pairs; });
  std::uint64_t pairs = 0;
  for (const std::size_t at : by_cost) {
    pairs += found[at].pairs;
    if (pairs > 4 * budget) found[at].pairs = 0;
  }
  std::erase_if(found, [](const BlocksOfRule& blocks) { return blocks.pairs == 0; });
  return found;
}

Status score_by_rules(Scorer& scorer, Chance& chance, std::vector<BlocksOfRule> of_rules, const Model& given,
                      EngineOptions options, Model& model, Diagnostics& diagnostics, const LinkSink& sink) {
  const Comparison& comparison = scorer.comparison();
  diagnostics.clock.lap("blocks");
  RuleBlocks blocks(comparison, std::move(of_rules));
  SampledPairs sample;  // where a model is given nothing is learned
  if (given.empty()) sample = sample_pairs(comparison, blocks, training_pairs, options.seed, options.threads);
  options.random_pairs = std::min(options.random_pairs, random_training_pairs);
  options.discount = false;
  const auto candidates = std::max<std::uint64_t>(
      sample.pairs.size(),
      static_cast<std::uint64_t>(static_cast<double>(sample.pairs.size()) / sample.share));
  SCRUTINEER_CHECK(learn_model(scorer, chance, sample.pairs, candidates, given, options, model, diagnostics));
  diagnostics.clock.lap("learning");
  BlockScoreOptions score;
  score.threads = options.threads;
  score.floor = options.floor;
  score.threshold = options.threshold;
  score.fresh = options.fresh;
  SCRUTINEER_TRY(const BlockAccount account, score_blocks(scorer, blocks, score, sink));
  diagnostics.clock.lap("comparing");
  diagnostics.pairs_compared = 0;
  for (std::size_t rule = 0; rule < blocks.rules(); ++rule) {
    BlockReport report = blocks.rule(rule).report;
    report.pairs = account.pairs[rule];
    diagnostics.pairs_compared += report.pairs;
    diagnostics.blocks.push_back(std::move(report));
  }
  diagnostics.expected_false = account.expected_false;
  diagnostics.expected_missed = account.expected_missed;
  std::vector<std::uint64_t> level_pairs(most_fields * most_levels, 0);
  for (std::size_t field = 0; field < comparison.compared().size(); ++field)
    std::copy(account.hopeless.at(field).begin(), account.hopeless.at(field).end(),
              level_pairs.begin() + static_cast<std::ptrdiff_t>(field * most_levels));
  for (const PatternCount& count : account.patterns) {
    for (std::size_t field = 0; field < comparison.compared().size(); ++field)
      level_pairs[field * most_levels + level_in(count.pattern, field)] += count.pairs;
  }
  report_fields(model, level_pairs, diagnostics);
  return {};
}

}  // namespace scrutineer::linkage
