#include "linkage/link.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "linkage/block_engine.h"
#include "linkage/competition.h"
#include "linkage/edge_store.h"
#include "linkage/engine.h"
#include "linkage/fixed_point.h"
#include "linkage/key_blocks.h"
#include "linkage/name_pairs.h"
#include "linkage/nearest.h"
#include "linkage/one_to_one.h"
#include "linkage/radix_sort.h"
#include "linkage/recall_estimate.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t lopsided_comparisons = 4'000'000;
constexpr std::uint64_t lopsided_visits = 15'000;
constexpr std::size_t lopsided_neighbours = 30;
constexpr std::uint64_t lopsided_draws = 500'000;
constexpr std::uint64_t most_within_pairs = 300'000;
constexpr std::uint64_t fewest_within_pairs = 200;
constexpr std::uint64_t weight_unit = 65536;
constexpr double pairs_per_row = 12;  // that chosen rules may bring together
// Where candidates are found by rules, pairs are rivals from this probability by themselves up: as far down
// as pairs are scored (block_scoring.h).
constexpr double least_rival = 0.001;
// A row of a large table has so many doubtful rivals at most, on average.
constexpr std::uint64_t doubtful_rivals = 16;

// Blocking fields that count as one nested comparison.
std::vector<std::size_t> nested_fields(std::span<const Field> fields, const LinkOptions& options) {
  std::vector<std::size_t> nested;
  for (const std::size_t field : options.blocking_fields) {
    const bool fits = fields[field].role == Role::exact || fields[field].role == Role::code;
    if (fits && std::find(nested.begin(), nested.end(), field) == nested.end()) nested.push_back(field);
  }
  return nested;
}

Status check(std::span<const Field> fields, std::size_t left_rows, const LinkOptions& options) {
  for (const std::size_t field : options.movable_fields) {
    if (field >= fields.size()) return wrong_usage("a movable field is not among the fields");
  }
  if (!options.open.empty() && options.open.size() != left_rows)
    return wrong_usage("there is not one open share for each left row");
  for (const std::size_t field : options.blocking_fields) {
    if (field >= fields.size()) return wrong_usage("a blocking field is not among the fields");
  }
  if (options.blocking_fields.size() > levels_of(Kind::nested).size() - 2) {
    return wrong_usage("too many blocking fields",
                       "at most " + std::to_string(levels_of(Kind::nested).size() - 2));
  }
  if (!options.rules.empty() && (!options.blocking_fields.empty() || options.u_among_candidates))
    return wrong_usage("blocking rules and blocking fields cannot both be given");
  if (!(options.threshold >= 0 && options.threshold <= 1))
    return wrong_usage("the threshold is not a probability", "0 to 1");
  return {};
}

// One table several times as large as the other: a list against a register. Then less is spent on each row.
bool is_lopsided(const Comparison& comparison) {
  const std::size_t left = comparison.reference_rows(Side::left);
  const std::size_t right = comparison.reference_rows(Side::right);
  return std::max(left, right) > 4 * std::min(left, right);
}

// Both tables so large that candidates are found by rules.
bool is_large(const Comparison& comparison, const LinkOptions& options) {
  return options.blocking_fields.empty() &&
         std::min(comparison.reference_rows(Side::left), comparison.reference_rows(Side::right)) >=
             rows_for_rules;
}

ChanceOptions chance_options(const Comparison& comparison, const LinkOptions& options) {
  if (is_large(comparison, options)) return large_chance_options(options.threads, options.seed);
  ChanceOptions chance;
  chance.threads = options.threads;
  chance.seed = options.seed;
  if (is_lopsided(comparison)) chance.comparisons = lopsided_comparisons;
  return chance;
}

Candidates find_candidates(const Comparison& comparison, const LinkOptions& options) {
  if (!options.blocking_fields.empty()) {
    BlockOptions blocks;
    blocks.threads = options.threads;
    return key_blocks(comparison, options.blocking_fields, blocks);
  }
  NearestOptions nearest;
  nearest.threads = options.threads;
  if (is_lopsided(comparison)) {
    nearest.visits = lopsided_visits;
    nearest.neighbours = lopsided_neighbours;
  }
  const std::size_t asking = is_lopsided(comparison)
                                 ? std::min(comparison.left_rows(), comparison.right_rows())
                                 : comparison.left_rows() + comparison.right_rows();
  nearest.neighbours = affordable_neighbours(nearest.neighbours, asking, options.memory);
  return nearest_neighbours(comparison, nearest);
}

// Patterns of pairs of different people within the right table's blocks.
std::vector<WeightedPattern> within_blocks(const Comparison& comparison, const LinkOptions& options) {
  const auto pairs = pairs_within_right(comparison, options.blocking_fields, most_within_pairs, options.seed);
  std::vector<WeightedPattern> patterns;
  if (pairs.size() < fewest_within_pairs) return patterns;
  for (const PairKey pair : pairs) {
    Pattern pattern = 0;
    for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
      const Agreement found =
          comparison.compare_rows(field, left_of(pair), Side::right, right_of(pair), Side::right);
      pattern |= at_level(field, found.level);
    }
    patterns.push_back({pattern, weight_unit});
  }
  merge_patterns(patterns);
  return patterns;
}

// Overall u of each field among pairs of different people.
void set_means(const Comparison& comparison, std::span<const WeightedPattern> different, Chance& chance) {
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const auto levels = levels_of(comparison.compared()[field].kind);
    std::vector<double> u(levels.size(), 0.0);
    std::vector<double> totals(2, 0.0);
    for (const WeightedPattern& seen : different) {
      const std::uint8_t level = level_in(seen.pattern, field);
      if (level != level_missing) u[level] += static_cast<double>(seen.weight) / weight_unit;
    }
    std::vector<double> seen(2, 0.0);
    for (std::size_t level = 1; level < levels.size(); ++level) seen[levels[level].group] += u[level];
    // Where few pairs were seen, what frequency says counts for three of them.
    for (std::size_t level = 1; level < levels.size(); ++level) {
      u[level] += 3.0 * chance.mean_u(field)[level];
      totals[levels[level].group] += u[level];
    }
    for (std::size_t level = 1; level < levels.size(); ++level) u[level] /= totals[levels[level].group];
    chance.set_mean(field, u);
  }
}

// Names borne together, where the right table is a register that dwarfs the left.
NamePairs name_pairs(const Comparison& comparison, const LinkOptions& options) {
  const bool apart = is_lopsided(comparison) &&
                     comparison.reference_rows(Side::right) > comparison.reference_rows(Side::left);
  return apart && !options.u_among_candidates ? NamePairs::measure(comparison, options.seed) : NamePairs();
}

// The candidates as rivals: replaces the links and what the diagnostics expect of them.
void let_compete(const Scorer& scorer, std::span<const PairKey> pairs, const LinkOptions& options,
                 LinkResult& result) {
  const Comparison& comparison = scorer.comparison();
  CompetitionOptions rules;
  rules.threads = options.threads;
  rules.floor = options.threshold;
  rules.threshold = options.threshold;
  rules.open = options.open;
  rules.leave_out = options.leave_out;
  if (options.blocking_fields.empty()) rules.sought_among = comparison.right_rows();
  for (std::size_t at = 0; at < comparison.compared().size(); ++at) {
    const auto& movable = options.movable_fields;
    if (std::find(movable.begin(), movable.end(), comparison.compared()[at].field) != movable.end())
      rules.movable.push_back(at);
  }
  Competition found = compete(scorer, pairs, comparison.left_rows(), rules);
  result.links = std::move(found.links);
  result.diagnostics.expected_false = found.expected_false;
  result.diagnostics.expected_missed = found.expected_missed;
  result.diagnostics.by_threshold = std::move(found.by_threshold);
  result.diagnostics.share_there = found.share_there;
  result.diagnostics.share_moved = found.share_moved;
}

// The likely pairs found by rules, as rivals.
void let_links_compete(const Scorer& scorer, const LinkOptions& options, LinkResult& result) {
  std::vector<PairKey> rivals;
  rivals.reserve(result.links.size());
  for (const Link& link : result.links) rivals.push_back(pair_key(link.left, link.right));
  result.links = {};  // room for what comes
  radix_sort(rivals);
  let_compete(scorer, rivals, options, result);
  result.diagnostics.clock.lap("rivals");
}

// Likely pairs are kept as they are found by rules. Where rivals are kept for their own sake, which nobody
// asked to see, their number is bounded.
EdgeStore store_of_links(const LinkOptions& options, bool taken_over, std::size_t left_rows) {
  const bool whole = !options.competing || taken_over || options.continuation.keep || options.threshold < 0.5;
  return EdgeStore(whole ? EdgeStore::unlimited : doubtful_rivals * left_rows);
}

std::string note_of(const EdgeStore& store) {
  const long floor = std::lround(1000 * store.floor());
  return "Pairs that are less likely than about " + std::to_string(floor) +
         " in a thousand by themselves were no rivals of others: " + std::to_string(store.let_go()) +
         " of them were too many for tables of this size.";
}

// The pairs of blocks at or above the floor, into the result.
Status score_links(Scorer& scorer, Chance& chance, std::vector<BlocksOfRule> blocks, const Model& model,
                   const EngineOptions& engine, const LinkOptions& options, bool taken_over,
                   LinkResult& result) {
  EdgeStore store = store_of_links(options, taken_over, scorer.comparison().left_rows());
  SCRUTINEER_CHECK(score_by_rules(scorer, chance, std::move(blocks), model, engine, result.model,
                                  result.diagnostics, [&store](std::span<const Link> links) -> Status {
                                    store.add(links);
                                    return {};
                                  }));
  result.links = store.take();
  if (store.let_go() > 0) result.diagnostics.notes.push_back(note_of(store));
  return {};
}

void keep_best(std::vector<Link>& links, std::size_t keep) {
  std::size_t taken = 0;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < links.size(); ++at) {
    taken = at > 0 && links[at].left == links[at - 1].left ? taken + 1 : 0;
    if (taken < keep) links[kept++] = links[at];
  }
  links.resize(kept);
}

FieldEvidence evidence_of_field(const Comparison& comparison, std::size_t at, const Scorer::Parts& parts,
                                const Link& pair) {
  const Compared& what = comparison.compared()[at];
  const std::uint8_t level = level_in(parts.pattern, at);
  FieldEvidence line;
  line.field = what.name;
  line.level = levels_of(what.kind)[level].name;
  line.weight = parts.weights[at];
  // Of nested keys the one that agrees, or the finest.
  const bool agrees = what.kind == Kind::nested && level > level_missing && level <= what.nested.size();
  const std::size_t field = agrees ? what.nested[level - 1U] : what.field;
  const FieldValues& values = comparison.values()[field];
  line.left = values.pool[values.left_code(pair.left)];
  line.right = values.pool[values.right_code(pair.right)];
  return line;
}

}  // namespace

Result<LinkResult> link(std::span<const Field> fields, std::size_t left_rows, std::size_t right_rows,
                        const LinkOptions& options) {
  SCRUTINEER_CHECK(check(fields, left_rows, options));
  LinkResult result;
  const double floor = options.competing ? std::min(options.threshold, least_rival) : options.threshold;
  std::optional<Fitted> fitted;
  if (options.blocking_fields.empty()) {
    fitted = take_over(options.continuation, fields, options.seed, floor, options.rules, options.model,
                       result.diagnostics.notes);
  }
  Comparison comparison;
  if (fitted) {
    comparison = std::move(fitted->comparison);
  } else {
    SCRUTINEER_TRY(comparison, Comparison::make(fields, left_rows, right_rows, nested_fields(fields, options),
                                                options.threads));
  }
  const bool rescan = !fitted || options.continuation.rescan;
  const Model model = fitted ? options.continuation.earlier->model : options.model;
  if (left_rows == 0 || right_rows == 0) {
    result.diagnostics.converged = true;
    return result;
  }
  Chance chance(comparison, chance_options(comparison, options));
  const bool by_rules = !options.rules.empty() || is_large(comparison, options) || fitted;
  Candidates candidates;
  if (!by_rules) candidates = find_candidates(comparison, options);
  std::vector<WeightedPattern> different;
  if (options.explain_blocking && !by_rules)
    result.diagnostics.recall = estimate_recall(comparison, candidates.pairs, options.threads);
  EngineOptions engine;
  engine.threads = options.threads;
  engine.seed = options.seed;
  engine.all_pairs = static_cast<std::uint64_t>(left_rows) * right_rows;
  if (options.u_among_candidates) {
    different = within_blocks(comparison, options);
    if (!different.empty()) set_means(comparison, different, chance);
    // Only pairs within blocks are ever asked about, so the prior is a share of those.
    engine.all_pairs = std::max<std::uint64_t>(candidates.pairs.size(), 1);
  }
  engine.first_prior = std::min(0.5, static_cast<double>(std::min(left_rows, right_rows)) / 2.0 /
                                         static_cast<double>(engine.all_pairs));
  if (is_lopsided(comparison)) engine.random_pairs = lopsided_draws;
  engine.floor = by_rules ? floor : options.threshold;
  engine.threshold = options.threshold;
  engine.different = different;
  if (!rescan) engine.fresh = fitted->fresh;
  const Companions companions = options.u_among_candidates
                                    ? Companions()
                                    : Companions::measure(comparison, options.threads, options.seed);
  const NamePairs names = name_pairs(comparison, options);
  Scorer scorer(comparison, chance, companions);
  scorer.use_name_pairs(names);
  result.diagnostics.clock.lap("values and chance");
  std::vector<CutRule> rules;
  std::vector<Link> as_scored;
  if (by_rules) {
    auto blocks = blocks_of_run(comparison, fitted ? options.continuation.earlier : nullptr, options.rules,
                                pairs_per_row, options.threads, rules);
    SCRUTINEER_CHECK(
        score_links(scorer, chance, std::move(blocks), model, engine, options, fitted.has_value(), result));
    if (!rescan) add_taken_over(*fitted, options.threshold, result.links, result.diagnostics);
    sort_links(result.links, options.threads);  // in an order that does not tell which were taken over
    if (options.continuation.keep) as_scored = result.links;
    if (options.competing) let_links_compete(scorer, options, result);
  } else {
    SCRUTINEER_TRY(result.links, score_candidates(scorer, chance, candidates, options.model, engine,
                                                  result.model, result.diagnostics));
    if (options.competing) let_compete(scorer, candidates.pairs, options, result);
    result.diagnostics.clock.lap("learning, comparing");
  }
  if (options.one_to_one) expect_without(one_to_one(result.links, left_rows, right_rows), result.diagnostics);
  sort_links(result.links, options.threads);
  if (options.keep_per_left > 0) keep_best(result.links, options.keep_per_left);
  if (options.continuation.keep) {
    leave_state(std::move(comparison), options.continuation, rules, result.model, result.diagnostics,
                result.state);
  }
  if (result.state) {
    result.state->rules_were_chosen = options.rules.empty();
    result.state->seed = options.seed;
    result.state->floor = floor;
    result.state->links = std::move(as_scored);
  }
  return result;
}

Result<std::vector<PairExplanation>> explain_pairs(std::span<const Field> fields, std::size_t left_rows,
                                                   std::size_t right_rows, const Model& model,
                                                   const LinkOptions& options, std::span<const Link> pairs) {
  SCRUTINEER_CHECK(check(fields, left_rows, options));
  SCRUTINEER_TRY(
      const Comparison comparison,
      Comparison::make(fields, left_rows, right_rows, nested_fields(fields, options), options.threads));
  for (const Link& pair : pairs) {
    if (pair.left >= left_rows || pair.right >= right_rows)
      return wrong_usage("a pair names a row that is not there");
  }
  Chance chance(comparison, chance_options(comparison, options));
  const Companions companions = options.u_among_candidates
                                    ? Companions()
                                    : Companions::measure(comparison, options.threads, options.seed);
  const NamePairs names = name_pairs(comparison, options);
  Scorer scorer(comparison, chance, companions);
  scorer.use_name_pairs(names);
  SCRUTINEER_CHECK(use_model(scorer, model));
  std::vector<WeightedPattern> different;
  if (options.u_among_candidates) different = within_blocks(comparison, options);
  if (!different.empty()) {
    set_means(comparison, different, chance);
  } else if (options.rules.empty() && !is_large(comparison, options)) {
    discount_known(scorer, chance, find_candidates(comparison, options).pairs, options.threads);
  }
  std::vector<PairExplanation> explanations;
  for (const Link& pair : pairs) {
    const Scorer::Parts parts = scorer.parts(pair.left, pair.right);
    PairExplanation explanation;
    explanation.prior = scorer.prior();
    explanation.dependence = parts.dependence;
    explanation.total = explanation.prior + explanation.dependence;
    for (std::size_t at = 0; at < comparison.compared().size(); ++at) {
      explanation.fields.push_back(evidence_of_field(comparison, at, parts, pair));
      explanation.total += explanation.fields.back().weight;
    }
    if (options.competing) explanation.rivals = pair.weight - explanation.total;
    explanation.total += explanation.rivals;
    explanation.probability = probability_of(explanation.total);
    explanations.push_back(std::move(explanation));
  }
  return explanations;
}

Result<PairExplanation> explain_pair(std::span<const Field> fields, std::size_t left_rows,
                                     std::size_t right_rows, const Model& model, const LinkOptions& options,
                                     const Link& pair) {
  SCRUTINEER_TRY(const std::vector<PairExplanation> explanations,
                 explain_pairs(fields, left_rows, right_rows, model, options, std::span(&pair, 1)));
  return explanations.front();
}

}  // namespace scrutineer::linkage
