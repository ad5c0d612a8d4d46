// Signal 18: members listed twice.
//
// Null: coincidence. In a list with these names and dates of birth, E pairs of different people agree as far
// as this pair does: sum over names of C(n_k, 2) rho_k (METHODS.md 1.2, formula 2; computed by the matcher,
// who alone reads names). The chance of at least one such pair is at most E (Markov), and 1 - exp(-E) under
// the Poisson approximation; the larger, min(1, E), is taken as p: valid for any dependence between pairs. e
// by the mixture calibrator; e-BH over the pairs.
//
// Innocent: father and son, twins, namesakes, a member who was entered again after moving.
#ifndef SCRUTINEER_SIGNALS_DUPLICATES_H_
#define SCRUTINEER_SIGNALS_DUPLICATES_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal duplicates();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_DUPLICATES_H_
