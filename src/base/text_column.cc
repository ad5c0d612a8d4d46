#include "base/text_column.h"

#include <algorithm>
#include <cstring>

namespace scrutineer {
namespace {

constexpr std::size_t first_chunk = std::size_t{1} << 12;
constexpr std::size_t largest_chunk = std::size_t{1} << 20;  // large enough to be put away (scratch.h)
constexpr std::uint32_t empty_slot = StringPool::absent;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* from, std::size_t bytes) {
  std::uint64_t value = 0;
  if (bytes > 0) std::memcpy(&value, from, bytes);
  return value;
}

}  // namespace

// Folded multiplication over 16-byte steps, after the construction of wyhash (Wang Yi, 2019, public domain).
std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t k0 = 0xA0761D6478BD642FULL;
  constexpr std::uint64_t k1 = 0xE7037ED1A0B428DBULL;
  std::uint64_t state = seed ^ k0;
  const char* at = text.data();
  std::size_t left = text.size();
  while (left > 16) {
    state = mixed(load(at, 8) ^ k1, load(at + 8, 8) ^ state);
    at += 16;
    left -= 16;
  }
  const std::uint64_t low = load(at, std::min<std::size_t>(left, 8));
  const std::uint64_t high = left > 8 ? load(at + 8, left - 8) : 0;
  return mixed(k1 ^ text.size(), mixed(low ^ k1, high ^ state));
}

StringPool::StringPool() : slots_(16, empty_slot) {}

char* StringPool::store(std::string_view text) {
  if (text.size() > chunk_free_) {
    const std::size_t next = std::clamp(chunk_bytes_, first_chunk, largest_chunk);
    const std::size_t bytes = std::max(next, text.size());
    chunks_.push_back(std::make_unique<char[]>(bytes));
    chunk_at_ = chunks_.back().get();
    chunk_free_ = bytes;
    chunk_bytes_ += bytes;
  }
  char* const at = chunk_at_;
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
  chunk_at_ += text.size();
  chunk_free_ -= text.size();
  return at;
}

void StringPool::grow() {
  std::vector<std::uint32_t> wider(slots_.size() * 2, empty_slot);
  const std::size_t mask = wider.size() - 1;
  for (std::uint32_t code = 0; code < hashes_.size(); ++code) {
    std::size_t slot = hashes_[code] & mask;
    while (wider[slot] != empty_slot) slot = (slot + 1) & mask;
    wider[slot] = code;
  }
  slots_ = std::move(wider);
}

std::uint32_t StringPool::find(std::string_view text) const {
  const auto hash = static_cast<std::uint32_t>(hash_bytes(text));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != empty_slot; slot = (slot + 1) & mask) {
    const std::uint32_t code = slots_[slot];
    if (hashes_[code] == hash && values_[code] == text) return code;
  }
  return absent;
}

std::uint32_t StringPool::intern(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(hash_bytes(text));
  std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != empty_slot; slot = (slot + 1) & mask) {
    const std::uint32_t code = slots_[slot];
    if (hashes_[code] == hash && values_[code] == text) return code;
  }
  const auto code = static_cast<std::uint32_t>(values_.size());
  values_.emplace_back(store(text), text.size());
  hashes_.push_back(hash);
  if (values_.size() * 2 > slots_.size()) {
    grow();
  } else {
    slots_[slot] = code;
  }
  return code;
}

std::size_t StringPool::memory() const {
  return chunk_bytes_ + values_.capacity() * sizeof(std::string_view) +
         (hashes_.capacity() + slots_.capacity()) * sizeof(std::uint32_t);
}

std::vector<std::uint32_t> TextColumn::counts() const {
  std::vector<std::uint32_t> counts(pool_.size(), 0);
  for (const std::uint32_t code : codes_) ++counts[code];
  return counts;
}

}  // namespace scrutineer
