// Which encoding a text file is in, and its conversion to UTF-8 in pieces.
//
// The decision is one for the whole file:
//   1. a byte-order mark decides (UTF-8, UTF-16LE, UTF-16BE);
//   2. else zero bytes in every second place of the first 64 KiB mean UTF-16 (a third of the code units of
//      one byte order and less than a twentieth of the other's);
//   3. else the file is UTF-8 if it is well formed, or if what is ill-formed is at most ten times as frequent
//      as well-formed sequences of several bytes: text in a single-byte encoding hardly ever forms such a
//      sequence by chance, so their presence means UTF-8 with damage, and the damaged records are rejected;
//   4. else it is Windows-1252 if it uses a byte from 0x80 to 0x9F, and Latin-1 otherwise (they differ only
//      there).
// Code points a piece cannot decode (a lone surrogate, half a code unit at the end) come out as ill-formed
// UTF-8, so that the record they stand in is rejected like any other ill-formed one.
#ifndef SCRUTINEER_ROLLS_ENCODING_H_
#define SCRUTINEER_ROLLS_ENCODING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scrutineer::rolls {

enum class Encoding : std::uint8_t { utf8, utf8_mark, utf16_little, utf16_big, windows_1252, latin_1 };

// "UTF-8", "UTF-8 with byte-order mark", "UTF-16LE", "UTF-16BE", "Windows-1252", "Latin-1".
std::string_view to_string(Encoding encoding);

// Bytes of a code unit: 2 for UTF-16, else 1.
std::size_t code_unit(Encoding encoding);

// Length of the byte-order mark at the start of a file's bytes, 0 if there is none.
std::size_t mark_length(std::string_view head);

// Gathers, over a file's bytes in pieces, what the decision rests on.
class EncodingEvidence {
 public:
  // `head`: the first bytes of the file, up to 64 KiB.
  explicit EncodingEvidence(std::string_view head);
  // True where the head alone decides for UTF-16, so that there is no need to look further.
  [[nodiscard]] bool wide() const { return wide_; }
  void add(std::string_view piece);
  [[nodiscard]] Encoding decision() const;
  [[nodiscard]] std::uint64_t ill_formed() const { return ill_formed_; }

 private:
  void step(unsigned char byte);

  Encoding by_mark_ = Encoding::utf8;
  bool marked_ = false;
  bool wide_ = false;
  // The bytes still wanted by a sequence, and the range that the next may be in (Unicode 15, table 3-7).
  unsigned wanted_ = 0;
  unsigned char low_ = 0x80;
  unsigned char high_ = 0xBF;
  std::uint64_t well_formed_ = 0;
  std::uint64_t ill_formed_ = 0;
  std::uint64_t between_80_and_9f_ = 0;
};

// Converts pieces of a file to UTF-8. Pieces may end in the middle of a code unit or a surrogate pair.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) : encoding_(encoding) {}
  // Appends the piece to `text`; `last` says that no piece follows. The byte-order mark is taken off by the
  // caller (mark_length).
  void decode(std::string_view piece, bool last, std::string& text);

 private:
  void wide(unsigned unit, std::string& text);

  Encoding encoding_;
  bool half_ = false;  // a first byte of a code unit is waiting
  unsigned char half_byte_ = 0;
  unsigned high_surrogate_ = 0;  // 0: none is waiting
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ENCODING_H_
