// What stands against what in a record: counted for people to read, settled by nobody but them.
//
// Two visits contradict each other if both say something of the entry (verified, denied, not known, moved,
// deceased) and not the same; refused and nobody met contradict nothing. Visits at entries that were not
// drawn are counted too. Statements are in people's words, which the program does not read for meaning: it
// counts the questions on which more than one statement about the same member stands.
#ifndef SCRUTINEER_CANVASS_CONTRADICTIONS_H_
#define SCRUTINEER_CANVASS_CONTRADICTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "canvass/record.h"
#include "canvass/status.h"
#include "canvass/visits.h"

namespace scrutineer::canvass {

// Two answers that stand against each other, `one` before `other` in the order of Answer.
struct AgainstEachOther {
  Answer one = Answer::verified, other = Answer::denied;
  std::uint64_t members = 0;
  std::uint64_t same_visitor = 0;  // of them, where one visitor noted both and corrected neither
};

struct Contradictions {
  std::vector<AgainstEachOther> answers;  // by the order of Answer; only kinds that occur
  std::uint64_t members = 0;              // with any of them
  std::uint64_t questions = 0;            // (member, question) with more than one statement that stands
};

// Of the visits that stand, and of the rows recorded (empty where visits were read from a file).
Contradictions contradictions_in(const Visits& visits, const std::vector<RecordedRow>& rows);

std::string to_text(const Contradictions& found);
// The status with these: the same keys, and "contradictions".
std::string to_json(const CanvassStatus& status, const Contradictions& found);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CONTRADICTIONS_H_
