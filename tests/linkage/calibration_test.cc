// Probabilities against truth: expected errors at any threshold, maps learned from labels, rates by name
// class.
#include "linkage/calibration.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "linkage/fixed_point.h"
#include "linkage/name_classes.h"
#include "linkage/people_calibration.h"
#include "linkage/probability_mass.h"

namespace scrutineer::linkage {
namespace {

double uniform(std::uint64_t seed, std::uint64_t counter) {
  return static_cast<double>(below(mixed(seed, counter), 1'000'000)) / 1e6;
}

// Pairs whose true probability is that of `bend` of their weight.
template <typename Bend>
std::vector<LabelledPair> drawn(std::size_t pairs, std::uint64_t seed, Bend bend) {
  std::vector<LabelledPair> labels;
  for (std::uint64_t at = 0; at < pairs; ++at) {
    const auto weight = static_cast<Weight>((uniform(seed, 2 * at) - 0.5) * 20 * weight_scale);
    const bool same = uniform(seed, 2 * at + 1) < probability_of(bend(weight));
    labels.push_back({weight, same});
  }
  return labels;
}

RC_GTEST_PROP(ProbabilityMass, ExpectsWhatTheProbabilitiesAddUpTo, ()) {
  const auto thousandths = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1001));
  ProbabilityMass one, other, all;
  for (std::size_t at = 0; at < thousandths.size(); ++at) {
    (at % 2 == 0 ? one : other).add(thousandths[at] / 1000.0);
    all.add(thousandths[at] / 1000.0);
  }
  one.add(other);
  const auto lines = one.lines();
  const auto whole = all.lines();
  for (std::size_t at = 0; at < lines.size(); ++at) {
    double wrong = 0, missed = 0;
    std::uint64_t pairs = 0;
    for (const int thousandth : thousandths) {
      const double p = thousandth / 1000.0;
      pairs += p >= lines[at].threshold ? 1 : 0;
      (p >= lines[at].threshold ? wrong : missed) += p >= lines[at].threshold ? 1 - p : p;
    }
    RC_ASSERT(lines[at].pairs == pairs);
    RC_ASSERT(std::abs(lines[at].expected_false - wrong) < 1e-5);
    RC_ASSERT(std::abs(lines[at].expected_missed - missed) < 1e-5);
    RC_ASSERT(lines[at].expected_false == whole[at].expected_false);
  }
}

// The theorem of isotonic regression: the fit is the monotone function with the least squared error, so no
// other monotone step function on the same points does better; and block means are kept.
RC_GTEST_PROP(Isotonic, RisesAndKeepsTheTotal, ()) {
  const auto raw = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, bool>>>(
      rc::gen::pair(rc::gen::inRange(-20, 20), rc::gen::arbitrary<bool>())));
  std::vector<LabelledPair> labels;
  for (const auto& [weight, same] : raw) labels.push_back({weight * 500, same});
  const Calibration map = Calibration::isotonic(labels);
  double predicted = 0, same = 0;
  for (const LabelledPair& label : labels) {
    predicted += probability_of(map(label.weight));
    same += label.same ? 1 : 0;
  }
  // Ends are drawn in by 1/(2n) for each pair at most.
  RC_ASSERT(std::abs(predicted - same) <= 0.51 + 0.001 * static_cast<double>(labels.size()));
  for (int weight = -12'000; weight < 12'000; weight += 250) RC_ASSERT(map(weight) <= map(weight + 250));
}

TEST(Isotonic, IsThePublishedExampleOfPooling) {
  // Four blocks: shares 0, 1/2 (1 then 0 pooled), 1.
  const std::vector<LabelledPair> labels = {{-3000, false}, {-1000, true}, {1000, false}, {3000, true}};
  const Calibration map = Calibration::isotonic(labels);
  EXPECT_NEAR(probability_of(map(-3000)), 0.125, 1e-3);  // drawn in from 0 by 1/(2 x 4)
  EXPECT_NEAR(probability_of(map(-1000)), 0.5, 1e-3);
  EXPECT_NEAR(probability_of(map(0)), 0.5, 1e-3);
  EXPECT_NEAR(probability_of(map(1000)), 0.5, 1e-3);
  EXPECT_NEAR(probability_of(map(9000)), 0.875, 1e-3);
}

TEST(Beta, LeavesTrueProbabilitiesAloneAndMendsBentOnes) {
  const auto honest = drawn(4'000, 1, [](Weight weight) { return weight; });
  const Calibration keep = Calibration::beta(honest);
  for (Weight weight = -6'000; weight <= 6'000; weight += 1'000)
    EXPECT_NEAR(probability_of(keep(weight)), probability_of(weight), 0.04) << weight;
  // Overconfident by half, and off by two bits.
  const auto bend = [](Weight weight) { return static_cast<Weight>(weight / 2 - 2'000); };
  const Calibration mend = Calibration::beta(drawn(4'000, 2, bend));
  for (Weight weight = -6'000; weight <= 6'000; weight += 1'000) {
    EXPECT_NEAR(probability_of(mend(weight)), probability_of(bend(weight)), 0.05) << weight;
    EXPECT_LE(mend(weight), mend(weight + 1));
  }
}

TEST(Beta, NeverFallsAndLivesWithOneLabel) {
  std::vector<LabelledPair> upside_down;
  for (int at = 0; at < 50; ++at) upside_down.push_back({at * 100, at < 25});
  const Calibration map = Calibration::beta(upside_down);
  for (Weight weight = -9'000; weight < 9'000; weight += 500) EXPECT_LE(map(weight), map(weight + 500));
  const std::vector<LabelledPair> one = {{4'000, true}};
  EXPECT_GT(probability_of(Calibration::beta(one)(4'000)), 0.5);
  EXPECT_EQ(Calibration::beta({})(777), 777);
  EXPECT_EQ(Calibration::isotonic({})(777), 777);
}

TEST(Reliability, CountsEachPairInOneBandWithItsInterval) {
  const auto labels = drawn(20'000, 3, [](Weight weight) { return weight; });
  const auto bands = reliability(labels);
  std::uint64_t pairs = 0;
  std::size_t outside = 0;
  for (const ReliabilityBand& band : bands) {
    pairs += band.pairs;
    EXPECT_GE(band.predicted, band.from);
    EXPECT_LE(band.predicted, band.to);
    EXPECT_LE(band.interval.low, band.share + 1e-9);
    EXPECT_GE(band.interval.high, band.share - 1e-9);
    outside += band.predicted < band.interval.low || band.predicted > band.interval.high ? 1 : 0;
  }
  EXPECT_EQ(pairs, labels.size());
  EXPECT_LE(outside, 2U);  // of twelve intervals at 95 %
}

// Groups of four rows; pairs within them are one person but score as if one in four were.
TEST(PeopleCalibration, BelievesThePeopleMoreThanThePair) {
  std::vector<std::uint32_t> person;
  for (std::uint32_t row = 0; row < 800; ++row) person.push_back(row / 4 * 4);
  std::vector<Link> links;
  std::uint64_t counter = 0;
  for (std::uint32_t row = 0; row < 800; ++row) {
    for (std::uint32_t other = row + 1; other < 800 && other < row + 12; ++other) {
      const bool same = person[row] == person[other];
      const auto noise = static_cast<Weight>((uniform(9, counter++) - 0.5) * 8 * weight_scale);
      const Weight weight = (same ? 500 : -5'500) + noise;
      links.push_back({row, other, weight, probability_of(weight)});
    }
  }
  Diagnostics diagnostics;
  std::vector<Link> mended = links;
  ASSERT_TRUE(calibrate_by_people(person, 0.0, 0.0, 0.5, mended, diagnostics));
  double same = 0, predicted = 0;
  for (std::size_t at = 0; at < links.size(); ++at) {
    same += person[links[at].left] == person[links[at].right] ? 1 : 0;
    predicted += mended[at].probability;
    for (std::size_t other = 0; other < 20; ++other) {
      if (links[at].weight < links[other].weight) {
        EXPECT_LE(mended[at].weight, mended[other].weight);
      }
    }
  }
  EXPECT_NEAR(predicted, same, 0.03 * same);
  EXPECT_GT(diagnostics.expected_false + diagnostics.expected_missed, 0);
  // Pairs of two rows and no third: each would only confirm itself.
  std::vector<std::uint32_t> couples;
  for (std::uint32_t row = 0; row < 800; ++row) couples.push_back(row / 2 * 2);
  std::vector<Link> alone;
  for (std::uint32_t row = 0; row < 800; row += 2) alone.push_back({row, row + 1, 500, probability_of(500)});
  EXPECT_FALSE(calibrate_by_people(couples, 0.0, 0.0, 0.5, alone, diagnostics));
  EXPECT_EQ(alone.front().weight, 500);
}

TextColumn column(std::initializer_list<const char*> values) {
  TextColumn result;
  for (const char* value : values) result.append(value);
  return result;
}

TEST(NameClasses, AreReadOffTheRecordAlone) {
  const TextColumn given = column({"john", "mohammed", "muhammad", "anna maria", ""});
  const TextColumn family = column({"smith", "khan", "khan", "de la cruz", "smith"});
  const TextColumn honorific = column({"", "", "md", "", ""});
  const TextColumn date = column({"1980-02-14", "1980", "1970-01-01", "", "1980-02-14"});
  ClassColumns columns;
  columns.names = {&given, &family};
  columns.honorific = &honorific;
  columns.date = &date;
  const auto classes = name_classes(columns, 5);
  const auto at = [&](std::size_t row, NameDimension dimension) {
    return class_name(dimension, classes[row][static_cast<std::size_t>(dimension)]);
  };
  EXPECT_EQ(at(0, NameDimension::tokens), "two");
  EXPECT_EQ(at(3, NameDimension::tokens), "four or more");
  EXPECT_EQ(at(4, NameDimension::tokens), "one");
  EXPECT_EQ(at(1, NameDimension::transliteration), "of some words");  // mohammed, muhammad
  EXPECT_EQ(at(0, NameDimension::transliteration), "of no word");
  EXPECT_EQ(at(2, NameDimension::honorific), "present");
  EXPECT_EQ(at(0, NameDimension::date_precision), "full");
  EXPECT_EQ(at(1, NameDimension::date_precision), "year or placeholder day");
  EXPECT_EQ(at(2, NameDimension::date_precision), "year or placeholder day");
  EXPECT_EQ(at(3, NameDimension::date_precision), "none");
  for (const RowClasses& row : classes) {
    for (std::size_t which = 0; which < name_dimensions; ++which)
      EXPECT_LT(row[which], classes_of(static_cast<NameDimension>(which)));
  }
}

TEST(NameClasses, RatesAddUpAndAnUnequalOneStandsOut) {
  std::vector<RowClasses> rows;
  std::vector<std::uint8_t> trials, events;
  for (std::uint64_t row = 0; row < 4'000; ++row) {
    RowClasses classes{};
    classes[0] = static_cast<std::uint8_t>(row % 2);
    rows.push_back(classes);
    trials.push_back(row % 3 == 0 ? 1 : 0);
    events.push_back(uniform(5, row) < (row % 2 == 0 ? 0.05 : 0.20) ? 1 : 0);
  }
  std::uint64_t rows_counted = 0;
  for (const ClassRate& rate : rates_by_class(rows, trials, events)) {
    EXPECT_LE(rate.events, rate.trials);
    if (rate.dimension != NameDimension::tokens) {
      EXPECT_EQ(rate.ratio, 1);  // nobody to compare with
      continue;
    }
    rows_counted += rate.rows;
    if (rate.name_class == 1) {
      EXPECT_GT(rate.ratio_interval.low, 1.25);
      EXPECT_NEAR(rate.ratio, 4, 1.5);
    }
  }
  EXPECT_EQ(rows_counted, rows.size());
}

}  // namespace
}  // namespace scrutineer::linkage
