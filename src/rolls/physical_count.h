// The count of physical records that the conservation law rests on (roll.h). It shares no code and no rule
// with the parser: it looks at the bytes of the file as they are on disk, before any decoding, and knows
// only line ends. The parser says how many line ends it took as part of values; what remains must be equal
// to the records it placed. A parser that skips, swallows or doubles a line is found out.
#ifndef SCRUTINEER_ROLLS_PHYSICAL_COUNT_H_
#define SCRUTINEER_ROLLS_PHYSICAL_COUNT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scrutineer::rolls {

// Counts the physical lines of a text: ended by LF, CR or CR LF, mixed as they come; a last line without an
// end counts. For text of two-byte code units give `unit` 2 and the byte order.
class PhysicalCount {
 public:
  explicit PhysicalCount(std::size_t unit = 1, bool big_endian = false)
      : unit_(unit), big_endian_(big_endian) {}
  // Pieces of any length, in order, without the byte-order mark.
  void add(std::string_view piece);
  [[nodiscard]] std::uint64_t lines() const;

 private:
  void add_bytes(std::string_view piece);
  void add_units(std::string_view piece);

  std::size_t unit_;
  bool big_endian_;
  std::uint64_t bytes_ = 0;
  std::uint64_t line_feeds_ = 0;
  std::uint64_t returns_ = 0;
  std::uint64_t pairs_ = 0;  // CR LF
  bool half_ = false;        // a first byte of a two-byte unit is waiting
  unsigned char half_byte_ = 0;
  unsigned previous_ = 0;  // the unit before this piece
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_PHYSICAL_COUNT_H_
