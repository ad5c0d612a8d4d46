// Rows of cells on their way to a RollBuilder: for readers of tables that come in cells, not in lines.
#ifndef SCRUTINEER_ROLLS_CELL_BATCH_H_
#define SCRUTINEER_ROLLS_CELL_BATCH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rolls/roll_builder.h"

namespace scrutineer::rolls {

class CellBatch {
 public:
  // `width`: of the header. A row is rejected for `problem`, for text beyond the header's columns, and for
  // cells that are ill-formed or hold a NUL byte; a short row has empty cells at its end.
  CellBatch(RollBuilder& builder, std::size_t width) : builder_(builder), width_(width) {}
  void add(std::uint64_t line, const std::vector<std::string>& cells, std::string problem = {});
  // Hands what was gathered to the builder; the last call is the caller's.
  void flush();
  // Bytes of all cells so far.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  RollBuilder& builder_;
  std::size_t width_;
  std::string text_;
  RecordBatch batch_;
  std::uint64_t bytes_ = 0;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_CELL_BATCH_H_
