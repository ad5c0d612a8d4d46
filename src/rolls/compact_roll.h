// A roll made comparable and nothing else, for rolls of tens of millions of rows.
#ifndef SCRUTINEER_ROLLS_COMPACT_ROLL_H_
#define SCRUTINEER_ROLLS_COMPACT_ROLL_H_

#include "base/result.h"
#include "rolls/standard_roll.h"

namespace scrutineer::rolls {

// As standardise(), but: a column in which no row has a value has no rows; unit_key, building_key, title,
// generic and dates are left empty; and each raw column of the roll is let go as soon as it has been
// standardised. The roll's identifiers, other columns and extra columns stay.
Result<StandardRoll> standardise_compactly(Roll& roll, unsigned threads = 0);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_COMPACT_ROLL_H_
