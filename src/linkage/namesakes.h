// Rows of a register by their names. Namesakes of a row that were never proposed as candidates are rivals all
// the same (competition.h): where a register holds forty people of one name, each is as likely as what it
// says makes it, whether it was proposed or not.
#ifndef SCRUTINEER_LINKAGE_NAMESAKES_H_
#define SCRUTINEER_LINKAGE_NAMESAKES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/comparison.h"

namespace scrutineer::linkage {

class Namesakes {
 public:
  Namesakes() = default;  // of nobody
  // The rows of the right table that have both names, given as compared fields; 4 bytes a row (16 while they
  // are sorted). `comparison` must outlive this.
  Namesakes(const Comparison& comparison, std::size_t given, std::size_t family);

  // Rows of the right table that bear both names of this left row; ascending, empty where it lacks one.
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t left_row) const;

 private:
  [[nodiscard]] std::uint64_t key(std::size_t row, Side side) const;

  const Comparison* comparison_ = nullptr;
  std::size_t given_ = 0;
  std::size_t family_ = 0;
  std::vector<std::uint32_t> rows_;  // by family name, forename, row
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NAMESAKES_H_
