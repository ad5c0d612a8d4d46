// The header lines of particular systems (FORMATS.md), told by the headers that only they have. A layout says
// what its headers mean where the common spellings would not know or would err; all other headers of the
// file are still looked up in header_names.h. Adding a system is adding one entry to the table in layouts.cc.
#ifndef SCRUTINEER_ROLLS_LAYOUTS_H_
#define SCRUTINEER_ROLLS_LAYOUTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rolls/columns.h"

namespace scrutineer::rolls {

// Headers are written folded (folded_header); "a|b|c" means the first of them that is there.
struct LayoutColumn {
  Column column;
  std::vector<std::string_view> headers;  // several: the column is put together from all that are there
};

struct Layout {
  std::string_view name;  // "UK register export (split names)"
  std::vector<std::string_view> needs;
  std::vector<LayoutColumn> columns;
};

std::span<const Layout> layouts();

// The first layout all of whose needs are among the folded headers, or nothing.
const Layout* layout_of(std::span<const std::string> folded_headers);

// Index of the first alternative of "a|b|c" that is among the folded headers, or headers.size().
std::size_t find_alternative(std::string_view alternatives, std::span<const std::string> folded_headers);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_LAYOUTS_H_
