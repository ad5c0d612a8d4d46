// A fictional inquiry with known truth: the rolls, payments, canvass and ballots of an invented borough, and
// who really is who. For trying Scrutineer out, for its end-to-end tests and for its benchmarks.
//
// The model is that of the simulations by which the verdict rule was found (VERDICT.md, section 0);
// README.txt of the output says what it holds. All people, streets and postcodes are random combinations of
// short word lists (tables/): none is meant, and a likeness to anyone is chance.
//
// The register is written as it is generated, so 50 million electors need no more memory than 50 thousand;
// the members, some thousands, are held in memory. The same options give the same bytes on any number of
// threads.
#ifndef SCRUTINEER_SYNTH_SYNTH_H_
#define SCRUTINEER_SYNTH_SYNTH_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace scrutineer::synth {

enum class Scenario : std::uint8_t {
  clean,      // honest members with the usual errors
  scattered,  // and as many wrong members as `planted`, each for itself
  organised,  // and `planted` paper members by one organiser, with scattered errors at 3 %
};
std::string_view to_string(Scenario scenario);
std::optional<Scenario> scenario_of(std::string_view name);

struct SynthOptions {
  std::filesystem::path out;        // a directory: absent, empty, or an earlier output of this command
  std::uint64_t electors = 40'000;  // entries of the newest register snapshot, within about 1 %
  std::uint64_t members = 1'200;
  std::uint64_t seed = 1;
  Scenario scenario = Scenario::clean;
  unsigned snapshots = 6;  // half-yearly, the newest of 2026-06-01
  std::optional<std::uint64_t>
      planted;  // paper or wrong members; default 1 in 20 members (60 of 1,200), 0 in clean
  std::optional<std::uint64_t> margin;  // lead in ballots in the last round; default 15 % of ballots
  double canvass_share = 0.6;           // of addresses drawn for the random arm
  double response = 0.7;                // of visited addresses where someone answers
  unsigned threads = 0;                 // 0: all
};

struct SynthSummary {
  std::uint64_t electors = 0;                                // rows of the newest snapshot
  std::vector<std::pair<std::string, std::uint64_t>> files;  // name, rows; in the order of writing
  std::uint64_t members = 0, planted = 0, scattered = 0, duplicates = 0, lawful_recruits = 0, eligible = 0;
  std::uint64_t at_address = 0, elsewhere = 0, not_found = 0;
  std::uint64_t ballots = 0;
};

// Writes the whole inquiry into options.out. Wrong usage if the options contradict each other or are out of
// range; refused if the directory holds anything that this command did not write. inquiry.toml is written
// last: a directory without it is a run that was cut short, and the next run may replace it.
Result<SynthSummary> synthesise(const SynthOptions& options);

struct RollOptions {
  std::filesystem::path out;
  std::uint64_t rows = 1'000'000;
  std::uint64_t seed = 1;
  double duplicates = 0.2;  // share of rows that are a further entry of someone already listed
  unsigned threads = 0;
};

// Writes roll.csv (id, given, middle, family, birth_date, sex, address, postcode, email) and roll-truth.csv
// (id, person) in the same order, entries of one person scattered over the file: for benchmarks of matching.
Result<SynthSummary> synthesise_roll(const RollOptions& options);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_SYNTH_H_
