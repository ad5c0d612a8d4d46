// Work shared between threads without changing its result.
#ifndef SCRUTINEER_BASE_PARALLEL_H_
#define SCRUTINEER_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace scrutineer {

// The number of threads meant by a user's setting: 0 means one for each processor this process may use.
unsigned thread_count(unsigned wanted);

// Calls work(chunk) once for each chunk 0 .. chunks - 1, on up to `threads` threads, each taking the next
// chunk that is free. Returns when all are done. The order of calls is not defined: a caller that wants the
// same bytes on any number of threads writes each chunk's result into a slot of its own and merges the slots
// in order. The first exception that `work` throws is thrown again here after all threads have stopped.
void parallel_for(unsigned threads, std::size_t chunks, const std::function<void(std::size_t)>& work);

// As above, and tells each call which worker (0 .. threads - 1) it runs on, for per-worker scratch space.
void parallel_for_worker(unsigned threads, std::size_t chunks,
                         const std::function<void(std::size_t chunk, unsigned worker)>& work);

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_PARALLEL_H_
