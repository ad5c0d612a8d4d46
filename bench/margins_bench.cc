// bench margins: time and linear programs of the six thresholds of every published instant run-off contest,
// on one core, beside the published times; then hard synthetic races under a limit of one second a threshold.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <vector>

#include "contest/ballot_builder.h"
#include "contest/margin.h"
#include "contest/margins/irv_search.h"
#include "contest/read_ballots.h"
#include "support/shared_data.h"

namespace {

using namespace scrutineer::contest;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Measured {
  double milliseconds = 0;
  std::uint64_t programs = 0;
  std::string bounds;
};

Measured measure(const Profile& profile, Candidate winner, Means means, bool change,
                 std::optional<double> seconds) {
  const SuffixProblem problem{profile, means, winner, {}};
  SearchSettings settings;
  settings.change = change;
  settings.work = seconds ? std::int64_t{1} << 60 : MarginOptions{}.steps;
  settings.seconds = seconds;
  const auto start = Clock::now();
  const SearchResult found = search_irv(problem, settings);
  Measured measured{milliseconds_since(start), found.programs, std::to_string(found.low)};
  if (!found.high || *found.high != found.low)
    measured.bounds += ".." + (found.high ? std::to_string(*found.high) : std::string("?"));
  return measured;
}

Candidate winner_of(const Ballots& ballots) {
  const auto counted = count(ballots, Rule::irv);
  if (!counted) return 0;
  return static_cast<Candidate>(
      std::find(ballots.candidates.begin(), ballots.candidates.end(), counted->winners.front()) -
      ballots.candidates.begin());
}

struct Totals {
  double all = 0, slowest = 0;
  std::uint64_t most_programs = 0;
  int contests = 0;
};

void bench_contest(const Ballots& ballots, const std::string& name, std::optional<double> seconds, bool print,
                   Totals& totals) {
  const Profile profile = read_papers(ballots, {});
  const Candidate winner = winner_of(ballots);
  std::string line = fmt::format("{:28} {:4}", name.substr(0, 28), profile.candidates);
  for (const Means means : {Means::modification, Means::deletion, Means::addition}) {
    for (const bool change : {false, true}) {
      const Measured measured = measure(profile, winner, means, change, seconds);
      line += fmt::format("  {:>13} {:7.1f} {:5}", measured.bounds, measured.milliseconds, measured.programs);
      totals.all += measured.milliseconds;
      totals.slowest = std::max(totals.slowest, measured.milliseconds);
      totals.most_programs = std::max(totals.most_programs, measured.programs);
    }
  }
  ++totals.contests;
  if (print) fmt::print("{}\n", line);
}

void print_header() {
  fmt::print("{:28} {:>4}", "contest", "cand");
  for (const char* kind :
       {"modify lots", "modify change", "delete lots", "delete change", "add lots", "add change"})
    fmt::print("  {:>13} {:>7} {:>5}", kind, "ms", "LPs");
  fmt::print("\n");
}

// Papers from candidates' strengths with random tastes (Plackett-Luce): equal strengths make the hardest
// races.
Ballots random_race(std::uint64_t seed, unsigned candidates, int papers, double spread) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(1e-9, 1.0);
  Ballots ballots;
  for (unsigned c = 0; c < candidates; ++c)
    ballots.candidates.push_back(fmt::format("candidate {:02}", c + 1));
  BallotBuilder builder;
  std::vector<Candidate> flat;
  std::vector<std::pair<double, Candidate>> order(candidates);
  for (int i = 0; i < papers; ++i) {
    for (Candidate c = 0; c < candidates; ++c)
      order[c] = {std::log(uniform(random)) / std::exp(-spread * c / candidates), c};
    std::sort(order.rbegin(), order.rend());
    const std::size_t length = 1 + random() % candidates;
    flat.clear();
    for (std::size_t r = 0; r < length; ++r)
      flat.insert(flat.end(), {order[r].second, BallotBuilder::rank_end});
    if (!builder.add(flat)) return ballots;
  }
  builder.finish(ballots);
  return ballots;
}

void bench_hard_races() {
  fmt::print(
      "\nHard synthetic races, 20,000 papers, at most 1 s a threshold (low..high where they do not meet)\n");
  print_header();
  Totals totals;
  for (const unsigned candidates : {8U, 10U, 12U, 15U}) {
    for (const double spread : {0.0, 1.0, 3.0}) {
      const Ballots ballots =
          random_race(candidates * 100 + static_cast<unsigned>(spread), candidates, 20000, spread);
      bench_contest(ballots, fmt::format("{} candidates, spread {}", candidates, spread), 1.0, true, totals);
    }
  }
}

}  // namespace

int main() {
  const auto folder = scrutineer::tests::shared_data("ballots/margins");
  if (!folder) {
    fmt::print("reference contests are not beside the project; only synthetic races are measured\n");
  } else {
    fmt::print("Published contests (Blom et al. 2016, CPLEX: 1 to 1,300 ms for each modify or add margin)\n");
    print_header();
    for (const char* part : {"USIRV", "NSW2015"}) {
      std::map<std::string, std::filesystem::path> files;
      for (const auto& entry : std::filesystem::directory_iterator(*folder / part))
        files[entry.path().filename().string()] = entry.path();
      Totals totals;
      for (const auto& [name, file] : files) {
        if (name == "Parties.txt") continue;
        const auto ballots = read_ballots(file);
        if (ballots) bench_contest(*ballots, name, std::nullopt, std::string(part) == "USIRV", totals);
      }
      fmt::print(
          "{}: {} contests, all six thresholds {:.0f} ms, slowest threshold {:.1f} ms, most programs {}\n",
          part, totals.contests, totals.all, totals.slowest, totals.most_programs);
    }
  }
  bench_hard_races();
  return 0;
}
