#include "cli/sizes.h"

#include <charconv>
#include <string>

namespace scrutineer::cli {

Result<std::uint64_t> parse_size(std::string_view text) {
  if (text.empty()) return 0;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  unsigned shift = 64;
  if (unit.empty()) shift = 0;
  if (unit == "k" || unit == "K") shift = 10;
  if (unit == "m" || unit == "M") shift = 20;
  if (unit == "g" || unit == "G") shift = 30;
  if (error != std::errc() || shift == 64 || number > (~std::uint64_t{0} >> shift)) {
    return wrong_usage("\"" + std::string(text) + "\" is not a size", "a number with k, M or G, such as 2G");
  }
  return number << shift;
}

}  // namespace scrutineer::cli
