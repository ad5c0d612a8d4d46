// The margin computations, one a rule, called by margins() after its checks.
#ifndef SCRUTINEER_CONTEST_MARGINS_MARGIN_OF_RULE_H_
#define SCRUTINEER_CONTEST_MARGINS_MARGIN_OF_RULE_H_

#include <optional>
#include <vector>

#include "contest/margin.h"

namespace scrutineer::contest {

// Fills deletion, addition and modification of `margins`, whose winner is candidate `winner`.
Status plurality_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                         Margins& margins);
Status supplementary_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                             Margins& margins);
Status irv_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options, Margins& margins);
Status college_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                       Margins& margins);
Status stv_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options, Margins& margins);

// Candidates that can win under some way of settling ties; nothing where there are too many ways.
std::optional<std::vector<Candidate>> plurality_possible_winners(const Ballots& ballots,
                                                                 const CountOptions& options);
std::optional<std::vector<Candidate>> supplementary_possible_winners(const Ballots& ballots,
                                                                     const CountOptions& options);
std::optional<std::vector<Candidate>> irv_possible_winners(const Ballots& ballots,
                                                           const CountOptions& options);
std::optional<std::vector<Candidate>> college_possible_winners(const Ballots& ballots,
                                                               const CountOptions& options);
std::optional<std::vector<Candidate>> stv_possible_winners(const Ballots& ballots,
                                                           const CountOptions& options);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_MARGIN_OF_RULE_H_
