// Sizes of mappings by address, kept with malloc itself: operator new and delete look them up while they hold
// a lock, and would wait for themselves if the table asked operator new for room.
#ifndef SCRUTINEER_BASE_BYTES_BY_ADDRESS_H_
#define SCRUTINEER_BASE_BYTES_BY_ADDRESS_H_

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <map>
#include <new>
#include <utility>

namespace scrutineer {

template <typename T>
struct PlainAllocator {
  using value_type = T;
  PlainAllocator() = default;
  template <typename Other>
  explicit PlainAllocator(const PlainAllocator<Other>& /*other*/) noexcept {}
  T* allocate(std::size_t count) {
    void* const data = std::malloc(count * sizeof(T));
    if (data == nullptr) throw std::bad_alloc();
    return static_cast<T*>(data);
  }
  void deallocate(T* data, std::size_t /*count*/) noexcept { std::free(data); }
  friend bool operator==(const PlainAllocator& /*one*/, const PlainAllocator& /*other*/) { return true; }
};

using BytesByAddress =
    std::map<void*, std::size_t, std::less<>, PlainAllocator<std::pair<void* const, std::size_t>>>;

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_BYTES_BY_ADDRESS_H_
