// Signal 6: how the number of people known at an address compares with the register's other addresses.
// Context.
//
// Null: the address is one more of the register's addresses: p = (1 + #{addresses with at least as many
// electors}) / (1 + #addresses). Exact as a rank; but the register counts electors alone and this address's
// members who are not on it too, so a lodging house or a home is always high. Therefore context: no e,
// nothing listed.
//
// People known: electors on the newest register and members who give the address and are not on it there.
// Only addresses with at least two members beyond the register are shown. Addresses written short are left
// out.
//
// Innocent: lodgers, care home or hostel, a register that lags behind moves.
#ifndef SCRUTINEER_SIGNALS_CROWDED_ADDRESSES_H_
#define SCRUTINEER_SIGNALS_CROWDED_ADDRESSES_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal crowded_addresses();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_CROWDED_ADDRESSES_H_
