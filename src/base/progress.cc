#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace scrutineer {

Progress::Progress(std::string task, std::string unit, std::uint64_t total)
    : task_(std::move(task)),
      unit_(std::move(unit)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) == 1),
      next_draw_(300),
      start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (terminal_) fmt::print(stderr, "\r\033[K");
}

void Progress::add(std::uint64_t done) {
  done_.fetch_add(done, std::memory_order_relaxed);
  if (!terminal_) return;
  const auto elapsed =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
  std::int64_t due = next_draw_.load(std::memory_order_relaxed);
  // Whoever moves the due time on is the one that draws.
  if (elapsed.count() >= due && next_draw_.compare_exchange_strong(due, elapsed.count() + 100)) draw();
}

void Progress::draw() {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const auto done = static_cast<double>(done_.load(std::memory_order_relaxed));
  const double rate = seconds > 0 ? done / seconds : 0;
  std::string line = fmt::format("\r\033[K{}: {:.0f} {} ({:.3g}/s)", task_, done, unit_, rate);
  if (total_ > 0 && rate > 0) {
    const double left = (static_cast<double>(total_) - done) / rate;
    line += fmt::format(", {:.0f} %, {:.0f} s left", 100 * done / static_cast<double>(total_),
                        left > 0 ? left : 0);
  }
  fmt::print(stderr, "{}", line);
  std::fflush(stderr);
}

}  // namespace scrutineer
