// The list of ballot formats: one line each, special ones before general ones.
#include <array>

#include "base/text.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/format.h"

namespace scrutineer::contest {

std::span<const Format> formats() {
  static const std::array all = {
      raire_format(), margin_irv_format(), preflib_format(), scottish_format(),
      blt_format(),   abif_format(),       totals_format(),  ranked_csv_format(),
  };
  return all;
}

Result<const Format*> format_named(std::string_view name) {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
    names.emplace_back(format.name);
  }
  const std::string near = nearest(name, names);
  return wrong_usage("ballot format \"" + printable(name, 40) + "\" is not known",
                     near.empty() ? "one of " + join(names, ", ") : near);
}

}  // namespace scrutineer::contest
