// Large arrays under a ceiling of memory. Below the ceiling an array lives in memory; where it would not fit
// it lives in a file of its own in the scratch folder, mapped into the address space, so that the system may
// write it out and take its memory for something else. The file has no name from the moment it is made:
// nothing of it is left when the program ends, whichever way it ends, and no other program can open it.
//
// Where an array lives never changes what it holds, so no result depends on the ceiling.
#ifndef SCRUTINEER_BASE_SCRATCH_H_
#define SCRUTINEER_BASE_SCRATCH_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <type_traits>
#include <utility>

namespace scrutineer {

// A hard ceiling on the memory of this process: what would go beyond it fails as std::bad_alloc. 0: none.
// Enforced by the system (RLIMIT_DATA); file mappings do not count. From then on large blocks of operator
// new, and so all containers, keep to it as the arrays below do.
void limit_memory(std::uint64_t bytes);
// The ceiling set by limit_memory; 0 if none is.
std::uint64_t memory_ceiling();
// Bytes of memory that this process holds now, file mappings aside.
std::uint64_t memory_in_use();
// Where memory and the pages of files together come near the ceiling, tells the system that the files' pages
// will not be wanted soon: they are read again when they are. To be called now and then by long work.
void relieve_memory();
// True if so many more bytes leave a fifth of the ceiling free.
bool fits_in_memory(std::uint64_t bytes);

// Fewer bytes than these are not worth a file of their own as long as there is memory at all.
inline constexpr std::size_t smallest_scratch = std::size_t{1} << 20;

// Bytes in memory, or in a nameless file if they would not fit; all zero. Throws std::bad_alloc if neither
// can be had. To be given back by unmap_scratch.
struct ScratchMapping {
  void* data = nullptr;
  bool in_file = false;
};
ScratchMapping map_scratch(std::size_t bytes);
void unmap_scratch(void* data, std::size_t bytes) noexcept;

// Bytes in memory or in a nameless file, all zero at first. Throws std::bad_alloc if neither can be had.
class ScratchBytes {
 public:
  ScratchBytes() = default;
  explicit ScratchBytes(std::size_t bytes);
  ScratchBytes(ScratchBytes&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        bytes_(std::exchange(other.bytes_, 0)),
        in_file_(std::exchange(other.in_file_, false)) {}
  ScratchBytes& operator=(ScratchBytes&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    std::swap(in_file_, other.in_file_);
    return *this;
  }
  ScratchBytes(const ScratchBytes&) = delete;
  ScratchBytes& operator=(const ScratchBytes&) = delete;
  ~ScratchBytes();

  [[nodiscard]] void* data() const { return data_; }
  [[nodiscard]] bool in_file() const { return in_file_; }
  // Tells the system that a file's pages will not be wanted soon.
  void put_away() const;

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
  bool in_file_ = false;
};

// An array of fixed size of a plain type.
template <typename T>
class ScratchArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  ScratchArray() = default;
  explicit ScratchArray(std::size_t size) : bytes_(size * sizeof(T)), size_(size) {}
  ScratchArray(ScratchArray&& other) noexcept
      : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  ScratchArray& operator=(ScratchArray&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    std::swap(size_, other.size_);
    return *this;
  }
  ScratchArray(const ScratchArray&) = delete;
  ScratchArray& operator=(const ScratchArray&) = delete;
  ~ScratchArray() = default;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T& operator[](std::size_t at) { return begin()[at]; }
  [[nodiscard]] const T& operator[](std::size_t at) const { return begin()[at]; }
  [[nodiscard]] T* begin() { return static_cast<T*>(bytes_.data()); }
  [[nodiscard]] T* end() { return begin() + size_; }
  [[nodiscard]] const T* begin() const { return static_cast<const T*>(bytes_.data()); }
  [[nodiscard]] const T* end() const { return begin() + size_; }
  [[nodiscard]] bool in_file() const { return bytes_.in_file(); }
  void put_away() const { bytes_.put_away(); }

 private:
  ScratchBytes bytes_;
  std::size_t size_ = 0;
};

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_SCRATCH_H_
