// operator new under a ceiling of memory: what is large and would not fit below four fifths of the ceiling
// lives in a nameless file (map_scratch), whichever container asks for it. Without a ceiling, and for what is
// small, this is malloc. limit_memory refers to this file, so that a program that sets a ceiling has it.
//
// Left out where a sanitizer brings an operator new of its own.
#include "base/scratch_new.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>

#include "base/bytes_by_address.h"
#include "base/scratch.h"

namespace scrutineer {
namespace {

std::atomic<bool>& in_use() {
  static std::atomic<bool> used{false};
  return used;
}

}  // namespace

void use_scratch_new() {
  in_use() = true;
}

}  // namespace scrutineer

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

constexpr std::size_t page = 4096;

// The large blocks that are mapped, by address. Never taken down: other static objects let go after it.
struct LargeBlocks {
  std::mutex guard;
  scrutineer::BytesByAddress bytes;
};
LargeBlocks& large_blocks() {
  static LargeBlocks* const blocks = new LargeBlocks;
  return *blocks;
}

constexpr std::size_t last_resort = std::size_t{1} << 16;  // bytes that are mapped where malloc has no more

void* mapped(std::size_t bytes) {
  void* const data = scrutineer::map_scratch(bytes).data;
  LargeBlocks& blocks = large_blocks();
  const std::lock_guard lock(blocks.guard);
  blocks.bytes.emplace(data, bytes);
  return data;
}

void* allocate(std::size_t bytes, std::size_t alignment) {
  const bool may_map = alignment <= page && scrutineer::in_use();
  if (may_map && bytes >= scrutineer::smallest_scratch) return mapped(bytes);
  if (bytes == 0) bytes = 1;
  void* const data = alignment <= alignof(std::max_align_t)
                         ? std::malloc(bytes)
                         : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (data != nullptr) return data;
  if (may_map && bytes >= last_resort) return mapped(bytes);
  throw std::bad_alloc();
}

void release(void* data) noexcept {
  // Only mappings begin on a page, and few of the others do.
  if (reinterpret_cast<std::uintptr_t>(data) % page == 0 && data != nullptr && scrutineer::in_use()) {
    LargeBlocks& blocks = large_blocks();
    std::size_t bytes = 0;
    {
      const std::lock_guard lock(blocks.guard);
      const auto found = blocks.bytes.find(data);
      if (found != blocks.bytes.end()) {
        bytes = found->second;
        blocks.bytes.erase(found);
      }
    }
    if (bytes > 0) {
      scrutineer::unmap_scratch(data, bytes);
      return;
    }
  }
  std::free(data);
}

}  // namespace

void* operator new(std::size_t bytes) {
  return allocate(bytes, alignof(std::max_align_t));
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* data) noexcept {
  release(data);
}
void operator delete(void* data, std::size_t /*bytes*/) noexcept {
  release(data);
}
void operator delete(void* data, std::align_val_t /*alignment*/) noexcept {
  release(data);
}
void operator delete(void* data, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
  release(data);
}

#endif
