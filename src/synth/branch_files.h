// The files of the branch: members, payments, joins elsewhere, the canvass, ballots, who voted, and the
// truth.
#ifndef SCRUTINEER_SYNTH_BRANCH_FILES_H_
#define SCRUTINEER_SYNTH_BRANCH_FILES_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "synth/membership.h"
#include "synth/register_writer.h"

namespace scrutineer::synth {

// Each writes one file and returns its number of rows (without the header).
Result<std::uint64_t> write_members(std::span<const Member> members, const Geography& geography,
                                    const std::filesystem::path& file);
Result<std::uint64_t> write_payments(std::span<const Member> members, std::uint64_t seed,
                                     const std::filesystem::path& file);
Result<std::uint64_t> write_joins(const Calendar& calendar, const std::filesystem::path& file);

// Doorstep outcomes: a random arm by address, and in the organised scenario a targeted one.
Result<std::uint64_t> write_canvass(std::span<const Member> members, const Population& population,
                                    const SynthOptions& options, const std::filesystem::path& file);

// First preference of each member: "" for one who did not vote.
using Votes = std::vector<std::string>;

// The ballots as papers without names, sorted, in BLT; and the marked register.
Result<std::uint64_t> write_ballots(std::span<const Member> members, const SynthOptions& options,
                                    Votes& votes, const std::filesystem::path& ballots);
Result<std::uint64_t> write_marked(std::span<const Member> members, const Votes& votes,
                                   const std::filesystem::path& file);

// What is truly in the register files about each member.
struct Standing {
  std::string status = "not-found";  // at the newest snapshot: at-address, elsewhere, not-found
  std::string entry;                 // number of that entry in the newest snapshot
  bool ever_at_address = false;
  std::string ever_entry;  // "2025-12:AB-17", the newest entry at the stated address
};
std::vector<Standing> standings(std::span<const Member> members, std::span<const Sighting> sightings,
                                const Population& population, unsigned snapshots);
Result<std::uint64_t> write_truth(std::span<const Member> members, std::span<const Standing> standings,
                                  const Votes& votes, const std::filesystem::path& file);

Status write_inquiry(const SynthOptions& options, const Population& population,
                     const std::filesystem::path& file);
Status write_readme(const SynthOptions& options, const SynthSummary& summary,
                    const std::filesystem::path& file);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_BRANCH_FILES_H_
