#include "report/linkage_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/numbers.h"
#include "report/page_head.h"
#include "report/parts.h"
#include "report/svg.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

using linkage::Diagnostics;
using linkage::FieldReport;
using linkage::LevelReport;

constexpr double row_step = 20;
constexpr double names_width = 136;
constexpr std::size_t longest_name = 22;

double bits(linkage::Weight weight) {
  return static_cast<double>(weight) / linkage::weight_scale;
}

std::string signed_bits(double value) {
  return fmt::format("{:+.1f}", value);
}

// Levels that mean something: not "missing".
std::vector<const LevelReport*> told_levels(const FieldReport& field) {
  std::vector<const LevelReport*> levels;
  for (const LevelReport& level : field.levels) {
    if (level.m > 0 || level.u > 0) levels.push_back(&level);
  }
  return levels;
}

// Bars to both sides of a zero line.
struct SignedBar {
  std::string name;
  double from = 0;
  double to = 0;
  std::string label;
  std::string style;
};

void draw_signed(Svg& svg, const std::vector<SignedBar>& bars, double top) {
  double low = 0;
  double high = 0;
  for (const SignedBar& bar : bars) {
    low = std::min({low, bar.from, bar.to});
    high = std::max({high, bar.from, bar.to});
  }
  constexpr double label_room = 34;
  const double room = picture_width - names_width - 2 * label_room;
  const double unit = high > low ? room / (high - low) : 0;
  const auto x = [&](double value) { return names_width + label_room + (value - low) * unit; };
  svg.line(x(0), top, x(0), top + row_step * static_cast<double>(bars.size()), "axis");
  double y = top;
  for (const SignedBar& bar : bars) {
    const double left = std::min(x(bar.from), x(bar.to));
    const double width = std::max(1.0, std::abs(x(bar.to) - x(bar.from)));
    svg.words(names_width - 6, y + 13, shortened(bar.name, longest_name), "small end");
    svg.box(left, y + 3, width, row_step - 6, bar.style, bar.name + ": " + bar.label);
    const bool right = bar.to >= bar.from;
    svg.words(right ? left + width + 4 : left - 4, y + 13, bar.label, right ? "small" : "small end");
    y += row_step;
  }
}

void write_weights(Html& html, const Diagnostics& diagnostics) {
  html.element("div", {{"class", "figures"}}, [&] {
    for (std::size_t at = 0; at < diagnostics.fields.size(); ++at) {
      const FieldReport& field = diagnostics.fields[at];
      std::vector<SignedBar> bars;
      for (const LevelReport* level : told_levels(field)) {
        const double weight = bits(level->weight);
        bars.push_back(
            {level->level, 0, weight, signed_bits(weight), weight >= 0 ? "at-address" : "not-found"});
      }
      if (bars.empty()) continue;
      figure(
          html, fmt::format("weights-{}", at), field.field,
          "Match weight of each level in bits, for a value of average frequency.",
          row_step * static_cast<double>(bars.size()) + 4, [&](Svg& svg) { draw_signed(svg, bars, 2); },
          [] {});
    }
  });
  remark(html,
         "Bits: each doubles the odds. A rare value weighs more than shown when it agrees, a frequent one "
         "less.");
}

void write_m_and_u(Html& html, const Diagnostics& diagnostics) {
  html.element("div", {{"class", "figures"}}, [&] {
    for (std::size_t at = 0; at < diagnostics.fields.size(); ++at) {
      const FieldReport& field = diagnostics.fields[at];
      const auto levels = told_levels(field);
      if (levels.empty()) continue;
      figure(
          html, fmt::format("shares-{}", at), field.field,
          "How often pairs that are one person (m) and pairs of two people (u) stand at each level.",
          2 * row_step * static_cast<double>(levels.size()) + 4,
          [&](Svg& svg) {
            const double room = picture_width - names_width - 62;
            double y = 2;
            for (const LevelReport* level : levels) {
              svg.words(names_width - 6, y + 13, shortened(level->level, longest_name), "small end");
              svg.box(names_width, y + 4, std::max(1.0, room * level->m), 12, "at-address");
              svg.words(names_width + room * level->m + 4, y + 14, "m " + probability(level->m), "small");
              svg.box(names_width, y + 18, std::max(1.0, room * level->u), 12, "not-found");
              svg.words(names_width + room * level->u + 4, y + 28, "u " + probability(level->u), "small");
              y += 2 * row_step;
            }
          },
          [] {});
    }
  });
}

std::vector<SignedBar> steps_of(const linkage::PairExplanation& pair) {
  std::vector<SignedBar> steps;
  double at = 0;
  const auto add = [&](const std::string& name, linkage::Weight weight, std::string style) {
    const double to = at + bits(weight);
    steps.push_back({name, at, to, signed_bits(bits(weight)), std::move(style)});
    at = to;
  };
  const auto style = [](linkage::Weight weight) { return weight >= 0 ? "at-address" : "not-found"; };
  add("prior", pair.prior, "unclear");
  for (const linkage::FieldEvidence& field : pair.fields) {
    if (field.level != "missing") add(field.field, field.weight, style(field.weight));
  }
  if (pair.dependence != 0) add("fields go together", pair.dependence, style(pair.dependence));
  if (pair.rivals != 0) add("its rivals", pair.rivals, style(pair.rivals));
  steps.push_back({"total", 0, at, signed_bits(at), "plain-fill"});
  return steps;
}

void write_waterfall(Html& html, const ExamplePair& pair, std::size_t number) {
  const std::vector<SignedBar> steps = steps_of(pair.explanation);
  figure(
      html, fmt::format("waterfall-{}", number),
      fmt::format("{} and {}: probability {}", shortened(pair.left, 40), shortened(pair.right, 40),
                  probability(pair.explanation.probability)),
      "What each field adds to or takes from the match weight, in bits, from the prior to the total.",
      row_step * static_cast<double>(steps.size()) + 4, [&](Svg& svg) { draw_signed(svg, steps, 2); },
      [&] {
        folded(html, "The values compared", [&] {
          Table table("Values", {{"Field"}, {"Left"}, {"Right"}, {"Level"}, {"Bits", true}},
                      Table::Narrow::stack);
          for (const linkage::FieldEvidence& field : pair.explanation.fields)
            table.row({field.field, field.left, field.right, field.level, signed_bits(bits(field.weight))});
          table.write(html);
        });
      });
}

void write_waterfalls(Html& html, const LinkageCharts& charts) {
  if (charts.examples.empty()) {
    paragraph(html, "No pair was linked.");
    return;
  }
  html.element("div", {{"class", "figures"}}, [&] {
    for (std::size_t at = 0; at < charts.examples.size(); ++at)
      write_waterfall(html, charts.examples[at], at);
  });
}

// A frame with two axes from 0 to `right` and 0 to `top`.
struct Plane {
  double left = 44, width = picture_width - 60, height = 190, ceiling = 12;
  double low = 0, high = 1, most = 1;
  [[nodiscard]] double x(double value) const { return left + width * (value - low) / (high - low); }
  [[nodiscard]] double y(double value) const { return ceiling + height * (1 - value / most); }
};

void draw_axes(Svg& svg, const Plane& plane, const std::string& across, const std::string& up) {
  svg.line(plane.left, plane.ceiling, plane.left, plane.ceiling + plane.height, "axis");
  svg.line(plane.left, plane.ceiling + plane.height, plane.left + plane.width, plane.ceiling + plane.height,
           "axis");
  svg.words(plane.left, plane.ceiling - 2, up, "tiny");
  svg.words(plane.left + plane.width, plane.ceiling + plane.height + 26, across, "tiny end");
}

void write_unlinkables(Html& html, const LinkageCharts& charts) {
  const auto& weights = charts.against_themselves;
  if (weights.empty()) {
    paragraph(
        html,
        "Told where a list is compared with itself: the share of entries that say too little to be linked "
        "even to an exact copy of themselves.");
    return;
  }
  Plane plane;
  plane.low = 0;
  plane.high = std::max(1.0, std::ceil(bits(weights.back())));
  const auto below = [&](double limit) {
    const auto found = std::lower_bound(weights.begin(), weights.end(),
                                        static_cast<linkage::Weight>(limit * linkage::weight_scale));
    return static_cast<double>(found - weights.begin()) / static_cast<double>(weights.size());
  };
  plane.most = std::max(0.02, std::min(1.0, std::ceil(below(plane.high / 2) * 20) / 20));
  figure(
      html, "unlinkables", "Entries that cannot be linked",
      fmt::format(
          "Share of entries that stay below each match weight even against a copy of themselves: {} below "
          "even odds.",
          percent(below(0))),
      232,
      [&](Svg& svg) {
        draw_axes(svg, plane, "match weight in bits", "share of entries");
        constexpr int steps = 60;
        for (int step = 0; step < steps; ++step) {
          const double from = plane.high * step / steps;
          const double to = plane.high * (step + 1) / steps;
          svg.line(plane.x(from), plane.y(std::min(below(from), plane.most)), plane.x(to),
                   plane.y(std::min(below(to), plane.most)), "freeze");
        }
        for (int tick = 0; tick <= 4; ++tick) {
          const double value = plane.high * tick / 4;
          svg.words(plane.x(value), plane.ceiling + plane.height + 13, decimal(value, 0), "tiny middle");
          svg.words(plane.left - 4, plane.y(plane.most * tick / 4) + 3, percent(plane.most * tick / 4),
                    "tiny end");
        }
      },
      [&] {
        remark(html, fmt::format("{} looked at. {} cannot reach a probability of one half, {} not .99.",
                                 counted(weights.size(), "entry", "entries"), percent(below(0)),
                                 percent(below(6.63))));
      });
}

void draw_thresholds(Svg& svg, const std::vector<linkage::ThresholdLine>& lines) {
  Plane plane;
  plane.most = 1;
  for (const linkage::ThresholdLine& line : lines) {
    if (line.threshold >= 0.1) plane.most = std::max({plane.most, line.expected_false, line.expected_missed});
  }
  draw_axes(svg, plane, "threshold", "expected pairs");
  for (int tick = 0; tick <= 4; ++tick) {
    svg.words(plane.x(tick / 4.0), plane.ceiling + plane.height + 13, decimal(tick / 4.0, 2), "tiny middle");
    svg.words(plane.left - 4, plane.y(plane.most * tick / 4) + 3, quantity(std::round(plane.most * tick / 4)),
              "tiny end");
  }
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const linkage::ThresholdLine& line = lines[at];
    if (line.threshold < 0.1) continue;
    svg.box(plane.x(line.threshold) - 2, plane.y(line.expected_false) - 2, 4, 4, "not-found",
            fmt::format("threshold {}: {} wrong", line.threshold, quantity(line.expected_false)));
    svg.box(plane.x(line.threshold) - 2, plane.y(line.expected_missed) - 2, 4, 4, "at-address",
            fmt::format("threshold {}: {} missed", line.threshold, quantity(line.expected_missed)));
  }
  svg.box(plane.left + 12, plane.ceiling + 2, 8, 8, "not-found");
  svg.words(plane.left + 24, plane.ceiling + 10, "wrong among those linked", "tiny");
  svg.box(plane.left + 150, plane.ceiling + 2, 8, 8, "at-address");
  svg.words(plane.left + 162, plane.ceiling + 10, "missed below", "tiny");
}

void write_thresholds(Html& html, const Diagnostics& diagnostics) {
  if (diagnostics.by_threshold.empty()) {
    paragraph(html, "No pair was compared.");
    return;
  }
  figure(
      html, "thresholds", "What a threshold costs",
      "Expected wrong links and expected missed pairs at each threshold, if the probabilities hold.", 240,
      [&](Svg& svg) { draw_thresholds(svg, diagnostics.by_threshold); }, [] {});
  Table table("At each threshold", {{"Threshold", true},
                                    {"Pairs linked", true},
                                    {"Expected wrong", true},
                                    {"Expected missed", true},
                                    {"Precision", true},
                                    {"Recall of what was proposed", true}});
  for (const linkage::ThresholdLine& line : diagnostics.by_threshold) {
    const double right = static_cast<double>(line.pairs) - line.expected_false;
    table.row({fmt::format("{}", line.threshold), count(line.pairs), quantity(line.expected_false),
               quantity(line.expected_missed),
               line.pairs > 0 ? percent(right / static_cast<double>(line.pairs)) : "none linked",
               right + line.expected_missed > 0 ? percent(right / (right + line.expected_missed)) : "none"});
  }
  table.write(html);
}

void write_blocking(Html& html, const Diagnostics& diagnostics) {
  Table table("How pairs were proposed", {{"Pass"},
                                          {"Keys", true},
                                          {"Pairs compared", true},
                                          {"Largest block, rows", true},
                                          {"Blocks cut down", true}});
  for (const linkage::BlockReport& block : diagnostics.blocks)
    table.row({block.pass, count(block.keys), count(block.pairs), count(block.largest), count(block.split)});
  table.write(html);
  const linkage::RecallEstimate& recall = diagnostics.recall;
  if (!recall.passes.empty()) {
    Table keys("What exact keys would capture, before scoring", {{"Key"},
                                                                 {"Pairs", true},
                                                                 {"By chance", true},
                                                                 {"Recall, at most", true},
                                                                 {"Among those compared", true}});
    for (const linkage::PassRecall& pass : recall.passes)
      keys.row({pass.pass, quantity(std::round(pass.pairs)), quantity(pass.by_chance),
                pass.recall > 0 ? percent(pass.recall) : "not known", percent(pass.among_candidates)});
    keys.write(html);
    if (recall.recall > 0)
      paragraph(html, fmt::format("By capture and recapture between these keys, the pairs compared hold at "
                                  "most {} of the pairs that are one person.",
                                  percent(recall.recall)));
  }
  paragraph(html, fmt::format("{} of {} pairs were compared.", count(diagnostics.pairs_compared),
                              count(diagnostics.all_pairs)));
}

void write_reliability(Html& html, const LinkageCharts& charts) {
  if (charts.reliability.empty()) {
    paragraph(
        html,
        "Told where labelled pairs are given (--labels): how often pairs of each probability are truly one "
        "person.");
    return;
  }
  const auto draw = [&](const char* id, const char* title,
                        const std::vector<linkage::ReliabilityBand>& bands) {
    Plane plane;
    figure(
        html, id, title,
        "Share of labelled pairs that are one person, by predicted probability, with 95 % intervals.", 232,
        [&](Svg& svg) {
          draw_axes(svg, plane, "predicted", "truly one person");
          svg.line(plane.x(0), plane.y(0), plane.x(1), plane.y(1), "axis");
          for (const linkage::ReliabilityBand& band : bands) {
            svg.line(plane.x(band.predicted), plane.y(band.interval.low), plane.x(band.predicted),
                     plane.y(band.interval.high), "freeze");
            svg.box(plane.x(band.predicted) - 3, plane.y(band.share) - 3, 6, 6, "at-address",
                    fmt::format("predicted {}, true {}, {}", decimal(band.predicted, 3),
                                decimal(band.share, 3), counted(band.pairs, "pair")));
          }
          for (int tick = 0; tick <= 4; ++tick) {
            svg.words(plane.x(tick / 4.0), plane.ceiling + plane.height + 13, decimal(tick / 4.0, 2),
                      "tiny middle");
            svg.words(plane.left - 4, plane.y(tick / 4.0) + 3, decimal(tick / 4.0, 2), "tiny end");
          }
        },
        [] {});
  };
  html.element("div", {{"class", "figures"}}, [&] {
    draw("reliability-before", "As scored", charts.reliability);
    if (!charts.set_right.empty()) draw("reliability-after", "Set right by the labels", charts.set_right);
  });
}

struct Chapter {
  const char* id;
  const char* title;
};
constexpr auto chapters = std::to_array<Chapter>({{"weights", "Match weights"},
                                                  {"shares", "m and u"},
                                                  {"waterfalls", "Waterfalls of single pairs"},
                                                  {"cannot", "Entries that cannot be linked"},
                                                  {"threshold", "Threshold"},
                                                  {"blocking", "How pairs were proposed"},
                                                  {"reliability", "Reliability"}});

void write_chapter(Html& html, std::size_t which, const LinkageCharts& charts) {
  switch (which) {
    case 0:
      return write_weights(html, charts.diagnostics);
    case 1:
      return write_m_and_u(html, charts.diagnostics);
    case 2:
      return write_waterfalls(html, charts);
    case 3:
      return write_unlinkables(html, charts);
    case 4:
      return write_thresholds(html, charts.diagnostics);
    case 5:
      return write_blocking(html, charts.diagnostics);
    default:
      return write_reliability(html, charts);
  }
}

void write_summary(Html& html, const LinkageCharts& charts) {
  const Diagnostics& diagnostics = charts.diagnostics;
  html.leaf("p", {{"class", "kind"}}, "How these entries were linked");
  html.leaf("h1", charts.title);
  values(html, {{"Pairs compared", count(diagnostics.pairs_compared)},
                {"Prior", probability(diagnostics.prior)},
                {"Iterations", fmt::format("{}{}", count(diagnostics.iterations),
                                           diagnostics.converged ? "" : ", not converged")},
                {"Expected wrong", quantity(diagnostics.expected_false)},
                {"Expected missed", quantity(diagnostics.expected_missed)}});
  remark(html, "This page shows values of some entries. It is as confidential as the lists.");
  bullets(html, diagnostics.notes);
}

}  // namespace

std::string linkage_charts_html(const LinkageCharts& charts) {
  Html html;
  html.element("html", {{"lang", "en-GB"}, {"xmlns", "http://www.w3.org/1999/xhtml"}}, [&] {
    write_head(html, "Linkage: " + charts.title, charts.program_version);
    html.element("body", [&] {
      html.element("div", {{"class", "page"}}, [&] {
        html.element("header", {{"class", "title-block"}}, [&] { write_summary(html, charts); });
        html.element("nav", {{"aria-label", "Contents"}, {"class", "contents"}}, [&] {
          folded(html, "Contents", [&] {
            html.element("ol", [&] {
              for (const Chapter& chapter : chapters) {
                html.element("li", [&] {
                  html.leaf("a", {{"href", std::string("#") + chapter.id}}, chapter.title);
                });
              }
            });
          });
        });
        html.element("main", [&] {
          for (std::size_t at = 0; at < chapters.size(); ++at) {
            section(html, chapters[at].id, chapters[at].title, [&] { write_chapter(html, at, charts); });
          }
        });
      });
    });
  });
  return html.document();
}

}  // namespace scrutineer::report
