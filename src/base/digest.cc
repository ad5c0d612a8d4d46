#include "base/digest.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <vector>

namespace scrutineer {
namespace {

std::string hex(const std::array<unsigned char, crypto_hash_sha256_BYTES>& digest) {
  std::string text;
  text.reserve(digest.size() * 2);
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hex(digest);
}

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    return refused(std::filesystem::is_directory(file, failed) ? "is a directory" : "no such file",
                   {file.string()}, "a file");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be opened for reading", {file.string()});
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> piece(std::size_t{1} << 20);
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                              static_cast<unsigned long long>(stream.gcount()));
  }
  if (stream.bad()) return refused("reading failed", {file.string()});
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return hex(digest);
}

}  // namespace scrutineer
