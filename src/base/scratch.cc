#include "base/scratch.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <new>
#include <string>

#include "base/bytes_by_address.h"
#include "base/scratch_new.h"

namespace scrutineer {
namespace {

std::atomic<std::uint64_t>& ceiling() {
  static std::atomic<std::uint64_t> bytes{0};
  return bytes;
}

// What is mapped from files, by address. Never taken down: static objects may let go after it.
struct FileMappings {
  std::mutex guard;
  BytesByAddress bytes;
};
FileMappings& file_mappings() {
  static FileMappings* const mappings = new FileMappings;
  return *mappings;
}

// A number of /proc/self/statm, in bytes. Its numbers: size, resident, shared, text, lib, data.
std::uint64_t memory_number(std::size_t which) {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  std::array<unsigned long long, 6> pages{};
  const int read = std::fscanf(file, "%llu %llu %llu %llu %llu %llu", &pages[0], &pages[1], &pages[2],
                               &pages[3], &pages[4], &pages[5]);
  std::fclose(file);
  return read == 6 ? pages.at(which) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

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
  use_scratch_new();
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
  return memory_number(5);  // what RLIMIT_DATA counts
}

void relieve_memory() {
  if (ceiling() == 0 || memory_number(1) <= ceiling() / 10 * 9) return;
  FileMappings& mappings = file_mappings();
  const std::lock_guard lock(mappings.guard);
  // Shared mappings: what was written stays in the file.
  for (const auto& [data, bytes] : mappings.bytes) ::madvise(data, bytes, MADV_DONTNEED);
}

bool fits_in_memory(std::uint64_t bytes) {
  return ceiling() == 0 || memory_in_use() + bytes <= ceiling() / 5 * 4;
}

ScratchMapping map_scratch(std::size_t bytes) {
  ScratchMapping mapping;
  mapping.in_file = bytes >= smallest_scratch && !fits_in_memory(bytes);
  if (!mapping.in_file) {
    mapping.data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    // There may be no room even below the ceiling: then it is a file after all.
    mapping.in_file = mapping.data == MAP_FAILED && ceiling() > 0;
  }
  if (mapping.in_file) {
    relieve_memory();
    mapping.data = map_file(bytes);
  }
  if (mapping.data == MAP_FAILED) throw std::bad_alloc();
  if (mapping.in_file) {
    FileMappings& mappings = file_mappings();
    const std::lock_guard lock(mappings.guard);
    mappings.bytes.emplace(mapping.data, bytes);
  }
  return mapping;
}

void unmap_scratch(void* data, std::size_t bytes) noexcept {
  if (ceiling() > 0) {
    FileMappings& mappings = file_mappings();
    const std::lock_guard lock(mappings.guard);
    mappings.bytes.erase(data);
  }
  ::munmap(data, bytes);
}

ScratchBytes::ScratchBytes(std::size_t bytes) : bytes_(bytes) {
  if (bytes == 0) return;
  const ScratchMapping mapping = map_scratch(bytes);
  data_ = mapping.data;
  in_file_ = mapping.in_file;
}

ScratchBytes::~ScratchBytes() {
  if (data_ != nullptr) unmap_scratch(data_, bytes_);
}

void ScratchBytes::put_away() const {
  if (in_file_) ::madvise(data_, bytes_, MADV_DONTNEED);  // shared: what was written stays in the file
}

}  // namespace scrutineer
