// bench count: ten million ranked ballots, written as BLT, read and counted by instant run-off; then twice as
// many to show that the cost grows with the ballots.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "contest/read_ballots.h"
#include "contest/rules.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// One paper a line, 12 candidates of falling popularity, 1 to 8 preferences.
std::string ballots_text(std::size_t papers) {
  constexpr unsigned candidates = 12;
  std::mt19937_64 random(1);
  std::string text = fmt::format("{} 1\n", candidates);
  text.reserve(papers * 16);
  for (std::size_t i = 0; i < papers; ++i) {
    text += '1';
    unsigned used = 0;
    const std::size_t length = 1 + random() % 8;
    for (std::size_t r = 0; r < length; ++r) {
      const double draw = static_cast<double>(random() >> 11) * 0x1.0p-53;
      const auto c = std::min(candidates - 1, static_cast<unsigned>(draw * draw * candidates));
      if ((used >> c & 1U) != 0) continue;
      used |= 1U << c;
      text += ' ';
      text += std::to_string(c + 1);
    }
    text += " 0\n";
  }
  text += "0\n";
  for (unsigned c = 0; c < candidates; ++c) text += fmt::format("\"Candidate {}\"\n", c + 1);
  return text + "\"Bench\"\n";
}

}  // namespace

int main() {
  for (const std::size_t papers : {std::size_t{10'000'000}, std::size_t{20'000'000}}) {
    const std::string text = ballots_text(papers);
    auto start = Clock::now();
    const auto ballots = scrutineer::contest::read_ballots_from(text, "bench.blt", "blt");
    const double reading = seconds_since(start);
    if (!ballots) {
      fmt::print("{}\n", ballots.error().message());
      return 1;
    }
    start = Clock::now();
    const auto counted = scrutineer::contest::count(*ballots, scrutineer::contest::Rule::irv);
    const double counting = seconds_since(start);
    if (!counted) return 1;
    fmt::print(
        "{} papers ({} MB, {} kinds): read {:.2f} s ({:.1f} M papers/s), counted {:.3f} s, {} rounds, winner "
        "{}\n",
        papers, text.size() / 1'000'000, ballots->ballots.size(), reading,
        static_cast<double>(papers) / reading / 1e6, counting, counted->rounds.size(),
        counted->winners.front());
  }
  return 0;
}
