// The certificate of strip and sample: entries that findings question are visited in an order of their own,
// the others are drawn at random, and both count.
//
// Targeted doors are values set aside (Alpha::set_aside): each takes out of the null what it turned out to
// be, and nothing is bet on it. A random door is drawn from all entries not visited yet. So the schedule may
// visit all the questioned first, or one at every k-th door; the risk limit is the same. With one at every
// fourteenth, signals that say nothing make a canvass longer by about a thirteenth at most, and signals that
// say much take the unverified out of what is sampled, which is what makes a tight margin long.
//
// The guess of the next random door is made of two averages over earlier random doors, each shrunk to 1 - M /
// 2N: of those at entries that nobody questions, worth 50 doors, and of those at questioned entries, worth 5;
// in the proportion in which such entries are left. Targeted doors do not enter it: they come in an order
// that puts the likeliest to be unverified first. It is made of earlier doors alone, and so steers the bets,
// not the risk.
#ifndef SCRUTINEER_CANVASS_STRIP_H_
#define SCRUTINEER_CANVASS_STRIP_H_

#include <cstdint>
#include <optional>

#include "canvass/certificate.h"

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

  [[nodiscard]] bool reached() const { return reached_at_.has_value(); }
  [[nodiscard]] std::optional<std::uint64_t> reached_at() const { return reached_at_; }
  [[nodiscard]] double log_martingale() const { return martingale_.log_martingale(); }
  [[nodiscard]] double p() const { return martingale_.p(); }
  [[nodiscard]] std::uint64_t doors() const { return martingale_.seen(); }
  [[nodiscard]] std::uint64_t unverified() const { return plain_.unverified + questioned_.unverified; }
  [[nodiscard]] bool out_of_reach() const { return unverified() >= claim_.margin; }
  // As Certificate::clean_doors_needed, with every `pace`-th further door targeted as long as there are any.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed(std::uint64_t pace) const;

 private:
  struct Part {
    std::uint64_t entries = 0, seen = 0, unverified = 0;
    std::uint64_t random = 0, random_unverified = 0;  // of them, drawn at random
  };
  [[nodiscard]] double expected() const;

  Claim claim_;
  Alpha martingale_;
  double log_threshold_;
  Part plain_, questioned_;
  std::optional<std::uint64_t> reached_at_;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_STRIP_H_
