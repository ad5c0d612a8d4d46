#include "rolls/encoding.h"

#include <array>
#include <cstring>

namespace scrutineer::rolls {
namespace {

constexpr std::size_t head_bytes = std::size_t{64} << 10;

// 0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard, index windows-1252); the five bytes it leaves
// undefined stand for themselves.
constexpr std::array<unsigned, 32> windows_1252_block = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// Without a check for surrogates: those come out ill-formed, as the header promises.
void append_code_point(unsigned point, std::string& text) {
  const auto put = [&text](unsigned byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12));
    put(0x80U | ((point >> 6) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18));
    put(0x80U | ((point >> 12) & 0x3FU));
    put(0x80U | ((point >> 6) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

struct ZeroShares {
  std::size_t pairs = 0;
  std::size_t first = 0;   // zero in the first byte of a pair: big-endian
  std::size_t second = 0;  // zero in the second: little-endian
};

ZeroShares zero_shares(std::string_view head) {
  ZeroShares shares;
  shares.pairs = head.size() / 2;
  for (std::size_t pair = 0; pair < shares.pairs; ++pair) {
    shares.first += head[2 * pair] == '\0';
    shares.second += head[2 * pair + 1] == '\0';
  }
  return shares;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf8_mark:
      return "UTF-8 with byte-order mark";
    case Encoding::utf16_little:
      return "UTF-16LE";
    case Encoding::utf16_big:
      return "UTF-16BE";
    case Encoding::windows_1252:
      return "Windows-1252";
    case Encoding::latin_1:
      return "Latin-1";
  }
  return {};
}

std::size_t code_unit(Encoding encoding) {
  return encoding == Encoding::utf16_little || encoding == Encoding::utf16_big ? 2 : 1;
}

std::size_t mark_length(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return 3;
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return 2;
  return 0;
}

EncodingEvidence::EncodingEvidence(std::string_view head) {
  head = head.substr(0, head_bytes);
  marked_ = mark_length(head) > 0;
  if (head.starts_with("\xEF\xBB\xBF")) by_mark_ = Encoding::utf8_mark;
  if (head.starts_with("\xFF\xFE")) by_mark_ = Encoding::utf16_little;
  if (head.starts_with("\xFE\xFF")) by_mark_ = Encoding::utf16_big;
  if (!marked_) {
    const ZeroShares zeros = zero_shares(head);
    const auto mostly = [&zeros](std::size_t many, std::size_t few) {
      return zeros.pairs > 0 && many * 3 >= zeros.pairs && few * 20 < zeros.pairs;
    };
    if (mostly(zeros.second, zeros.first)) by_mark_ = Encoding::utf16_little;
    if (mostly(zeros.first, zeros.second)) by_mark_ = Encoding::utf16_big;
  }
  wide_ = code_unit(by_mark_) == 2;
}

void EncodingEvidence::step(unsigned char byte) {
  if (byte >= 0x80 && byte <= 0x9F) ++between_80_and_9f_;
  if (wanted_ > 0) {
    if (byte >= low_ && byte <= high_) {
      low_ = 0x80;
      high_ = 0xBF;
      if (--wanted_ == 0) ++well_formed_;
      return;
    }
    ++ill_formed_;  // the sequence broke off; the byte is looked at afresh
    wanted_ = 0;
  }
  low_ = 0x80;
  high_ = 0xBF;
  if (byte < 0x80) return;
  if (byte >= 0xC2 && byte <= 0xDF) {
    wanted_ = 1;
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    wanted_ = 2;
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    wanted_ = 3;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
  } else {
    ++ill_formed_;
  }
}

void EncodingEvidence::add(std::string_view piece) {
  if (wide_) return;
  std::size_t at = 0;
  while (at < piece.size()) {
    if (wanted_ == 0 && at + 8 <= piece.size()) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, piece.data() + at, 8);
      if ((eight & 0x8080808080808080ULL) == 0) {
        at += 8;
        continue;
      }
    }
    step(static_cast<unsigned char>(piece[at++]));
  }
}

Encoding EncodingEvidence::decision() const {
  if (marked_ || wide_) return by_mark_;
  const std::uint64_t ill_formed = ill_formed_ + (wanted_ > 0 ? 1 : 0);
  if (ill_formed == 0 || ill_formed <= well_formed_ * 10) return Encoding::utf8;
  return between_80_and_9f_ > 0 ? Encoding::windows_1252 : Encoding::latin_1;
}

void Decoder::wide(unsigned unit, std::string& text) {
  const bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
  const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
  if (high_surrogate_ != 0 && is_low) {
    append_code_point(0x10000U + ((high_surrogate_ - 0xD800U) << 10) + (unit - 0xDC00U), text);
    high_surrogate_ = 0;
    return;
  }
  if (high_surrogate_ != 0) append_code_point(high_surrogate_, text);
  high_surrogate_ = is_high ? unit : 0;
  if (!is_high) append_code_point(unit, text);
}

void Decoder::decode(std::string_view piece, bool last, std::string& text) {
  if (encoding_ == Encoding::utf8 || encoding_ == Encoding::utf8_mark) {
    text.append(piece);
    return;
  }
  if (code_unit(encoding_) == 1) {
    for (const char character : piece) {
      const auto byte = static_cast<unsigned char>(character);
      const bool special = encoding_ == Encoding::windows_1252 && byte >= 0x80 && byte <= 0x9F;
      append_code_point(special ? windows_1252_block[byte - 0x80U] : byte, text);
    }
    return;
  }
  for (const char character : piece) {
    const auto byte = static_cast<unsigned char>(character);
    if (!half_) {
      half_byte_ = byte;
      half_ = true;
      continue;
    }
    half_ = false;
    const unsigned unit = encoding_ == Encoding::utf16_little ? half_byte_ | (unsigned{byte} << 8)
                                                              : byte | (unsigned{half_byte_} << 8);
    wide(unit, text);
  }
  if (!last) return;
  if (high_surrogate_ != 0) append_code_point(high_surrogate_, text);
  if (half_) text.push_back('\xFF');
}

}  // namespace scrutineer::rolls
