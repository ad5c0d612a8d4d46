// Looking words up in small tables that are fixed when the program is built: sorted arrays, asked through a
// mask that turns most words away by their first character and length alone. Standardising asks such tables
// some ten times a word.
#ifndef SCRUTINEER_ROLLS_WORD_TABLE_H_
#define SCRUTINEER_ROLLS_WORD_TABLE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace scrutineer::rolls {

// `Entry` is a word itself or holds one that `Key` takes out.
template <typename Entry, std::size_t size, typename Key = std::identity>
class WordTable {
 public:
  // `entries` must be sorted by word; a static_assert(table.is_sorted()) beside each table says so.
  constexpr explicit WordTable(const std::array<Entry, size>& entries, Key key = {})
      : entries_(entries), key_(key) {
    for (const Entry& entry : entries_) {
      const std::string_view word = std::invoke(key_, entry);
      masks_[slot(word)] |= bit(word);
    }
  }
  [[nodiscard]] constexpr bool is_sorted() const { return std::ranges::is_sorted(entries_, {}, key_); }

  // The entry of a word, or nullptr.
  [[nodiscard]] constexpr const Entry* find(std::string_view word) const {
    if (word.empty() || (masks_[slot(word)] & bit(word)) == 0) return nullptr;
    const auto found = std::ranges::lower_bound(entries_, word, {}, key_);
    return found != entries_.end() && std::invoke(key_, *found) == word ? &*found : nullptr;
  }

 private:
  static constexpr std::size_t slot(std::string_view word) {
    return static_cast<unsigned char>(word[0]) & 31U;
  }
  static constexpr std::uint32_t bit(std::string_view word) {
    return std::uint32_t{1} << std::min<std::size_t>(word.size(), 31);
  }

  std::array<Entry, size> entries_;
  Key key_;
  std::array<std::uint32_t, 32> masks_{};  // by first character: a bit for each length
};

template <typename Entry, std::size_t size>
WordTable(const std::array<Entry, size>&) -> WordTable<Entry, size, std::identity>;
template <typename Entry, std::size_t size, typename Key>
WordTable(const std::array<Entry, size>&, Key) -> WordTable<Entry, size, Key>;

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_WORD_TABLE_H_
