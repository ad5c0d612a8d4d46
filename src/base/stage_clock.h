// How long the stages of a run took, by the wall clock. Times go to the user's terminal and nowhere else: no
// result depends on them.
#ifndef SCRUTINEER_BASE_STAGE_CLOCK_H_
#define SCRUTINEER_BASE_STAGE_CLOCK_H_

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace scrutineer {

struct StageTime {
  std::string stage;
  double seconds = 0;
};

class StageClock {
 public:
  // Everything since the last call, or since the clock was made, belongs to `stage`.
  void lap(std::string stage) {
    const auto now = std::chrono::steady_clock::now();
    times_.push_back({std::move(stage), std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }
  [[nodiscard]] const std::vector<StageTime>& times() const { return times_; }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::vector<StageTime> times_;
};

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_STAGE_CLOCK_H_
