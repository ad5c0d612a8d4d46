// The certificate of strip and sample: entries that findings question are visited in an order of their own,
// the others are drawn at random, and both count.
//
// Targeted doors are values set aside: each takes out of the null what it turned out to be, and nothing is
// bet on it. A random door is drawn from all entries not visited yet, and bet on by whether it is questioned
// (steered.h). So the schedule may visit all the questioned first, or one at every k-th door; the risk limit
// is the same. With one at every twenty-fifth, signals that say nothing make a canvass longer by about a
// twenty-fourth, and signals that say much take the unverified out of what is sampled, which is what makes a
// tight margin long.
#ifndef SCRUTINEER_CANVASS_STRIP_H_
#define SCRUTINEER_CANVASS_STRIP_H_

#include <cstdint>
#include <optional>

#include "canvass/certificate.h"
#include "canvass/steered.h"

namespace scrutineer::canvass {

class StripCertificate {
 public:
  // `claim` must pass check(); `questioned` of the entries have a turn of their own.
  StripCertificate(const Claim& claim, std::uint64_t questioned);

  // The next door: whether its entry is questioned, and whether it was sought out or drawn at random.
  struct Seen {
    bool verified = false;
    bool questioned = false;
    bool targeted = false;
  };
  void see(const Seen& door);

  [[nodiscard]] const SteeredMartingale& martingale() const { return martingale_; }
  [[nodiscard]] bool reached() const { return martingale_.reached(); }
  [[nodiscard]] std::uint64_t doors() const { return martingale_.doors(); }
  [[nodiscard]] bool out_of_reach() const { return martingale_.out_of_reach(); }
  // As Certificate::clean_doors_needed, with every `pace`-th further door targeted as long as there are any,
  // and random doors at questioned entries in proportion.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed(std::uint64_t pace) const;

 private:
  SteeredMartingale martingale_;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_STRIP_H_
