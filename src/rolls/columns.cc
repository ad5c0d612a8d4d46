#include "rolls/columns.h"

#include <array>
#include <utility>

namespace scrutineer::rolls {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, column_count> column_names = {
    "id",         "given",      "middle", "family",  "name",         "title",     "suffix",
    "birth_date", "attains_on", "sex",    "address", "house_number", "street",    "locality",
    "postcode",   "uprn",       "joined", "left",    "keyed",        "signed_on", "registered_on",
    "payer",      "paid_on",    "amount", "method",  "recruiter",    "form_no",   "phone",
    "email",      "ward",       "branch", "markers", "voted",        "change",    "changed_on",
    "outcome",    "visited_on", "arm",    "visitor", "attempts",     "statement", "date",
    "count",      "year",       "members"};

constexpr std::array<Column, column_count> columns_in_order = [] {
  std::array<Column, column_count> columns{};
  for (std::size_t which = 0; which < column_count; ++which) columns[which] = static_cast<Column>(which);
  return columns;
}();

constexpr std::array<std::pair<RollKind, std::string_view>, 9> kind_names = {{
    {RollKind::members, "members"},
    {RollKind::register_, "register"},
    {RollKind::payments, "payments"},
    {RollKind::canvass, "canvass"},
    {RollKind::marked, "marked"},
    {RollKind::deceased, "deceased"},
    {RollKind::watchlist, "watchlist"},
    {RollKind::joins, "joins"},
    {RollKind::branches, "branches"},
}};

}  // namespace

std::string_view to_string(Column column) {
  return column_names[static_cast<std::size_t>(column)];
}

std::optional<Column> column_of(std::string_view name) {
  for (const Column column : columns_in_order) {
    if (to_string(column) == name) return column;
  }
  return std::nullopt;
}

std::span<const Column> all_columns() {
  return columns_in_order;
}

std::string_view to_string(RollKind kind) {
  for (const auto& [candidate, name] : kind_names) {
    if (candidate == kind) return name;
  }
  return {};
}

std::optional<RollKind> roll_kind_of(std::string_view name) {
  for (const auto& [kind, candidate] : kind_names) {
    if (candidate == name) return kind;
  }
  return std::nullopt;
}

}  // namespace scrutineer::rolls
