// What every signal does with its findings once they are computed.
#ifndef SCRUTINEER_SIGNALS_REPORTING_H_
#define SCRUTINEER_SIGNALS_REPORTING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "signals/evidence.h"
#include "signals/finding.h"
#include "signals/signal.h"

namespace scrutineer::signals {

// A report with the signal's number, key, title and tier.
SignalReport report_of(const Signal& signal, std::string null_model);

// A finding of this report about a subject: id, signal, key and tier filled in.
Finding finding_of(const SignalReport& report, std::string kind, std::string key);

// "Not run": what it needs.
Absent absent(const Signal& signal, std::string needs);

// Ids of the members with these indices, sorted and without repeats; and their source rows.
std::vector<std::string> ids_of(const Evidence& evidence, std::span<const std::uint32_t> members);
void add_member_rows(const Evidence& evidence, std::span<const std::uint32_t> members,
                     std::vector<Exhibit>& to);
// Sorted, without repeats and without the empty Exhibit.
void tidy(std::vector<Exhibit>& exhibits);

// Words a finding that compares `observed` with `expected`: rung 2 where it is listed, rung 0 where it is
// not. Reads the finding's own explanations, which must be set.
void word_comparison(Finding& finding, std::string model, std::string counted);

// One member of each household among `members`, the first in their order: for tests whose units are
// households.
std::vector<std::uint32_t> one_a_household(const Evidence& evidence, std::span<const std::uint32_t> members);

// The members a canvass answered about: on the random arm where there is one, else all visited. Answered
// means verified, denied, not known, moved or deceased.
std::vector<std::uint32_t> answered_members(const Evidence& evidence);

// How a finding is worded once it is known whether e-BH kept it. Called with `listed` set.
using Wording = std::function<void(Finding& finding)>;

// Ends a family of tests: e-BH (its closed form in families up to 3,000) over the findings that have an
// e-value (`family`: its size where more were tested than are here), wording, order (listed first, then by
// falling e, then by id), and the counts. Of unlisted findings with an e-value only the `shown` largest stay.
void settle(SignalReport& report, const SignalOptions& options, std::size_t family, const Wording& wording,
            std::size_t shown = 10);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_REPORTING_H_
