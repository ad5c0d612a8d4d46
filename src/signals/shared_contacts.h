// Signal 10: one telephone number or e-mail address given by several households.
//
// Null: the degree law of the data's own numbers and addresses (stats/degree_law.h): given two households,
// the number of further ones is geometric with a probability learned from those shared by two to five.
// Numbers and addresses have a law each and are one family for e-BH. p is conditional on two households; e
// by the mixture calibrator.
//
// The value itself is shown masked: its last three characters.
//
// Innocent: a helper who enters their own, a couple living apart, an office, a placeholder of the form.
#ifndef SCRUTINEER_SIGNALS_SHARED_CONTACTS_H_
#define SCRUTINEER_SIGNALS_SHARED_CONTACTS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal shared_contacts();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_SHARED_CONTACTS_H_
