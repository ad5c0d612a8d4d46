// Who paid for whom, from the payments roll and from the members' own payer column, households collapsed.
#ifndef SCRUTINEER_SIGNALS_PAYER_LINKS_H_
#define SCRUTINEER_SIGNALS_PAYER_LINKS_H_

#include <cstdint>
#include <vector>

#include "signals/evidence.h"

namespace scrutineer::signals {

struct PayerLinks {
  std::uint32_t payer = none;
  std::vector<std::uint32_t> members;  // indices, sorted
  // Distinct households. All members whose address says too little count as one household together: it is not
  // known whether they live apart, and the doubt is the payer's.
  std::uint32_t households = 0;
  std::vector<Exhibit> rows;  // the payment rows; the members' own rows where there are none
};

// One entry for each payer code with at least one member, in the order of the codes.
std::vector<PayerLinks> payer_links(const Evidence& evidence);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_PAYER_LINKS_H_
