// The scored pairs that people are grouped by. In a table of tens of millions of rows there are several
// doubtful pairs to every row (below one half), though hardly one to the person: they would join all people
// into one component and decide next to nothing. Of these so many are kept as a limit allows, the likelier
// first.
#ifndef SCRUTINEER_LINKAGE_EDGE_STORE_H_
#define SCRUTINEER_LINKAGE_EDGE_STORE_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/linkage.h"

namespace scrutineer::linkage {

class EdgeStore {
 public:
  static constexpr std::uint64_t unlimited = ~std::uint64_t{0};
  // Doubtful pairs are kept by whole classes of a quarter of a bit, at most so many in all. What is kept does
  // not depend on the order in which pairs come.
  explicit EdgeStore(std::uint64_t most_doubtful) : most_doubtful_(most_doubtful) {}

  // Makes room for about so many, where there is not as much; more may come.
  void expect(std::size_t edges);
  void add(std::span<const Link> links);
  // The pairs kept, in the order in which they came. Leaves the store empty.
  [[nodiscard]] std::vector<Link> take();

  // Of all pairs that came: how many were not kept, and the sum of their probabilities.
  [[nodiscard]] std::uint64_t let_go() const;
  [[nodiscard]] double let_go_mass() const;
  // Least probability that was kept; 0: all were.
  [[nodiscard]] double floor() const;

 private:
  static constexpr std::size_t classes = 64;                    // of a quarter of a bit below even odds
  [[nodiscard]] static std::size_t class_of(const Link& link);  // 0: the least doubtful
  [[nodiscard]] bool keeps(const Link& link) const { return link.weight >= 0 || class_of(link) < kept_; }
  void settle();  // how many classes are kept

  std::uint64_t most_doubtful_;
  std::vector<Link> edges_;
  std::array<std::uint64_t, classes> pairs_{};  // that came, by class
  std::array<double, classes> mass_{};
  std::size_t kept_ = classes;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_EDGE_STORE_H_
