// What an audit hands over: findings.json and members.csv for programs, report.html and exhibits.html for
// people, review.json for the review app.
//
// All are functions of the Outcome alone: no clock, no network, no locale; the same Outcome gives the
// same bytes. They never fail on what came in: ill-formed UTF-8 becomes U+FFFD in the JSON and the CSV and is
// shown as escapes in the HTML; numbers that are not finite become null or "not known".
#ifndef SCRUTINEER_REPORT_REPORT_H_
#define SCRUTINEER_REPORT_REPORT_H_

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "inquiry/outcome.h"
#include "report/review_json.h"

namespace scrutineer::report {

// findings.json (DESIGN.md, "Outputs that programs read"), UTF-8, indented by two, ending in a line feed. The
// order of keys is fixed; findings stand by signal number and, within a signal, as the signal reported them.
// Numbers are the shortest decimals that read back as the same double. `signal` is the number of the
// catalogue. Signals of tier X carry no weight: their findings are left out here and their totals stand in
// inquiry.signals, beside what every signal tested, listed and expects to be innocent.
std::string findings_json(const inquiry::Outcome& outcome);

// members.csv: a header and one line a member, in the order of the members roll, lines ending in LF. Every
// field passes csv_field, so that a spreadsheet runs nothing. In the last column finding ids are separated by
// one space; a space or per cent sign inside an id is written %20 or %25.
std::string members_csv(const inquiry::Outcome& outcome);

// report.html: one file that needs nothing else. XHTML-compatible HTML 5 without any script; its content
// security policy allows its own style sheet, by digest, and nothing besides. Persons appear as ids only:
// keys of addresses, payers, recruiters, telephones and e-mail addresses are replaced by numbers ("payer no.
// 3"), and raw records are not quoted. Long lists are cut, saying how many rows were left out and where they
// are.
std::string report_html(const inquiry::Outcome& outcome);

// exhibits.html: a page for each listed finding of tier A and each statement made at the door, to be read and
// printed alone: what is said, how it was chosen, what would change it, room for the reply, who may be told,
// and the rows cited, as they stood. Unlike the report it quotes rows, names included: it is for the panel
// that decides and for the person concerned. No script; the policy is that of the report.
std::string exhibits_html(const inquiry::Outcome& outcome);

// The five files of a report by name, review.json (review_json.h) among them: what write_report writes, and
// what `verify` compares.
std::map<std::string, std::string> report_files(const inquiry::Outcome& outcome,
                                                const ContestFigures& figures);

// Writes them into an existing directory. Each is written beside its place and then renamed, so that no
// reader ever sees half of one. An internal error if the directory cannot be written to.
Status write_report(const inquiry::Outcome& outcome, const ContestFigures& figures,
                    const std::filesystem::path& directory);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_REPORT_H_
