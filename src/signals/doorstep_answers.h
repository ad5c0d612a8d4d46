// Signal 15: what was said at the door. Tier A: direct statements, no model.
//
// Null: none. One row a member who denied joining (rung 4 of the ladder), or whom the people at the address
// do not know (rung 3: not verified). Moved and deceased are records that need updating (rung 1) and never
// count against anyone. The finding about the roll gives the strictly irregular ones among those who
// answered, with Wilson's interval of the share in the notes. It is tested by the verdict, not here.
//
// Needs a canvass. Error of the method: the share of visits that a blind second visit answers otherwise.
//
// Innocent: fear of the canvasser, language, another resident answered, a name spoken another way.
#ifndef SCRUTINEER_SIGNALS_DOORSTEP_ANSWERS_H_
#define SCRUTINEER_SIGNALS_DOORSTEP_ANSWERS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal doorstep_answers();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_DOORSTEP_ANSWERS_H_
