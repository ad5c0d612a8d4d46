// How doors are chosen. All designs bear the same certificate at the same risk limit; they differ in cost.
#ifndef SCRUTINEER_CANVASS_DESIGN_H_
#define SCRUTINEER_CANVASS_DESIGN_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace scrutineer::canvass {

enum class Design : std::uint8_t {
  simple,           // a simple random sample of all entries (certificate.h)
  stratified,       // random within strata, in proportion to their sizes (stratified.h)
  weighted,         // entries that findings name have a somewhat greater chance (weighted.h)
  strip_and_sample  // the questioned in an order of their own, the others at random (strip.h)
};
inline constexpr std::size_t design_count = 4;
std::string_view to_string(Design design);  // "simple", "stratified", "weighted", "strip-and-sample"
std::optional<Design> design_of(std::string_view text);

// Weighted: how many entries have so many lots in the urn.
struct LotClass {
  std::uint32_t lots = 1;
  std::uint64_t entries = 0;
};

// Strip and sample: one questioned entry is visited at every so many doors, unless another pace is asked for;
// 1 visits all of them first.
inline constexpr std::uint64_t usual_pace = 25;

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_DESIGN_H_
