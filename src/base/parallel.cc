#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace scrutineer {

unsigned thread_count(unsigned wanted) {
  if (wanted > 0) return wanted;
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    const int processors = CPU_COUNT(&allowed);
    if (processors > 0) return static_cast<unsigned>(processors);
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for_worker(unsigned threads, std::size_t chunks,
                         const std::function<void(std::size_t, unsigned)>& work) {
  const auto workers = static_cast<unsigned>(std::min<std::size_t>(thread_count(threads), chunks));
  if (workers <= 1) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) work(chunk, 0);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_guard;
  const auto run = [&](unsigned worker) {
    try {
      for (std::size_t chunk = next.fetch_add(1); chunk < chunks; chunk = next.fetch_add(1))
        work(chunk, worker);
    } catch (...) {
      next.store(chunks);
      const std::lock_guard lock(failure_guard);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    others.reserve(workers - 1);
    for (unsigned worker = 1; worker < workers; ++worker) others.emplace_back(run, worker);
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
}

void parallel_for(unsigned threads, std::size_t chunks, const std::function<void(std::size_t)>& work) {
  parallel_for_worker(threads, chunks, [&work](std::size_t chunk, unsigned) { work(chunk); });
}

}  // namespace scrutineer
