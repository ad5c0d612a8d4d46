// Times the stages of a run.
#ifndef SCRUTINEER_INQUIRY_STOPWATCH_H_
#define SCRUTINEER_INQUIRY_STOPWATCH_H_

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "inquiry/audit.h"

namespace scrutineer::inquiry {

class Stopwatch {
 public:
  // Everything since the last call (or since the start) belongs to `stage`; times of one stage add up.
  void lap(const std::string& stage, std::uint64_t amount = 0, const std::string& unit = {}) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    for (StageTiming& timing : timings_) {
      if (timing.stage != stage) continue;
      timing.seconds += seconds;
      timing.amount += amount;
      return;
    }
    timings_.push_back({stage, seconds, amount, unit});
  }
  [[nodiscard]] std::vector<StageTiming> take() { return std::move(timings_); }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::vector<StageTiming> timings_;
};

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_STOPWATCH_H_
