#include "canvass/bravo.h"

#include <algorithm>
#include <cmath>

namespace scrutineer::canvass {
namespace {

struct Logs {
  double winner = 0, loser = 0;
};

Logs logs_of(const Pair& reported) {
  const double share = reported.winner / (reported.winner + reported.loser);
  return {std::log(2 * share), std::log(2 - 2 * share)};
}

// Of ln T, by a paper drawn, if the reported shares are the true ones.
double drift(const Pair& reported, double papers) {
  const Logs logs = logs_of(reported);
  // A loser without votes never lowers T.
  const double lost = reported.loser > 0 ? reported.loser / papers * logs.loser : 0;
  return reported.winner / papers * logs.winner + lost;
}

}  // namespace

double bravo_p(const Pair& reported, const Pair& sample) {
  const Logs logs = logs_of(reported);
  return std::min(
      1.0, std::exp(-(sample.winner * logs.winner + (sample.loser > 0 ? sample.loser * logs.loser : 0))));
}

double bravo_difficulty(const Pair& reported, double papers, double risk) {
  return (-std::log(risk) + logs_of(reported).winner / 2) / drift(reported, papers);
}

std::uint64_t bravo_expected(const Pair& reported, double papers, double risk) {
  return static_cast<std::uint64_t>(std::ceil(bravo_difficulty(reported, papers, risk)));
}

double comparison_difficulty(double margin, double papers, double risk, double gamma) {
  return -std::log(risk) * 2 * gamma * papers / margin;
}

}  // namespace scrutineer::canvass
