// What others published about elections, recomputed: integer percentages of the Russian stations of 2011 and
// 2018 (Kobak, Shpilkin & Pshenichnikov), the mixture fit and the one spike of the R package `spikes`
// (Rozenas) on its own data; and for each kernel a twin that enumerates, on small data made here.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stats/beta_binomial.h"
#include "stats/binomial.h"
#include "stats/draws.h"
#include "stats/integer_percentages.h"
#include "stats/random.h"
#include "stats/share_spikes.h"
#include "support/shared_data.h"

namespace scrutineer::stats {
namespace {

// Whole numbers of a gzipped CSV file, row by row, without its header.
std::vector<std::vector<std::uint64_t>> rows_of(const std::filesystem::path& file) {
  std::vector<std::vector<std::uint64_t>> rows;
  const std::string command = "gzip -dc '" + file.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 4096> line{};
  bool header = true;
  while (pipe && std::fgets(line.data(), static_cast<int>(line.size()), pipe.get())) {
    if (!std::exchange(header, false)) {
      rows.emplace_back();
      char* at = line.data();
      for (char* end = at;; at = end + 1) {
        rows.back().push_back(std::strtoull(at, &end, 10));
        if (*end != ',') break;
      }
    }
  }
  return rows;
}

std::vector<Station> stations_of(const std::filesystem::path& file) {
  std::vector<Station> stations;
  for (const auto& row : rows_of(file)) stations.push_back({row.at(1), row.at(2), row.at(3), row.at(4)});
  return stations;
}

struct Published {
  const char* year;
  std::uint64_t stations, observed;
  double exact_either, either, result, turnout;  // the last three: mean of 1,000 draws, published
  double sd_either, sd_result, sd_turnout;       // of those draws
};

TEST(IntegerPercentages, GiveTheSixPublishedFigures) {
  SCRUTINEER_NEEDS_SHARED(folder, "forensics/kobak");
  for (const Published& published :
       {Published{"2011", 86718, 17803, 1002.567, 1003.477, 767.136, 449.325, 113.074, 87.511, 87.745},
        Published{"2018", 91152, 19271, 1708.598, 1708.839, 859.010, 1296.186, 116.537, 88.446, 90.092}}) {
    const auto found =
        integer_percentages(stations_of(folder / ("stations_" + std::string(published.year) + ".csv.gz")));
    EXPECT_EQ(found.stations, published.stations);
    EXPECT_EQ(found.either.observed, published.observed);
    EXPECT_NEAR(found.either.excess(), published.exact_either, 0.001);
    // The published means of 1,000 draws have a standard error of sd / sqrt(1000).
    const double root = std::sqrt(1000.0);
    EXPECT_NEAR(found.either.excess(), published.either, 3 * published.sd_either / root);
    EXPECT_NEAR(found.result.excess(), published.result, 3 * published.sd_result / root);
    EXPECT_NEAR(found.turnout.excess(), published.turnout, 3 * published.sd_turnout / root);
    EXPECT_NEAR(found.either.deviation, published.sd_either, 0.08 * published.sd_either);
  }
}

TEST(IntegerPercentages, AgreeWithEnumeration) {
  for (const std::uint64_t n : {1U, 7U, 50U, 100U, 333U, 1000U}) {
    for (const double p : {0.0, 0.003, 0.31, 0.5, 0.97, 1.0}) {
      double sum = 0;
      for (std::uint64_t x = 0; x <= n; ++x) {
        const double percentage = 100.0 * static_cast<double>(x) / static_cast<double>(n);
        if (std::abs(percentage - std::floor(percentage + 0.5)) <= 0.05)
          sum += binomial_probability(static_cast<double>(x), static_cast<double>(n), p);
      }
      EXPECT_NEAR(integer_percentage_probability(n, p), sum, 1e-9) << n << " " << p;
    }
  }
  EXPECT_FALSE(is_integer_percentage(0, 0));
  EXPECT_EQ(integer_percentage_probability(0, 0.5), 0);
}

// Stations that count what they count are within three deviations; a tenth that choose a whole percentage are
// not.
TEST(IntegerPercentages, FindChosenPercentagesAndNoOthers) {
  for (const bool chosen : {false, true}) {
    std::vector<Station> stations;
    Random random(5, "stations");
    for (int i = 0; i < 4000; ++i) {
      Station station{600 + random.below(1500), 0, 0, 0};
      station.given = binomial_draw(random, station.voters, 0.4 + 0.3 * random.uniform());
      if (chosen && i % 10 == 0) station.given = (station.voters * 70 + 50) / 100;
      station.received = station.given;
      station.leader = binomial_draw(random, station.received, 0.3 + 0.4 * random.uniform());
      stations.push_back(station);
    }
    const auto found = integer_percentages(stations);
    EXPECT_EQ(found.stations, 4000U);
    EXPECT_EQ(std::abs(found.turnout.excess()) < 3 * found.turnout.deviation, !chosen);
    EXPECT_LT(std::abs(found.result.excess()), 3.5 * found.result.deviation);
  }
}

const BetaMixture package_turnout = {{0.6531390218435139, 21.67641020187766, 19.010157933539446},
                                     {0.34686097815648603, 8.87804665160419, 9.569331643370713}};
const BetaMixture package_support = {{0.4734652491124703, 8.48995618044463, 8.66031508070017},
                                     {0.21383559879221398, 4.0599755513765, 32.11154521548671},
                                     {0.17896994496016075, 7.833839301771944, 20.10429024198551},
                                     {0.13372920713515501, 5.48867614167474, 3.1146949620475186}};

// The package finds 0.03888 % of 66,111 Canadian precincts in excess, all of it at the share 0.28: the mean
// of a thousand recounts has a standard error of 0.0005 there.
TEST(ShareSpikes, GiveThePackagesOneExcess) {
  SCRUTINEER_NEEDS_SHARED(file, "forensics/spikes/output_data_precincts.csv.gz");
  std::vector<ShareStation> stations;
  for (const auto& row : rows_of(file)) stations.push_back({row.at(0), row.at(1), row.at(2)});
  ASSERT_EQ(stations.size(), 66111U);
  const ShareSpike spike = share_spike(stations, package_turnout, package_support, 0.2795, 0.2805);
  EXPECT_NEAR(spike.observed, 111.0 / 66111, 1e-9);
  EXPECT_NEAR(100 * (spike.observed - spike.expected), 0.03888, 0.0015);
}

// Our fit to a sixteenth of the same data explains it no worse than the package's, and is the same law.
TEST(ShareSpikes, FitIsNoWorseThanThePackages) {
  SCRUTINEER_NEEDS_SHARED(file, "forensics/spikes/output_data_precincts.csv.gz");
  std::vector<TrialCell> turnout, support;
  const auto rows = rows_of(file);
  for (std::size_t i = 0; i < rows.size(); i += 16) {
    turnout.push_back({rows[i].at(0), rows[i].at(1)});
    support.push_back({rows[i].at(1), rows[i].at(2)});
  }
  const auto check = [](const std::vector<TrialCell>& cells, const BetaMixture& package, double distance) {
    const auto fit = fit_beta_mixture(cells, package.size(), 60, 1e-5);
    ASSERT_TRUE(fit);
    EXPECT_GE(mean_log_likelihood(*fit, cells), mean_log_likelihood(package, cells) - 0.002);
    double difference = 0;
    double greatest = 0;
    for (double x = 0.0005; x < 1; x += 0.001) {
      difference += (density(*fit, x) - density(package, x)) / 1000;
      greatest = std::max(greatest, std::abs(difference));
    }
    EXPECT_LT(greatest, distance);  // between the distribution functions
  };
  check(turnout, package_turnout, 0.03);
  check(support, package_support, 0.015);
}

TEST(ShareSpikes, ExpectationAgreesWithEnumeration) {
  const BetaMixture turnout = {{0.6, 4, 3}, {0.4, 2, 6}};
  const BetaMixture support = {{0.5, 3, 3}, {0.5, 1, 4}};
  const auto pmf = [](const BetaMixture& mixture, std::uint64_t x, std::uint64_t n) {
    double sum = 0;
    for (const auto& c : mixture)
      sum += c.weight * std::exp(beta_binomial_log_probability(x, n, c.a / (c.a + c.b), 1 / (c.a + c.b + 1)));
    return sum;
  };
  const auto posterior = [&](const BetaMixture& mixture, std::uint64_t x, std::uint64_t n) {
    BetaMixture result;
    for (const auto& c : mixture) {
      const BetaMixture alone = {{1, c.a, c.b}};
      result.push_back({c.weight * pmf(alone, x, n) / pmf(mixture, x, n), c.a + static_cast<double>(x),
                        c.b + static_cast<double>(n - x)});
    }
    return result;
  };
  const std::vector<ShareStation> stations = {{30, 17, 6}, {12, 0, 0}, {25, 20, 20}};
  double expected = 0;
  for (const auto& s : stations) {
    for (std::uint64_t t = 0; t <= s.electors; ++t) {
      for (std::uint64_t v = 0; v <= t; ++v) {
        const double share = t == 0 ? 0 : static_cast<double>(v) / static_cast<double>(t);
        if (share > 0.3 && share <= 0.5)
          expected += pmf(posterior(turnout, s.voters, s.electors), t, s.electors) *
                      pmf(posterior(support, s.votes, s.voters), v, t) / 3;
      }
    }
  }
  const ShareSpike spike = share_spike(stations, turnout, support, 0.3, 0.5, 1);
  EXPECT_NEAR(spike.expected, expected, 1e-6);
  EXPECT_NEAR(spike.observed, 1.0 / 3, 1e-12);
}

TEST(ShareSpikes, FitRecoversAMixtureAndRefusesTooFew) {
  Random random(9, "mixture");
  std::vector<TrialCell> cells;
  for (int i = 0; i < 3000; ++i) {
    const double share = i % 3 == 0 ? beta_draw(random, 6, 24) : beta_draw(random, 30, 20);
    cells.push_back({200, binomial_draw(random, 200, share)});
  }
  const auto fit = fit_beta_mixture(cells, 2, 200, 1e-8);
  ASSERT_TRUE(fit);
  EXPECT_NEAR((*fit)[0].weight, 1.0 / 3, 0.03);
  EXPECT_NEAR((*fit)[0].a / ((*fit)[0].a + (*fit)[0].b), 0.2, 0.01);
  EXPECT_NEAR((*fit)[1].a / ((*fit)[1].a + (*fit)[1].b), 0.6, 0.01);
  EXPECT_FALSE(fit_beta_mixture(std::span(cells).first(15), 2));
  EXPECT_FALSE(fit_beta_mixture(cells, 0));
}

}  // namespace
}  // namespace scrutineer::stats
