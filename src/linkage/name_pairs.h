// How often different people bear the same forename and family name together. Names come in communities:
// among the bearers of one family name a forename is far more or far less frequent than at large, so that the
// product of the two frequencies is wrong by a factor that differs from name to name. Where one table is a
// register that dwarfs the other, the register's own pairs of names say it, value by value.
//
//   P(g, f) = p_f (n_gf - d + (k + d t_f) p_g) / (n_f + k)
//
// with n counting rows of the larger table, p their shares, and t_f the different forenames borne with f: a
// Pitman-Yor prior of discount d and weight k around the shares at large (Teh 2006, "A hierarchical Bayesian
// language model based on Pitman-Yor processes"; d = 0 is the Dirichlet prior of MacKay and Bauman Peto
// 1995), d and k fitted by leaving each row out in turn. A name that a single row bears is thereby no proof
// of a single bearer in the world: of two people who bear it one is in the table, and the other is who is
// asked about.
//
// Agreement that is less than exact has no such table. There the average counts: how the family names of two
// people stand to each other who share a forename, and the reverse.
//
// Middle names come from the same communities: between two people who share a name, or nearly, they agree far
// more often than at large. There too the average counts, over pairs that share the forename, the family
// name, or both.
#ifndef SCRUTINEER_LINKAGE_NAME_PAIRS_H_
#define SCRUTINEER_LINKAGE_NAME_PAIRS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linkage/chance.h"
#include "linkage/comparison.h"

namespace scrutineer::linkage {

class NamePairs {
 public:
  NamePairs() = default;  // none: the two names by themselves

  // From the right table, which must be the larger. Empty where there is no given or no family name.
  static NamePairs measure(const Comparison& comparison, std::uint64_t seed);

  [[nodiscard]] bool empty() const { return keys_.empty(); }
  [[nodiscard]] std::size_t given() const { return given_; }  // compared fields
  [[nodiscard]] std::size_t family() const { return family_; }
  [[nodiscard]] bool tells(std::size_t one, std::size_t other) const {
    const auto is_name = [this](std::size_t field) {
      return field == given_ || field == family_ || (middle_ && field == *middle_);
    };
    return !empty() && one != other && is_name(one) && is_name(other);
  }

  // log2 of P(g, f) for the names of a row of the right table; as it would be if `without` bearers of the two
  // were not in it.
  [[nodiscard]] Weight log2_both(std::size_t right_row, std::uint32_t without = 0) const;
  // The most by which log2_both of a reference row is below what chance says of its two names by themselves.
  [[nodiscard]] Weight most_beyond(const Chance& chance) const;

  // Levels of the family name between different people of one forename, and of the forename between those of
  // one family name; each group of levels sums to 1.
  [[nodiscard]] std::span<const double> family_if_given() const { return family_if_given_; }
  [[nodiscard]] std::span<const double> given_if_family() const { return given_if_family_; }

  [[nodiscard]] bool is_middle(std::size_t compared) const { return middle_ && compared == *middle_; }
  // Levels of the middle name between different people whose other names agree as `pattern` has it: exactly
  // or nearly in forename, family name or both; empty where they agree in neither.
  [[nodiscard]] std::span<const double> middle_if(Pattern pattern) const;

  [[nodiscard]] double concentration() const { return concentration_; }  // k
  [[nodiscard]] double discount() const { return discount_; }            // d

 private:
  // Rows of the right table that bear the same two names as this one, itself included.
  [[nodiscard]] std::uint32_t bearers(std::size_t right_row) const;
  [[nodiscard]] Weight log2_of(std::uint32_t family, std::uint32_t given, double both,
                               std::uint32_t without) const;
  void count();
  void fit();
  [[nodiscard]] double likelihood_of(double discount, double concentration, std::size_t step) const;
  // Levels of `other` between two rows that hold the same values of all of `same`.
  [[nodiscard]] std::vector<double> levels_if_same(std::span<const std::size_t> same, std::size_t other,
                                                   std::uint64_t seed) const;

  const Comparison* comparison_ = nullptr;
  std::size_t given_ = 0;
  std::size_t family_ = 0;
  std::optional<std::size_t> middle_;
  std::vector<std::uint64_t> keys_;        // family code << 32 | given code, ascending
  std::vector<std::uint32_t> counts_;      // rows of each key
  std::vector<std::uint32_t> given_rows_;  // by code, of rows with both names
  std::vector<std::uint32_t> family_rows_;
  std::uint64_t rows_ = 0;
  std::vector<std::uint32_t> family_forms_;  // by code, different forenames borne with it
  double concentration_ = 1;
  double discount_ = 0;
  std::vector<double> family_if_given_;
  std::vector<double> given_if_family_;
  std::vector<double> middle_if_given_;  // the last three empty where there are no middle names
  std::vector<double> middle_if_family_;
  std::vector<double> middle_if_both_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NAME_PAIRS_H_
