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

// The smallest ticket of each position. What all tickets begin with is hashed once.
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
      Ticket& least = tickets[i];
      least.position = i + 1;
      for (std::uint32_t lot = 1; lot <= frame.lots(i + 1); ++lot) {
        crypto_hash_sha256_state state = begun;
        const std::string digits =
            lot == 1 ? std::to_string(i + 1) : std::to_string(i + 1) + "|" + std::to_string(lot);
        crypto_hash_sha256_update(&state, bytes_of(digits), digits.size());
        Ticket ticket{{}, i + 1};
        crypto_hash_sha256_final(&state, ticket.digest.data());
        if (lot == 1 || ticket < least) least = ticket;
      }
    }
  });
  return tickets;
}

struct Chosen {
  std::uint64_t position = 0;
  bool targeted = false;
};

// In ascending order of their tickets, at most `count`.
std::vector<Chosen> ascending(std::vector<Ticket> tickets, std::uint64_t count) {
  const auto end =
      tickets.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, tickets.size()));
  std::partial_sort(tickets.begin(), end, tickets.end());
  std::vector<Chosen> order;
  for (auto ticket = tickets.begin(); ticket != end; ++ticket) order.push_back({ticket->position, false});
  return order;
}

std::vector<Chosen> stratified(const Frame& frame, const std::vector<Ticket>& tickets, std::uint64_t count) {
  std::vector<std::vector<Ticket>> of_stratum(frame.strata().size());
  for (const Ticket& ticket : tickets) of_stratum[frame.stratum(ticket.position)].push_back(ticket);
  std::vector<std::vector<Chosen>> orders;
  orders.reserve(of_stratum.size());
  for (auto& some : of_stratum) orders.push_back(ascending(std::move(some), count));
  std::vector<std::uint64_t> taken(orders.size(), 0);
  std::vector<Chosen> order;
  while (order.size() < count) {
    std::size_t next = orders.size();
    for (std::size_t s = 0; s < orders.size(); ++s) {
      if (taken[s] == orders[s].size()) continue;
      // (2 t + 1) / n, compared without division.
      if (next == orders.size() || (2 * taken[s] + 1) * frame.strata()[next].entries <
                                       (2 * taken[next] + 1) * frame.strata()[s].entries)
        next = s;
    }
    order.push_back(orders[next][taken[next]++]);
  }
  return order;
}

std::vector<Chosen> stripped(const Frame& frame, std::vector<Ticket> tickets, std::uint64_t count) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> turns;
  for (std::uint64_t position = 1; position <= frame.entries(); ++position)
    if (frame.turn(position) > 0) turns.emplace_back(frame.turn(position), position);
  std::sort(turns.begin(), turns.end());
  // Of the random order no more is looked at than the doors and the questioned passed over.
  const std::vector<Chosen> random = ascending(std::move(tickets), count + turns.size());
  std::vector<bool> visited(frame.entries() + 1, false);
  std::size_t next_turn = 0, next_random = 0;
  std::vector<Chosen> order;
  while (order.size() < count) {
    while (next_turn < turns.size() && visited[turns[next_turn].second]) ++next_turn;
    while (next_random < random.size() && visited[random[next_random].position]) ++next_random;
    const bool due = (order.size() + 1) % frame.pace() == 0;
    const bool targeted = next_turn < turns.size() && (due || next_random == random.size());
    order.push_back({targeted ? turns[next_turn].second : random[next_random].position, targeted});
    visited[order.back().position] = true;
  }
  return order;
}

std::vector<Chosen> chosen(const Frame& frame, std::vector<Ticket> tickets, std::uint64_t count) {
  switch (frame.design()) {
    case Design::stratified:
      return stratified(frame, tickets, count);
    case Design::strip_and_sample:
      return stripped(frame, std::move(tickets), count);
    case Design::simple:
    case Design::weighted:
      break;
  }
  return ascending(std::move(tickets), count);
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

Result<std::vector<Door>> draw(const Frame& frame, std::string_view seed, std::uint64_t doors,
                               unsigned threads) {
  SCRUTINEER_CHECK(check_seed(seed));
  if (doors == 0 || doors > frame.entries()) {
    return wrong_usage(fmt::format("{} doors cannot be drawn", doors),
                       fmt::format("1 to the number of eligible entries, {}", frame.entries()));
  }
  const std::vector<Chosen> order = chosen(frame, tickets_of(frame, seed, threads), doors);
  const std::string revisit_stem = fmt::format("scrutineer-revisit-1|{}|{}|", frame.digest(), seed);
  std::vector<Door> drawn;
  drawn.reserve(doors);
  for (std::uint64_t i = 0; i < doors; ++i) {
    const std::uint64_t position = order[i].position;
    const std::string second = sha256_hex(revisit_stem + std::to_string(position));
    drawn.push_back({i + 1, position, std::string_view(second).substr(0, 8) < "1999999a", order[i].targeted});
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
