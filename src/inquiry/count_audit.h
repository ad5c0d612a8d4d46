// A risk-limiting audit of the count itself: papers drawn at random are looked at by people, and a test
// decides whether they bear out the winner. With the certificate of the roll (canvass/certificate.h) it
// carries one joint statement.
//
// The winner is proved by assertions (contest/assertions): first preferences for plurality, RAIRE's for an
// instant runoff. Null of each: the mean of its assorter over all papers cast is at most 1/2. ALPHA
// (canvass/alpha.h) tests it on the papers in the order drawn, without replacement. The audit is passed when
// every assertion's p is at most the risk: if the reported winner did not win, some assertion is false, and
// it passes with probability at most the risk.
//
// Ballot polling: the value of a paper is its assorter. Comparison: where the record that was counted is
// given for each paper drawn, B = (1 - omega / 1) / (2 - v), omega the assorter of the record less that of
// the paper, v the assertion's margin over all papers (Stark, SHANGRLA 2020, section 3.2): far fewer papers.
// A paper that cannot be found counts as the worst for each assertion.
#ifndef SCRUTINEER_INQUIRY_COUNT_AUDIT_H_
#define SCRUTINEER_INQUIRY_COUNT_AUDIT_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canvass/status.h"
#include "contest/assertions/assertion.h"
#include "contest/contest.h"
#include "contest/rules.h"

namespace scrutineer::inquiry {

// A paper drawn, in the order drawn; preferences in order. Nothing: it was not found.
struct SampledPaper {
  std::string paper;  // its number, as on the manifest
  std::optional<std::vector<contest::Candidate>> seen;
  std::optional<std::vector<contest::Candidate>> recorded;  // comparison: what was counted for it
};

// Columns "paper", "seen" and, for a comparison, "recorded": candidates in order, between them " > "; empty
// for a paper without a valid preference; "not found". Refused with the line where a name is none of the
// candidates, or where a paper stands twice.
Result<std::vector<SampledPaper>> read_sample(const std::filesystem::path& file,
                                              const std::vector<std::string>& candidates);

struct AuditedAssertion {
  contest::Assertion assertion;
  std::string words;
  double margin = 0;  // papers
  double p = 1;
};

struct CountAudit {
  std::string rule, winner;
  std::uint64_t papers = 0, sampled = 0;
  bool comparison = false;
  double risk = .05;
  std::vector<AuditedAssertion> assertions;  // hardest first
  double p = 1;                              // the greatest of them
  bool passed = false;
  std::uint64_t not_found = 0, differ = 0;  // papers not found; comparison: papers that are not as recorded
  std::uint64_t expected =
      0;  // papers for the hardest assertion if the count is right: BRAVO or super-simple
};

// `rule` is plurality or irv, one seat. Usage error for other rules, refused if no assertions prove the
// winner (a tie, or a winner that such assertions cannot show) or if more papers are sampled than were cast.
Result<CountAudit> audit_count(const contest::Ballots& ballots, contest::Rule rule,
                               const std::vector<SampledPaper>& sample, double risk);

std::string to_text(const CountAudit& audit);
std::string to_json(const CountAudit& audit);

// What roll and count say together, and what they do not. If either null is true, the one statement that both
// are certified is made with probability at most the greater of the two risks: it needs no share of the risk
// for each, as it is only made when both are rejected (R. Berger, "Multiparameter hypothesis testing and
// acceptance sampling", Technometrics 24, 1982).
std::string joint_statement(const canvass::CanvassStatus& roll, const CountAudit& count);
// The audit's JSON with "joint": whether roll and count are certified, at which risk, for which margin, and
// the statement.
std::string to_json(const CountAudit& count, const canvass::CanvassStatus& roll);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_COUNT_AUDIT_H_
