// What people who are not the same person share because they live, or come from, together: a family name and
// an address, a street and a postcode. Given that two people agree exactly on one or two such fields, how
// often do they agree on another? Random pairs cannot tell in a large table (they never meet a household), so
// pairs that agree are drawn, from one table, and only those whose forenames (or, without forenames, dates)
// are plainly different count: they are different people, but for few.
//
// The fields concerned (family name, code, text, number, exact) are ordered by how rarely chance makes them
// agree. For a pair of rows each field's u is then taken conditional on the earlier fields that agree
// exactly: on that one field, or pair of fields, of them under which the field agrees most often. Agreement
// beyond what frequency explains is put down to what is shared, whatever the value (as Chance::set_mean): a
// rare surname is as common within its own household as any other.
#ifndef SCRUTINEER_LINKAGE_COMPANIONS_H_
#define SCRUTINEER_LINKAGE_COMPANIONS_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/comparison.h"

namespace scrutineer::linkage {

class Companions {
 public:
  Companions() = default;  // none: every field by itself

  // Draws pairs from the right table. Nothing is conditional where there is neither forename nor date to tell
  // different people by, or the table is too small for any pair.
  static Companions measure(const Comparison& comparison, unsigned threads, std::uint64_t seed);

  // Share of all pairs of the right table that agree exactly on all of `fields` and are plainly different
  // people (different in forename and date). 0 where too few are found, or there is not both to tell by.
  static double share_of_kin(const Comparison& comparison, std::span<const std::size_t> fields,
                             std::uint64_t seed);

  [[nodiscard]] bool empty() const { return order_.empty(); }
  // True if `condition` at level_same conditions `other` here, so that a dependence tree must not do so
  // again.
  [[nodiscard]] bool conditions(std::size_t condition, std::size_t other) const;

  // Levels of one compared field among different people who agree as `pattern` does on the earlier fields;
  // empty if none of those agrees exactly. Each group of levels sums to 1.
  [[nodiscard]] std::span<const double> conditional(std::size_t compared, Pattern pattern) const;
  // All that `conditional` may return of a field.
  [[nodiscard]] std::vector<std::span<const double>> conditionals(std::size_t compared) const;

 private:
  struct Condition {
    std::uint32_t fields = 0;                 // bits: positions in order_
    std::vector<std::vector<double>> levels;  // by position in order_; empty if not later than the condition
  };
  void choose();

  std::vector<std::size_t> order_;  // compared fields, rarest agreement first
  std::vector<Condition> conditions_;
  // [position][bits of the earlier fields that agree] = condition + 1, or 0.
  std::vector<std::vector<std::uint16_t>> best_;
  std::array<std::uint8_t, most_fields> position_{};  // in order_, plus 1; 0 for other fields
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_COMPANIONS_H_
