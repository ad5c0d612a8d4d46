// The electoral cases by name: married name, names turned about; and what reviewers decide. Moved house is in
// competition_test.cc.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdio>
#include <string>

#include "linkage/constraints.h"
#include "linkage/dedupe.h"
#include "linkage/electoral_scene.h"
#include "linkage/fixed_point.h"
#include "linkage/link.h"

namespace scrutineer::linkage {
namespace {

struct Entry {
  std::string given, family, date, number, street, postcode;
};

// A membership list with birth dates: people of a made-up borough, some of them listed twice, and of those
// some who moved or changed their name between the entries.
class List {
 public:
  explicit List(std::uint64_t seed) : seed_(seed) {
    const auto scene = tests::electoral_scene(3'000, 10, seed);
    const auto& electors = scene.electors;
    for (std::size_t row = 0; row < electors.rows(); ++row) {
      people_.push_back({std::string(electors.given[row]), std::string(electors.family[row]), birth_date(),
                         std::string(electors.number[row]), std::string(electors.street[row]),
                         std::string(electors.postcode[row])});
      add(people_.back());
    }
    for (std::size_t again = 0; again < 300; ++again) {
      Entry entry = people_[draw(people_.size())];
      const Entry& other = people_[draw(people_.size())];
      if (draw(5) == 0)
        entry.number = other.number, entry.street = other.street, entry.postcode = other.postcode;
      if (draw(8) == 0) entry.family = other.family;
      if (draw(8) == 0 && entry.given.size() > 4) entry.given.erase(2, 1);
      if (draw(10) == 0) entry.date.clear();
      add(entry);
    }
  }
  std::uint32_t add(const Entry& entry) {
    given_.append(entry.given);
    family_.append(entry.family);
    date_.append(entry.date);
    number_.append(entry.number);
    street_.append(entry.street);
    postcode_.append(entry.postcode);
    return static_cast<std::uint32_t>(given_.size() - 1);
  }
  std::uint64_t draw(std::uint64_t limit) { return below(mixed(seed_ ^ 0xCA5EU, counter_++), limit); }
  std::string birth_date() {
    const auto two = [](std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(1930 + draw(75)) + "-" + two(1 + draw(12)) + "-" + two(1 + draw(28));
  }
  [[nodiscard]] Result<DedupeResult> dedupe(DedupeOptions options = {}) const {
    options.threads = 2;
    const std::vector<Field> fields = {
        {"given", Role::given_name, &given_, &given_}, {"family", Role::family_name, &family_, &family_},
        {"birth_date", Role::date, &date_, &date_},    {"number", Role::number, &number_, &number_},
        {"street", Role::text, &street_, &street_},    {"postcode", Role::code, &postcode_, &postcode_}};
    return linkage::dedupe(fields, given_.size(), options);
  }
  [[nodiscard]] std::size_t rows() const { return given_.size(); }
  [[nodiscard]] const Entry& person(std::size_t row) const { return people_[row]; }

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
  std::vector<Entry> people_;
  TextColumn given_, family_, date_, number_, street_, postcode_;
};

TEST(Cases, AMarriedNameIsThePersonStill) {
  List list(3);
  constexpr std::uint32_t each = 20;
  const char* girls[] = {"susan", "helen", "priya", "chloe", "amina"};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> married;
  for (std::uint32_t at = 0; at < each; ++at) {
    const std::string letter(1, static_cast<char>('a' + at));
    Entry bride{girls[at % 5], "tann" + letter + "er", list.birth_date(),
                "11",          letter + "rden street", "n9 9" + letter + "z"};
    const std::uint32_t before = list.add(bride);
    bride.family = "wexl" + letter + "y";
    married.emplace_back(before, list.add(bride));
  }
  const auto result = list.dedupe();
  ASSERT_TRUE(result.has_value());
  std::size_t together = 0;
  for (const auto& [before, after] : married)
    together += result->person[before] == result->person[after] ? 1 : 0;
  EXPECT_GE(together, each - 2);
}

// For each of `each` people of a list a second entry is added. How many of the pairs of entries the list
// holds to be one person. The families are the list's own: made-up ones that are alike, letter for letter,
// would be learned from as one person's typing errors.
template <class Second>
std::size_t joined_of(List& list, std::uint32_t each, Second second) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t at = 0; at < each; ++at) {
    const auto first = static_cast<std::uint32_t>(31 + 97 * at);
    Entry entry = list.person(first);
    second(entry);
    pairs.emplace_back(first, list.add(entry));
  }
  const auto result = list.dedupe();
  EXPECT_TRUE(result.has_value());
  std::size_t together = 0;
  for (const auto& [one, other] : pairs) together += result->person[one] == result->person[other] ? 1 : 0;
  return together;
}

TEST(Cases, TwinsAreTwoPeople) {
  List list(5);
  EXPECT_EQ(joined_of(list, 20,
                      [](Entry& entry) { entry.given = entry.given.starts_with("s") ? "rebecca" : "susan"; }),
            0U);
}

TEST(Cases, FatherAndSonAreTwoPeople) {
  List list(6);
  EXPECT_EQ(joined_of(list, 20,
                      [](Entry& entry) {
                        const int year = std::stoi(entry.date.substr(0, 4)) - 28;
                        entry.date = std::to_string(year) + "-0" + std::to_string(1 + year % 9) + "-1" +
                                     std::to_string(year % 7);
                      }),
            0U);
}

TEST(Cases, AMistypedForenameIsThePersonStill) {
  List list(7);
  EXPECT_GE(joined_of(list, 20, [](Entry& entry) { entry.given.erase(2, 1); }), 19U);
}

TEST(Cases, AMoverIsThePersonStill) {
  List list(8);
  const auto move = [&](Entry& entry) {
    const Entry& other = list.person(list.draw(2'000));
    entry.number = other.number, entry.street = other.street, entry.postcode = other.postcode;
  };
  EXPECT_GE(joined_of(list, 20, move), 18U);
}

// Forename and family name turned about at one's own address.
TEST(Cases, NamesTurnedAboutAtTheAddressAreFound) {
  double turned = 0, found = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto scene = tests::electoral_scene(20'000, 1'000, seed);
    const auto& members = scene.members;
    const auto& electors = scene.electors;
    const std::vector<Field> fields = {{"given", Role::given_name, &members.given, &electors.given},
                                       {"middle", Role::middle_name, &members.middle, &electors.middle},
                                       {"family", Role::family_name, &members.family, &electors.family},
                                       {"sex", Role::category, &members.sex, &electors.sex},
                                       {"unit", Role::exact, &members.unit, &electors.unit},
                                       {"building", Role::exact, &members.building, &electors.building}};
    LinkOptions options;
    options.threads = 2;
    options.u_among_candidates = true;
    options.competing = true;
    options.blocking_fields = {4, 5};
    const auto result = link(fields, members.rows(), electors.rows(), options);
    ASSERT_TRUE(result.has_value());
    for (std::uint32_t row = 0; row < members.rows(); ++row) {
      const std::uint32_t truth = scene.at_address[row];
      if (truth == tests::ElectoralScene::nobody) continue;
      if (members.given[row] != electors.family[truth] || members.family[row] != electors.given[truth])
        continue;
      turned += 1;
      for (const Link& link : result->links) found += link.left == row && link.right == truth ? 1 : 0;
    }
  }
  std::printf("names turned about at the address: %.0f of %.0f found\n", found, turned);
  ASSERT_GE(turned, 10);
  EXPECT_GE(found / turned, 0.55);
}

TEST(Cases, DecisionsAndSnapshotsAreKeptTo) {
  List list(4);
  const Entry person{"agnes", "quillington", "1950-05-17", "3", "mill lane", "n2 2bb"};
  const std::uint32_t one = list.add(person);
  const std::uint32_t two = list.add(person);
  const Entry stranger{"rudolf", "zwicky", "1990-01-30", "81", "ford way", "n7 7dd"};
  const std::uint32_t other = list.add(stranger);
  const auto plain = list.dedupe();
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->person[one], plain->person[two]);
  EXPECT_NE(plain->person[one], plain->person[other]);

  DedupeOptions decided;
  decided.different = {pair_key(two, one)};
  decided.same = {pair_key(one, other)};
  const auto kept = list.dedupe(decided);
  ASSERT_TRUE(kept.has_value()) << kept.error().message();
  EXPECT_NE(kept->person[one], kept->person[two]);
  EXPECT_EQ(kept->person[one], kept->person[other]);

  DedupeOptions once;
  once.snapshot.assign(list.rows(), 0);
  once.snapshot[one] = once.snapshot[two] = 5;
  EXPECT_NE(list.dedupe(once)->person[one], list.dedupe(once)->person[two]);
  once.same = {pair_key(one, two)};
  EXPECT_FALSE(list.dedupe(once).has_value());
}

// Against the definition: forbidden if and only if some pair is decided different or shares a snapshot, once
// what is tied together is one group.
RC_GTEST_PROP(Constraints, ForbidWhatTheyMustAndRefuseContradictions, ()) {
  constexpr std::uint32_t rows = 8;
  const auto some_pairs = [] {
    std::vector<PairKey> pairs;
    const auto raw = *rc::gen::container<std::vector<std::pair<std::uint32_t, std::uint32_t>>>(
        rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, rows), rc::gen::inRange<std::uint32_t>(0, rows)));
    for (const auto& [one, other] : raw) {
      if (one != other && pairs.size() < 4) pairs.push_back(pair_key(one, other));
    }
    return pairs;
  };
  const auto same = some_pairs();
  const auto different = some_pairs();
  const auto snapshot =
      *rc::gen::container<std::vector<std::uint32_t>>(rows, rc::gen::inRange<std::uint32_t>(0, 20));
  std::array<std::uint32_t, rows> group{};
  for (std::uint32_t row = 0; row < rows; ++row) group[row] = row;
  for (std::uint32_t round = 0; round < rows; ++round) {
    for (const PairKey pair : same)
      group[left_of(pair)] = group[right_of(pair)] = std::min(group[left_of(pair)], group[right_of(pair)]);
  }
  bool contradiction = false;
  for (const PairKey pair : different) contradiction |= group[left_of(pair)] == group[right_of(pair)];
  for (std::uint32_t one = 0; one < rows; ++one) {
    for (std::uint32_t other = 0; other < one; ++other)
      contradiction |= group[one] == group[other] && snapshot[one] != 0 && snapshot[one] == snapshot[other];
  }
  const auto made = Constraints::make(rows, same, different, snapshot);
  RC_ASSERT(made.has_value() == !contradiction);
  if (!made) return;
  for (std::uint32_t one = 0; one < rows; ++one) {
    for (std::uint32_t other = 0; other < rows; ++other) {
      if (one == other) continue;
      bool parted = snapshot[one] != 0 && snapshot[one] == snapshot[other];
      for (const PairKey pair : different)
        parted |= pair == pair_key(one, other) || pair == pair_key(other, one);
      const std::uint32_t mine[] = {one};
      const std::uint32_t theirs[] = {other};
      RC_ASSERT(made->forbid(mine, theirs) == parted);
    }
  }
}

}  // namespace
}  // namespace scrutineer::linkage
