#include "base/scratch.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

namespace scrutineer {
namespace {

std::atomic<std::uint64_t>& ceiling() {
  static std::atomic<std::uint64_t> bytes{0};
  return bytes;
}

constexpr std::size_t smallest_in_file = std::size_t{4} << 20;  // smaller arrays are not worth a file

// A file without a name in the scratch folder (TMPDIR, else /var/tmp, which is on disk where /tmp may not
// be).
int nameless_file() {
  const char* const chosen = std::getenv("TMPDIR");
  const std::string folder = chosen != nullptr && *chosen != '\0' ? chosen : "/var/tmp";
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  // A file system that knows no nameless files: the name goes at once.
  std::string name = folder + "/scrutineer-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

void* map_file(std::size_t bytes) {
  const int file = nameless_file();
  if (file < 0) return MAP_FAILED;
  // Space is taken now: a full disk is told here, not by a signal in the middle of a sort.
  void* mapped = MAP_FAILED;
  if (::posix_fallocate(file, 0, static_cast<off_t>(bytes)) == 0)
    mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return mapped;
}

}  // namespace

void limit_memory(std::uint64_t bytes) {
  ceiling() = bytes;
  if (bytes == 0) return;
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
  if (limit.rlim_max == RLIM_INFINITY || bytes < limit.rlim_max) {
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_DATA, &limit);
  }
}

std::uint64_t memory_ceiling() {
  return ceiling();
}

std::uint64_t memory_in_use() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  // size, resident, shared, text, lib, data: the last is what RLIMIT_DATA counts.
  unsigned long long data = 0;
  const int read = std::fscanf(file, "%*u %*u %*u %*u %*u %llu", &data);
  std::fclose(file);
  return read == 1 ? data * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

bool fits_in_memory(std::uint64_t bytes) {
  return ceiling() == 0 || memory_in_use() + bytes <= ceiling() / 5 * 4;
}

ScratchBytes::ScratchBytes(std::size_t bytes) : bytes_(bytes) {
  if (bytes == 0) return;
  in_file_ = bytes >= smallest_in_file && !fits_in_memory(bytes);
  data_ = in_file_ ? map_file(bytes)
                   : ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data_ == MAP_FAILED) {
    data_ = nullptr;
    throw std::bad_alloc();
  }
}

ScratchBytes::~ScratchBytes() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
}

void ScratchBytes::put_away() const {
  if (in_file_) ::madvise(data_, bytes_, MADV_DONTNEED);  // shared: what was written stays in the file
}

}  // namespace scrutineer
