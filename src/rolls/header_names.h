// What people call the standard columns: common spellings for every one of them, with case, spaces,
// underscores and punctuation ignored. Layouts of particular systems are in layouts.h.
#ifndef SCRUTINEER_ROLLS_HEADER_NAMES_H_
#define SCRUTINEER_ROLLS_HEADER_NAMES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "rolls/columns.h"

namespace scrutineer::rolls {

// "Membership No." -> "membershipno": ASCII letters and digits in lower case, other characters above ASCII as
// they are, everything else dropped.
std::string folded_header(std::string_view header);

// What a header is taken for in a roll of this kind, and how good a name it is for that: 0 is the best, and
// of two headers for one column the better one is taken ("Forename" before "Known as"). `part` orders the
// parts of a column that stands in several (Address1, Address2).
struct HeaderMeaning {
  Column column = Column::id;
  std::size_t rank = 0;
  std::size_t part = 0;  // 0: not a numbered part
};
std::optional<HeaderMeaning> header_meaning(std::string_view header, RollKind kind);

// True if a column of this kind of roll may stand in several headers, all of which are then taken, in order:
// the address and further forenames.
bool takes_several(Column column);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_HEADER_NAMES_H_
