// The part of the checker that looks at linear programs: doc/margin-certificate.md, "program".
#ifndef SCRUTINEER_CONTEST_CERTIFICATE_CHECK_PROGRAM_H_
#define SCRUTINEER_CONTEST_CERTIFICATE_CHECK_PROGRAM_H_

#include "contest/certificate/certificate.h"

namespace scrutineer::contest {

// Do the leaf's boxes prove that no order which ends in its suffix is had with fewer than claim.low papers?
// In whole numbers; the program is built anew from the papers. REQUIRES claim.low > 0 and checked counts
// (below 2^40).
bool program_proves(const Certificate& certificate, const CertifiedClaim& claim, const SuffixProof& leaf);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_CERTIFICATE_CHECK_PROGRAM_H_
