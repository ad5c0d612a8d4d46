// Turns a pair of rows into a match weight: prior + sum of log2 m - log2 u + dependence.
#ifndef SCRUTINEER_LINKAGE_SCORER_H_
#define SCRUTINEER_LINKAGE_SCORER_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/chance.h"
#include "linkage/companions.h"
#include "linkage/comparison.h"
#include "linkage/kin.h"
#include "linkage/mixture.h"
#include "linkage/model.h"
#include "linkage/name_pairs.h"

namespace scrutineer::linkage {

// Sum of the weights of a model's dependences for one pattern.
Weight dependence_of(std::span<const Dependence> dependences, std::span<const std::vector<double>> m,
                     Pattern pattern);

class Scorer {
 public:
  // All must outlive this.
  Scorer(const Comparison& comparison, const Chance& chance, const Companions& companions)
      : comparison_(&comparison), chance_(&chance), companions_(&companions) {}

  // How often forename and family name occur together; must outlive this. Without: each by itself.
  void use_name_pairs(const NamePairs& names) { names_ = names.empty() ? nullptr : &names; }
  [[nodiscard]] const NamePairs* name_pairs() const { return names_; }  // null without
  // Two people of one household may agree where strangers do not; must outlive this. Without: all who are not
  // one person are strangers or share what the companions say.
  void use_kin(const Kin& kin) { kin_ = kin.empty() ? nullptr : &kin; }
  // True if the weights of this edge are told by the name pairs already.
  [[nodiscard]] bool name_pairs_tell(const Dependence& edge) const {
    return names_ != nullptr && names_->tells(edge.first, edge.second);
  }

  void set_model(double prior, const std::vector<std::vector<double>>& m,
                 std::vector<Dependence> dependences);

  // Fetches what evidence() and log2_u() look at, so that it is at hand by then; the rows' codes should be
  // (Comparison::prefetch_codes).
  void prefetch_values(std::size_t left_row, std::size_t right_row) const;

  // Needs no model.
  [[nodiscard]] Evidence evidence(std::size_t left_row, std::size_t right_row) const;

  // log2 u of a pair whose pattern is known, after the chance has changed.
  [[nodiscard]] Weight log2_u(Pattern pattern, std::size_t left_row, std::size_t right_row) const;

  [[nodiscard]] Weight weight(const Evidence& evidence) const;

  // How each field spoke: its weight (0 where missing), and the pattern.
  struct Parts {
    Pattern pattern = 0;
    std::array<Weight, most_fields> weights{};
    Weight dependence = 0;  // and what kin may share
  };
  [[nodiscard]] Parts parts(std::size_t left_row, std::size_t right_row) const;

  [[nodiscard]] Weight prior() const { return prior_; }
  // log2 m of a compared field's level.
  [[nodiscard]] Weight m(std::size_t compared, std::uint8_t level) const { return m_[compared][level]; }
  // The model's dependences for one pattern.
  [[nodiscard]] Weight dependence(Pattern pattern) const;
  [[nodiscard]] std::span<const Dependence> dependences() const { return dependences_; }
  [[nodiscard]] const Comparison& comparison() const { return *comparison_; }
  [[nodiscard]] const Companions& companions() const { return *companions_; }
  [[nodiscard]] const Chance& chance() const { return *chance_; }

 private:
  using Agreements = std::array<Agreement, most_fields>;
  // Compares all fields and returns their pattern.
  Pattern compare(std::size_t left_row, std::size_t right_row, Agreements& agreements) const;
  [[nodiscard]] Weight field_u(std::size_t field, const Agreement& agreement, Pattern pattern,
                               std::size_t left_row, std::size_t right_row) const;
  [[nodiscard]] bool is_told_already(std::size_t field, Pattern pattern, std::size_t left_row,
                                     std::size_t right_row) const;
  [[nodiscard]] Weight name_u(std::size_t field, const Agreement& agreement, Pattern pattern,
                              std::size_t left_row, std::size_t right_row) const;

  const Comparison* comparison_;
  const Chance* chance_;
  const Companions* companions_;
  const NamePairs* names_ = nullptr;
  const Kin* kin_ = nullptr;
  Weight prior_ = 0;
  std::vector<std::array<Weight, most_levels>> m_;
  std::vector<Dependence> dependences_;
  std::vector<std::size_t> level_counts_;
};

// log2(p / (1 - p)); of 0 and 1 that of the least and greatest that can be told from them.
Weight weight_of_probability(double probability);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SCORER_H_
