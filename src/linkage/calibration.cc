#include "linkage/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr std::array<double, 13> edges = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, .99, .999, 1};
constexpr unsigned newton_steps = 100;

// ln p and ln(1 - p) of a weight in bits.
struct Logs {
  double p = 0;
  double rest = 0;
};
Logs logs_of(Weight weight) {
  const double x = static_cast<double>(weight) / weight_scale * std::numbers::ln2;
  const auto softplus = [](double v) { return v > 30 ? v : std::log1p(std::exp(v)); };
  return {-softplus(-x), -softplus(x)};
}

Weight weight_of_logit(double logit) {
  return static_cast<Weight>(
      std::lround(std::clamp(logit / std::numbers::ln2, -1000.0, 1000.0) * weight_scale));
}

struct Block {
  Weight first = 0;
  Weight last = 0;
  double pairs = 0;
  double same = 0;
  [[nodiscard]] double share() const { return same / pairs; }
};

// Blocks of equal or falling shares merged until shares rise.
std::vector<Block> pooled(std::span<const LabelledPair> pairs) {
  std::vector<LabelledPair> sorted(pairs.begin(), pairs.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const LabelledPair& a, const LabelledPair& b) { return a.weight < b.weight; });
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < sorted.size();) {
    Block block{sorted[at].weight, sorted[at].weight, 0, 0};
    for (; at < sorted.size() && sorted[at].weight == block.first; ++at) {
      block.pairs += 1;
      block.same += sorted[at].same ? 1 : 0;
    }
    blocks.push_back(block);
    while (blocks.size() > 1 && blocks[blocks.size() - 2].share() >= blocks.back().share()) {
      Block& before = blocks[blocks.size() - 2];
      before.last = blocks.back().last;
      before.pairs += blocks.back().pairs;
      before.same += blocks.back().same;
      blocks.pop_back();
    }
  }
  return blocks;
}

// One Newton step for (a, b, c) with the coefficients of `free`; returns its length.
double newton_step(std::span<const LabelledPair> pairs, const std::array<bool, 3>& free,
                   std::array<double, 3>& beta) {
  std::array<double, 3> gradient{};
  std::array<std::array<double, 3>, 3> hessian{};
  const auto add = [&](const std::array<double, 3>& x, double target, double weight) {
    double logit = 0;
    for (std::size_t i = 0; i < 3; ++i) logit += beta[i] * x[i];
    const double q = 1 / (1 + std::exp(-logit));
    for (std::size_t i = 0; i < 3; ++i) {
      gradient[i] += weight * (target - q) * x[i];
      for (std::size_t j = 0; j < 3; ++j) hessian[i][j] += weight * q * (1 - q) * x[i] * x[j];
    }
  };
  for (const LabelledPair& pair : pairs) {
    const Logs logs = logs_of(pair.weight);
    add({logs.p, -logs.rest, 1}, pair.same ? 1.0 : 0.0, 1);
  }
  constexpr std::array<double, 3> towards = {1, 1, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    gradient[i] += towards[i] - beta[i];
    hessian[i][i] += 1;
    if (!free[i]) {
      gradient[i] = 0;
      for (std::size_t j = 0; j < 3; ++j) hessian[i][j] = hessian[j][i] = 0;
      hessian[i][i] = 1;
    }
  }
  // Gauss-Jordan; the matrix is positive definite by the penalty.
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      if (i == j) continue;
      const double share = hessian[j][i] / hessian[i][i];
      for (std::size_t k = 0; k < 3; ++k) hessian[j][k] -= share * hessian[i][k];
      gradient[j] -= share * gradient[i];
    }
  }
  double length = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double step = std::clamp(gradient[i] / hessian[i][i], -1.0, 1.0);
    beta[i] += step;
    length = std::max(length, std::abs(step));
  }
  return length;
}

}  // namespace

std::vector<ReliabilityBand> reliability(std::span<const LabelledPair> pairs) {
  std::vector<ReliabilityBand> bands(edges.size() - 1);
  for (const LabelledPair& pair : pairs) {
    const double probability = probability_of(pair.weight);
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, probability);
    ReliabilityBand& band = bands[static_cast<std::size_t>(above - edges.begin()) - 1];
    ++band.pairs;
    band.same += pair.same ? 1 : 0;
    band.predicted += probability;
  }
  for (std::size_t at = 0; at < bands.size(); ++at) {
    ReliabilityBand& band = bands[at];
    band.from = edges[at];
    band.to = edges[at + 1];
    if (band.pairs == 0) continue;
    const auto count = static_cast<double>(band.pairs);
    band.predicted /= count;
    band.share = static_cast<double>(band.same) / count;
    band.interval = stats::wilson(static_cast<double>(band.same), count);
  }
  std::erase_if(bands, [](const ReliabilityBand& band) { return band.pairs == 0; });
  return bands;
}

Calibration Calibration::isotonic(std::span<const LabelledPair> pairs) {
  Calibration result;
  if (pairs.empty()) return result;
  result.method_ = Method::isotonic;
  const double least = 0.5 / static_cast<double>(pairs.size());
  for (const Block& block : pooled(pairs)) {
    const Weight to = to_weight(std::clamp(block.share(), least, 1 - least) /
                                (1 - std::clamp(block.share(), least, 1 - least)));
    result.from_.push_back(block.first);
    result.to_.push_back(to);
    if (block.last == block.first) continue;
    result.from_.push_back(block.last);
    result.to_.push_back(to);
  }
  return result;
}

Calibration Calibration::beta(std::span<const LabelledPair> pairs) {
  Calibration result;
  if (pairs.empty()) return result;
  result.method_ = Method::beta;
  std::array<bool, 3> free = {true, true, true};
  std::array<double, 3> beta = {1, 1, 0};
  for (unsigned round = 0; round < 3; ++round) {
    for (unsigned step = 0; step < newton_steps; ++step) {
      if (newton_step(pairs, free, beta) < 1e-9) break;
    }
    // A falling map is no map: the coefficient is set to nothing and the others are fitted again.
    bool again = false;
    for (std::size_t i = 0; i < 2; ++i) {
      if (beta[i] >= 0) continue;
      beta[i] = 0;
      free[i] = false;
      again = true;
    }
    if (!again) break;
  }
  result.a_ = beta[0];
  result.b_ = beta[1];
  result.c_ = beta[2];
  return result;
}

Weight Calibration::operator()(Weight weight) const {
  switch (method_) {
    case Method::none:
      return weight;
    case Method::beta: {
      const Logs logs = logs_of(weight);
      return weight_of_logit(c_ + a_ * logs.p - b_ * logs.rest);
    }
    case Method::isotonic:
      break;
  }
  if (weight <= from_.front()) return to_.front();
  if (weight >= from_.back()) return to_.back();
  const auto above =
      static_cast<std::size_t>(std::upper_bound(from_.begin(), from_.end(), weight) - from_.begin());
  const double share =
      static_cast<double>(weight - from_[above - 1]) / static_cast<double>(from_[above] - from_[above - 1]);
  return static_cast<Weight>(std::lround(to_[above - 1] + share * (to_[above] - to_[above - 1])));
}

std::string_view to_string(Calibration::Method method) {
  switch (method) {
    case Calibration::Method::isotonic:
      return "isotonic";
    case Calibration::Method::beta:
      return "beta";
    case Calibration::Method::none:
      break;
  }
  return "none";
}

void recalibrate(const Calibration& calibration, std::vector<Link>& links) {
  for (Link& link : links) {
    link.weight = calibration(link.weight);
    link.probability = probability_of(link.weight);
  }
}

}  // namespace scrutineer::linkage
