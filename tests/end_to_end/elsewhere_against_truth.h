// What an inquiry says about who stands elsewhere on a register, beside the truth of fictional inquiries.
#ifndef SCRUTINEER_TESTS_END_TO_END_ELSEWHERE_AGAINST_TRUTH_H_
#define SCRUTINEER_TESTS_END_TO_END_ELSEWHERE_AGAINST_TRUTH_H_

#include <cstdint>
#include <vector>

#include "signals/evidence.h"
#include "synth/synth.h"

namespace scrutineer::tests {

// The likeliest entry that is not at the address the member gave.
struct SaidElsewhere {
  std::uint32_t member = 0;
  double probability = 0;   // said, of that entry
  bool right = false;       // it is the member's entry
  bool there = false;       // the member is on the register, but not at the address
  std::uint8_t rarity = 0;  // decile of the list by the rarest word of the name; 0 is the rarest
  signals::RegisterStatus status = signals::RegisterStatus::unclear;  // said of the member
};

struct ElsewhereAgainstTruth {
  std::vector<SaidElsewhere> said;  // of each member with such an entry, at any probability kept
  std::uint64_t members = 0;
  std::uint64_t at_address = 0;  // in truth; where the statement was another, by what was said:
  std::uint64_t said_at_address = 0, rightly_at_address = 0;
  std::uint64_t elsewhere = 0;  // in truth
  std::uint64_t not_found = 0;  // in truth
  double share_there = 0;       // what the model took the share to be
  double share_moved = 0;
};

// Makes the inquiry (one register) and links its members as an audit does. Members listed twice are taken
// from the truth. Fails the test, or ends the program outside of one, if it cannot be made.
ElsewhereAgainstTruth elsewhere_against_truth(const synth::SynthOptions& options, unsigned threads);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_END_TO_END_ELSEWHERE_AGAINST_TRUTH_H_
