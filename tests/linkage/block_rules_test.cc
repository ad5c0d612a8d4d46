// Blocking rules and the kernels that compare within blocks: each against its twin by the textbook.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "linkage/block_engine.h"
#include "linkage/block_pairs.h"
#include "linkage/block_scoring.h"
#include "linkage/dedupe.h"
#include "linkage/edit_distance.h"
#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"
#include "linkage/name_pairs.h"
#include "linkage/packed_text.h"
#include "linkage/pair_filter.h"
#include "linkage/radix_sort.h"
#include "linkage/short_names.h"

namespace scrutineer::linkage {
namespace {

// Few letters, so that strings are often near each other.
rc::Gen<std::string> short_text(std::size_t longest) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, longest + 1), [](std::size_t length) {
    return rc::gen::container<std::string>(length, rc::gen::elementOf(std::string("0123")));
  });
}

RC_GTEST_PROP(PackedText, OneEditIsTheTextbooks, ()) {
  const std::string left = *short_text(8);
  const std::string right = *short_text(8);
  RC_ASSERT(packed_within_one_edit(packed(left), static_cast<unsigned>(left.size()), packed(right),
                                   static_cast<unsigned>(right.size())) == within_one_edit(left, right));
}

TEST(PackedText, TwoEditsOfEightAreTheTextbooksForAllStringsOfTwoLetters) {
  // Strings over two letters show every shape of shift, swap and substitution.
  for (unsigned one = 0; one < 256; ++one) {
    for (unsigned two = 0; two < 256; ++two) {
      std::string left, right;
      for (unsigned bit = 0; bit < 8; ++bit) {
        left += (one >> bit & 1U) != 0 ? 'a' : 'b';
        right += (two >> bit & 1U) != 0 ? 'a' : 'b';
      }
      ASSERT_EQ(eight_within_two_edits(packed(left), packed(right)), osa_distance(left, right) <= 2)
          << left << ' ' << right;
    }
  }
}

RC_GTEST_PROP(PackedText, TwoEditsOfEightAreTheTextbooks, ()) {
  const auto eight = rc::gen::container<std::string>(8, rc::gen::elementOf(std::string("0129")));
  const std::string left = *eight;
  const std::string right = *eight;
  RC_ASSERT(eight_within_two_edits(packed(left), packed(right)) == (osa_distance(left, right) <= 2));
}

RC_GTEST_PROP(RadixSort, FromABitUpKeepsTheOrderOfTheRest, ()) {
  const auto keys =
      *rc::gen::container<std::vector<std::uint64_t>>(600, rc::gen::inRange<std::uint64_t>(0, 5000));
  std::vector<std::uint64_t> expected = keys;
  std::stable_sort(expected.begin(), expected.end(),
                   [](std::uint64_t a, std::uint64_t b) { return a >> 6U < b >> 6U; });
  std::vector<std::uint64_t> sorted = keys;
  radix_sort(sorted, 6);
  RC_ASSERT(sorted == expected);
}

// Jaro's m by the textbook: each letter of the left takes the first free one like it within the window.
unsigned textbook_common(const std::string& left, const std::string& right) {
  const std::size_t half = std::max(left.size(), right.size()) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  std::vector<bool> taken(right.size());
  unsigned common = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    for (std::size_t other = 0; other < right.size(); ++other) {
      const std::size_t apart = at > other ? at - other : other - at;
      if (taken[other] || apart > window || left[at] != right[other]) continue;
      taken[other] = true;
      ++common;
      break;
    }
  }
  return common;
}

RC_GTEST_PROP(ShortNames, CountCommonLettersAsTheTextbookDoes, ()) {
  const auto text = rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 17), [](std::size_t length) {
    return rc::gen::container<std::string>(length, rc::gen::elementOf(std::string("abcd")));
  });
  const std::string left = *text;
  const std::string right = *text;
  std::array<char, 16> mine{}, other{};
  std::copy(left.begin(), left.end(), mine.begin());
  std::copy(right.begin(), right.end(), other.begin());
  RC_ASSERT(common_in_window(mine, static_cast<unsigned>(left.size()), other,
                             static_cast<unsigned>(right.size())) == textbook_common(left, right));
}

// A small roll whose values are near each other in every way that a level knows.
struct SmallRoll {
  TextColumn given, family, date, code, number, sex, text;

  void add_random_row() {
    const auto pick = [](TextColumn& column, std::initializer_list<const char*> values) {
      column.append(*rc::gen::elementOf(std::vector<std::string>(values.begin(), values.end())));
    };
    pick(given, {"", "ann", "anne", "anna", "a", "william", "bill", "will", "smith", "mohammed", "muhammad",
                 "ann mary", "annabellannabellannabellannabellannabell"});
    pick(family, {"", "smith", "smyth", "smit", "htims", "jones", "jnoes", "ann", "o", "ann smith", "begum",
                  "bibi", "cox", "cxo"});
    pick(date, {"", "1980-02-14", "1980-02-15", "1980-14-02", "1980-01-01", "1981-02-14", "1980", "1981",
                "1908-02-14", "9180-02-41", "2080-12-31", "12/3", "0198-00-21"});
    pick(code,
         {"", "N1 7AA", "N1 7AB", "N17A", "N1 8AA", "NW1 7AA", "E2 0AA", "90210", "90211", "12345678901"});
    pick(number, {"", "1", "12", "12a", "12b", "21", "112", "a", "b12", "123456789"});
    pick(sex, {"", "f", "m", "female", "femal", "unknown to us"});
    pick(text, {"", "high street", "hgih street", "low road", "high road", "road"});
  }

  [[nodiscard]] std::size_t rows() const { return given.size(); }
};

std::vector<Field> fields_of(const SmallRoll& left, const SmallRoll& right) {
  return {{"given", Role::given_name, &left.given, &right.given},
          {"family", Role::family_name, &left.family, &right.family},
          {"birth", Role::date, &left.date, &right.date},
          {"code", Role::code, &left.code, &right.code},
          {"number", Role::number, &left.number, &right.number},
          {"sex", Role::category, &left.sex, &right.sex},
          {"text", Role::text, &left.text, &right.text},
          {"tag", Role::exact, &left.sex, &right.sex}};
}

SmallRoll random_roll(std::size_t rows) {
  SmallRoll roll;
  for (std::size_t row = 0; row < rows; ++row) roll.add_random_row();
  return roll;
}

std::vector<BlockRule> rules_of(std::span<const Field> fields, std::initializer_list<const char*> texts) {
  std::vector<BlockRule> rules;
  for (const char* const text : texts) {
    auto rule = parse_block_rule(text, fields);
    EXPECT_TRUE(rule.has_value()) << text;
    if (rule) rules.push_back(*rule);
  }
  return rules;
}

void kernels_agree(const Comparison& comparison) {
  const std::size_t rows = comparison.left_rows();
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const Kind kind = comparison.compared()[field].kind;
    const auto keys = value_keys(comparison, field);
    if (level_kernel(kind) == nullptr) continue;
    std::vector<ValueKey> of_rows;
    std::vector<std::uint64_t> words(rows, 0);
    for (std::size_t row = 0; row < rows; ++row) {
      of_rows.push_back(keys[comparison.code(field, row, Side::left)]);
      for (std::size_t other = 0; other < comparison.values().size(); ++other)
        words[row] |= word_bits(comparison, other, comparison.values()[other].left_code(row));
    }
    std::vector<std::uint8_t> levels(rows), portable(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      level_kernel(kind)(of_rows[row], words[row], of_rows.data(), words.data(), rows, levels.data());
      portable_level_kernel(kind)(of_rows[row], words[row], of_rows.data(), words.data(), rows,
                                  portable.data());
      RC_ASSERT(levels == portable);
      for (std::size_t other = 0; other < rows; ++other) {
        if (levels[other] == level_asked || levels[other] == level_unbounded) continue;
        RC_ASSERT(int{levels[other]} == int{comparison.compare(field, row, other).level});
      }
    }
  }
}

RC_GTEST_PROP(LevelKernels, SayWhatTheComparisonSaysOrAsk, ()) {
  const SmallRoll roll = random_roll(12);
  const auto comparison = Comparison::make(fields_of(roll, roll), roll.rows(), roll.rows(), {});
  RC_ASSERT(comparison.has_value());
  kernels_agree(*comparison);
}

// Eight digits of few kinds, so that every way for two dates to be near occurs: digits that changed places,
// parts that did, shifts.
RC_GTEST_PROP(LevelKernels, TellDatesThatAreNearInEveryWay, ()) {
  TextColumn dates;
  const auto digits = rc::gen::container<std::string>(8, rc::gen::elementOf(std::string("0112")));
  for (int row = 0; row < 40; ++row) {
    const std::string text = "1" + (*digits).substr(1);
    dates.append(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6));
  }
  const std::vector<Field> fields = {{"birth", Role::date, &dates, &dates}};
  const auto comparison = Comparison::make(fields, dates.size(), dates.size(), {});
  RC_ASSERT(comparison.has_value());
  kernels_agree(*comparison);
}

RC_GTEST_PROP(FoldLevels, AddsDeficitsAndPutsPatternsTogether, ()) {
  const auto fields = *rc::gen::inRange<std::size_t>(1, most_fields + 1);
  const auto runs = *rc::gen::container<std::vector<std::size_t>>(4, rc::gen::inRange<std::size_t>(1, 65));
  BatchOfPairs batch, portable;
  std::size_t from = 0;
  for (const std::size_t count : runs) {
    std::vector<unsigned> expected(count, 0);
    std::vector<Pattern> patterns(count, 0);
    std::vector<bool> asked(count, false), unbounded(count, false);
    for (std::size_t field = 0; field < fields; ++field) {
      std::array<std::uint8_t, 64 + BatchOfPairs::stride> levels{};
      LevelDeficits deficits{};
      for (std::size_t at = 0; at < count; ++at) levels[at] = *rc::gen::inRange<std::uint8_t>(0, 16);
      for (std::uint8_t& deficit : deficits) deficit = *rc::gen::arbitrary<std::uint8_t>();
      fold_levels()(levels.data(), deficits, field, from, count, batch);
      portable_fold_levels()(levels.data(), deficits, field, from, count, portable);
      for (std::size_t at = 0; at < count; ++at) {
        expected[at] = std::min(expected[at] + deficits[levels[at]], 255U);
        const bool is_unbounded = levels[at] == level_unbounded;
        unbounded[at] = unbounded[at] || is_unbounded;
        asked[at] = asked[at] || is_unbounded || levels[at] == level_asked;
        patterns[at] |= at_level(field, is_unbounded ? level_asked : levels[at]);
      }
    }
    for (const BatchOfPairs* const one : {&batch, &portable}) {
      for (std::size_t at = 0; at < count; ++at) {
        RC_ASSERT(one->deficits[from + at] == expected[at]);
        RC_ASSERT((one->unbounded[from + at] != 0) == unbounded[at]);
        RC_ASSERT((one->asked[from + at] != 0) == asked[at]);
        Pattern pattern = 0;
        for (std::size_t two = 0; two < (fields + 1) / 2; ++two)
          pattern |= static_cast<Pattern>(one->halves[two][from + at]) << (8 * two);
        RC_ASSERT(pattern == patterns[at]);
      }
    }
    from += count;
  }
}

RC_GTEST_PROP(SetApart, LeavesWhatIsNewAndMayStillReachTheFloor, ()) {
  const auto fields = *rc::gen::inRange<std::size_t>(1, most_fields + 1);
  const auto count = *rc::gen::inRange<std::size_t>(1, BatchOfPairs::capacity + 1);
  const auto budget = *rc::gen::arbitrary<std::uint8_t>();
  BatchOfPairs batch{};
  std::array<std::uint8_t, BatchOfPairs::capacity + BatchOfPairs::stride> met{};
  const auto random =
      *rc::gen::container<std::vector<std::uint64_t>>(met.size(), rc::gen::arbitrary<std::uint64_t>());
  LevelPairs expected{};
  std::vector<bool> left(count);
  std::size_t fresh = 0;
  for (std::size_t at = 0; at < met.size(); ++at) {
    met[at] = random[at] % 4 == 0;
    batch.deficits[at] = static_cast<std::uint8_t>(random[at] >> 8U);
    batch.unbounded[at] = random[at] >> 16U & 1U ? 0xFF : 0;
    for (std::size_t two = 0; two < batch.halves.size(); ++two)
      batch.halves[two][at] = static_cast<std::uint8_t>(random[at] * (2 * two + 1) >> 24U);
    if (at >= count || met[at] != 0) continue;
    ++fresh;
    left[at] = batch.deficits[at] <= budget || batch.unbounded[at] != 0;
    for (std::size_t field = 0; field < fields && !left[at]; ++field)
      ++expected[field][batch.halves[field / 2][at] >> (4 * (field % 2)) & 0xFU];
  }
  for (const SetApart one : {set_apart(), portable_set_apart()}) {
    LevelPairs hopeless{};
    std::array<std::uint64_t, BatchOfPairs::capacity / 64> bits{};
    RC_ASSERT(one(batch, met.data(), budget, fields, count, bits.data(), hopeless) == fresh);
    RC_ASSERT(hopeless == expected);
    for (std::size_t at = 0; at < count; ++at) RC_ASSERT((bits[at / 64] >> (at % 64) & 1U) == left[at]);
  }
}

bool same_counts(const std::vector<PatternCount>& one, const std::vector<PatternCount>& two) {
  return std::equal(one.begin(), one.end(), two.begin(), two.end(),
                    [](const PatternCount& a, const PatternCount& b) {
                      return a.pattern == b.pattern && a.pairs == b.pairs;
                    });
}

// Pairs that agree on a rule, by brute force over its keys.
std::set<PairKey> pairs_by_keys(const Comparison& comparison, std::span<const BlockRule> rules) {
  std::set<PairKey> pairs;
  const std::size_t left = comparison.left_rows();
  for (const BlockRule& rule : rules) {
    const auto keys = rule_keys(comparison, rule, 1);
    for (std::uint32_t row = 0; row < left; ++row) {
      const std::size_t from = comparison.same_table() ? row + 1 : left;
      for (std::size_t other = from; other < keys.size(); ++other) {
        if (keys[row] == 0 || keys[row] != keys[other]) continue;
        pairs.insert(
            pair_key(row, static_cast<std::uint32_t>(comparison.same_table() ? other : other - left)));
      }
    }
  }
  return pairs;
}

RC_GTEST_PROP(RuleBlocks, HoldEveryPairThatAgreesOnceAndCountItsPattern, ()) {
  const bool two_tables = *rc::gen::arbitrary<bool>();
  const SmallRoll left = random_roll(*rc::gen::inRange<std::size_t>(2, 40));
  const SmallRoll right = two_tables ? random_roll(*rc::gen::inRange<std::size_t>(1, 40)) : SmallRoll();
  const SmallRoll& other = two_tables ? right : left;
  const auto fields = fields_of(left, other);
  const auto comparison = Comparison::make(fields, left.rows(), other.rows(), {});
  RC_ASSERT(comparison.has_value());
  const auto rules =
      rules_of(fields, {"given+family", "family+year(birth)", "outward(code)", "soundex(family)", "sex"});
  const RuleBlocks blocks(*comparison, given_blocks(*comparison, rules, 1));
  auto sampled = sample_pairs(*comparison, blocks, ~std::uint64_t{0} / 2, 1, 2);
  std::sort(sampled.pairs.begin(), sampled.pairs.end());
  const auto expected = pairs_by_keys(*comparison, rules);
  RC_ASSERT(std::equal(sampled.pairs.begin(), sampled.pairs.end(), expected.begin(), expected.end()));

  const Chance chance(*comparison, {});
  const Companions companions;
  const Scorer scorer(*comparison, chance, companions);
  BlockScoreOptions options;
  options.count_only = true;
  options.threads = *rc::gen::inRange(1U, 4U);
  const auto account = score_blocks(scorer, blocks, options, {});
  RC_ASSERT(account.has_value());
  RC_ASSERT(same_counts(account->patterns, count_patterns_by_pairs(*comparison, blocks)));
}

// A scorer with some model, as training leaves it.
Model some_model(const Scorer& scorer) {
  Model model;
  model.prior = *rc::gen::elementOf(std::vector<double>{1e-5, 1e-3, 0.05});
  for (std::size_t at = 0; at < scorer.comparison().compared().size(); ++at) {
    const Compared& what = scorer.comparison().compared()[at];
    FieldModel field;
    field.name = what.name;
    field.role = what.role;
    for (const LevelDefinition& level : levels_of(what.kind)) {
      field.levels.emplace_back(level.name);
      field.m.push_back(field.m.empty() ? 0.0
                                        : *rc::gen::elementOf(std::vector<double>{0.001, 0.02, 0.3, 0.9}));
      field.u.push_back(field.m.back());
    }
    model.fields.push_back(field);
  }
  for (std::uint32_t second = 1; second < model.fields.size(); ++second) {
    Dependence edge{*rc::gen::inRange(0U, second), second, {}};
    const std::size_t levels = model.fields[edge.first].m.size() * model.fields[second].m.size();
    for (std::size_t at = 0; at < levels; ++at)
      edge.weights.push_back(*rc::gen::inRange<Weight>(-3 * weight_scale, 3 * weight_scale));
    model.dependences.push_back(std::move(edge));
  }
  return model;
}

// Scoring by blocks finds the pairs that comparing each in full finds, and counts all once.
void loses_no_pair(const Scorer& scorer, std::span<const BlockRule> rules) {
  const Comparison* const comparison = &scorer.comparison();
  const RuleBlocks blocks(*comparison, given_blocks(*comparison, rules, 1));
  BlockScoreOptions options;
  options.threads = *rc::gen::inRange(1U, 4U);
  options.floor = *rc::gen::elementOf(std::vector<double>{0.0, 0.0001, 0.02, 0.5, 0.9});
  std::vector<Link> found;
  const auto account = score_blocks(scorer, blocks, options, [&](std::span<const Link> links) -> Status {
    found.insert(found.end(), links.begin(), links.end());
    return {};
  });
  RC_ASSERT(account.has_value());
  sort_links(found);
  std::vector<Link> expected;
  const auto pairs = pairs_by_keys(*comparison, rules);
  // Every pair is counted once, and in each field those that were compared in it at their level.
  for (std::size_t field = 0; field < comparison->compared().size(); ++field) {
    std::array<std::uint64_t, most_levels> counted{}, expected_at{};
    std::uint64_t all = 0;
    for (const PatternCount& count : account->patterns) {
      counted[level_in(count.pattern, field)] += count.pairs;
      all += count.pairs;
    }
    for (std::size_t level = 0; level < most_levels; ++level) {
      counted[level] += account->hopeless[field][level];
      all += account->hopeless[field][level];
    }
    for (const PairKey pair : pairs)
      ++expected_at[comparison->compare(field, left_of(pair), right_of(pair)).level];
    RC_ASSERT(all == pairs.size());
    for (std::size_t level = 0; level < level_asked; ++level) {
      RC_ASSERT(counted[level] <= expected_at[level]);
      RC_ASSERT(counted[level] + counted[level_asked] >= expected_at[level]);
    }
  }
  for (const PairKey pair : pairs) {
    const Weight weight = scorer.weight(scorer.evidence(left_of(pair), right_of(pair)));
    const double probability = probability_of(weight);
    if (probability >= options.floor)
      expected.push_back({left_of(pair), right_of(pair), weight, probability});
  }
  sort_links(expected);
  RC_ASSERT(std::equal(found.begin(), found.end(), expected.begin(), expected.end(),
                       [](const Link& a, const Link& b) {
                         return a.left == b.left && a.right == b.right && a.weight == b.weight;
                       }));
}

RC_GTEST_PROP(PairFilter, NeverLosesAPairAtTheFloor, ()) {
  const SmallRoll roll = random_roll(40);
  const auto fields = fields_of(roll, roll);
  const auto comparison = Comparison::make(fields, roll.rows(), roll.rows(), {});
  RC_ASSERT(comparison.has_value());
  const Chance chance(*comparison, large_chance_options(1, 0));
  const Companions companions = Companions::measure(*comparison, 1, 0);
  Scorer scorer(*comparison, chance, companions);
  RC_ASSERT(use_model(scorer, some_model(scorer)).has_value());
  loses_no_pair(scorer, rules_of(fields, {"sex", "outward(code)", "family"}));
}

// Of a register that dwarfs a list, where names borne together may be rarer than either says alone.
RC_GTEST_PROP(PairFilter, LosesNoneWhereNamesAreToldTogether, ()) {
  const SmallRoll list = random_roll(12);
  const SmallRoll electors = random_roll(60);
  const auto fields = fields_of(list, electors);
  const auto comparison = Comparison::make(fields, list.rows(), electors.rows(), {});
  RC_ASSERT(comparison.has_value());
  const Chance chance(*comparison, {});
  const Companions companions = Companions::measure(*comparison, 1, 0);
  const NamePairs names = NamePairs::measure(*comparison, 0);
  RC_PRE(!names.empty());
  Scorer scorer(*comparison, chance, companions);
  scorer.use_name_pairs(names);
  RC_ASSERT(use_model(scorer, some_model(scorer)).has_value());
  loses_no_pair(scorer, rules_of(fields, {"sex", "outward(code)", "family"}));
}

TEST(BlockRules, AreReadAndRefusedWithWhatWasExpected) {
  const SmallRoll roll;
  const auto fields = fields_of(roll, roll);
  const auto comparison = Comparison::make(fields, 0, 0, {});
  ASSERT_TRUE(comparison.has_value());
  for (const char* const text : {"given", "given+family", "family+year(birth)",
                                 "month(birth)+prefix3(family)", "soundex(family)+outward(code)"}) {
    const auto rule = parse_block_rule(text, fields);
    ASSERT_TRUE(rule.has_value()) << text;
    EXPECT_EQ(to_string(*rule, comparison->values()), text);
  }
  for (const char* const text :
       {"", "+", "nobody", "given+", "year(given)", "prefix(given)", "prefix0(given)", "prefix999(given)",
        "year(birth", "soundex2(given)", "given+given+given+given+given+given+given"}) {
    const auto rule = parse_block_rule(text, fields);
    ASSERT_FALSE(rule.has_value()) << text;
    EXPECT_EQ(rule.error().category, ErrorCategory::usage);
  }
}

TEST(RuleBlocks, SplitAndNameAnOversizedBlockAndLeaveOutWhatNothingCutsDown) {
  SmallRoll roll;
  for (int row = 0; row < 4000; ++row) {
    roll.given.append(row < 3000 ? "john" : "jane");
    roll.family.append(row < 3000 ? "smith" : "jones");
    roll.date.append(row < 3000 ? std::to_string(1930 + row % 60) + "-01-01" : "");
    roll.code.append(row < 2000 ? "unknown" : "n1 " + std::to_string(row % 10) + "aa");
    roll.number.append("");
    roll.sex.append("");
    roll.text.append("");
  }
  const auto fields = fields_of(roll, roll);
  const auto comparison = Comparison::make(fields, roll.rows(), roll.rows(), {});
  const auto rules = rules_of(fields, {"given+family", "code"});
  RuleBlockOptions options;
  options.largest_block = 100;
  const BlocksOfRule names = blocks_of_rule(*comparison, rules[0], options);
  EXPECT_EQ(names.report.largest, 3000U);
  EXPECT_EQ(names.report.split, 2U);
  ASSERT_FALSE(names.report.oversized.empty());
  EXPECT_EQ(names.report.oversized.front(), "john, smith: 3000 rows");
  // Sixty years of fifty each; the thousand of another name have no date, but share ten codes of a hundred.
  EXPECT_EQ(names.pairs, 60U * (50 * 49 / 2) + 10U * (100 * 99 / 2));
  EXPECT_EQ(names.report.left_out, 0U);
  const BlocksOfRule codes = blocks_of_rule(*comparison, rules[1], options);
  ASSERT_FALSE(codes.report.oversized.empty());
  EXPECT_EQ(codes.report.oversized.front(), "unknown: 2000 rows");
  options.largest_block = 2;
  EXPECT_GT(blocks_of_rule(*comparison, rules[0], options).report.left_out, 0U);
}

TEST(DedupeByRules, SameBytesOnAnyThreadsAndOnlyPairsThatAgree) {
  SmallRoll roll;
  for (int person = 0; person < 600; ++person) {
    for (int entry = 0; entry < 1 + person % 2; ++entry) {
      roll.given.append("given" + std::string(1, static_cast<char>('a' + person % 26)));
      roll.family.append("family" + std::to_string(person / 7) + (entry == 1 && person % 10 == 1 ? "x" : ""));
      roll.date.append(std::to_string(1930 + person % 70) + "-0" + std::to_string(1 + person % 9) + "-11");
      roll.code.append("n" + std::to_string(person % 50) + " 1aa");
      roll.number.append(std::to_string(person % 90));
      roll.sex.append(person % 3 == 0 ? "f" : "m");
      roll.text.append("");
    }
  }
  const auto fields = fields_of(roll, roll);
  DedupeOptions options;
  options.rules = rules_of(fields, {"family+year(birth)", "given+birth"});
  options.threads = 1;
  const auto one = dedupe(fields, roll.rows(), options);
  options.threads = 3;
  const auto three = dedupe(fields, roll.rows(), options);
  ASSERT_TRUE(one && three);
  EXPECT_EQ(one->person, three->person);
  EXPECT_EQ(to_json(one->model), to_json(three->model));
  EXPECT_GT(one->repeated, 250U);
  ASSERT_EQ(one->diagnostics.blocks.size(), 2U);
  EXPECT_EQ(one->diagnostics.blocks[0].pass, "family+year(birth)");
  EXPECT_EQ(one->diagnostics.pairs_compared,
            one->diagnostics.blocks[0].pairs + one->diagnostics.blocks[1].pairs);
}

}  // namespace
}  // namespace scrutineer::linkage
