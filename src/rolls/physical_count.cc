#include "rolls/physical_count.h"

namespace scrutineer::rolls {

void PhysicalCount::add(std::string_view piece) {
  bytes_ += piece.size();
  if (unit_ == 1) {
    add_bytes(piece);
  } else {
    add_units(piece);
  }
}

// Three counts without a branch, which the compiler turns into vector instructions.
void PhysicalCount::add_bytes(std::string_view piece) {
  if (piece.empty()) return;
  pairs_ += previous_ == '\r' && piece.front() == '\n';
  constexpr std::size_t stretch = 128;  // sums of a stretch fit in a byte
  for (std::size_t from = 0; from < piece.size(); from += stretch) {
    const std::string_view part = piece.substr(from, stretch);
    unsigned char feeds = 0;
    unsigned char returns = 0;
    for (const char byte : part) {
      feeds = static_cast<unsigned char>(feeds + (byte == '\n' ? 1 : 0));
      returns = static_cast<unsigned char>(returns + (byte == '\r' ? 1 : 0));
    }
    line_feeds_ += feeds;
    returns_ += returns;
    if (returns == 0) continue;
    for (std::size_t at = from; at < from + part.size() && at + 1 < piece.size(); ++at) {
      pairs_ += piece[at] == '\r' && piece[at + 1] == '\n';
    }
  }
  previous_ = static_cast<unsigned char>(piece.back());
}

void PhysicalCount::add_units(std::string_view piece) {
  for (const char character : piece) {
    const auto byte = static_cast<unsigned char>(character);
    if (!half_) {
      half_byte_ = byte;
      half_ = true;
      continue;
    }
    half_ = false;
    const unsigned unit =
        big_endian_ ? byte | (unsigned{half_byte_} << 8) : half_byte_ | (unsigned{byte} << 8);
    line_feeds_ += unit == '\n';
    returns_ += unit == '\r';
    pairs_ += previous_ == '\r' && unit == '\n';
    previous_ = unit;
  }
}

std::uint64_t PhysicalCount::lines() const {
  const bool open = bytes_ > 0 && (half_ || (previous_ != '\n' && previous_ != '\r'));
  return line_feeds_ + returns_ - pairs_ + (open ? 1 : 0);
}

}  // namespace scrutineer::rolls
