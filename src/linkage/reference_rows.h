// The rows by which chance is measured: how frequent values are, who shares a household, how many entries a
// block holds. Usually all rows of a table. Where a list is linked again after a part of it has changed they
// are the rows of the list as it was first (incremental.h), so that what two unchanged entries say about each
// other stays what it was.
#ifndef SCRUTINEER_LINKAGE_REFERENCE_ROWS_H_
#define SCRUTINEER_LINKAGE_REFERENCE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace scrutineer::linkage {

enum class Side : std::uint8_t { left, right };

// Of one table. Rows `active` .. end of the table are there for reference alone and are in no pair.
struct TableReference {
  std::vector<std::uint32_t> rows;  // in the order of the first list
  std::size_t active = 0;
};

struct ReferenceRows {
  std::optional<TableReference> left;   // none: all rows, all active
  std::optional<TableReference> right;  // none where a table is linked with itself

  [[nodiscard]] const std::optional<TableReference>& of(Side side) const {
    return side == Side::left ? left : right;
  }
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_REFERENCE_ROWS_H_
