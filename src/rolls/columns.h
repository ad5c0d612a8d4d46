// The standard columns of a roll: what a header can be recognised as or mapped to. Their names are the keys
// of `columns` in an inquiry file and of `--field`; they appear in reports and must not change.
#ifndef SCRUTINEER_ROLLS_COLUMNS_H_
#define SCRUTINEER_ROLLS_COLUMNS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace scrutineer::rolls {

enum class Column : std::uint8_t {
  id,
  given,
  middle,
  family,
  name,
  title,
  suffix,
  birth_date,
  attains_on,
  sex,
  address,
  house_number,
  street,
  locality,
  postcode,
  uprn,
  joined,
  left,
  keyed,
  signed_on,
  registered_on,
  payer,
  paid_on,
  amount,
  method,
  recruiter,
  form_no,
  phone,
  email,
  ward,
  branch,
  markers,
  voted,
  change,
  changed_on,  // monthly change files: A added, M amended, D deleted
  outcome,
  visited_on,
  arm,
  visitor,
  attempts,
  statement,  // canvass rolls
  date,
  count,  // joins elsewhere
  year,
  members,  // branches
};
inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::members) + 1;

// "birth_date" and so on.
std::string_view to_string(Column column);
std::optional<Column> column_of(std::string_view name);
std::span<const Column> all_columns();

// Rolls by what they list (DESIGN.md, "Words").
enum class RollKind : std::uint8_t {
  members,
  register_,
  payments,
  canvass,
  marked,
  deceased,
  watchlist,
  joins,
  branches
};
std::string_view to_string(RollKind kind);  // "members", "register", ...
std::optional<RollKind> roll_kind_of(std::string_view name);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_COLUMNS_H_
