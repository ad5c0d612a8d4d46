#include "rolls/text_stream.h"

#include <algorithm>
#include <span>
#include <utility>

namespace scrutineer::rolls {

Status TextSource::read(std::uint64_t offset, std::size_t wanted, std::string& piece) const {
  const std::uint64_t left = offset < size_ ? size_ - offset : 0;
  piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(wanted, left)));
  if (file_ == nullptr) {
    bytes_.copy(piece.data(), piece.size(), static_cast<std::size_t>(offset));
    return {};
  }
  SCRUTINEER_TRY(const std::size_t got, file_->read_at(offset, std::span<char>(piece)));
  if (got == piece.size()) return {};
  return refused("the file became shorter while it was being read", {file_->path().string(), 0, 0});
}

Result<Encoding> find_encoding(const TextSource& source) {
  constexpr std::size_t piece_bytes = std::size_t{1} << 20;
  std::string piece;
  SCRUTINEER_CHECK(source.read(0, piece_bytes, piece));
  EncodingEvidence evidence(piece);
  for (std::uint64_t offset = 0; !evidence.wide() && !piece.empty();) {
    evidence.add(piece);
    offset += piece.size();
    SCRUTINEER_CHECK(source.read(offset, piece_bytes, piece));
  }
  return evidence.decision();
}

TextStream::TextStream(TextSource source, Encoding encoding, std::size_t piece)
    : source_(source),
      piece_(piece),
      decoder_(encoding),
      count_(code_unit(encoding), encoding == Encoding::utf16_big) {}

Status TextStream::advance(std::size_t consumed) {
  window_.erase(0, consumed);
  return fill();
}

Status TextStream::advance(std::size_t consumed, std::string& kept) {
  kept.assign(window_, consumed);
  std::swap(kept, window_);
  return fill();
}

Status TextStream::fill() {
  const std::size_t wanted = window_.size() + std::max(piece_, window_.size() / 2);
  while (window_.size() < wanted && !last()) {
    // The first piece must hold the whole byte-order mark.
    SCRUTINEER_CHECK(source_.read(offset_, offset_ == 0 ? std::max<std::size_t>(piece_, 4) : piece_, raw_));
    const std::size_t mark = offset_ == 0 ? mark_length(raw_) : 0;
    offset_ += raw_.size();
    const std::string_view bytes = std::string_view(raw_).substr(mark);
    count_.add(bytes);
    decoder_.decode(bytes, last(), window_);
  }
  return {};
}

}  // namespace scrutineer::rolls
