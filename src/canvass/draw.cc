#include "canvass/draw.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <compare>
#include <string_view>
#include <utility>

#include "base/digest.h"
#include "base/parallel.h"
#include "base/text.h"

namespace scrutineer::canvass {
namespace {

constexpr std::size_t longest_seed = 500;

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Status check_seed(std::string_view seed) {
  const std::string expected = "1 to 500 bytes of UTF-8 without control characters or outer spaces";
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (seed.empty() || seed.size() > longest_seed || trimmed(seed) != seed || !is_valid_utf8(seed) ||
      std::any_of(seed.begin(), seed.end(), is_control)) {
    return wrong_usage("the seed cannot be printed so that others would type the same", expected);
  }
  return {};
}

// The bytes order as their hexadecimal digits do.
struct Ticket {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  std::uint64_t position;
  auto operator<=>(const Ticket&) const = default;
};

// What all tickets begin with is hashed once.
std::vector<Ticket> tickets_of(const Frame& frame, std::string_view seed, unsigned threads) {
  const std::string stem = fmt::format("scrutineer-draw-1|{}|{}|", frame.digest(), seed);
  crypto_hash_sha256_state begun;
  crypto_hash_sha256_init(&begun);
  crypto_hash_sha256_update(&begun, bytes_of(stem), stem.size());
  std::vector<Ticket> tickets(frame.entries());
  constexpr std::uint64_t chunk_size = 4096;
  parallel_for(threads, (frame.entries() + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::uint64_t end = std::min<std::uint64_t>((chunk + 1) * chunk_size, frame.entries());
    for (std::uint64_t i = chunk * chunk_size; i < end; ++i) {
      crypto_hash_sha256_state state = begun;
      const std::string digits = std::to_string(i + 1);
      crypto_hash_sha256_update(&state, bytes_of(digits), digits.size());
      crypto_hash_sha256_final(&state, tickets[i].digest.data());
      tickets[i].position = i + 1;
    }
  });
  return tickets;
}

std::string csv_of(const Frame& frame, const std::vector<Door>& doors, bool revisits_alone) {
  std::string text = "door,position,member\n";
  for (const Door& door : doors) {
    if (revisits_alone && !door.revisit) continue;
    text += fmt::format("{},{},{}\n", door.number, door.position, csv_field(frame.id(door.position)));
  }
  return text;
}

}  // namespace

Frame::Frame(std::vector<std::string> ids) : ids_(std::move(ids)) {
  std::sort(ids_.begin(), ids_.end());
  digest_ = sha256_hex(text());
}

bool Frame::holds(std::string_view id) const {
  return std::binary_search(ids_.begin(), ids_.end(), id);
}

std::string Frame::text() const {
  std::string text = "scrutineer-frame-1\n";
  for (const std::string& id : ids_) text += id + "\n";
  return text;
}

Result<std::vector<Door>> draw(const Frame& frame, std::string_view seed, std::uint64_t doors,
                               unsigned threads) {
  SCRUTINEER_CHECK(check_seed(seed));
  if (doors == 0 || doors > frame.entries()) {
    return wrong_usage(fmt::format("{} doors cannot be drawn", doors),
                       fmt::format("1 to the number of eligible entries, {}", frame.entries()));
  }
  std::vector<Ticket> tickets = tickets_of(frame, seed, threads);
  std::partial_sort(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(doors), tickets.end());

  const std::string revisit_stem = fmt::format("scrutineer-revisit-1|{}|{}|", frame.digest(), seed);
  std::vector<Door> drawn;
  drawn.reserve(doors);
  for (std::uint64_t i = 0; i < doors; ++i) {
    const std::uint64_t position = tickets[i].position;
    const std::string second = sha256_hex(revisit_stem + std::to_string(position));
    drawn.push_back({i + 1, position, std::string_view(second).substr(0, 8) < "1999999a"});
  }
  return drawn;
}

std::string doors_csv(const Frame& frame, const std::vector<Door>& doors) {
  return csv_of(frame, doors, false);
}

std::string revisits_csv(const Frame& frame, const std::vector<Door>& doors) {
  return csv_of(frame, doors, true);
}

}  // namespace scrutineer::canvass
