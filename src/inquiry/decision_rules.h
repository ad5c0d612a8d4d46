// Who may decide what, and what must have come before: the rules of a fair review, checked within the
// transaction that writes the decision.
//
//   a reason always; a cause where it is explained; a day where a reply or the day of erasure is recorded
//   upheld and corrected, replies and the day of erasure: the panel alone
//   upheld: the member was heard, or was offered to be, before; by two people, who are neither one name nor
//   one key nothing is decided on what somebody else has decided since one looked one undoes one's own
//   decisions alone, and each once
#ifndef SCRUTINEER_INQUIRY_DECISION_RULES_H_
#define SCRUTINEER_INQUIRY_DECISION_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {

struct Decider {
  bool panel = false;
  std::optional<std::int64_t>
      seen;  // number of the newest decision on the subject that the person has seen, 0 for none
  std::optional<store::PublicKey> key;
};

// As the review app's interface has it (doc/review-api.md).
struct Refusal {
  int status = 422;
  std::string code, message, field;
};

// open explained upheld referred corrected must-link cannot-link
bool is_judgement(std::string_view decision);

// Nothing if the decision may be made. Names are compared without regard to case and spaces.
Result<std::optional<Refusal>> check_decision(store::Sqlite& database, const store::DecisionRow& decision,
                                              const Decider& decider);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_DECISION_RULES_H_
