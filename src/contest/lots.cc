#include "contest/lots.h"

#include <algorithm>
#include <vector>

#include "base/digest.h"

namespace scrutineer::contest {

std::size_t draw_lot(std::uint64_t seed, const std::string& question, std::span<const std::string> names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  std::string preamble = "lot\n" + std::to_string(seed) + "\n" + question + "\n";
  for (const std::string& name : sorted) preamble += name + "\n";
  std::size_t drawn = 0;
  std::string least;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string digest = sha256_hex(preamble + "\n" + names[i]);
    if (i == 0 || digest < least) {
      least = std::move(digest);
      drawn = i;
    }
  }
  return drawn;
}

}  // namespace scrutineer::contest
