// Whether the matcher's own errors fall on some names more than on others: for each structural name class
// (linkage/name_classes.h) how many members are stated not to be at their address, and of those whom the
// canvass asked after, how many such statements it took for one that was confirmed. The ratio of that number
// to the other classes' is the harm ratio: above 1, members of this class are called on in vain more often.
#ifndef SCRUTINEER_INQUIRY_NAME_CLASS_HARM_H_
#define SCRUTINEER_INQUIRY_NAME_CLASS_HARM_H_

#include <vector>

#include "inquiry/outcome.h"
#include "rolls/standard_roll.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

// The ratio, and the lower end of its interval, from which a class is to be read with a second look.
inline constexpr double harm_ratio_to_justify = 1.25;

// Eligible members only; members of the evidence and rows of the roll are the same, in order. Empty without a
// register. A statement is a flag (elsewhere, not found); it is confirmed where the canvass found that the
// person denies or is not known there, and told also where the person was met or has moved or died.
NameClassHarm name_class_harm(const signals::Evidence& evidence, const rolls::StandardRoll& members,
                              bool has_register);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_NAME_CLASS_HARM_H_
