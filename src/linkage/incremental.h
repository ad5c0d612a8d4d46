// Linking a list again after a part of it has changed, without comparing again what has not.
//
// A run leaves a state behind: the model, the blocking rules, the values of all entries, and the likely pairs
// it found. The next run matches its entries to those: an entry whose compared values are all as they were is
// unchanged, whatever its identifier or place in the list. Pairs of which an entry is new or changed are
// compared; pairs of two unchanged entries are taken over, and people are grouped again only where an entry
// of theirs, or of one that a likely pair ties to them, is new, changed or gone.
//
// That gives the answer of a full run under the same state ("rescan"), to the byte, because nothing that two
// entries say about each other rests on the rest of the list as it is now. Whatever does rest on a whole list
// - the model, how frequent values and words are, who shares a household, which blocks are cut down - is that
// of the reference: the entries of the first run, in their order, kept in the state (reference_rows.h). It is
// measured on the same rows with the same draws every time. The price is that the reference ages: once more
// than a quarter of the entries are not of it, the run starts anew with the list as it is and says so.
//
// Only where candidates are found by rules (block_engine.h). Nearest neighbours of an entry depend on all
// others, so that there every run is a full one.
#ifndef SCRUTINEER_LINKAGE_INCREMENTAL_H_
#define SCRUTINEER_LINKAGE_INCREMENTAL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linkage/comparison.h"
#include "linkage/diagnostics.h"
#include "linkage/linkage.h"
#include "linkage/model.h"
#include "linkage/rule_blocks.h"

namespace scrutineer::linkage {

// The entries of one table, by their values.
struct KeptTable {
  // [field][row]: codes into the values. The rows of the last run, in its order, then those that are there
  // for reference alone.
  std::vector<std::vector<std::uint32_t>> codes;
  TableReference reference;  // active: the rows of the last run
};

struct KeptField {
  std::string name;
  Role role = Role::exact;
  StringPool values;  // folded; of both tables
};

// What a run leaves to the next.
struct LinkageState {
  // What must be the same for anything to be taken over, as one line of text; the caller's: the program's
  // version, and settings that the library does not see.
  std::string settings;
  bool one_table = true;
  bool rules_were_chosen = false;  // by the engine
  bool constrained = false;        // decisions or snapshots had a say in the grouping
  std::uint64_t seed = 0;
  double floor = 0;  // least probability of the pairs kept
  std::vector<CutRule> rules;
  Model model;
  std::vector<KeptField> fields;
  KeptTable left;
  KeptTable right;                    // empty where there is one table
  std::vector<Link> links;            // pairs of rows of the last run at or above the floor, as scored
  std::vector<std::uint32_t> person;  // of one table: the smallest row of the same person
};

// How a run is to make use of an earlier one, and what it leaves.
struct Continuation {
  LinkageState* earlier = nullptr;  // taken apart
  bool keep = false;                // leave a state behind
  bool rescan = false;              // compare everything again, with the reference and model of `earlier`
  std::string settings;             // LinkageState::settings of this run
};

// A state fitted to the tables as they are now.
struct Fitted {
  Comparison comparison;
  std::vector<std::uint8_t> fresh;    // by row (left rows, then right ones), 1 where new or changed
  std::vector<Link> links;            // taken over, between rows of now; left < right in one table
  std::vector<std::uint8_t> touched;  // one table, by row: the person must be found anew
  std::vector<std::uint32_t> person;  // one table: of rows that are not touched, else the row itself
  std::uint64_t rows_fresh = 0;
  std::uint64_t rows_gone = 0;
  std::uint64_t rows = 0;
};

// Fits the earlier state, if there is one and it is of a run like this: the same settings, fields, rules
// (`rules` are those given; none: they are chosen), seed and floor, and no other `model` given. Else, and
// where too few of the rows are of the reference, nothing is returned and a note says why. Takes the state's
// values, tables and links; its model and rules stay.
std::optional<Fitted> take_over(const Continuation& continuation, std::span<const Field> fields,
                                std::uint64_t seed, double floor, std::span<const BlockRule> rules,
                                const Model& model, std::vector<std::string>& notes);

// The blocks of a run: those of `earlier` (not null: a state was fitted), else of the rules given, else of
// rules chosen for the fields within so many pairs a row. `cut` gets the rules as they were cut down, for the
// state.
std::vector<BlocksOfRule> blocks_of_run(const Comparison& comparison, const LinkageState* earlier,
                                        std::span<const BlockRule> given, double pairs_per_row,
                                        unsigned threads, std::vector<CutRule>& cut);

// Adds the pairs taken over to those that were compared. Says so in the notes; what is expected of them at
// `threshold` counts pairs at or above the floor alone.
void add_taken_over(const Fitted& fitted, double threshold, std::vector<Link>& links,
                    Diagnostics& diagnostics);

// The state after a run, but for its settings of the run and its results. Takes the comparison apart. Nothing
// where no rules were used, which a note says.
void leave_state(Comparison&& comparison, const Continuation& continuation, std::span<const CutRule> rules,
                 const Model& model, Diagnostics& diagnostics, std::optional<LinkageState>& state);

// Which rows of one table are in a component of `links` with a touched one.
std::vector<std::uint8_t> touched_components(std::span<const Link> links,
                                             std::span<const std::uint8_t> touched);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_INCREMENTAL_H_
