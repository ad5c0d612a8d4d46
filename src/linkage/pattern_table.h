// Counts of comparison patterns, with the bound of each pattern's weight beside its count.
#ifndef SCRUTINEER_LINKAGE_PATTERN_TABLE_H_
#define SCRUTINEER_LINKAGE_PATTERN_TABLE_H_

#include <cstdint>
#include <vector>

#include "linkage/pair_filter.h"

namespace scrutineer::linkage {

struct PatternCount {
  Pattern pattern = 0;
  std::uint64_t pairs = 0;
};

// Counts of patterns and their bounds, open addressing. What every pair looks at is small and lies together;
// there are some thousand patterns, of which a few tens make up nearly all pairs.
class PatternTable {
 public:
  struct Entry {
    std::uint64_t pairs = 0;
    Weight rest = 0;  // as PatternBound
    std::uint16_t same = 0;
    std::uint16_t loose = 0;
    bool hopeless = false;  // below the floor whatever the values
  };
  // `floor`: below which no weight is of interest.
  explicit PatternTable(Weight floor) : floor_(floor), slots_(1024) {}

  // Number of the pattern's entry.
  template <typename Bound>
  std::uint32_t number(Pattern pattern, const Bound& bound) {
    std::size_t slot = place(pattern);
    while (slots_[slot].number != 0 && slots_[slot].pattern != pattern)
      slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot].number != 0) return slots_[slot].number - 1;
    patterns_.push_back(pattern);
    bounds_.push_back(bound(pattern));
    entries_.push_back(
        {0, bounds_.back().rest, bounds_.back().same, bounds_.back().loose, bounds_.back().highest < floor_});
    slots_[slot] = {pattern, static_cast<std::uint32_t>(patterns_.size())};
    if (patterns_.size() * 4 > slots_.size()) grow();
    return static_cast<std::uint32_t>(patterns_.size() - 1);
  }
  [[nodiscard]] Entry& entry(std::uint32_t number) { return entries_[number]; }
  [[nodiscard]] const PairFilter::PatternBound& bound(std::uint32_t number) const { return bounds_[number]; }
  void append_counts(std::vector<PatternCount>& counts) const {
    for (std::size_t at = 0; at < patterns_.size(); ++at) {
      if (entries_[at].pairs > 0) counts.push_back({patterns_[at], entries_[at].pairs});
    }
  }

 private:
  struct Slot {
    Pattern pattern = 0;
    std::uint32_t number = 0;  // of the entry, plus 1; 0: free
  };
  [[nodiscard]] std::size_t place(Pattern pattern) const {
    return static_cast<std::size_t>(pattern * 0x9E3779B97F4A7C15ULL >> 40U) & (slots_.size() - 1);
  }
  void grow() {
    slots_.assign(slots_.size() * 2, {});
    for (std::size_t at = 0; at < patterns_.size(); ++at) {
      std::size_t slot = place(patterns_[at]);
      while (slots_[slot].number != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = {patterns_[at], static_cast<std::uint32_t>(at + 1)};
    }
  }
  Weight floor_;
  std::vector<Slot> slots_;
  std::vector<Pattern> patterns_;
  std::vector<Entry> entries_;
  std::vector<PairFilter::PatternBound> bounds_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PATTERN_TABLE_H_
