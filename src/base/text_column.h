// Dictionary-coded text: each distinct value is stored once and a column is a vector of 32-bit codes.
// Everything above (standardising, comparing, counting) works once per distinct value, which is what
// makes a million rows cheap.
//
// A StringPool owns the bytes; views it hands out stay valid until it is destroyed (they survive moves).
// Neither class is safe to change from two threads; reading from many is safe.
#ifndef SCRUTINEER_BASE_TEXT_COLUMN_H_
#define SCRUTINEER_BASE_TEXT_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace scrutineer {

// Distinct strings numbered from 0 in the order of their first appearance. At most 2^32 - 2 of them.
class StringPool {
 public:
  StringPool();
  std::uint32_t intern(std::string_view text);
  // The same of many, in their order, to `codes`: what each looks at is fetched while others are worked on.
  void intern(std::span<const std::string_view> texts, std::uint32_t* codes);
  // The code of a string that was interned before, or `absent`.
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::string_view operator[](std::uint32_t code) const { return values_[code]; }
  void prefetch(std::uint32_t code) const { __builtin_prefetch(&values_[code]); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  // Bytes held: the strings themselves and the tables.
  [[nodiscard]] std::size_t memory() const;

  static constexpr std::uint32_t absent = 0xFFFFFFFFU;

 private:
  std::uint32_t intern(std::string_view text, std::uint32_t hash);
  void grow();
  char* store(std::string_view text);
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const;

  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_free_ = 0;
  std::size_t chunk_bytes_ = 0;
  char* chunk_at_ = nullptr;
  std::vector<std::string_view> values_;
  // With its hash, so that neither growing nor passing over another value looks at the value.
  struct Slot {
    std::uint32_t code = absent;  // absent: free
    std::uint32_t hash = 0;
  };
  std::vector<Slot> slots_;  // open addressing, linear probing, at most half full
};

// A column of text. Code 0 is always the empty string and means "missing".
class TextColumn {
 public:
  static constexpr std::uint32_t missing = 0;

  TextColumn() { pool_.intern(""); }
  void append(std::string_view text) { codes_.push_back(pool_.intern(text)); }
  void append(std::span<const std::string_view> texts);
  // `code` must be 0 or one that this column's pool gave out.
  void append_code(std::uint32_t code) { codes_.push_back(code); }
  std::uint32_t intern(std::string_view text) { return pool_.intern(text); }
  void intern(std::span<const std::string_view> texts, std::uint32_t* codes) { pool_.intern(texts, codes); }
  void reserve(std::size_t rows) { codes_.reserve(rows); }

  [[nodiscard]] std::size_t size() const { return codes_.size(); }
  [[nodiscard]] std::uint32_t code(std::size_t row) const { return codes_[row]; }
  [[nodiscard]] bool is_missing(std::size_t row) const { return codes_[row] == missing; }
  [[nodiscard]] std::string_view operator[](std::size_t row) const { return pool_[codes_[row]]; }
  [[nodiscard]] std::string_view value(std::uint32_t code) const { return pool_[code]; }
  [[nodiscard]] std::size_t distinct() const { return pool_.size(); }  // the empty string included
  [[nodiscard]] const std::vector<std::uint32_t>& codes() const { return codes_; }
  [[nodiscard]] const StringPool& pool() const { return pool_; }
  // How many rows hold each code; index 0 counts the missing ones.
  [[nodiscard]] std::vector<std::uint32_t> counts() const;
  [[nodiscard]] std::size_t memory() const {
    return pool_.memory() + codes_.capacity() * sizeof(std::uint32_t);
  }

 private:
  StringPool pool_;
  std::vector<std::uint32_t> codes_;
};

// A well-mixed 64-bit hash of bytes (not cryptographic; the same on every machine and run).
std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed = 0);

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_TEXT_COLUMN_H_
