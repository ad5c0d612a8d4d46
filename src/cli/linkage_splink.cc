#include "cli/linkage_splink.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "linkage/levels.h"
#include "linkage/splink_model.h"
#include "linkage/splink_settings.h"

namespace scrutineer::cli {
namespace {

using linkage::Field;

// SQL does not tell the letters of a name apart by their case, unless quoted.
bool same_header(std::string_view one, std::string_view other) {
  return ascii_lower(one) == ascii_lower(other);
}

const TextColumn* extra_of(const rolls::Roll& roll, const std::string& header) {
  const auto found = std::find_if(roll.extra.begin(), roll.extra.end(),
                                  [&](const auto& one) { return same_header(one.first, header); });
  return found == roll.extra.end() ? nullptr : &found->second;
}

// The name of the standard field that this header became, or the header itself.
std::string field_name(const rolls::Roll& roll, const std::string& header) {
  for (const auto& [column, headers] : roll.recognition.columns) {
    const bool here = std::any_of(headers.begin(), headers.end(),
                                  [&](const std::string& one) { return same_header(one, header); });
    if (here) return std::string(rolls::to_string(column));
  }
  return header;
}

std::optional<Field> field_of(const std::string& header, const linkage::SplinkSettings& settings,
                              const LinkageRoll& left, const LinkageRoll& right,
                              const std::vector<Field>& known) {
  const std::string name = field_name(left.roll, header);
  const auto found = std::find_if(known.begin(), known.end(), [&](const Field& field) {
    return field.name == name || same_header(field.name, header);
  });
  if (found != known.end()) return *found;
  const TextColumn* const mine = extra_of(left.roll, header);
  const TextColumn* const other = extra_of(right.roll, header);
  if (mine == nullptr || other == nullptr) return std::nullopt;
  return Field{header, linkage::role_of_column(settings, header), mine, other};
}

// "given+prefix3(family)"; the standard parts of a date are told by their length.
std::optional<std::string> rule_text(const linkage::SplinkRule& rule, const std::vector<Field>& fields,
                                     const std::vector<std::string>& columns) {
  std::string text;
  const auto name = [&](const std::string& column) -> const Field* {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const std::string& one) { return same_header(one, column); });
    return found == columns.end() ? nullptr : &fields[static_cast<std::size_t>(found - columns.begin())];
  };
  // Swapped columns: the parts count in any order.
  const bool swapped =
      std::any_of(rule.parts.begin(), rule.parts.end(),
                  [](const linkage::SplinkRulePart& part) { return part.left != part.right; });
  for (const linkage::SplinkRulePart& part : rule.parts) {
    const Field* const field = name(part.left);
    if (field == nullptr || name(part.right) == nullptr) return std::nullopt;
    text += text.empty() ? "" : swapped ? "&" : "+";
    if (part.prefix == 0) {
      text += field->name;
    } else if (field->role == linkage::Role::date && (part.prefix == 4 || part.prefix == 7)) {
      text += (part.prefix == 4 ? "year(" : "month(") + field->name + ")";
    } else {
      text += "prefix" + std::to_string(part.prefix) + "(" + field->name + ")";
    }
  }
  return text;
}

}  // namespace

Result<SplinkStart> start_from_splink(const std::string& file, const LinkageRoll& left,
                                      const LinkageRoll& right, const std::vector<Field>& known) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be read", {file});
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  SCRUTINEER_TRY(const linkage::SplinkSettings settings, linkage::splink_settings(text, file));
  SplinkStart start;
  start.notes = settings.not_taken;
  std::vector<std::string> columns;
  for (const linkage::SplinkComparison& comparison : settings.comparisons) {
    for (const std::string& column : comparison.columns) {
      if (std::find(columns.begin(), columns.end(), column) != columns.end()) continue;
      const auto field = field_of(column, settings, left, right, known);
      if (!field) {
        return refused(
            "the settings compare a column \"" + printable(column) + "\" that is not in both rolls", {file},
            "a column or a standard field of that name in each roll");
      }
      const bool there = std::any_of(start.fields.begin(), start.fields.end(),
                                     [&](const Field& one) { return one.name == field->name; });
      if (there || start.fields.size() == linkage::most_fields) continue;
      start.fields.push_back(*field);
      columns.push_back(column);
    }
  }
  if (start.fields.empty()) {
    return refused("no comparison of the settings could be taken over" +
                       (start.notes.empty() ? std::string() : " (" + printable(start.notes.front()) + ")"),
                   {file}, "a comparison of a column by equality or by likeness of its text");
  }
  for (const linkage::SplinkRule& rule : settings.rules) {
    const auto taken = rule_text(rule, start.fields, columns);
    if (taken) {
      start.rules.push_back(*taken);
    } else {
      start.notes.push_back("blocking rule " + rule.sql + ": a column that is not compared");
    }
  }
  if (const auto model = linkage::model_of_settings(settings, start.fields, columns, start.notes))
    start.model = *model;
  return start;
}

LinkageSettings with_rules(const LinkageSettings& settings, const std::vector<std::string>& rules) {
  LinkageSettings both = settings;
  if (both.block.empty()) both.block = rules;
  return both;
}

}  // namespace scrutineer::cli
