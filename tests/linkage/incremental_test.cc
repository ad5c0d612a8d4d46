// Linking again after a part of a list has changed: the answer of a full run, without the work of one.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/Configuration.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "linkage/dedupe.h"
#include "linkage/fixed_point.h"
#include "linkage/link.h"
#include "linkage/state_file.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t fields_count = 5;
using Entry = std::array<std::string, fields_count>;

// A list of people some of whom are listed again with an error, told by a seed.
Entry person_of(std::uint64_t seed, std::uint64_t number) {
  static const std::vector<std::string> given = {"ann",   "anne", "mary",    "john",  "jon",   "peter",
                                                 "amina", "bill", "william", "susan", "karim", "li"};
  static const std::vector<std::string> family = {"smith", "smyth",    "jones", "hill",   "khan",
                                                  "begum", "adams",    "baker", "o'hara", "ng",
                                                  "vance", "thornley", "quigg"};
  const auto draw = [&](std::uint64_t what, std::uint64_t limit) {
    return below(mixed(seed ^ 0xA11U, 16 * number + what), limit);
  };
  const auto day = [](std::uint64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return {given[draw(0, given.size())], family[draw(1, family.size())],
          std::to_string(1940 + draw(2, 60)) + "-" + day(1 + draw(3, 12)) + "-" + day(1 + draw(4, 28)),
          "N" + std::to_string(1 + draw(5, 9)) + " " + std::to_string(1 + draw(6, 9)) + "AB",
          std::to_string(1 + draw(7, 60))};
}

Entry with_error(Entry entry, std::uint64_t random) {
  std::string& value = entry[random % fields_count];
  switch (random / 8 % 3) {
    case 0:
      value += "x";
      break;
    case 1:
      value.clear();
      break;
    default:
      if (!value.empty()) value.erase(random / 64 % value.size(), 1);
  }
  return entry;
}

std::vector<Entry> list_of(std::uint64_t seed, std::size_t people) {
  std::vector<Entry> list;
  for (std::size_t at = 0; at < people; ++at) {
    list.push_back(person_of(seed, at));
    const std::uint64_t random = mixed(seed ^ 0xE44U, at);
    if (random % 5 == 0) list.push_back(with_error(list.back(), random / 5));
  }
  return list;
}

struct Table {
  std::array<TextColumn, fields_count> columns;
  std::size_t rows;

  explicit Table(const std::vector<Entry>& list) : rows(list.size()) {
    for (const Entry& entry : list) {
      for (std::size_t field = 0; field < fields_count; ++field) columns[field].append(entry[field]);
    }
  }
};

std::vector<Field> fields_of(const Table& left, const Table& right) {
  constexpr std::array<std::pair<const char*, Role>, fields_count> what = {{{"given", Role::given_name},
                                                                            {"family", Role::family_name},
                                                                            {"birth_date", Role::date},
                                                                            {"postcode", Role::code},
                                                                            {"number", Role::number}}};
  std::vector<Field> fields;
  for (std::size_t at = 0; at < fields_count; ++at)
    fields.push_back({what[at].first, what[at].second, &left.columns[at], &right.columns[at]});
  return fields;
}

std::vector<BlockRule> rules_of(std::span<const Field> fields) {
  std::vector<BlockRule> rules;
  for (const char* const text :
       {"birth_date", "given+family", "postcode+soundex(family)", "year(birth_date)"})
    rules.push_back(*parse_block_rule(text, fields));
  return rules;
}

// An answer as text, and the state that the run leaves as bytes.
struct Answer {
  std::string text;
  std::string state;
  std::uint64_t pairs_compared = 0;
  std::vector<std::string> notes;
};

std::string text_of(std::span<const Link> links) {
  std::string text;
  for (const Link& link : links) {
    text += std::to_string(link.left) + "," + std::to_string(link.right) + "," + std::to_string(link.weight) +
            "," + std::to_string(link.probability) + "\n";
  }
  return text;
}

struct Asked {
  std::string state;  // of the earlier run; empty: none
  bool rescan = false;
  std::uint64_t seed = 1;
  std::string settings = "test";
  bool competing = false;  // of links
  double threshold = 0.1;
};

Answer run_dedupe(const std::vector<Entry>& list, const Asked& asked) {
  const Table table(list);
  const std::vector<Field> fields = fields_of(table, table);
  DedupeOptions options;
  options.threads = 2;
  options.seed = asked.seed;
  options.rules = rules_of(fields);
  std::optional<LinkageState> earlier;
  if (!asked.state.empty()) earlier = state_from_bytes(asked.state, "state").value();
  options.continuation = {earlier ? &*earlier : nullptr, true, asked.rescan, asked.settings};
  const DedupeResult result = dedupe(fields, table.rows, options).value();
  Answer answer;
  answer.text = text_of(result.pairs);
  for (const std::uint32_t person : result.person) answer.text += std::to_string(person) + "\n";
  answer.state = to_bytes(result.state.value());
  answer.pairs_compared = result.diagnostics.pairs_compared;
  answer.notes = result.diagnostics.notes;
  return answer;
}

Answer run_link(const std::vector<Entry>& left_list, const std::vector<Entry>& right_list,
                const Asked& asked) {
  const Table left(left_list);
  const Table right(right_list);
  const std::vector<Field> fields = fields_of(left, right);
  LinkOptions options;
  options.threads = 2;
  options.seed = asked.seed;
  options.threshold = asked.threshold;
  options.competing = asked.competing;
  if (asked.competing) options.movable_fields = {3, 4};
  options.rules = rules_of(fields);
  std::optional<LinkageState> earlier;
  if (!asked.state.empty()) earlier = state_from_bytes(asked.state, "state").value();
  options.continuation = {earlier ? &*earlier : nullptr, true, asked.rescan, asked.settings};
  const LinkResult result = link(fields, left.rows, right.rows, options).value();
  return {text_of(result.links), to_bytes(result.state.value()), result.diagnostics.pairs_compared,
          result.diagnostics.notes};
}

// The list after a random part of it was changed, removed, added to, and perhaps put into another order.
std::vector<Entry> edited(std::vector<Entry> list, std::uint64_t seed) {
  const std::size_t edits = 1 + seed % 12;
  for (std::size_t edit = 0; edit < edits; ++edit) {
    const std::uint64_t random = mixed(seed, edit);
    const std::size_t at = static_cast<std::size_t>(random / 16 % list.size());
    switch (random % 5) {
      case 0:
        list[at] = with_error(list[at], random / 1024);
        break;
      case 1:
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 2:
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), person_of(seed, edit));
        break;
      case 3:  // listed once more, as it stands or with an error
        list.push_back(random / 1024 % 2 == 0 ? list[at] : with_error(list[at], random / 2048));
        break;
      default:
        if (random / 1024 % 8 == 0) std::swap(list[at], list[random / 8192 % list.size()]);
    }
  }
  return list;
}

// A property of lists told by a seed, for fewer of them than RapidCheck's hundred: each is several runs.
template <typename Property>
void holds_for_some(const Property& property) {
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = "the answer of a full run";
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = 8;
  const auto result = rc::detail::checkTestable(
      [&] { property(*rc::gen::inRange<std::uint64_t>(0, 1'000'000)); }, metadata, params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << told.str();
}

// Blocks cut down from `rows` on, which else only large lists know.
std::string with_cut_blocks(const std::string& bytes, std::uint64_t rows) {
  LinkageState state = state_from_bytes(bytes, "state").value();
  for (CutRule& rule : state.rules) rule.largest_block = rows;
  return to_bytes(state);
}

TEST(Incremental, DedupeGivesTheAnswerOfAFullRun) {
  holds_for_some([](std::uint64_t seed) {
    const std::vector<Entry> first = list_of(seed, 150);
    std::string basis = run_dedupe(first, {}).state;
    if (seed % 2 == 0) basis = run_dedupe(first, {with_cut_blocks(basis, 4), true}).state;
    std::vector<Entry> list = first;
    std::string state = basis;
    // Twice: what the first incremental run leaves must be as good as what a full one leaves.
    for (std::uint64_t step = 0; step < 2; ++step) {
      list = edited(list, mixed(seed, 77 + step));
      const Answer full = run_dedupe(list, {basis, true});
      const Answer incremental = run_dedupe(list, {state});
      RC_ASSERT(incremental.text == full.text);
      RC_ASSERT(incremental.pairs_compared < full.pairs_compared);
      state = incremental.state;
    }
  });
}

TEST(Incremental, LinkGivesTheAnswerOfAFullRun) {
  holds_for_some([](std::uint64_t seed) {
    const std::vector<Entry> everyone = list_of(seed, 200);
    std::vector<Entry> left(everyone.begin(), everyone.begin() + 120);
    std::vector<Entry> right(everyone.begin() + 60, everyone.end());
    std::string basis = run_link(left, right, {}).state;
    if (seed % 2 == 0) basis = run_link(left, right, {with_cut_blocks(basis, 4), true}).state;
    std::string state = basis;
    for (std::uint64_t step = 0; step < 2; ++step) {
      left = edited(left, mixed(seed, 7 + step));
      right = edited(right, mixed(seed, 70 + step));
      const Answer full = run_link(left, right, {basis, true});
      const Answer incremental = run_link(left, right, {state});
      RC_ASSERT(incremental.text == full.text);
      RC_ASSERT(incremental.pairs_compared < full.pairs_compared);
      state = incremental.state;
    }
  });
}

// Against a register, whose entries are rivals of each other: what is kept are pairs by themselves, so that
// another threshold takes over as well.
TEST(Incremental, LinkToARegisterGivesTheAnswerOfAFullRun) {
  const auto run = [](const std::vector<Entry>& left, const std::vector<Entry>& right,
                      const std::string& state, bool rescan, double threshold) {
    return run_link(left, right, {state, rescan, 1, "test", true, threshold});
  };
  holds_for_some([&](std::uint64_t seed) {
    const std::vector<Entry> everyone = list_of(seed, 300);
    std::vector<Entry> left(everyone.begin(), everyone.begin() + 120);
    std::vector<Entry> right(everyone.begin() + 20, everyone.end());
    const std::string basis = run(left, right, "", false, 0.1).state;
    std::string state = basis;
    for (std::uint64_t step = 0; step < 2; ++step) {
      left = edited(left, 2 * mixed(seed, 7 + step));
      right = edited(right, mixed(seed, 70 + step));
      const double threshold = step == 0 ? 0.1 : 0.5;
      const Answer full = run(left, right, basis, true, threshold);
      const Answer incremental = run(left, right, state, false, threshold);
      RC_ASSERT(incremental.text == full.text);
      RC_ASSERT(incremental.pairs_compared < full.pairs_compared);
      state = incremental.state;
    }
  });
}

TEST(Incremental, AnUnchangedListIsNotComparedAtAll) {
  const std::vector<Entry> list = list_of(3, 300);
  const Answer first = run_dedupe(list, {});
  const Answer again = run_dedupe(list, {first.state});
  EXPECT_EQ(again.pairs_compared, 0U);
  EXPECT_EQ(again.text, first.text);
  EXPECT_EQ(again.state, first.state);
  // The reference and the model alone give the first run's answer too.
  EXPECT_EQ(run_dedupe(list, {first.state, true}).text, first.text);
}

TEST(Incremental, OneChangedEntryIsComparedWithItsBlocksAlone) {
  std::vector<Entry> list = list_of(4, 1000);
  const Answer first = run_dedupe(list, {});
  list[500][0] = "zebedee";
  const Answer again = run_dedupe(list, {first.state});
  EXPECT_GT(again.pairs_compared, 0U);
  EXPECT_LT(again.pairs_compared, 100U);
  EXPECT_EQ(again.text, run_dedupe(list, {first.state, true}).text);
}

TEST(Incremental, StartsAnewAndSaysSoWhereTheRunIsAnother) {
  const std::vector<Entry> list = list_of(5, 200);
  const Answer first = run_dedupe(list, {});
  const auto said = [](const Answer& answer) {
    return std::any_of(answer.notes.begin(), answer.notes.end(), [](const std::string& note) {
      return note.starts_with("A full run, with a new model");
    });
  };
  EXPECT_FALSE(said(run_dedupe(list, {first.state})));
  const Answer other_seed = run_dedupe(list, {first.state, false, 2});
  EXPECT_TRUE(said(other_seed));
  EXPECT_EQ(other_seed.text, run_dedupe(list, {"", false, 2}).text);
  EXPECT_TRUE(said(run_dedupe(list, {first.state, false, 1, "another version"})));
  // A list of other people is a new list.
  const std::vector<Entry> others = list_of(6, 200);
  const Answer replaced = run_dedupe(others, {first.state});
  EXPECT_TRUE(said(replaced));
  EXPECT_EQ(replaced.text, run_dedupe(others, {}).text);
  // A run on two rolls takes nothing over from a run on one.
  EXPECT_TRUE(said(run_link(list, others, {first.state})));
}

TEST(StateFile, ReadsBackToTheByteAndRefusesAnyChange) {
  const Answer one = run_dedupe(list_of(7, 60), {});
  const Answer two = run_link(list_of(8, 60), list_of(8, 70), {});
  for (const std::string& state : {one.state, two.state}) {
    EXPECT_EQ(to_bytes(state_from_bytes(state, "state").value()), state);
    for (std::size_t at = 0; at < state.size(); at += 1 + state.size() / 97) {
      std::string changed = state;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      EXPECT_FALSE(state_from_bytes(changed, "state")) << at;
      EXPECT_FALSE(state_from_bytes(state.substr(0, at), "state")) << at;
    }
  }
  EXPECT_FALSE(state_from_bytes("", "state"));
  EXPECT_FALSE(state_from_bytes("id,person_id\n1,1\n", "state"));
}

// Behind the digest: whatever the bytes, they are refused or make a state whose numbers are in range.
RC_GTEST_PROP(StateFile, HoldsTogetherOrIsRefused, ()) {
  static const std::string state = run_dedupe(list_of(9, 40), {}).state;
  constexpr std::string_view head = "scrutineer linkage state 1\n";
  std::string body = state.substr(head.size(), state.size() - head.size() - 64);
  const auto changes = *rc::gen::inRange(1, 4);
  for (int change = 0; change < changes; ++change) {
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
    body[at] = static_cast<char>(*rc::gen::inRange(0, 256));
  }
  const auto read = state_from_body(body, "state");
  if (!read) return;
  for (const auto& codes : read->left.codes) RC_ASSERT(codes.size() >= read->left.reference.active);
  for (const Link& link : read->links) RC_ASSERT(link.right < read->left.reference.active);
  for (const std::uint32_t row : read->left.reference.rows) RC_ASSERT(row < read->left.codes.front().size());
}

}  // namespace
}  // namespace scrutineer::linkage
