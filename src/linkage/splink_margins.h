// A comparison of Splink may be over several columns at once ("both names agree", "the names are swapped",
// "the surname agrees"); here each column has levels of its own. This takes the joint levels apart: for each
// column the probability of every degree of agreement that the levels tell apart.
#ifndef SCRUTINEER_LINKAGE_SPLINK_MARGINS_H_
#define SCRUTINEER_LINKAGE_SPLINK_MARGINS_H_

#include <optional>
#include <string>
#include <vector>

#include "linkage/splink_settings.h"

namespace scrutineer::linkage {

inline constexpr double default_equal_shares = 0.05;

// One degree of agreement of one column.
struct ColumnLevel {
  double strength = 0;   // SplinkLevel::strength
  bool swapped = false;  // found in another column of the comparison
  std::string label;
  double m = 0;
  double u = 0;  // 0 where the settings hold none
};

// The degrees of `column` (strongest first, swapped last) with their m and u; each sums to 1 where the
// settings' do. Empty if the comparison is not about the column or a level that counts lacks m.
//
// Of one column: its own levels, in order of strength. Of several, the levels are read as SQL's CASE reads
// them, the first that holds: so that "surname agrees" below "both are similar" says that the forename is not
// similar. Where a level still leaves a column open (both similar: the one may be the same), its probability
// is shared as if the columns were independent given whether the two records are one person, which is what
// the model here holds anyway: the margins under which the levels are most likely, by EM from equal shares
// (Dempster, Laird and Rubin, 1977; the incomplete cells of a contingency table). So that columns which do
// depend on each other drive no degree to nothing, equal shares among the cells of every level but ELSE
// count beside that with a weight of `equal_shares` (0: maximum likelihood). Swapped columns are kept
// apart from that: their probability goes to the swapped level of each whole. SQL that is not understood
// counts as a further column that agrees or not.
//
// `notes` gets, once a comparison: the levels that leave a column open, by their SQL; the columns on which
// the levels do not decide (a second start of EM ends elsewhere), which keep equal shares; and the level
// whose probability independent columns miss by most, if by more than one percentage point.
std::vector<ColumnLevel> column_levels(const SplinkComparison& comparison, const std::string& column,
                                       std::vector<std::string>& notes,
                                       double equal_shares = default_equal_shares);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SPLINK_MARGINS_H_
