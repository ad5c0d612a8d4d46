#include "report/clean_visits.h"

namespace scrutineer::report {

std::optional<std::uint64_t> least_clean_visits(std::uint64_t members, std::uint64_t material, double risk) {
  if (material == 0 || material > members) return std::nullopt;
  double all_clean = 1;
  std::uint64_t drawn = 0;
  while (all_clean > risk && drawn < members) {
    const auto left = static_cast<double>(members - drawn);
    all_clean *= left <= static_cast<double>(material) ? 0 : (left - static_cast<double>(material)) / left;
    ++drawn;
  }
  return drawn;
}

}  // namespace scrutineer::report
