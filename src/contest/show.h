// Counts and margins as a returning officer reads them, and as programs read them (DESIGN.md, "Outputs that
// programs read").
#ifndef SCRUTINEER_CONTEST_SHOW_H_
#define SCRUTINEER_CONTEST_SHOW_H_

#include <string>

#include "contest/contest.h"
#include "contest/margin.h"

namespace scrutineer::contest {

// A table of rounds (candidates down, rounds across), then who was elected and every tie.
std::string to_text(const Count& count);

// {"rule","winners","rounds":[{"round","tally":{name:votes},"elected","eliminated","exhausted","transfers",
//  "reason"}],"ties":[…],"valid","invalid",
//  "contradictions":[{"check","text","stated","found"}]}; pretty-printed, keys and rounds in a fixed order.
std::string to_json(const Count& count);

// One sentence for each threshold, and what the bounds are where they do not meet.
std::string to_text(const Margins& margins, const Ballots& ballots);

// {"rule","winner","delete":{"lots","change"},"add":{…},"modify":{…},"mixed":{…},"witness":{…},"bounds":{…},"note"};
// lots and change are null where it cannot happen and where only bounds are known: "bounds" tells which.
std::string to_json(const Margins& margins, const Ballots& ballots);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_SHOW_H_
