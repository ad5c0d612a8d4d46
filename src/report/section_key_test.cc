// The key test in full: the histogram of permutations, the five statistics, the further tests, the pairs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/svg.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t most_pairs = 60;
constexpr double plot_height = 120;

void draw_histogram(Html& html, const inquiry::KeyTest& test) {
  const std::uint64_t most = *std::max_element(test.histogram.begin(), test.histogram.end());
  const auto bins = static_cast<double>(test.histogram.size());
  const double width = picture_width / bins;
  const auto x_of = [&](double sum) { return (sum - test.from) / test.step * width; };
  const std::string description = fmt::format(
      "Histogram of the sum of the five deviations over {} permutations, from {} to {}; the value observed "
      "is {}.",
      count(test.permutations), decimal(test.from, 1), decimal(test.from + test.step * bins, 1),
      decimal(test.sum, 1));
  figure(
      html, "picture-permutations", "How often chance links as much", description, plot_height + 34,
      [&](Svg& svg) {
        for (std::size_t bin = 0; bin < test.histogram.size(); ++bin) {
          if (test.histogram[bin] == 0) continue;
          const double high = std::max(1.0, plot_height * static_cast<double>(test.histogram[bin]) /
                                                static_cast<double>(std::max<std::uint64_t>(most, 1)));
          svg.box(static_cast<double>(bin) * width, plot_height - high, width * 0.9, high, "plain-fill",
                  counted(test.histogram[bin], "permutation"));
        }
        const double observed = std::clamp(x_of(test.sum), 1.0, picture_width - 1);
        svg.line(0, plot_height, picture_width, plot_height, "axis");
        svg.line(observed, 0, observed, plot_height, "freeze");
        svg.words(0, plot_height + 14, decimal(test.from, 1), "tiny");
        svg.words(std::clamp(observed, 40.0, picture_width - 2), plot_height + 28,
                  "observed " + decimal(test.sum, 1), "tiny end");
      },
      [&] {
        remark(html,
               "Each bar counts permutations: the same outcomes given to other households alike, who is "
               "linked to whom staying as it is. The line is what was observed.");
      });
}

// js is (1 + those at least as linked) / (permutations + 1).
std::string as_many(const inquiry::KeyTest& test) {
  const double at_least = std::round(test.js * (static_cast<double>(test.permutations) + 1) - 1);
  return at_least < 0.5 ? "None" : count(static_cast<std::uint64_t>(at_least));
}

void write_pairs(Html& html, const inquiry::KeyTest& test) {
  html.leaf("h3", "The linked pairs");
  if (test.pairs.empty()) {
    paragraph(html, "No pairs are shown: the test lists nothing, and nobody is named without cause.");
    return;
  }
  paragraph(html,
            fmt::format("{} of confirmed irregular members of different households share a link. That they "
                        "share one is not unusual by itself; that so many do is what the test says.",
                        counted(test.pairs_total, "pair")));
  Table table("Pairs, those that share most first",
              {{"First member"}, {"Second member"}, {"Shared"}, {"Exhibits, by roll and line"}},
              Table::Narrow::stack);
  const std::size_t shown = std::min(most_pairs, test.pairs.size());
  for (std::size_t at = 0; at < shown; ++at) {
    const inquiry::KeyTest::Pair& pair = test.pairs[at];
    std::vector<std::string> exhibits;
    for (const signals::Exhibit& exhibit : pair.exhibits) {
      if (exhibit.line > 0)
        exhibits.push_back(fmt::format("{}, line {}", shortened(exhibit.roll, 40), count(exhibit.line)));
    }
    std::string cited;
    for (const std::string& one : exhibits) cited += (cited.empty() ? "" : "; ") + one;
    table.row({shortened(pair.first, 40), shortened(pair.second, 40), enumerated(pair.shared), cited});
  }
  folded(html, fmt::format("Show {}", counted(shown, "pair")), [&] {
    table.write(html);
    left_out(html, test.pairs_total - shown, "the case");
  });
}

}  // namespace

void write_key_test(Html& html, const Facts& facts) {
  if (!facts.outcome.key_test) {
    paragraph(html, "Not made: it needs outcomes of visits to members drawn at random, or to nearly all.");
    return;
  }
  const inquiry::KeyTest& test = *facts.outcome.key_test;
  paragraph(html, fmt::format(
                      "Who is linked to whom was left as it is, and the outcomes of the visits were given to "
                      "other households alike, {} times at random. {} of these linked confirmed irregular "
                      "members as much as was observed: joint p (js) = {}.",
                      count(test.permutations), as_many(test), probability(test.js)));
  if (!test.histogram.empty()) draw_histogram(html, test);
  Table links("Pairs of confirmed irregular members in different households, by what they share",
              {{"Shared"}, {"Observed", true}, {"Expected", true}, {"Deviations", true}, {"p", true}});
  for (const inquiry::KeyTest::Link& link : test.links) {
    links.row({as_title(link.name), quantity(link.observed), quantity(link.expected), decimal(link.z, 1),
               probability(link.p)});
  }
  links.write(html);
  paragraph(
      html,
      "Observed and expected are plain numbers of pairs. In the deviations and in p a pair counts 1/n, n "
      "being the visited members who share what the pair shares, so that a few pairs among few people are "
      "not drowned by the many of a large group.");
  if (!test.further.empty()) {
    Table further("The same test without the largest contributors, and other tests beside it",
                  {{"Test"}, {"Joint p (js)", true}});
    for (const inquiry::KeyTest::Further& one : test.further)
      further.row({as_title(one.name), probability(one.js)});
    further.write(html);
  }
  write_pairs(html, test);
}

}  // namespace scrutineer::report
