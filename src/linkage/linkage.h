// Who is whom: probabilistic record linkage of two tables, or of one with itself, trained on the data at hand
// without labels. The engine knows fields and roles, not rolls: rolls, files and columns are its callers'.
#ifndef SCRUTINEER_LINKAGE_LINKAGE_H_
#define SCRUTINEER_LINKAGE_LINKAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text_column.h"

namespace scrutineer::linkage {

// What a field holds decides how its values are compared (levels) and blocked (keys).
enum class Role : std::uint8_t {
  given_name,   // first forename
  middle_name,  // further forenames
  family_name,
  full_name,  // tokens in any order, for sources that do not split
  date,       // ISO "YYYY-MM-DD", or "YYYY" where only the year is evidence
  code,       // postcode or another hierarchical code
  number,     // house number, flat: compared as tokens, a different number is a different place
  text,       // street, locality, occupation
  category,   // sex, status
  email,
  exact,  // any further field, compared for equality only
};

struct Field {
  std::string name;  // "family", as shown in models and charts
  Role role = Role::exact;
  const TextColumn* left = nullptr;   // not owned; code 0 is missing, and missing is never disagreement
  const TextColumn* right = nullptr;  // the same as left when a table is linked with itself
};

// A match weight in fixed point: 1/1000 of a bit (log2 of a Bayes factor). Integers, so that sums do not
// depend on the order of addition.
using Weight = std::int32_t;
inline constexpr Weight weight_scale = 1000;

struct Link {
  std::uint32_t left = 0;  // row numbers
  std::uint32_t right = 0;
  Weight weight = 0;  // total, prior included: probability = 1 / (1 + 2^(-weight / 1000))
  double probability = 0;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_LINKAGE_H_
