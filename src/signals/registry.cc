#include <array>

#include "signals/duplicates.h"
#include "signals/join_bursts.h"
#include "signals/linkage_of_irregulars.h"
#include "signals/never_registered.h"
#include "signals/occupancy.h"
#include "signals/off_register.h"
#include "signals/payer_households.h"
#include "signals/recruiter_concentration.h"
#include "signals/signal.h"

namespace scrutineer::signals {

std::span<const Signal> registry() {
  static const std::array signals{
      off_register(),             // 1
      never_registered(),         // 2
      join_bursts(),              // 4
      occupancy(),                // 5
      payer_households(),         // 8
      recruiter_concentration(),  // 12
      duplicates(),               // 18
      linkage_of_irregulars_signal(),  // 25
  };
  return signals;
}

}  // namespace scrutineer::signals
