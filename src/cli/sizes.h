// Sizes of memory as people type them.
#ifndef SCRUTINEER_CLI_SIZES_H_
#define SCRUTINEER_CLI_SIZES_H_

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace scrutineer::cli {

// "2G", "512M", "800k", "1000000": bytes, with k, M and G for powers of 1024. Empty means 0. Wrong usage if
// it is neither.
Result<std::uint64_t> parse_size(std::string_view text);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_SIZES_H_
