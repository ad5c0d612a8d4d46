#include "linkage/incremental.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "linkage/block_engine.h"
#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"
#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

constexpr double most_new = 0.25;  // share of the rows that are not of the reference
constexpr std::uint32_t nowhere = StringPool::absent;

using Codes = std::vector<std::vector<std::uint32_t>>;  // [field][row]

// For each row of now the kept row with the same values, each kept row once and in order; else `nowhere`.
std::vector<std::uint32_t> matched_rows(const Codes& kept, const Codes& now) {
  const std::size_t kept_rows = kept.front().size();
  const std::size_t rows = kept_rows + now.front().size();
  const auto code = [&](std::size_t field, std::uint32_t row) {
    return row < kept_rows ? kept[field][row] : now[field][row - kept_rows];
  };
  const auto compare = [&](std::uint32_t one, std::uint32_t other) {
    for (std::size_t field = 0; field < kept.size(); ++field) {
      if (code(field, one) != code(field, other)) return code(field, one) < code(field, other) ? -1 : 1;
    }
    return 0;
  };
  std::vector<std::uint64_t> sorted(rows);  // half a hash, then the row: kept rows come first
  for (std::uint32_t row = 0; row < rows; ++row) {
    std::uint64_t hash = 0;
    for (std::size_t field = 0; field < kept.size(); ++field) hash = mixed(hash, code(field, row));
    sorted[row] = (hash & ~std::uint64_t{0xFFFFFFFFU}) | row;
  }
  radix_sort(sorted, 32);
  std::vector<std::uint32_t> found(now.front().size(), nowhere);
  std::vector<std::uint32_t> run;
  for (std::size_t from = 0; from < rows;) {
    run.clear();
    const std::uint64_t high = sorted[from] >> 32U;
    for (; from < rows && sorted[from] >> 32U == high; ++from)
      run.push_back(static_cast<std::uint32_t>(sorted[from]));
    const bool one_value = std::all_of(run.begin(), run.end(),
                                       [&](std::uint32_t row) { return compare(row, run.front()) == 0; });
    if (!one_value) {
      std::stable_sort(run.begin(), run.end(),
                       [&](std::uint32_t one, std::uint32_t other) { return compare(one, other) < 0; });
    }
    for (auto at = run.begin(); at != run.end();) {
      auto next_kept = at;
      const auto first_now = std::find_if(
          at, run.end(), [&](std::uint32_t row) { return row >= kept_rows || compare(row, *at) != 0; });
      auto end = first_now;
      for (; end != run.end() && compare(*end, *at) == 0; ++end) {
        if (next_kept != first_now) found[*end - kept_rows] = *next_kept++;
      }
      at = end;
    }
  }
  return found;
}

// One table of now: codes of its rows, then of reference rows that are not among them.
struct FittedTable {
  Codes codes;
  TableReference reference;
  std::vector<std::uint8_t> fresh;
  std::vector<std::uint32_t> of_last;  // row of now of each row of the last run, or `nowhere`
  std::uint64_t rows_fresh = 0;
  std::uint64_t not_of_reference = 0;
};

FittedTable fit_table(KeptTable& kept, Codes now) {
  FittedTable fitted;
  const std::vector<std::uint32_t> found = matched_rows(kept.codes, now);
  const std::size_t last_rows = kept.reference.active;
  std::vector<std::uint32_t> row_of(kept.codes.front().size(), nowhere);
  for (std::uint32_t row = 0; row < found.size(); ++row) {
    if (found[row] != nowhere) row_of[found[row]] = row;
  }
  fitted.of_last.assign(row_of.begin(), row_of.begin() + static_cast<std::ptrdiff_t>(last_rows));
  fitted.codes = std::move(now);
  fitted.reference.active = found.size();
  std::uint64_t of_reference = 0;
  for (const std::uint32_t row : kept.reference.rows) {
    if (row_of[row] != nowhere) {
      ++of_reference;
      fitted.reference.rows.push_back(row_of[row]);
      continue;
    }
    fitted.reference.rows.push_back(static_cast<std::uint32_t>(fitted.codes.front().size()));
    for (std::size_t field = 0; field < fitted.codes.size(); ++field)
      fitted.codes[field].push_back(kept.codes[field][row]);
  }
  fitted.not_of_reference = found.size() - of_reference;
  fitted.fresh.assign(fitted.codes.front().size(), 0);
  for (std::size_t row = 0; row < found.size(); ++row) {
    // One that was there at first, went and came back is compared again.
    if (found[row] != nowhere && found[row] < last_rows) continue;
    fitted.fresh[row] = 1;
    ++fitted.rows_fresh;
  }
  return fitted;
}

// People of one table: who is as before, and who must be found anew.
void fit_people(const LinkageState& state, const FittedTable& table, Fitted& fitted) {
  const std::vector<std::uint32_t>& of_last = table.of_last;
  fitted.touched.assign(table.fresh.begin(), table.fresh.end());
  fitted.person.resize(table.fresh.size());
  std::iota(fitted.person.begin(), fitted.person.end(), 0U);
  // Groups are found along rows in their order: where that is another, all are found anew.
  std::uint32_t before = 0;
  bool in_order = true;
  for (const std::uint32_t row : of_last) {
    if (row == nowhere) continue;
    in_order = in_order && row >= before;
    before = row;
  }
  if (!in_order || state.constrained) fitted.touched.assign(fitted.touched.size(), 1);
  for (const Link& link : state.links) {
    if (of_last[link.left] == nowhere && of_last[link.right] != nowhere)
      fitted.touched[of_last[link.right]] = 1;
    if (of_last[link.right] == nowhere && of_last[link.left] != nowhere)
      fitted.touched[of_last[link.left]] = 1;
  }
  for (std::size_t last = 0; last < of_last.size(); ++last) {
    const std::uint32_t first = of_last[state.person[last]];
    if (of_last[last] != nowhere && first != nowhere) fitted.person[of_last[last]] = first;
  }
}

std::string rule_text(const BlockRule& rule) {
  std::string text = rule.unordered ? "&" : "+";
  for (const BlockPart& part : rule.parts) {
    text += std::to_string(part.field) + "." + std::to_string(static_cast<int>(part.transform)) + "." +
            std::to_string(part.length) + " ";
  }
  return text;
}

bool same_rules(const LinkageState& state, std::span<const BlockRule> rules) {
  if (rules.empty() || state.rules_were_chosen) return rules.empty() && state.rules_were_chosen;
  return std::equal(
      rules.begin(), rules.end(), state.rules.begin(), state.rules.end(),
      [](const BlockRule& rule, const CutRule& kept) { return rule_text(rule) == rule_text(kept.rule); });
}

// Why nothing can be taken over, as the end of a sentence; empty if it can.
std::string why_not(const LinkageState& state, std::span<const Field> fields, const Continuation& now,
                    std::uint64_t seed, double floor, std::span<const BlockRule> rules, const Model& model) {
  const bool one_table = !fields.empty() && fields.front().left == fields.front().right;
  if (state.settings != now.settings) return "it was left by another version or with other settings";
  if (state.one_table != one_table) return "it was left by a run on another number of rolls";
  const bool same_fields = std::equal(fields.begin(), fields.end(), state.fields.begin(), state.fields.end(),
                                      [](const Field& field, const KeptField& kept) {
                                        return field.name == kept.name && field.role == kept.role;
                                      });
  if (!same_fields) return "other fields were compared";
  if (!same_rules(state, rules)) return "other blocking rules were given";
  if (state.seed != seed) return "the seed was another";
  if (state.floor != floor) return "the threshold, or whether entries are rivals, was another";
  if (!model.empty() && to_json(model) != to_json(state.model)) return "another model is given";
  return {};
}

// None if too few of the rows are of the reference.
std::optional<Fitted> fit_state(LinkageState& state, std::span<const Field> fields) {
  std::vector<FieldValues> values(fields.size());
  Codes left;
  Codes right;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    values[at].name = fields[at].name;
    values[at].role = fields[at].role;
    values[at].same_table = state.one_table;
    values[at].pool = std::move(state.fields[at].values);
    left.push_back(recoded(*fields[at].left, fields[at].role, values[at].pool));
    if (!state.one_table) right.push_back(recoded(*fields[at].right, fields[at].role, values[at].pool));
  }
  FittedTable of_left = fit_table(state.left, std::move(left));
  FittedTable of_right;
  if (!state.one_table) of_right = fit_table(state.right, std::move(right));
  for (const FittedTable* const table : {&of_left, &of_right}) {
    const auto not_of_reference = static_cast<double>(table->not_of_reference);
    if (not_of_reference > most_new * static_cast<double>(table->reference.active)) return std::nullopt;
  }
  const std::vector<std::uint32_t>& right_of_last = state.one_table ? of_left.of_last : of_right.of_last;
  Fitted fitted;
  for (const Link& link : state.links) {
    Link now = link;
    now.left = of_left.of_last[link.left];
    now.right = right_of_last[link.right];
    if (now.left == nowhere || now.right == nowhere) continue;
    if (state.one_table && now.right < now.left) std::swap(now.left, now.right);
    fitted.links.push_back(now);
  }
  for (const FittedTable* const table : {&of_left, &of_right}) {
    fitted.rows_fresh += table->rows_fresh;
    fitted.rows += table->reference.active;
    fitted.rows_gone +=
        static_cast<std::uint64_t>(std::count(table->of_last.begin(), table->of_last.end(), nowhere));
  }
  if (state.one_table) fit_people(state, of_left, fitted);
  fitted.fresh = std::move(of_left.fresh);
  fitted.fresh.insert(fitted.fresh.end(), of_right.fresh.begin(), of_right.fresh.end());
  const std::size_t left_rows = of_left.codes.front().size();
  const std::size_t right_rows = state.one_table ? left_rows : of_right.codes.front().size();
  ReferenceRows reference;
  reference.left = std::move(of_left.reference);
  if (!state.one_table) reference.right = std::move(of_right.reference);
  for (std::size_t at = 0; at < fields.size(); ++at) {
    values[at].left = std::move(of_left.codes[at]);
    if (!state.one_table) values[at].right = std::move(of_right.codes[at]);
    count_values(values[at], reference);
  }
  fitted.comparison = Comparison::make(std::move(values), left_rows, right_rows, {}, std::move(reference));
  return fitted;
}

}  // namespace

std::optional<Fitted> take_over(const Continuation& continuation, std::span<const Field> fields,
                                std::uint64_t seed, double floor, std::span<const BlockRule> rules,
                                const Model& model, std::vector<std::string>& notes) {
  if (continuation.earlier == nullptr) return std::nullopt;
  LinkageState& state = *continuation.earlier;
  const std::string objection = why_not(state, fields, continuation, seed, floor, rules, model);
  std::optional<Fitted> fitted;
  if (objection.empty()) fitted = fit_state(state, fields);
  if (!fitted) {
    notes.push_back("A full run, with a new model: nothing is taken over from the earlier run, because " +
                    (objection.empty() ? "more than a quarter of the entries are not those by which it "
                                         "measured what chance can do"
                                       : objection) +
                    ".");
  }
  return fitted;
}

std::vector<BlocksOfRule> blocks_of_run(const Comparison& comparison, const LinkageState* earlier,
                                        std::span<const BlockRule> given, double pairs_per_row,
                                        unsigned threads, std::vector<CutRule>& cut) {
  auto blocks = earlier != nullptr ? same_blocks(comparison, earlier->rules, threads)
                : given.empty()    ? chosen_blocks(comparison, pairs_per_row, threads)
                                   : given_blocks(comparison, given, threads);
  for (const BlocksOfRule& of_rule : blocks) cut.push_back(of_rule.cut);
  return blocks;
}

void add_taken_over(const Fitted& fitted, double threshold, std::vector<Link>& links,
                    Diagnostics& diagnostics) {
  links.insert(links.end(), fitted.links.begin(), fitted.links.end());
  diagnostics.expected_false = diagnostics.expected_missed = 0;
  for (const Link& link : links) {
    (link.probability >= threshold ? diagnostics.expected_false : diagnostics.expected_missed) +=
        link.probability >= threshold ? 1 - link.probability : link.probability;
  }
  diagnostics.notes.push_back(
      std::to_string(fitted.rows_fresh) + " of " + std::to_string(fitted.rows) +
      " entries are new or changed since the earlier run, " + std::to_string(fitted.rows_gone) +
      " are gone or as they were no longer; pairs of the others were not compared again: " +
      std::to_string(fitted.links.size()) + " were taken over.");
}

void leave_state(Comparison&& comparison, const Continuation& continuation, std::span<const CutRule> rules,
                 const Model& model, Diagnostics& diagnostics, std::optional<LinkageState>& left) {
  if (rules.empty()) {
    diagnostics.notes.emplace_back(
        "Nothing is kept for the next run, which will be a full one: in a list this short candidates are "
        "nearest neighbours, which depend on all entries. With blocking rules (--block) there is no such "
        "bound.");
    return;
  }
  LinkageState& state = left.emplace();
  state.settings = continuation.settings;
  state.model = model;
  state.one_table = comparison.same_table();
  state.rules.assign(rules.begin(), rules.end());
  const auto keep_reference = [&](Side side, KeptTable& table) {
    table.reference.active = comparison.active_rows(side);
    for (std::size_t at = 0; at < comparison.reference_rows(side); ++at)
      table.reference.rows.push_back(comparison.reference_row(side, at));
  };
  keep_reference(Side::left, state.left);
  if (!state.one_table) keep_reference(Side::right, state.right);
  for (FieldValues& values : std::move(comparison).release_values()) {
    state.fields.push_back({values.name, values.role, std::move(values.pool)});
    state.left.codes.push_back(std::move(values.left));
    if (!state.one_table) state.right.codes.push_back(std::move(values.right));
  }
}

std::vector<std::uint8_t> touched_components(std::span<const Link> links,
                                             std::span<const std::uint8_t> touched) {
  UnionFind sets(touched.size());
  for (const Link& link : links) sets.unite(link.left, link.right);
  std::vector<std::uint8_t> of_root(touched.size(), 0);
  for (std::uint32_t row = 0; row < touched.size(); ++row) of_root[sets.find(row)] |= touched[row];
  std::vector<std::uint8_t> found(touched.size());
  for (std::uint32_t row = 0; row < touched.size(); ++row) found[row] = of_root[sets.find(row)];
  return found;
}

}  // namespace scrutineer::linkage
