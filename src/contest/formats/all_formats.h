// The maker of each format, for the registry alone.
#ifndef SCRUTINEER_CONTEST_FORMATS_ALL_FORMATS_H_
#define SCRUTINEER_CONTEST_FORMATS_ALL_FORMATS_H_

#include "contest/formats/format.h"

namespace scrutineer::contest {

Format blt_format();
Format margin_irv_format();
Format preflib_format();
Format scottish_format();
Format raire_format();
Format abif_format();
Format ranked_csv_format();
Format cdf_format();
Format ess_format();
Format clear_ballot_format();

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_ALL_FORMATS_H_
