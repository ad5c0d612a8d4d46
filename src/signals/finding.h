// What a signal says: one result about one subject, with what was observed, what was expected under a stated
// null model, the evidence as an e-value, the innocent explanations not yet excluded, and the rows that show
// it. There is no "fraud score" anywhere.
#ifndef SCRUTINEER_SIGNALS_FINDING_H_
#define SCRUTINEER_SIGNALS_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scrutineer::signals {

// Evidential tiers of METHODS.md section 7. Written to findings.json; the letters must not change.
enum class Tier : char {
  exhibit = 'A',  // rows that a panel can be shown
  lead = 'B',     // a question worth asking
  context = 'C',  // background, never about a person alone
  unused = 'X',   // computed only to show that it is not used; weight 0
};

// One source row: the name of the roll in the inquiry file and the line in its file.
struct Exhibit {
  std::string roll;
  std::uint64_t line = 0;
  auto operator<=>(const Exhibit&) const = default;
};

struct Subject {
  std::string kind;  // "member", "address", "payer", "recruiter", "day", "pair", "roll", "branch"
  std::string key;   // an id or a key of the data, never a name
};

struct Finding {
  std::string id;   // stable: "<signal key>:<subject kind>:<subject key>"
  int signal = 0;   // number in the catalogue
  std::string key;  // "payer-households"
  Tier tier = Tier::lead;
  Subject subject;
  std::vector<std::string> members;  // ids, sorted
  std::optional<double> observed;
  std::optional<double> expected;  // where the null is a range of base rates: under its upper end
  std::optional<double> expected_low;
  std::optional<double> p;            // one-sided, under the null; mid-p only where the header says so
  std::optional<double> e;            // E[e] <= 1 under the null
  bool listed = false;                // kept by e-BH within the signal's family
  int level = 0;                      // rung of the wording ladder, 0 to 5 (METHODS.md 6.4)
  std::string text;                   // one sentence, from the ladder (signals/wording.h) alone
  std::vector<std::string> innocent;  // explanations not excluded
  double expected_innocent = 0;  // of `members`, how many are expected to be there by chance or innocently
  // The id of the finding that counts these members and their expected innocent already: a row of one member
  // beside the group, a ward beside the roll. Sums over findings leave such ones out. Empty: none.
  std::string part_of;
  std::vector<Exhibit> exhibits;  // sorted
};

// A signal that could not run says why in one line, instead of vanishing.
struct Absent {
  int signal = 0;
  std::string key;
  std::string needs;  // "a payments roll"
};

// What a signal tested, listed or not: the denominators of the report.
struct SignalReport {
  int signal = 0;
  std::string key;
  std::string title;
  Tier tier = Tier::lead;
  std::string null_model;    // one or two sentences, with the source
  std::uint64_t tested = 0;  // subjects in the family
  std::uint64_t listed = 0;
  std::vector<Finding>
      findings;  // listed ones first, then by falling e; unlisted ones only where worth showing
  std::vector<std::string> notes;  // fitted dispersion, reference used, what was left out
};

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_FINDING_H_
