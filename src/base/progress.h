// One line on a terminal that says how far a long job has come, its rate and the time left. Where standard
// error is not a terminal nothing is written, so logs and tests stay clean.
#ifndef SCRUTINEER_BASE_PROGRESS_H_
#define SCRUTINEER_BASE_PROGRESS_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace scrutineer {

class Progress {
 public:
  // `total` 0 means it is not known. `unit` is what is counted: "rows", "pairs".
  Progress(std::string task, std::string unit, std::uint64_t total);
  ~Progress();  // wipes the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Safe from any thread; draws at most ten times a second.
  void add(std::uint64_t done);

 private:
  void draw();

  std::string task_;
  std::string unit_;
  std::uint64_t total_;
  bool terminal_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::int64_t> next_draw_{0};  // milliseconds since start_
  std::chrono::steady_clock::time_point start_;
};

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_PROGRESS_H_
