#include "base/text_column.h"

#include <algorithm>
#include <cstring>

namespace scrutineer {
namespace {

constexpr std::size_t first_chunk = std::size_t{1} << 12;
constexpr std::size_t largest_chunk = std::size_t{1} << 20;  // large enough to be put away (scratch.h)

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

StringPool::StringPool() : slots_(16) {}

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
  std::vector<Slot> wider(slots_.size() * 2);
  const std::size_t mask = wider.size() - 1;
  for (const Slot& one : slots_) {
    if (one.code == absent) continue;
    std::size_t slot = one.hash & mask;
    while (wider[slot].code != absent) slot = (slot + 1) & mask;
    wider[slot] = one;
  }
  slots_ = std::move(wider);
}

// The slot of a string, or the free one where it would stand.
std::size_t StringPool::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].code != absent && (slots_[slot].hash != hash || values_[slots_[slot].code] != text))
    slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t StringPool::find(std::string_view text) const {
  return slots_[slot_of(text, static_cast<std::uint32_t>(hash_bytes(text)))].code;
}

std::uint32_t StringPool::intern(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(hash_bytes(text));
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.code != absent) return slot.code;
  const auto code = static_cast<std::uint32_t>(values_.size());
  values_.emplace_back(store(text), text.size());
  slot = {code, hash};
  if (values_.size() * 2 > slots_.size()) grow();
  return code;
}

std::size_t StringPool::memory() const {
  return chunk_bytes_ + values_.capacity() * sizeof(std::string_view) + slots_.capacity() * sizeof(Slot);
}

std::vector<std::uint32_t> TextColumn::counts() const {
  std::vector<std::uint32_t> counts(pool_.size(), 0);
  for (const std::uint32_t code : codes_) ++counts[code];
  return counts;
}

}  // namespace scrutineer
