// bench count: ranked ballots, one paper a line of BLT, read and counted by instant run-off: ten million, and
// fewer and more to show that the cost of a paper stays the same. Equal papers are gathered while they are
// read, so the count itself walks the kinds; the lines "none gathered" count the same papers kept apart.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>

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

namespace {

using scrutineer::contest::Ballots;

bool count_and_print(const Ballots& ballots, std::size_t papers, const std::string& reading) {
  const auto start = Clock::now();
  const auto counted = scrutineer::contest::count(ballots, scrutineer::contest::Rule::irv);
  const double counting = seconds_since(start);
  if (!counted) return false;
  fmt::print("{:>9} papers, {:>9} kinds: {}counted in {:.3f} s ({:.1f} ns a paper), {} rounds, {}\n", papers,
             ballots.ballots.size(), reading, counting, counting * 1e9 / static_cast<double>(papers),
             counted->rounds.size(), counted->winners.front());
  std::fflush(stdout);
  return true;
}

// The same papers, none gathered with another: what counting costs where no two papers are alike.
Ballots apart(const Ballots& ballots) {
  Ballots out = ballots;
  out.ballots.clear();
  for (const auto& ballot : ballots.ballots)
    for (std::int64_t i = 0; i < ballot.count; ++i) {
      out.ballots.push_back(ballot);
      out.ballots.back().count = 1;
    }
  return out;
}

}  // namespace

int main() {
  for (const std::size_t papers : {std::size_t{1'250'000}, std::size_t{2'500'000}, std::size_t{5'000'000},
                                   std::size_t{10'000'000}, std::size_t{20'000'000}}) {
    const std::string text = ballots_text(papers);
    const auto start = Clock::now();
    const auto ballots = scrutineer::contest::read_ballots_from(text, "bench.blt", "blt");
    const double reading = seconds_since(start);
    if (!ballots) {
      fmt::print("{}\n", ballots.error().message());
      return 1;
    }
    const std::string read =
        fmt::format("read {} MB in {:.2f} s ({:.0f} ns a paper), ", text.size() / 1'000'000, reading,
                    reading * 1e9 / static_cast<double>(papers));
    if (!count_and_print(*ballots, papers, read)) return 1;
    if (papers <= 2'500'000 && !count_and_print(apart(*ballots), papers, "none gathered, ")) return 1;
  }
  return 0;
}
