#include "canvass/strip.h"

namespace scrutineer::canvass {
namespace {

constexpr std::size_t plain = 0, questioned = 1;

}  // namespace

StripCertificate::StripCertificate(const Claim& claim, std::uint64_t questioned_entries)
    : martingale_(claim, {{1, claim.entries - questioned_entries, false}, {1, questioned_entries, true}}) {}

void StripCertificate::see(const Seen& door) {
  const std::size_t of = door.questioned ? questioned : plain;
  if (door.targeted) {
    martingale_.set_aside(of, door.verified);
  } else {
    martingale_.see(of, door.verified);
  }
}

std::optional<std::uint64_t> StripCertificate::clean_doors_needed(std::uint64_t pace) const {
  if (reached()) return 0;
  if (out_of_reach()) return std::nullopt;
  SteeredMartingale ahead = martingale_;
  double due = 0;  // random doors at questioned entries
  while (!ahead.reached()) {
    const auto questioned_left = static_cast<double>(ahead.left(questioned));
    const auto plain_left = static_cast<double>(ahead.left(plain));
    if (questioned_left > 0 && (plain_left == 0 || (ahead.doors() + 1) % pace == 0)) {
      ahead.set_aside(questioned, true);
      continue;
    }
    due += questioned_left / (questioned_left + plain_left);
    const bool at_questioned = questioned_left > 0 && due >= .5;
    due -= at_questioned ? 1 : 0;
    ahead.see(at_questioned ? questioned : plain, true);
  }
  return ahead.doors() - doors();
}

}  // namespace scrutineer::canvass
