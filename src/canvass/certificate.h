// The certificate of a canvass: "fewer than M of the N entries are ineligible", at a risk limit.
//
// Each door drawn counts 1 if the entry was verified and 0 otherwise: denied, not known, moved, deceased, but
// also refused and nobody met, because an entry nobody vouched for may be ineligible. Null: at least M of the
// N entries would count 0 (and so at most N - M would count 1), the doors being a random sample drawn without
// replacement, taken in the order drawn. ALPHA (canvass/alpha.h) tests it with u = 1, total N - M and first
// guess 1 - M / 2N. If M or more are ineligible the certificate is given with probability at most the risk
// limit, however often one looks and whenever one stops; non-response can only delay it. METHODS.md 5.2.
//
// What it does not say: an entry counted 0 is not thereby ineligible, and no certificate does not mean that
// there are M ineligible entries: it means that the doors cannot yet rule it out.
#ifndef SCRUTINEER_CANVASS_CERTIFICATE_H_
#define SCRUTINEER_CANVASS_CERTIFICATE_H_

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "canvass/alpha.h"

namespace scrutineer::canvass {

struct Claim {
  std::uint64_t entries = 0;  // N
  std::uint64_t margin = 0;   // M: the claim is "fewer than M"
  double risk = 0.05;         // alpha
};

// Wrong usage unless 1 <= M <= N and 0 < risk < 1.
Status check(const Claim& claim);

class Certificate {
 public:
  // `claim` must pass check().
  explicit Certificate(const Claim& claim);
  // With another guess than the default, fixed before the first door.
  Certificate(const Claim& claim, const Guess& guess);

  // The next door in the order drawn; at most N of them.
  void see(bool verified);

  // T >= 1 / risk at this door or an earlier one: the certificate stands and cannot be lost by going on.
  [[nodiscard]] bool reached() const { return reached_at_.has_value(); }
  [[nodiscard]] std::optional<std::uint64_t> reached_at() const { return reached_at_; }  // doors, from 1
  [[nodiscard]] double p() const { return martingale_.p(); }
  [[nodiscard]] double log_martingale() const { return martingale_.log_martingale(); }
  [[nodiscard]] std::uint64_t doors() const { return martingale_.seen(); }
  [[nodiscard]] std::uint64_t verified() const { return verified_; }
  [[nodiscard]] const Claim& claim() const { return claim_; }
  // M or more of the doors counted 0: no number of further doors can lead to the certificate.
  [[nodiscard]] bool out_of_reach() const { return doors() - verified_ >= claim_.margin; }

  // How many more doors, all of them verified, would reach it: 0 if it is reached, nothing if out of reach.
  // Time: that many steps.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed() const;

 private:
  Claim claim_;
  Alpha martingale_;
  double log_threshold_;
  std::uint64_t verified_ = 0;
  std::optional<std::uint64_t> reached_at_;
};

// The guess used when nothing else was fixed: first 1 - M / 2N, worth 50 doors.
Guess default_guess(const Claim& claim);
MeanNull null_of(const Claim& claim);

// Discovery sampling: the least n such that n doors, all verified, certify with eta = 1 (one door that is not
// verified then ends it); the least n with C(N - M, n) / C(N, n) <= risk. No design can do with fewer.
std::uint64_t discovery_doors(const Claim& claim);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CERTIFICATE_H_
