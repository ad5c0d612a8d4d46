// Probabilities set right by labelled pairs: a monotone map from the match weight to the share that is truly
// one person, and how far predictions and truth lie apart, band by band.
//
// Assumes that within any range of weights the pairs labelled are those of that range drawn without regard to
// the truth (a reviewer who labels only obvious pairs calibrates nothing else).
#ifndef SCRUTINEER_LINKAGE_CALIBRATION_H_
#define SCRUTINEER_LINKAGE_CALIBRATION_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "linkage/linkage.h"
#include "stats/binomial.h"

namespace scrutineer::linkage {

struct LabelledPair {
  Weight weight = 0;  // as scored
  bool same = false;  // as a reviewer found
};

// Predicted against true, in one band of probability.
struct ReliabilityBand {
  double from = 0;  // probability, inclusive
  double to = 0;    // exclusive; the last band includes 1
  std::uint64_t pairs = 0;
  std::uint64_t same = 0;
  double predicted = 0;      // mean probability
  double share = 0;          // same / pairs
  stats::Interval interval;  // Wilson's, 95 %, of the true share
};

// Bands with pairs only, ascending: 0 .1 .2 ... .9 .99 .999 1.
std::vector<ReliabilityBand> reliability(std::span<const LabelledPair> pairs);

class Calibration {
 public:
  enum class Method : std::uint8_t { none, isotonic, beta };

  Calibration() = default;  // none: leaves every weight as it is

  // Isotonic regression by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman 1955); pairs of
  // one weight are pooled first; between two blocks the log-odds are interpolated. Probabilities stay 1/(2n)
  // away from 0 and 1, n being the pairs labelled. Nothing is learned from no pairs.
  static Calibration isotonic(std::span<const LabelledPair> pairs);

  // logit q = c + a ln p - b ln(1 - p) with a, b >= 0, by maximum likelihood (Kull, Silva Filho and Flach
  // 2017, "Beta calibration", AISTATS), with a penalty of one pseudo-pair towards a = b = 1. For few labels.
  static Calibration beta(std::span<const LabelledPair> pairs);

  [[nodiscard]] Method method() const { return method_; }
  [[nodiscard]] Weight operator()(Weight weight) const;

 private:
  Method method_ = Method::none;
  std::vector<Weight> from_;  // isotonic: ends of blocks, ascending
  std::vector<Weight> to_;
  double a_ = 1, b_ = 1, c_ = 0;  // beta
};

std::string_view to_string(Calibration::Method method);

// Each link's weight and probability set right.
void recalibrate(const Calibration& calibration, std::vector<Link>& links);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_CALIBRATION_H_
