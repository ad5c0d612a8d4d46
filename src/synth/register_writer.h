// Writes the register snapshots: one CSV file each in the layouts of FORMATS.md, district by district, from
// the population's hashes; and notes where the watched people stand in them.
#ifndef SCRUTINEER_SYNTH_REGISTER_WRITER_H_
#define SCRUTINEER_SYNTH_REGISTER_WRITER_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "synth/geography.h"
#include "synth/population.h"

namespace scrutineer::synth {

// An entry of a watched person as it stands in a file.
struct Sighting {
  PersonKey person = 0;
  unsigned snapshot = 0;
  std::uint64_t dwelling = 0;
  std::string number;  // "AB-123" or, for an entry added after December, "AB-123/2"
};

struct RegisterJob {
  const Population* population = nullptr;
  const Geography* geography = nullptr;
  std::uint64_t seed = 0;
  std::uint64_t dwellings = 0;
  unsigned snapshots = 0;
  unsigned threads = 0;
  std::vector<PersonKey> watched;  // sorted
};

struct RegisterFiles {
  std::vector<std::uint64_t> rows;  // by snapshot
  std::vector<Sighting> sightings;  // by snapshot, district and place in the file
};

// "2025-12.csv" for the snapshot of 1 December 2025.
std::string snapshot_file(const Population& population, unsigned snapshot);

// Writes all snapshots into `folder`. Memory is one batch of districts, whatever the number of electors.
Result<RegisterFiles> write_registers(const RegisterJob& job, const std::filesystem::path& folder);

// How many dwellings hold about so many entries at the newest snapshot: counted off within the first town,
// else by its mean, in whole segments.
std::uint64_t dwellings_for(const Population& population, std::uint64_t electors);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_REGISTER_WRITER_H_
