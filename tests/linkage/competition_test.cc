// Names that go together, and candidates that are rivals: a member's namesake on a large register is no
// member.
#include "linkage/competition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "linkage/electoral_scene.h"
#include "linkage/engine.h"
#include "linkage/fixed_point.h"
#include "linkage/link.h"
#include "linkage/name_pairs.h"
#include "linkage/namesakes.h"

namespace scrutineer::linkage {
namespace {

// A register of two communities that hardly share a name, and members of whom one in four is on no register.
struct TwoCommunities {
  TextColumn member_given, member_family, elector_given, elector_family;
  std::vector<std::uint32_t> truth;
  static constexpr std::uint32_t nobody = 0xFFFFFFFFU;
};

std::string name(const char* start, std::uint64_t number) {
  std::string text = start;
  for (int letter = 0; letter < 3; ++letter, number /= 20)
    text += "bcdfghjklmnprstvwxyz"[number % 20], text += "aeiou"[number % 5];
  return text;
}

TwoCommunities two_communities(std::uint64_t electors, std::uint64_t members, std::uint64_t seed) {
  TwoCommunities scene;
  std::uint64_t counter = 0;
  const auto draw = [&](std::uint64_t limit) { return below(mixed(seed, counter++), limit); };
  const auto skewed = [&](std::uint64_t limit) {
    const double share = static_cast<double>(draw(1'000'000)) / 1e6;
    return static_cast<std::uint64_t>(share * share * static_cast<double>(limit));
  };
  const auto person = [&](TextColumn& given, TextColumn& family) {
    const bool one = draw(2) == 0;
    given.append(name(one ? "ka" : "lo", skewed(60)));
    family.append(name(one ? "mi" : "se", skewed(300)));
  };
  for (std::uint64_t elector = 0; elector < electors; ++elector)
    person(scene.elector_given, scene.elector_family);
  for (std::uint64_t member = 0; member < members; ++member) {
    if (draw(4) == 0) {
      person(scene.member_given, scene.member_family);
      scene.truth.push_back(TwoCommunities::nobody);
    } else {
      const auto row = static_cast<std::uint32_t>(draw(electors));
      scene.member_given.append(scene.elector_given[row]);
      scene.member_family.append(scene.elector_family[row]);
      scene.truth.push_back(row);
    }
  }
  return scene;
}

std::vector<Field> fields_of(const TwoCommunities& scene) {
  return {{"given", Role::given_name, &scene.member_given, &scene.elector_given},
          {"family", Role::family_name, &scene.member_family, &scene.elector_family}};
}

std::vector<Field> fields_of(const tests::ElectoralScene& scene) {
  return {{"given", Role::given_name, &scene.members.given, &scene.electors.given},
          {"middle", Role::middle_name, &scene.members.middle, &scene.electors.middle},
          {"family", Role::family_name, &scene.members.family, &scene.electors.family},
          {"number", Role::number, &scene.members.number, &scene.electors.number},
          {"street", Role::text, &scene.members.street, &scene.electors.street},
          {"postcode", Role::code, &scene.members.postcode, &scene.electors.postcode}};
}

TEST(NamePairs, AreAProbabilityAndKnowWhichNamesGoTogether) {
  const TwoCommunities scene = two_communities(20'000, 200, 1);
  const auto fields = fields_of(scene);
  const auto comparison = Comparison::make(fields, 200, 20'000, {});
  ASSERT_TRUE(comparison.has_value());
  const NamePairs pairs = NamePairs::measure(*comparison, 1);
  ASSERT_FALSE(pairs.empty());
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> rows;
  for (std::size_t row = 0; row < 20'000; ++row)
    rows[{scene.elector_given.code(row), scene.elector_family.code(row)}] = row;
  // What the scene draws from, by name.
  std::map<std::string, double, std::less<>> share;
  const auto add = [&](const char* start, std::uint64_t limit) {
    const auto all = static_cast<double>(limit);
    for (std::uint64_t number = 0; number < limit; ++number)
      share[name(start, number)] =
          std::sqrt(static_cast<double>(number + 1) / all) - std::sqrt(static_cast<double>(number) / all);
  };
  add("ka", 60), add("lo", 60), add("mi", 300), add("se", 300);
  double total = 0, truly = 0, log_ratio = 0;
  const auto given = scene.elector_given.counts();
  const auto family = scene.elector_family.counts();
  for (const auto& [names, row] : rows) {
    const double both = from_weight(pairs.log2_both(row));
    total += both;
    truly +=
        0.5 * share.find(scene.elector_given[row])->second * share.find(scene.elector_family[row])->second;
    log_ratio += std::log2(both / (given[names.first] / 20'000.0 * family[names.second] / 20'000.0));
  }
  // Over the pairs that occur; the rest is left to those that do not. Two fifths of what is borne in this
  // world is borne by nobody on the register, so that .9 could not be asked for: the truth can.
  EXPECT_NEAR(total, truly, 0.05);
  EXPECT_NEAR(log_ratio / static_cast<double>(rows.size()), 1.0, 0.35);  // two communities: twice as likely
}

// Of the members called found at probability p, about p are; without the competition the best of many
// namesakes passes for the member.
TEST(Competition, ProbabilitiesAreThoseOfTheTruth) {
  double predicted = 0, right = 0, said = 0, there = 0;
  std::map<int, std::array<double, 3>> bands;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const TwoCommunities scene = two_communities(20'000, 1'000, seed);
    LinkOptions options;
    options.threads = 2;
    options.threshold = 0.02;
    options.competing = true;
    const auto result = link(fields_of(scene), 1'000, 20'000, options);
    ASSERT_TRUE(result.has_value());
    there += result->diagnostics.share_there / 3;
    for (const Link& link : result->links) {
      const bool truth = scene.truth[link.left] == link.right;
      auto& band = bands[static_cast<int>(link.probability * 5)];
      band[0] += 1, band[1] += link.probability, band[2] += truth ? 1 : 0;
      if (link.probability < 0.5) continue;
      said += 1, predicted += link.probability, right += truth ? 1 : 0;
    }
  }
  std::printf("share there %.3f, said %.0f, predicted %.3f, right %.3f\n", there, said, predicted / said,
              right / said);
  EXPECT_NEAR(there, 0.75, 0.12);
  ASSERT_GT(said, 100);
  EXPECT_NEAR(predicted / said, right / said, 0.06);
  for (const auto& [at, band] : bands) {
    if (band[0] >= 300) {
      EXPECT_NEAR(band[1] / band[0], band[2] / band[0], 0.10) << at;
    }
  }
}

// By name, and by sounds of the surname within a postcode.
LinkOptions by_rules(std::size_t given, std::size_t family, std::size_t postcode) {
  LinkOptions options;
  options.threads = 2;
  options.competing = true;
  options.rules = {{{{given, Transform::whole, 0}, {family, Transform::whole, 0}}, false},
                   {{{postcode, Transform::whole, 0}, {family, Transform::soundex, 0}}, false}};
  return options;
}

// On a register of few names, where each pair by itself gives several entries of a row one half and more: 2.9
// in all to one member, .980 right of the links said .9 and more, and 3 movers found.
TEST(Competition, CandidatesFoundByRulesAreRivalsToo) {
  struct Band {
    double links = 0, said = 0, right = 0;
    void add(double probability, bool truth) { links += 1, said += probability, right += truth ? 1 : 0; }
  };
  Band middle, high;
  double movers_found = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto scene = tests::electoral_scene(20'000, 2'000, seed);
    LinkOptions options = by_rules(0, 2, 5);
    options.threshold = 0.02;
    options.movable_fields = {3, 4, 5};
    const auto result = link(fields_of(scene), 2'000, scene.electors.rows(), options);
    ASSERT_TRUE(result.has_value());
    EXPECT_GT(result->diagnostics.share_there, 0.75);
    EXPECT_LT(result->diagnostics.share_there, 0.90);  // who is on the register; not all of them are proposed
    EXPECT_NEAR(result->diagnostics.share_moved, 0.11, 0.08);
    std::vector<double> shares(2'000, 0.0);
    for (const Link& link : result->links) {
      EXPECT_GE(link.probability, options.threshold);  // less likely rivals are nobody's links
      const bool truth = scene.anywhere[link.left] == link.right;
      shares[link.left] += link.probability;
      if (link.probability >= 0.5) (link.probability < 0.9 ? middle : high).add(link.probability, truth);
      const bool moved = scene.at_address[link.left] == tests::ElectoralScene::nobody;
      movers_found += truth && moved && link.probability >= 0.5 ? 1 : 0;
    }
    for (const double share : shares) EXPECT_LE(share, 1 + 1e-6);
  }
  std::printf("by rules: %.0f links .5 to .9, said %.3f, right %.3f; %.0f above, said %.3f, right %.3f; ",
              middle.links, middle.said / middle.links, middle.right / middle.links, high.links,
              high.said / high.links, high.right / high.links);
  std::printf("%.0f movers found\n", movers_found);
  ASSERT_GE(high.links, 3'000);
  EXPECT_NEAR(high.said / high.links, high.right / high.links, 0.01);
  EXPECT_GE(high.right / high.links, 0.995);
  ASSERT_GE(middle.links, 100);
  // Housemates may share names, so that it is too doubtful of an initial at the address, never too sure.
  EXPECT_GE(middle.right / middle.links, middle.said / middle.links - 0.03);
  EXPECT_LE(middle.right / middle.links, middle.said / middle.links + 0.25);
  EXPECT_GE(movers_found, 8);
}

// Of two members who claim one entry, one gets it; what is expected is expected of the links there are.
TEST(Competition, OneToOneByRulesExpectsOfTheLinksThereAre) {
  const auto scene = tests::electoral_scene(4'000, 3'000, 7);
  LinkOptions options = by_rules(0, 2, 5);
  options.movable_fields = {3, 4, 5};
  const auto shared = link(fields_of(scene), 3'000, scene.electors.rows(), options);
  options.one_to_one = true;
  const auto one = link(fields_of(scene), 3'000, scene.electors.rows(), options);
  options.threads = 1;
  const auto alone = link(fields_of(scene), 3'000, scene.electors.rows(), options);
  ASSERT_TRUE(shared.has_value() && one.has_value() && alone.has_value());
  ASSERT_LT(one->links.size(), shared->links.size());
  ASSERT_EQ(one->links.size(), alone->links.size());
  std::vector<int> of_left(3'000, 0), of_right(scene.electors.rows(), 0);
  double doubt = 0, believed = 0;
  for (std::size_t at = 0; at < one->links.size(); ++at) {
    const Link& link = one->links[at];
    EXPECT_TRUE(link.right == alone->links[at].right && link.weight == alone->links[at].weight);
    EXPECT_EQ(++of_left[link.left], 1);
    EXPECT_EQ(++of_right[link.right], 1);
    doubt += 1 - link.probability;
  }
  for (const Link& link : shared->links) believed += link.probability;
  for (const Link& link : one->links) believed -= link.probability;
  const Diagnostics& all = shared->diagnostics;
  const Diagnostics& kept = one->diagnostics;
  EXPECT_NEAR(kept.expected_false, doubt, 1e-6);
  EXPECT_NEAR(kept.expected_missed, all.expected_missed + believed, 1e-6);
  const auto line = std::find_if(kept.by_threshold.begin(), kept.by_threshold.end(),
                                 [](const ThresholdLine& of) { return of.threshold == 0.5; });
  ASSERT_NE(line, kept.by_threshold.end());
  EXPECT_EQ(line->pairs, one->links.size());
  EXPECT_NEAR(line->expected_false, doubt, 1e-3);
}

// A namesake speaks by itself whether it was proposed or not: what is said of a pair does not rest on how
// many of its rivals were. Where there are too many to be heard, those drawn speak for them.
TEST(Competition, NamesakesAreHeardWhetherProposedOrNot) {
  const auto scene = tests::electoral_scene(20'000, 2'000, 4);
  const std::vector<Field> fields = fields_of(scene);
  const auto model = link(fields, 2'000, scene.electors.rows(), by_rules(0, 2, 5));
  ASSERT_TRUE(model.has_value());
  const auto comparison = Comparison::make(fields, 2'000, scene.electors.rows(), {});
  ASSERT_TRUE(comparison.has_value());
  const Chance chance(*comparison, {});
  const Companions companions = Companions::measure(*comparison, 2, 0);
  const NamePairs names = NamePairs::measure(*comparison, 0);
  Scorer scorer(*comparison, chance, companions);
  scorer.use_name_pairs(names);
  ASSERT_TRUE(use_model(scorer, model->model).has_value());
  const Namesakes namesakes(*comparison, names.given(), names.family());
  std::vector<PairKey> all, few;
  std::size_t most = 0;
  for (std::uint32_t member = 0; member < 2'000; ++member) {
    most = std::max(most, namesakes.of(member).size());
    for (const std::uint32_t elector : namesakes.of(member)) {
      EXPECT_EQ(scene.members.given[member], scene.electors.given[elector]);
      EXPECT_EQ(scene.members.family[member], scene.electors.family[elector]);
      all.push_back(pair_key(member, elector));
      if (mixed(1, all.back()) % 3 == 0) few.push_back(all.back());
    }
  }
  CompetitionOptions options;
  options.threads = 2;
  options.floor = 0;
  options.movable = {3, 4, 5};
  options.sought_among = scene.electors.rows();
  const Competition of_all = compete(scorer, all, 2'000, options);
  const Competition of_few = compete(scorer, few, 2'000, options);
  std::printf("most namesakes %zu; pairs %zu and %zu; there %.4f and %.4f, moved %.4f and %.4f\n", most,
              all.size(), few.size(), of_all.share_there, of_few.share_there, of_all.share_moved,
              of_few.share_moved);
  EXPECT_NEAR(of_all.share_there, of_few.share_there, 0.005);
  std::map<PairKey, double> said;
  for (const Link& link : of_all.links) said[pair_key(link.left, link.right)] = link.probability;
  ASSERT_GT(of_few.links.size(), 1'000U);
  double worst = 0, off = 0;
  for (const Link& link : of_few.links) {
    const double by = std::abs(link.probability - said[pair_key(link.left, link.right)]);
    off += by / static_cast<double>(of_few.links.size());
    worst = std::max(worst, by);
  }
  std::printf("off by %.5f, at most %.5f\n", off, worst);
  EXPECT_LE(off, 0.001);
  EXPECT_LE(worst, 0.02);  // of the members with more than 32 namesakes
}

TEST(Competition, NoRowSharesOutMoreThanItsWhole) {
  const auto scene = tests::electoral_scene(8'000, 400, 3);
  const std::vector<Field> fields = {
      {"given", Role::given_name, &scene.members.given, &scene.electors.given},
      {"family", Role::family_name, &scene.members.family, &scene.electors.family},
      {"number", Role::number, &scene.members.number, &scene.electors.number},
      {"street", Role::text, &scene.members.street, &scene.electors.street},
      {"postcode", Role::code, &scene.members.postcode, &scene.electors.postcode}};
  LinkOptions options;
  options.threads = 1;
  options.threshold = 0;
  options.competing = true;
  options.movable_fields = {2, 3, 4};
  options.open.assign(400, 0.5);
  options.leave_out = [](std::uint32_t left, std::uint32_t) { return left % 7 == 0; };
  const auto one = link(fields, 400, scene.electors.rows(), options);
  options.threads = 3;
  const auto three = link(fields, 400, scene.electors.rows(), options);
  ASSERT_TRUE(one.has_value() && three.has_value());
  ASSERT_EQ(one->links.size(), three->links.size());
  std::vector<double> shares(400, 0.0);
  for (std::size_t at = 0; at < one->links.size(); ++at) {
    EXPECT_EQ(one->links[at].weight, three->links[at].weight);
    EXPECT_NE(one->links[at].left % 7, 0U);
    shares[one->links[at].left] += one->links[at].probability;
  }
  for (const double share : shares) EXPECT_LE(share, 0.5 + 1e-3);
  options.open.assign(3, 1.0);
  EXPECT_FALSE(link(fields, 400, scene.electors.rows(), options).has_value());
}

// A mover agrees on no part of the address: that is one event, not three.
TEST(Competition, WhoMovedHouseIsStillFound) {
  const auto scene = tests::electoral_scene(20'000, 1'000, 5);
  const std::vector<Field> fields = fields_of(scene);
  LinkOptions options;
  options.threads = 2;
  options.competing = true;
  const auto movers_found = [&](const LinkResult& result) {
    double found = 0;
    for (const Link& link : result.links) {
      const bool moved = scene.anywhere[link.left] != tests::ElectoralScene::nobody &&
                         scene.at_address[link.left] == tests::ElectoralScene::nobody;
      found += moved && scene.anywhere[link.left] == link.right ? 1 : 0;
    }
    return found;
  };
  const auto rigid = link(fields, 1'000, scene.electors.rows(), options);
  options.movable_fields = {3, 4, 5};
  const auto moving = link(fields, 1'000, scene.electors.rows(), options);
  ASSERT_TRUE(rigid.has_value() && moving.has_value());
  double right = 0;
  for (const Link& link : moving->links) right += scene.anywhere[link.left] == link.right ? 1 : 0;
  const double precision = right / static_cast<double>(moving->links.size());
  std::printf("movers found: %.0f, with moving as a class %.0f (share moved %.3f, precision %.3f)\n",
              movers_found(*rigid), movers_found(*moving), moving->diagnostics.share_moved, precision);
  EXPECT_GE(movers_found(*moving), movers_found(*rigid));
  EXPECT_GT(movers_found(*moving), 0);
  EXPECT_GE(precision, 0.93);
  EXPECT_NEAR(moving->diagnostics.share_moved, 0.11, 0.08);
}

}  // namespace
}  // namespace scrutineer::linkage
