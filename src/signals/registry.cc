#include <array>

#include "signals/branch_growth.h"
#include "signals/crowded_addresses.h"
#include "signals/deceased_members.h"
#include "signals/dense_blocks.h"
#include "signals/doorstep_answers.h"
#include "signals/duplicates.h"
#include "signals/early_transfers.h"
#include "signals/form_runs.h"
#include "signals/join_bursts.h"
#include "signals/lapse_after_ballot.h"
#include "signals/linkage_of_irregulars.h"
#include "signals/login_activity.h"
#include "signals/never_registered.h"
#include "signals/occupancy.h"
#include "signals/off_register.h"
#include "signals/payer_households.h"
#include "signals/recruit_distance.h"
#include "signals/recruiter_concentration.h"
#include "signals/recruiter_irregularity.h"
#include "signals/register_volatility.h"
#include "signals/registration_timing.h"
#include "signals/shared_contacts.h"
#include "signals/signal.h"
#include "signals/unpaid_members.h"
#include "signals/unused_signals.h"
#include "signals/ward_outliers.h"

namespace scrutineer::signals {

std::span<const Signal> registry() {
  static const std::array signals{
      off_register(),                  // 1
      never_registered(),              // 2
      registration_timing(),           // 3
      join_bursts(),                   // 4
      occupancy(),                     // 5
      crowded_addresses(),             // 6
      surname_heterogeneity(),         // 7
      payer_households(),              // 8
      unpaid_members(),                // 9
      shared_contacts(),               // 10
      form_runs(),                     // 11
      recruiter_concentration(),       // 12
      recruiter_irregularity(),        // 13
      recruit_distance(),              // 14
      doorstep_answers(),              // 15
      non_contact(),                   // 16
      listed_names(),                  // 17
      duplicates(),                    // 18
      deceased_members(),              // 19
      branch_growth(),                 // 20
      early_transfers(),               // 21
      login_activity(),                // 22
      lapse_after_ballot(),            // 23
      dense_blocks(),                  // 24
      linkage_of_irregulars_signal(),  // 25
      ward_outliers(),                 // 26
      register_volatility(),           // 27
      last_digits(),                   // 28
  };
  return signals;
}

}  // namespace scrutineer::signals
