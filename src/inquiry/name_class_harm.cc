#include "inquiry/name_class_harm.h"

#include <algorithm>
#include <cstdint>

#include "linkage/name_classes.h"

namespace scrutineer::inquiry {
namespace {

using signals::RegisterStatus;

bool is_flag(RegisterStatus status) {
  return status == RegisterStatus::elsewhere || status == RegisterStatus::not_found;
}

// Whether the visit told where the person is.
bool is_told(signals::Outcome outcome) {
  return outcome != signals::Outcome::refused && outcome != signals::Outcome::no_contact;
}

bool is_confirmed(signals::Outcome outcome) {
  return outcome == signals::Outcome::denied || outcome == signals::Outcome::not_known;
}

bool has_values(const TextColumn& column) {
  return std::any_of(column.codes().begin(), column.codes().end(),
                     [](std::uint32_t code) { return code != TextColumn::missing; });
}

}  // namespace

NameClassHarm name_class_harm(const signals::Evidence& evidence, const rolls::StandardRoll& members,
                              bool has_register) {
  NameClassHarm harm;
  if (!has_register) return harm;
  linkage::ClassColumns columns;
  columns.names = {&members.given, &members.middle, &members.family};
  columns.honorific = &members.generic;
  columns.date = &members.birth_date;
  const std::vector<linkage::RowClasses> all = linkage::name_classes(columns, members.rows);
  std::vector<linkage::RowClasses> classes;
  std::vector<std::uint8_t> eligible, flagged, told, confirmed;
  for (std::size_t row = 0; row < evidence.members.size(); ++row) {
    const signals::Member& member = evidence.members[row];
    if (!member.eligible) continue;
    const bool flag = is_flag(member.status);
    const bool answer = flag && member.outcome && is_told(*member.outcome);
    classes.push_back(all[row]);
    eligible.push_back(1);
    flagged.push_back(flag ? 1 : 0);
    told.push_back(answer ? 1 : 0);
    confirmed.push_back(answer && is_confirmed(*member.outcome) ? 1 : 0);
    harm.told += answer ? 1 : 0;
    harm.confirmed += confirmed.back();
  }
  const auto flags = linkage::rates_by_class(classes, eligible, flagged);
  const auto confirmations = linkage::rates_by_class(classes, told, confirmed);
  for (std::size_t at = 0; at < flags.size(); ++at) {
    const linkage::ClassRate& flag = flags[at];
    // A dimension that the list does not tell (no dates, no such words) compares nothing.
    const bool dates = flag.dimension == linkage::NameDimension::date_precision;
    const bool honorifics = flag.dimension == linkage::NameDimension::honorific;
    if ((dates && !has_values(members.birth_date)) || (honorifics && !has_values(members.generic))) continue;
    const linkage::ClassRate& answer = confirmations[at];
    NameClassHarm::Line line;
    line.dimension = linkage::dimension_name(flag.dimension);
    line.name_class = linkage::class_name(flag.dimension, flag.name_class);
    line.members = flag.rows;
    line.flagged = flag.events;
    line.flag_low = flag.interval.low;
    line.flag_high = flag.interval.high;
    line.told = answer.trials;
    line.confirmed = answer.events;
    if (answer.trials > 0 && answer.trials < harm.told && harm.confirmed > 0) {
      // Flags for one confirmed are the inverse of the share confirmed, and so is their ratio.
      line.ratio = 1 / answer.ratio;
      line.ratio_low = 1 / answer.ratio_interval.high;
      line.ratio_high = 1 / answer.ratio_interval.low;
    }
    harm.lines.push_back(std::move(line));
  }
  return harm;
}

}  // namespace scrutineer::inquiry
