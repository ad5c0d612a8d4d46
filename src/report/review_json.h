// review.json: what the review app shows of the inquiry as a whole.
#ifndef SCRUTINEER_REPORT_REVIEW_JSON_H_
#define SCRUTINEER_REPORT_REVIEW_JSON_H_

#include <optional>
#include <string>
#include <vector>

#include "impact/assess.h"
#include "inquiry/outcome.h"

namespace scrutineer::report {

// The margins by which the impact was judged, and the outcome for every number of questioned entries.
struct ContestFigures {
  std::optional<impact::ContestNumbers> numbers;
  std::vector<impact::CurvePoint> curve;
};

// The six answers, the contest with its rounds and margins, the days of joining. No person is in it. As for
// findings.json: the same outcome gives the same bytes.
std::string review_json(const inquiry::Outcome& outcome, const ContestFigures& figures);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_REVIEW_JSON_H_
