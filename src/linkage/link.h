// Links two tables: which row of the left is which row of the right.
//
// The model is Fellegi and Sunter's (1969), trained on the data at hand without labels: chance agreement (u)
// is measured from how frequent each value's neighbourhood is, agreement of one person's entries (m) and the
// prior by EM among candidate pairs. doc/linkage.md says how, and what it scored on people whose identity is
// known.
#ifndef SCRUTINEER_LINKAGE_LINK_H_
#define SCRUTINEER_LINKAGE_LINK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "linkage/block_rules.h"
#include "linkage/diagnostics.h"
#include "linkage/incremental.h"
#include "linkage/linkage.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

struct LinkOptions {
  unsigned threads = 0;      // 0: one for each processor
  std::uint64_t memory = 0;  // bytes that automatic candidate pairs may take; 0: 2 GiB. Fewer neighbours are
                             // then compared
  std::uint64_t seed = 0;    // of the random pairs on which dependence is measured
  double threshold = 0.5;    // least probability of a link that is returned
  // Each row at most once on either side: links are then taken greedily by falling weight.
  bool one_to_one = false;
  // Indices into `fields`: only pairs that agree exactly on at least one of these are compared, and those of
  // Role::exact or Role::code among them count together as one comparison whose level is the first of them,
  // in this order, that agrees (so: finest first, "unit, building, postcode"), because they are nested and
  // would otherwise count the same agreement several times. Empty: candidates are found automatically.
  std::vector<std::size_t> blocking_fields;
  // Only pairs that agree on every part of one of these are compared; not together with blocking_fields. Both
  // empty: candidates are found automatically, by nearest neighbours or, where both tables have 200,000 rows
  // or more, by rules chosen for the fields.
  std::vector<BlockRule> rules;
  // Chance agreement is that of two different people WITHIN a block, not of two people at large: for pairs
  // within one address, where people who are not the same share a surname. It is measured on pairs of rows of
  // the right table within the same blocks, which assumes that the right table lists each person once (hardly
  // any twice); where there are fewer than 200 such pairs the frequencies of the tables stand in.
  bool u_among_candidates = false;
  // The right table holds each person at most once, so that the candidates of a left row are rivals of each
  // other and of "not there": probabilities are then shares of one whole (competition.h), and the prior is
  // fitted to the rows. Where candidates are found by rules the rivals are the pairs that are proposed and
  // have a probability of .001 or more by themselves (the likelier of them, where they are more than 16
  // doubtful ones to a left row), and against a register namesakes, whether proposed or not.
  bool competing = false;
  // Where competing: fields that change when a person moves house. A mover agrees on none of them more than a
  // stranger would.
  std::vector<std::size_t> movable_fields;
  // Where competing, by left row: the probability that it is not accounted for by entries that another model
  // judges. Empty: 1.
  std::vector<double> open;
  // Where competing: pairs that another model judges (left row, right row). Called on many threads.
  std::function<bool(std::uint32_t, std::uint32_t)> leave_out;
  std::size_t keep_per_left = 0;  // 0: all at or above the threshold; else the best k of each left row
  bool explain_blocking = false;  // estimate how many of the pairs of one person the candidates hold
  Model model;                    // if not empty: scored with this model instead of training one
  Continuation continuation;      // what is taken over from an earlier run (incremental.h)
};

struct LinkResult {
  std::vector<Link> links;  // by left row, then falling weight, then right row
  Model model;
  Diagnostics diagnostics;
  std::optional<LinkageState> state;  // where asked for, and candidates were found by rules
};

// Refused where a field has no column, or columns of other lengths than said, or there are more than 16
// fields. No rows, or no candidate pairs, is no error: there are then no links.
// The same bytes on any number of threads.
Result<LinkResult> link(std::span<const Field> fields, std::size_t left_rows, std::size_t right_rows,
                        const LinkOptions& options);

// How one field spoke about one pair: a row of its waterfall.
struct FieldEvidence {
  std::string field;
  std::string level;  // "missing" carries no weight
  std::string left;   // the values as compared
  std::string right;
  Weight weight = 0;
};

struct PairExplanation {
  Weight prior = 0;
  std::vector<FieldEvidence> fields;
  Weight dependence = 0;  // correction because fields agree together by chance more often than apart
  Weight rivals = 0;      // where competing: what the row's other candidates, and "not there", take or leave
  Weight total = 0;
  double probability = 0;
};

// The waterfall of each of these pairs under a model that link() or dedupe() returned for the same fields and
// options (dedupe: no blocking fields, both columns the same). Value frequencies are counted anew, so ask for
// many pairs at once; totals may differ from the links' own by a few hundredths of a bit where the matches
// that are taken out of the frequencies differ.
Result<std::vector<PairExplanation>> explain_pairs(std::span<const Field> fields, std::size_t left_rows,
                                                   std::size_t right_rows, const Model& model,
                                                   const LinkOptions& options, std::span<const Link> pairs);

// The same for one pair.
Result<PairExplanation> explain_pair(std::span<const Field> fields, std::size_t left_rows,
                                     std::size_t right_rows, const Model& model, const LinkOptions& options,
                                     const Link& pair);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_LINK_H_
