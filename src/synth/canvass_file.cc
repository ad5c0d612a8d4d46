// What the canvassers write down. The model of recording is that of VERDICT.md, section 0: people who moved
// are sometimes "not known" to whoever lives there now, more often in shared houses; a few real members deny.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "synth/branch_files.h"
#include "synth/output.h"

namespace scrutineer::synth {
namespace {

bool lives_there(const Member& member, const Population& population) {
  if (!member.key) return false;
  const auto now = population.whereabouts(household_of(*member.key), population.newest());
  return now && address_of(dwelling_of(*now)) == address_of(member.dwelling);
}

std::string_view recorded(Draw& draw, const Member& member, const Population& population) {
  const double u = draw.unit();
  if (member.deceased) return u < .8 ? "deceased" : "not-known";
  switch (member.wrong) {
    case Wrong::planted_real:
      return u < .75 ? "denied" : u < .85 ? "refused" : "verified";
    case Wrong::planted_host:
      return u < .70 ? "not-known" : u < .80 ? "denied" : u < .90 ? "refused" : "verified";
    case Wrong::planted_away:
    case Wrong::scattered:
      return u < .90 ? "not-known" : u < .97 ? "moved" : "refused";
    case Wrong::no:
      break;
  }
  if (!lives_there(member, population)) {
    const bool shared_house = member.kind == MemberClass::hmo || member.kind == MemberClass::student;
    return u < (shared_house ? .45 : .25) ? "not-known" : "moved";
  }
  const double denies = member.kind == MemberClass::family && !member.head ? .03 : .007;
  return u < denies ? "denied" : u < denies + .02 ? "refused" : "verified";
}

// Canvassers find the largest accounts and call on those they pay for: 80 % of the organiser's, a few of
// others.
bool targeted(const Member& member, std::uint64_t seed) {
  Draw draw(seed, Stream::canvass, address_of(member.dwelling), 1);
  return draw.chance(member.payer_planted ? .8 : .01);
}

}  // namespace

Result<std::uint64_t> write_canvass(std::span<const Member> members, const Population& population,
                                    const SynthOptions& options, const std::filesystem::path& file) {
  OutputFile output(file);
  output.write("id,outcome,visited,arm,visitor,attempts\n");
  std::uint64_t rows = 0;
  for (const Member& member : members) {
    const std::uint64_t address = address_of(member.dwelling);
    Draw door(options.seed, Stream::canvass, address);
    const bool random_arm = door.chance(options.canvass_share);
    const bool answers = door.chance(options.response);
    const auto day = static_cast<std::int32_t>(door.below(28));
    const std::uint64_t visitor = 1 + door.below(8);
    const std::uint64_t attempts = answers ? 1 + door.below(3) : 3;
    if (!random_arm && (options.scenario != Scenario::organised || !targeted(member, options.seed))) continue;
    Draw draw(options.seed, Stream::canvass, member.person, 2);
    const std::string_view outcome = answers ? recorded(draw, member, population) : "no-contact";
    output.write(fmt::format("{},{},{},{},V{},{}\n", member.id, outcome, (newest_snapshot + (1 + day)).iso(),
                             random_arm ? "random" : "targeted", visitor, attempts));
    ++rows;
  }
  SCRUTINEER_CHECK(output.close());
  return rows;
}

}  // namespace scrutineer::synth
