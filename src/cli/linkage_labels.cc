#include "cli/linkage_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "linkage/candidates.h"
#include "linkage/fixed_point.h"
#include "linkage/probability_mass.h"

namespace scrutineer::cli {
namespace {

using linkage::Calibration;
using linkage::LabelledPair;
using Json = nlohmann::ordered_json;

constexpr std::size_t labels_for_isotonic = 1'000;
constexpr std::size_t folds = 5;
constexpr std::uint64_t fold_seed = 0xF01D;

Calibration fitted(Calibration::Method method, std::span<const LabelledPair> labels) {
  return method == Calibration::Method::isotonic ? Calibration::isotonic(labels) : Calibration::beta(labels);
}

// Each fifth of the labels under a map learned from the others: how a map learned from all will do on new
// pairs.
std::vector<LabelledPair> cross_fitted(Calibration::Method method, std::span<const LabelledPair> labels) {
  std::vector<LabelledPair> result;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<LabelledPair> others;
    std::vector<LabelledPair> mine;
    for (std::size_t at = 0; at < labels.size(); ++at)
      (linkage::below(linkage::mixed(fold_seed, at), folds) == fold ? mine : others).push_back(labels[at]);
    const Calibration map = fitted(method, others);
    for (LabelledPair& pair : mine) {
      pair.weight = map(pair.weight);
      result.push_back(pair);
    }
  }
  return result;
}

linkage::ClassColumns class_columns(const rolls::StandardRoll& roll) {
  linkage::ClassColumns columns;
  for (const TextColumn* const name : {&roll.given, &roll.middle, &roll.family}) {
    if (name->size() == roll.rows) columns.names.push_back(name);
  }
  if (roll.generic.size() == roll.rows) columns.honorific = &roll.generic;
  if (roll.birth_date.size() == roll.rows) columns.date = &roll.birth_date;
  return columns;
}

Json to_json(std::span<const linkage::ReliabilityBand> bands) {
  Json list = Json::array();
  for (const linkage::ReliabilityBand& band : bands) {
    list.push_back({{"from", band.from},
                    {"to", band.to},
                    {"pairs", band.pairs},
                    {"predicted", band.predicted},
                    {"same", band.share},
                    {"low", band.interval.low},
                    {"high", band.interval.high}});
  }
  return list;
}

Json to_json(std::span<const linkage::ClassRate> rates) {
  Json list = Json::array();
  for (const linkage::ClassRate& rate : rates) {
    list.push_back({{"form", linkage::dimension_name(rate.dimension)},
                    {"class", linkage::class_name(rate.dimension, rate.name_class)},
                    {"pairs", rate.trials},
                    {"errors", rate.events},
                    {"low", rate.interval.low},
                    {"high", rate.interval.high},
                    {"ratio", rate.ratio},
                    {"ratio_low", rate.ratio_interval.low},
                    {"ratio_high", rate.ratio_interval.high}});
  }
  return list;
}

void print_bands(const char* title, std::span<const linkage::ReliabilityBand> bands) {
  fmt::print(stderr, "{}\n  {:>14}  {:>7}  {:>9}  {:>9}  {}\n", title, "probability", "pairs", "predicted",
             "same", "95 %");
  for (const linkage::ReliabilityBand& band : bands) {
    fmt::print(stderr, "  {:>5} to {:>5}  {:>7}  {:>9.3f}  {:>9.3f}  {:.3f} to {:.3f}\n", band.from, band.to,
               band.pairs, band.predicted, band.share, band.interval.low, band.interval.high);
  }
}

void print_rates(const char* title, std::span<const linkage::ClassRate> rates) {
  fmt::print(stderr, "{}\n", title);
  for (const linkage::ClassRate& rate : rates) {
    if (rate.trials == 0) continue;
    fmt::print(stderr, "  {}, {}: {} of {} ({:.3f} to {:.3f}); {:.2f} times the others' ({:.2f} to {:.2f})\n",
               linkage::dimension_name(rate.dimension), linkage::class_name(rate.dimension, rate.name_class),
               rate.events, rate.trials, rate.interval.low, rate.interval.high, rate.ratio,
               rate.ratio_interval.low, rate.ratio_interval.high);
  }
}

void count_anew(std::span<const linkage::Link> links, double threshold, linkage::Diagnostics& diagnostics) {
  linkage::ProbabilityMass mass;
  diagnostics.expected_false = 0;
  diagnostics.expected_missed = 0;
  for (const linkage::Link& link : links) {
    mass.add(link.probability);
    (link.probability >= threshold ? diagnostics.expected_false : diagnostics.expected_missed) +=
        link.probability >= threshold ? 1 - link.probability : link.probability;
  }
  diagnostics.by_threshold = mass.lines();
}

}  // namespace

LabelReport learn_from_labels(const LinkageSettings& settings, const LinkageRoll& left,
                              std::span<const JudgedPair> labels, std::vector<linkage::Link>& links,
                              linkage::Diagnostics& diagnostics) {
  std::unordered_map<linkage::PairKey, linkage::Weight> weights;  // looked up only
  for (const linkage::Link& link : links)
    weights.emplace(linkage::pair_key(link.left, link.right), link.weight);
  LabelReport report;
  report.labels = labels.size();
  std::vector<LabelledPair> scored;
  std::vector<linkage::Weight> weight_of_label;
  for (const JudgedPair& label : labels) {
    auto found = weights.find(linkage::pair_key(label.left, label.right));
    if (found == weights.end()) found = weights.find(linkage::pair_key(label.right, label.left));
    if (found == weights.end()) {
      ++report.not_scored;
      weight_of_label.push_back(-1'000 * linkage::weight_scale);
    } else {
      scored.push_back({found->second, label.same});
      weight_of_label.push_back(found->second);
    }
  }
  report.method = settings.calibration == "isotonic" ||
                          (settings.calibration == "auto" && scored.size() >= labels_for_isotonic)
                      ? Calibration::Method::isotonic
                      : Calibration::Method::beta;
  report.before = linkage::reliability(scored);
  report.after = linkage::reliability(cross_fitted(report.method, scored));
  const Calibration map = fitted(report.method, scored);
  linkage::recalibrate(map, links);
  count_anew(links, settings.threshold, diagnostics);
  std::erase_if(links, [&](const linkage::Link& link) { return link.probability < settings.threshold; });

  const auto all_classes = linkage::name_classes(class_columns(left.standard), left.standard.rows);
  std::vector<linkage::RowClasses> classes;
  std::vector<std::uint8_t> linked, wrong, same, missed;
  for (std::size_t at = 0; at < labels.size(); ++at) {
    classes.push_back(all_classes[labels[at].left]);
    const bool link = linkage::probability_of(map(weight_of_label[at])) >= settings.threshold &&
                      weight_of_label[at] > -1'000 * linkage::weight_scale;
    linked.push_back(link ? 1 : 0);
    wrong.push_back(link && !labels[at].same ? 1 : 0);
    same.push_back(labels[at].same ? 1 : 0);
    missed.push_back(labels[at].same && !link ? 1 : 0);
  }
  report.false_links = linkage::rates_by_class(classes, linked, wrong);
  report.missed_links = linkage::rates_by_class(classes, same, missed);
  return report;
}

void print_label_report(const LabelReport& report) {
  fmt::print(stderr,
             "{} labelled pairs, {} of them never scored; probabilities set right by {} calibration.\n",
             report.labels, report.not_scored, linkage::to_string(report.method));
  print_bands("As scored:", report.before);
  print_bands("Set right (each fifth by what the other four teach):", report.after);
  print_rates("Wrong among the labelled pairs linked, by the form of the left name:", report.false_links);
  print_rates("Missed among the labelled pairs that are one person:", report.missed_links);
}

Json to_json(const LabelReport& report) {
  return {{"labels", report.labels},
          {"not_scored", report.not_scored},
          {"calibration", linkage::to_string(report.method)},
          {"as_scored", to_json(std::span(report.before))},
          {"set_right", to_json(std::span(report.after))},
          {"wrong_by_name", to_json(std::span(report.false_links))},
          {"missed_by_name", to_json(std::span(report.missed_links))}};
}

}  // namespace scrutineer::cli
