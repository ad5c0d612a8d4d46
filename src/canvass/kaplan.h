// The two older sequential tests of a mean that audits of ballots still use. Null as in alpha.h, values at
// least 0 (no upper bound is needed). Both are nonnegative supermartingales under it, so the p-value is
// anytime-valid; ALPHA with a good guess needs fewer values, and these are kept to reproduce audits made
// with them.
//
// Sources: H. Kaplan's martingale as given in P. B. Stark, "Risk-limiting postelection audits: conservative
// p-values from common probability inequalities", IEEE Trans. Information Forensics and Security 4, 2009
// (Markov), and A. Wald 1945 by way of Kaplan (Wald); SHANGRLA's `NonnegMean`, whose values tests reproduce.
#ifndef SCRUTINEER_CANVASS_KAPLAN_H_
#define SCRUTINEER_CANVASS_KAPLAN_H_

#include <cstdint>
#include <span>

namespace scrutineer::canvass {

// When the values are looked at. After every one, in the order drawn: p = min(1, 1 / max_j T_j). Or once, at
// the end of a sample whose size was fixed beforehand: p = min(1, 1 / T_n), by Markov's inequality. The order
// of the values then does not matter and need not have been kept.
enum class Look : std::uint8_t { after_every, at_the_end };

// Kaplan-Markov: T_n = prod (x_j + g) / (t + g). `padding` g >= 0 keeps a single 0 from ending the audit.
// Drawn with replacement.
double kaplan_markov_p(std::span<const double> values, double mean, double padding,
                       Look look = Look::after_every);

// Kaplan-Wald: T_n = prod ((1 - g) x_j / t + g), 0 <= g < 1. With replacement.
double kaplan_wald_p(std::span<const double> values, double mean, double padding,
                     Look look = Look::after_every);

// A betting martingale with one bet: T_n = prod (1 + lambda (x_j - t)), 0 <= lambda <= 1 / t; looked at after
// every value.
// Source: I. Waudby-Smith & A. Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86,
// 2024, section 4. Kaplan-Wald is lambda = (1 - g) / t.
double betting_p(std::span<const double> values, double mean, double bet);

// Kaplan-Markov for a comparison of ballots with the machine's records of them: p after `sample` ballots with
// the given overstatements and understatements of one and two votes; `margin` is the diluted margin (votes of
// margin over ballots cast), `gamma` > 1 the error inflator (1.03905 is usual).
//   p = (1 - m / 2g)^n (1 - 1 / 2g)^-o1 (1 - 1 / g)^-o2 (1 + 1 / 2g)^-u1 (1 + 1 / g)^-u2, at most 1.
// Source: P. B. Stark, "Super-simple simultaneous single-ballot risk-limiting audits", EVT/WOTE 2010, (9).
struct Discrepancies {
  std::uint64_t over_one = 0, over_two = 0, under_one = 0, under_two = 0;
};
double kaplan_markov_comparison_p(std::uint64_t sample, double margin, const Discrepancies& found,
                                  double gamma = 1.03905);
// The sample at which that p is at most `risk`, the discrepancies being given (never less than their number):
//   n = ceil(-2 g (ln alpha + o1 ln(1 - 1/2g) + o2 ln(1 - 1/g) + u1 ln(1 + 1/2g) + u2 ln(1 + 1/g)) / m)
// the published formula (ibid., (10)), which replaces ln(1 - m / 2g) by -m / 2g and so never asks too few.
std::uint64_t kaplan_markov_comparison_sample(double margin, const Discrepancies& found, double risk,
                                              double gamma = 1.03905);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_KAPLAN_H_
