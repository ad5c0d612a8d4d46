// bench margins: time and linear programs of the six thresholds of every published instant run-off contest,
// on one core, beside the published times; then hard synthetic races under a limit of one second a threshold.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <vector>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/certificate/certificate.h"
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
  const SuffixProblem problem{profile, means, winner, {}, std::nullopt};
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
  std::uint64_t most_programs = 0, programs = 0;
  int contests = 0, agree = 0, differ = 0;
};

// What Blom et al. published: margins for modified and for added papers, and linear programs where they are
// told.
struct Published {
  std::string modify, add;
  std::uint64_t programs = 0;
};
using Table = std::map<std::string, Published>;

// Letters and digits alone, so that "Aspen 2009 City Council" and "Aspen_2009_CityCouncil.txt" meet.
std::string key_of(std::string name) {
  for (const char* ending : {".txt_ballots.txt", ".txt"})
    if (name.ends_with(ending)) name.resize(name.size() - std::string(ending).size());
  if (name.starts_with("Data_NA_")) name.erase(0, 8);
  std::string key;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)))
      key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key;
}

Table read_published(const std::filesystem::path& folder) {
  Table table;
  std::string line;
  std::ifstream us(folder / "ecai2016_margins.tsv");
  std::getline(us, line);
  while (std::getline(us, line)) {
    const auto fields = scrutineer::split(line, '\t');
    if (fields.size() >= 6)
      table[key_of(std::string(fields[0]))] = {std::string(fields[3]), std::string(fields[5]), 0};
  }
  std::ifstream nsw(folder / "nsw2015_margins.tsv");
  std::getline(nsw, line);
  while (std::getline(nsw, line)) {
    const auto fields = scrutineer::split(line, '\t');
    if (fields.size() >= 5 && fields[1] == "any")
      table[key_of(std::string(fields[0]))] = {std::string(fields[3]), "",
                                               std::strtoull(std::string(fields[4]).c_str(), nullptr, 10)};
  }
  return table;
}

void bench_contest(const Ballots& ballots, const std::string& name, std::optional<double> seconds, bool print,
                   const Published* published, Totals& totals) {
  const Profile profile = read_papers(ballots, {});
  const Candidate winner = winner_of(ballots);
  std::string line = fmt::format("{:28} {:4}", name.substr(0, 28), profile.candidates);
  for (const Means means : {Means::modification, Means::deletion, Means::addition}) {
    for (const bool change : {false, true}) {
      const Measured measured = measure(profile, winner, means, change, seconds);
      line += fmt::format("  {:>13} {:7.1f} {:5}", measured.bounds, measured.milliseconds, measured.programs);
      if (published && !change && means != Means::deletion) {
        const std::string& theirs = means == Means::modification ? published->modify : published->add;
        if (!theirs.empty()) ++(theirs == measured.bounds ? totals.agree : totals.differ);
        if (!theirs.empty() && theirs != measured.bounds) line += " (published " + theirs + ")";
      }
      if (!change && means == Means::modification) totals.programs += measured.programs;
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
      bench_contest(ballots, fmt::format("{} candidates, spread {}", candidates, spread), 1.0, true, nullptr,
                    totals);
    }
  }
}

// All six numbers with their proof: how long to find and write it, how large it is, how long to check it.
void bench_certificates(const std::filesystem::path& folder) {
  fmt::print("\nCertificates of all six numbers\n{:28} {:>8} {:>10} {:>9} {:>9}\n", "contest", "leaves",
             "bytes", "prove ms", "check ms");
  std::map<std::string, std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename().string()] = entry.path();
  for (const auto& [name, file] : files) {
    const auto ballots = read_ballots(file);
    if (!ballots) continue;
    MarginOptions options;
    options.keep_proofs = true;
    auto start = Clock::now();
    const auto found = margins(*ballots, Rule::irv, options);
    const auto certificate = found ? certificate_of(*ballots, Rule::irv, *found, options, "")
                                   : scrutineer::Result<Certificate>(std::unexpected(found.error()));
    if (!certificate) continue;
    const std::string text = to_text(*certificate);
    const double proving = milliseconds_since(start);
    std::size_t leaves = 0;
    for (const CertifiedClaim& claim : certificate->claims) leaves += claim.tree.leaves.size();
    start = Clock::now();
    const bool holds = check_certificate(*certificate).has_value();
    fmt::print("{:28} {:8} {:10} {:9.1f} {:9.1f}{}\n", name.substr(0, 28), leaves, text.size(), proving,
               milliseconds_since(start), holds ? "" : "  NOT ACCEPTED");
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
    const Table published = read_published(*folder);
    for (const char* part : {"USIRV", "NSW2015"}) {
      std::map<std::string, std::filesystem::path> files;
      for (const auto& entry : std::filesystem::directory_iterator(*folder / part))
        files[entry.path().filename().string()] = entry.path();
      Totals totals;
      std::uint64_t their_programs = 0;
      for (const auto& [name, file] : files) {
        if (name == "Parties.txt") continue;
        const auto ballots = read_ballots(file);
        const auto found = published.find(key_of(name));
        const Published* theirs = found == published.end() ? nullptr : &found->second;
        if (theirs) their_programs += theirs->programs;
        if (ballots)
          bench_contest(*ballots, name, std::nullopt, std::string(part) == "USIRV", theirs, totals);
      }
      fmt::print("{}: published margins (modify and add): {} the same, {} not", part, totals.agree,
                 totals.differ);
      if (their_programs > 0)
        fmt::print("; linear programs for the modify margins: {} published, {} here", their_programs,
                   totals.programs);
      fmt::print("\n");
      fmt::print(
          "{}: {} contests, all six thresholds {:.0f} ms, slowest threshold {:.1f} ms, most programs {}\n",
          part, totals.contests, totals.all, totals.slowest, totals.most_programs);
    }
  }
  if (folder) bench_certificates(*folder / "USIRV");
  bench_hard_races();
  return 0;
}
