// The list of ballot formats: one line each, special ones before general ones.
#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/format.h"

namespace scrutineer::contest {

std::span<const Format> formats() {
  static const std::array all = {
      ess_format(),     clear_ballot_format(), cdf_format(), raire_format(), margin_irv_format(),
      preflib_format(), scottish_format(),     blt_format(), abif_format(),  ranked_csv_format(),
  };
  return all;
}

Result<std::string> contest_named(const std::vector<std::string>& names, const Source& source) {
  if (!source.contest) {
    if (names.size() == 1) return names.front();
    return wrong_usage(fmt::format("{} holds {} contests", source.name, names.size()),
                       "--contest with one of " + printable(join(names, ", "), 600));
  }
  std::vector<std::string> starting;
  for (const std::string& name : names) {
    if (name == *source.contest) return name;
    if (name.starts_with(*source.contest)) starting.push_back(name);
  }
  if (starting.size() == 1) return starting.front();
  return wrong_usage(fmt::format("contest \"{}\" is not in {}", printable(*source.contest, 80), source.name),
                     "one of " + printable(join(names, ", "), 600));
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
