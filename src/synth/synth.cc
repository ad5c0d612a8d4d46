#include "synth/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "synth/branch_files.h"
#include "synth/output.h"
#include "synth/register_writer.h"

namespace scrutineer::synth {
namespace {

constexpr std::array<std::string_view, 3> scenario_names = {"clean", "scattered", "organised"};

Status check(const SynthOptions& options) {
  if (options.electors < 500 || options.electors > 1'000'000'000) {
    return wrong_usage(fmt::format("{} electors cannot be made", options.electors), "500 to 1000000000");
  }
  if (options.members < 20 || options.members > options.electors / 10 || options.members > 999'999) {
    return wrong_usage(
        fmt::format("{} members cannot be drawn from {} electors", options.members, options.electors),
        "at least 20, at most a tenth of the electors and 999999");
  }
  if (options.snapshots < 1 || options.snapshots > 60) {
    return wrong_usage(fmt::format("{} snapshots cannot be made", options.snapshots), "1 to 60");
  }
  if (options.planted.value_or(0) > options.members / 4) {
    return wrong_usage(
        fmt::format("{} planted of {} members are too many", *options.planted, options.members),
        "at most a quarter of the members");
  }
  for (const double share : {options.canvass_share, options.response}) {
    if (!(share >= 0 && share <= 1)) return wrong_usage("a share is outside 0 to 1");
  }
  return {};
}

void count_members(const std::vector<Member>& members, const std::vector<Standing>& standings,
                   SynthSummary& summary) {
  summary.members = members.size();
  for (std::size_t index = 0; index < members.size(); ++index) {
    const Member& member = members[index];
    summary.planted += member.planted() ? 1U : 0U;
    summary.scattered += member.wrong == Wrong::scattered ? 1U : 0U;
    summary.duplicates += member.duplicate_of ? 1U : 0U;
    summary.lawful_recruits += member.lawful ? 1U : 0U;
    summary.eligible += member.eligible() ? 1U : 0U;
    const std::string& status = standings[index].status;
    ++(status == "at-address"  ? summary.at_address
       : status == "elsewhere" ? summary.elsewhere
                               : summary.not_found);
  }
}

std::vector<PersonKey> watched(const std::vector<Member>& members) {
  std::vector<PersonKey> keys;
  for (const Member& member : members) {
    if (member.key) keys.push_back(*member.key);
  }
  std::ranges::sort(keys);
  const auto repeated = std::ranges::unique(keys);
  keys.erase(repeated.begin(), repeated.end());
  return keys;
}

}  // namespace

std::string_view to_string(Scenario scenario) {
  return scenario_names[static_cast<std::size_t>(scenario)];
}

std::optional<Scenario> scenario_of(std::string_view name) {
  const auto found = std::ranges::find(scenario_names, name);
  if (found == scenario_names.end()) return std::nullopt;
  return static_cast<Scenario>(found - scenario_names.begin());
}

Result<SynthSummary> synthesise(const SynthOptions& options) {
  SCRUTINEER_CHECK(check(options));
  const Population population(options.seed, options.snapshots);
  const Geography geography(options.seed);
  const std::uint64_t dwellings = dwellings_for(population, options.electors);
  Membership membership(options, population, geography, dwellings);
  SCRUTINEER_TRY(const std::vector<Member> members, membership.draw());
  SCRUTINEER_CHECK(prepare_directory(options.out));

  SynthSummary summary;
  const RegisterJob job{&population,       &geography,      options.seed,    dwellings,
                        options.snapshots, options.threads, watched(members)};
  SCRUTINEER_TRY(const RegisterFiles registers, write_registers(job, options.out / "register"));
  for (unsigned snapshot = 0; snapshot < options.snapshots; ++snapshot) {
    summary.files.emplace_back("register/" + snapshot_file(population, snapshot), registers.rows[snapshot]);
  }
  summary.electors = registers.rows.back();
  const std::vector<Standing> truth = standings(members, registers.sightings, population, options.snapshots);
  count_members(members, truth, summary);

  const auto note = [&](std::string_view name, Result<std::uint64_t> rows) -> Status {
    if (!rows) return std::unexpected(rows.error());
    summary.files.emplace_back(name, *rows);
    return {};
  };
  const auto in = [&](std::string_view name) { return options.out / name; };
  Votes votes;
  SCRUTINEER_CHECK(note("members.csv", write_members(members, geography, in("members.csv"))));
  SCRUTINEER_CHECK(note("payments.csv", write_payments(members, options.seed, in("payments.csv"))));
  SCRUTINEER_CHECK(note("joins.csv", write_joins(membership.calendar(), in("joins.csv"))));
  SCRUTINEER_CHECK(note("canvass.csv", write_canvass(members, population, options, in("canvass.csv"))));
  SCRUTINEER_CHECK(note("ballots.blt", write_ballots(members, options, votes, in("ballots.blt"))));
  summary.ballots = summary.files.back().second;
  SCRUTINEER_CHECK(note("marked-register.csv", write_marked(members, votes, in("marked-register.csv"))));
  SCRUTINEER_CHECK(note("truth.csv", write_truth(members, truth, votes, in("truth.csv"))));
  SCRUTINEER_CHECK(write_readme(options, summary, in("README.txt")));
  SCRUTINEER_CHECK(write_inquiry(options, population, in("inquiry.toml")));
  SCRUTINEER_CHECK(complete_directory(options.out));
  return summary;
}

}  // namespace scrutineer::synth
