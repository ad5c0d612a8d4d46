// The six questions of an inquiry (DESIGN.md) and their answers: each one plain sentence, the numbers that
// carry it, how sure it is and what would change it. Where something was not given the answer says so;
// nothing is answered by silence.
#ifndef SCRUTINEER_REPORT_ANSWERS_H_
#define SCRUTINEER_REPORT_ANSWERS_H_

#include <string>

#include "report/facts.h"
#include "report/parts.h"

namespace scrutineer::report {

struct Answer {
  std::string question;
  std::string sentence;
  Values numbers;
  std::string sure;
  std::string change;
  std::string more;  // id of the section with the rest
};

Answer answer_on_register(const Facts& facts);  // who is on the register, eligible, listed twice
Answer answer_on_patterns(const Facts& facts);  // what chance would not explain
Answer answer_on_verdict(const Facts& facts);   // do confirmed irregularities hang together
Answer answer_on_doors(const Facts& facts);     // how many doors, and what they certify
Answer answer_on_result(const Facts& facts);    // who won, by what margin, could it have changed
Answer answer_on_exhibits(const Facts& facts);  // what can be shown, to whom

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_ANSWERS_H_
