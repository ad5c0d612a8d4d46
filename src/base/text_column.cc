#include "base/text_column.h"

#include <algorithm>
#include <array>
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
  return intern(text, static_cast<std::uint32_t>(hash_bytes(text)));
}

void StringPool::intern(std::span<const std::string_view> texts, std::uint32_t* codes) {
  // A look-up waits for far memory three times in turn: slot, value, bytes.
  constexpr std::size_t group = 16;
  std::array<std::uint32_t, group> hashes{};
  for (std::size_t from = 0; from < texts.size(); from += group) {
    const auto some = texts.subspan(from, std::min(group, texts.size() - from));
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = 0; at < some.size(); ++at) {
      // Registers are sorted by place, so that a value often stands in the row above as well.
      if (at > 0 && some[at] == some[at - 1]) {
        hashes.at(at) = hashes.at(at - 1);
        continue;
      }
      hashes.at(at) = static_cast<std::uint32_t>(hash_bytes(some[at]));
      __builtin_prefetch(&slots_[hashes.at(at) & mask]);
    }
    for (std::size_t at = 0; at < some.size(); ++at) {
      const Slot& slot = slots_[hashes.at(at) & mask];
      if (slot.hash == hashes.at(at) && slot.code != absent) __builtin_prefetch(&values_[slot.code]);
    }
    for (std::size_t at = 0; at < some.size(); ++at) {
      const Slot& slot = slots_[hashes.at(at) & mask];
      if (slot.hash == hashes.at(at) && slot.code != absent) __builtin_prefetch(values_[slot.code].data());
    }
    for (std::size_t at = 0; at < some.size(); ++at) {
      const bool repeats = at > 0 && hashes.at(at) == hashes.at(at - 1) && some[at] == some[at - 1];
      codes[from + at] = repeats ? codes[from + at - 1] : intern(some[at], hashes.at(at));
    }
  }
}

std::uint32_t StringPool::intern(std::string_view text, std::uint32_t hash) {
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

void TextColumn::append(std::span<const std::string_view> texts) {
  const std::size_t rows = codes_.size();
  codes_.resize(rows + texts.size());
  pool_.intern(texts, codes_.data() + rows);
}

std::vector<std::uint32_t> TextColumn::counts() const {
  std::vector<std::uint32_t> counts(pool_.size(), 0);
  for (const std::uint32_t code : codes_) ++counts[code];
  return counts;
}

}  // namespace scrutineer
