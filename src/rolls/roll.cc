#include "rolls/roll.h"

#include <fmt/core.h>

namespace scrutineer::rolls {

Status RollAccount::check(const std::filesystem::path& file) const {
  const std::uint64_t placed = rows + rejected + header_records + blank_records;
  if (placed == physical_records) return {};
  return internal_error(fmt::format("{} physical records were counted, but {} rows, {} rejects, {} header "
                                    "records and {} blank records were read",
                                    physical_records, rows, rejected, header_records, blank_records),
                        {file.string(), 0, 0});
}

}  // namespace scrutineer::rolls
