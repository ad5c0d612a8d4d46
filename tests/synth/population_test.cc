// Laws of the world without state: bijections, households in one place at a time, numbers near the asked.
#include "synth/population.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "synth/errors.h"
#include "synth/register_writer.h"

namespace scrutineer::synth {
namespace {

RC_GTEST_PROP(Permutation, IsABijectionWithItsInverse, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 3'000);
  const Permutation permutation(*rc::gen::arbitrary<std::uint64_t>(), size);
  std::set<std::uint64_t> images;
  for (std::uint64_t value = 0; value < size; ++value) {
    const std::uint64_t image = permutation.forward(value);
    RC_ASSERT(image < size);
    RC_ASSERT(permutation.backward(image) == value);
    images.insert(image);
  }
  RC_ASSERT(images.size() == size);
}

TEST(Draw, BelowIsUniform) {
  std::map<std::uint64_t, int> counts;
  for (std::uint64_t index = 0; index < 60'000; ++index) ++counts[Draw(1, Stream::ballot, index).below(6)];
  double chi_square = 0;
  for (const auto& [value, count] : counts) chi_square += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
  EXPECT_EQ(counts.size(), 6U);
  EXPECT_LT(chi_square, 20.5);  // 99.9 % point with 5 degrees of freedom
}

TEST(Draw, PoissonHasItsMeanAndVariance) {
  for (const double mean : {.5, 12.0, 70.0}) {
    double sum = 0;
    double squares = 0;
    constexpr int draws = 20'000;
    for (int index = 0; index < draws; ++index) {
      const auto value =
          static_cast<double>(Draw(2, Stream::calendar, static_cast<std::uint64_t>(index)).poisson(mean));
      sum += value;
      squares += value * value;
    }
    const double average = sum / draws;
    EXPECT_NEAR(average, mean, 4 * std::sqrt(mean / draws));
    EXPECT_NEAR(squares / draws - average * average, mean, .06 * mean + .02);
  }
}

// Streams of one seed are unrelated: chains, turnovers and people do not move together.
TEST(Draw, StreamsDiffer) {
  double agree = 0;
  for (std::uint64_t index = 0; index < 20'000; ++index) {
    agree += Draw(3, Stream::chain, index).chance(.5) == Draw(3, Stream::turnover, index).chance(.5) ? 1 : 0;
  }
  EXPECT_NEAR(agree / 20'000, .5, .016);
}

TEST(Population, NoHouseholdIsInTwoPlaces) {
  const Population population(4, 6);
  for (unsigned epoch = 0; epoch < population.epochs(); ++epoch) {
    std::set<Household> seen;
    for (std::uint64_t dwelling = 0; dwelling < dwellings_a_town; ++dwelling) {
      for (unsigned room = 0; room < units_of(kind_of(dwelling)); ++room) {
        const Household household = population.occupant(dwelling * 8 + room, epoch).household;
        ASSERT_TRUE(seen.insert(household).second) << dwelling << " at " << epoch;
      }
    }
  }
}

RC_GTEST_PROP(Population, WhereaboutsIsTheInverseOfOccupant, ()) {
  const auto snapshots = *rc::gen::inRange(1U, 12U);
  const Population population(*rc::gen::arbitrary<std::uint64_t>(), snapshots);
  const auto dwelling = *rc::gen::inRange<std::uint64_t>(0, 40 * dwellings_a_town);
  const auto room = *rc::gen::inRange(0U, units_of(kind_of(dwelling)));
  const auto epoch = *rc::gen::inRange(0U, population.epochs());
  const Unit unit = dwelling * 8 + room;
  const Occupant occupant = population.occupant(unit, epoch);
  RC_ASSERT(occupant.arrived <= epoch);
  RC_ASSERT(population.whereabouts(occupant.household, epoch) == std::optional<Unit>(unit));
  RC_ASSERT(population.whereabouts(occupant.household, occupant.arrived) == std::optional<Unit>(unit));
  if (occupant.arrived > 0) {
    RC_ASSERT(population.occupant(unit, occupant.arrived - 1).household != occupant.household);
  }
}

TEST(Population, SomeMoveWithinTheTownAndSomeLeave) {
  const Population population(5, 6);
  double stay = 0, move = 0, leave = 0;
  for (std::uint64_t dwelling = 0; dwelling < dwellings_a_town; ++dwelling) {
    const Unit unit = dwelling * 8;
    const auto now = population.whereabouts(population.occupant(unit, 2).household, population.newest());
    ++(!now ? leave : *now == unit ? stay : move);
    if (now) {
      EXPECT_EQ(dwelling_of(*now) / dwellings_a_town, dwelling / dwellings_a_town);
    }
    if (now) {
      EXPECT_EQ(kind_of(dwelling_of(*now)), kind_of(dwelling));
    }
  }
  const double all = stay + move + leave;
  EXPECT_NEAR(leave / all, .20, .08);  // five half-years at 2 to 10 %, students far more
  EXPECT_NEAR(move / all, .075, .03);
}

TEST(Population, RegisterHoldsNobodyTwiceAtOneDwelling) {
  const Population population(6, 4);
  std::vector<Entry> entries;
  std::vector<PersonKey> keys;
  for (std::uint64_t dwelling = 0; dwelling < 5'000; ++dwelling) {
    population.entries(dwelling, 4, entries);
    population.entry_keys(dwelling, 4, keys);
    ASSERT_EQ(entries.size(), keys.size());
    std::set<PersonKey> seen(keys.begin(), keys.end());
    EXPECT_EQ(seen.size(), entries.size());
    for (const Entry& entry : entries) {
      EXPECT_TRUE(entry.person.may_register);
      EXPECT_GE(age_on(entry.person.birth, population.date(4)), 16);
      EXPECT_EQ(entry.person.name, population.person(entry.key).name);
    }
  }
}

TEST(Population, DwellingsHoldTheElectorsAskedFor) {
  const Population population(7, 2);
  for (const std::uint64_t electors : {1'000U, 30'000U, 150'000U}) {
    std::vector<PersonKey> keys;
    std::uint64_t total = 0;
    const std::uint64_t dwellings = dwellings_for(population, electors);
    for (std::uint64_t dwelling = 0; dwelling < dwellings; ++dwelling) {
      population.entry_keys(dwelling, population.newest(), keys);
      total += keys.size();
    }
    EXPECT_NEAR(static_cast<double>(total), static_cast<double>(electors),
                .01 * static_cast<double>(electors) + 30);
  }
}

TEST(Geography, AddressesAndPostcodesAreTheirOwn) {
  const Geography geography(1);
  std::set<std::string> addresses;
  std::set<std::uint64_t> numbers;
  for (std::uint64_t dwelling = 0; dwelling < dwellings_a_town + 5'000; ++dwelling) {
    const Address address = geography.address(dwelling);
    numbers.insert(address_of(dwelling));
    addresses.insert(full_line(address) + "|" + address.town + "|" + address.postcode);
    ASSERT_TRUE(address.postcode.size() >= 7 && address.postcode[address.postcode.size() - 4] == ' ');
  }
  EXPECT_EQ(addresses.size(), numbers.size());
  std::set<std::string> postcodes;
  for (std::uint64_t segment = 0; segment < 50'000; ++segment) postcodes.insert(geography.postcode(segment));
  EXPECT_EQ(postcodes.size(), 50'000U);
  EXPECT_EQ(geography.town(0), "Northmere");
}

TEST(Errors, AccentsFoldAndWordsStayNearTheirOwn) {
  EXPECT_EQ(without_accents("Łukasz Wójcik-Öztürk"), "Lukasz Wojcik-Ozturk");
  EXPECT_EQ(capitals("Ștefan"), "STEFAN");
  for (std::uint64_t index = 0; index < 2'000; ++index) {
    Draw draw(9, Stream::clerk, index);
    const std::string wrong = mistyped(draw, "Anderson");
    EXPECT_LE(wrong.size(), 9U);
    EXPECT_GE(wrong.size(), 7U);
    EXPECT_EQ(wrong[0], 'A');
  }
}

// Every accented letter of the tables can be written without its accent.
TEST(Errors, TablesHoldNoLetterThatCannotBeFolded) {
  for (std::size_t which = 0; which < tradition_count; ++which) {
    const NameTable& table = names_of(static_cast<Tradition>(which));
    for (const Words words : {table.male, table.female, table.family, table.heads, table.tails}) {
      for (const std::string_view word : words) {
        for (const char byte : without_accents(word)) {
          EXPECT_LT(static_cast<unsigned char>(byte), 0x80) << word;
        }
      }
    }
  }
}

}  // namespace
}  // namespace scrutineer::synth
