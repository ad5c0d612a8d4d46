#include "rolls/header.h"

#include <fmt/core.h>

#include <algorithm>
#include <bitset>
#include <map>

#include "base/text.h"
#include "rolls/header_names.h"
#include "rolls/layouts.h"

namespace scrutineer::rolls {
namespace {

bool same_header(std::string_view left, std::string_view right) {
  return left == right || (!folded_header(left).empty() && folded_header(left) == folded_header(right));
}

bool is_mapped(std::string_view cell, const RollSpec& spec) {
  const auto names = [cell](const std::string& header) { return same_header(cell, header); };
  if (std::any_of(spec.extra.begin(), spec.extra.end(), names)) return true;
  return std::any_of(spec.columns.begin(), spec.columns.end(), [&](const auto& mapping) {
    return std::any_of(mapping.second.begin(), mapping.second.end(), names);
  });
}

bool is_recognised(std::string_view cell, const RollSpec& spec) {
  return !cell.empty() && (is_mapped(cell, spec) || header_meaning(cell, spec.kind).has_value());
}

std::size_t filled(std::span<const std::string> cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !cell.empty(); }));
}

// Two header lines as one.
std::vector<std::string> stacked(std::span<const std::string> upper, std::span<const std::string> lower,
                                 const RollSpec& spec) {
  std::vector<std::string> names;
  std::string group;
  for (std::size_t at = 0; at < std::max(upper.size(), lower.size()); ++at) {
    const std::string above = at < upper.size() ? upper[at] : std::string();
    const std::string below = at < lower.size() ? lower[at] : std::string();
    if (!above.empty()) group = above;
    if (below.empty() || below == above) {  // a cell merged over both lines may hold its name twice
      names.push_back(above);
      continue;
    }
    const std::string both = group.empty() ? below : group + " " + below;
    names.push_back(!is_recognised(both, spec) && is_recognised(below, spec) ? below : both);
  }
  return names;
}

// The number of fields that most records have.
std::size_t usual_width(std::span<const HeadRecord> head) {
  std::map<std::size_t, std::size_t> widths;
  for (const HeadRecord& record : head) {
    if (filled(record.cells) > 0) ++widths[record.cells.size()];
  }
  std::size_t usual = 1;
  std::size_t most = 0;
  for (const auto& [width, count] : widths) {
    if (count >= most) {
      usual = width;
      most = count;
    }
  }
  return usual;
}

void number_repeated_names(Header& header) {
  header.plain = header.names;
  std::map<std::string, std::size_t> seen;
  for (std::string& name : header.names) {
    if (name.empty()) continue;
    const std::size_t times = ++seen[name];
    if (times > 1) name += fmt::format(" ({})", times);
  }
}

class Planner {
 public:
  Planner(const Header& header, const RollSpec& spec) : header_(header), spec_(spec) {
    plan_.plain = header.plain;
    plan_.width = header.names.size();
    for (std::size_t at = 0; at < plan_.width; ++at) {
      if (!header.names[at].empty()) plan_.named = at + 1;
      folded_.push_back(folded_header(header.plain[at]));
    }
    used_.assign(plan_.width, false);
  }

  Result<ColumnPlan> plan() {
    SCRUTINEER_CHECK(take_mapping());
    take_layout();
    take_common_spellings();
    SCRUTINEER_CHECK(take_extra());
    SCRUTINEER_CHECK(check_required());
    describe();
    return std::move(plan_);
  }

 private:
  [[nodiscard]] Place place() const { return {spec_.file.string(), header_.line, 0}; }
  std::vector<std::size_t>& sources(Column column) { return plan_.sources[static_cast<std::size_t>(column)]; }

  [[nodiscard]] std::string header_found() const {
    std::vector<std::string> names;
    for (const std::string& name : header_.names) {
      if (!name.empty()) names.push_back(name);
    }
    return printable(join(names, ", "), 1000);
  }

  [[nodiscard]] Result<std::size_t> locate(const std::string& wanted, std::string_view key) const {
    const auto exact = std::find(header_.names.begin(), header_.names.end(), trimmed(wanted));
    if (exact != header_.names.end()) return static_cast<std::size_t>(exact - header_.names.begin());
    for (std::size_t at = 0; at < plan_.width; ++at) {
      if (same_header(header_.names[at], wanted)) return at;
    }
    const std::string near = nearest(wanted, header_.names);
    return refused(fmt::format("{}: column \"{}\" is not in the header, which is: {}", key,
                               printable(wanted, 200), header_found()),
                   place(), near.empty() ? "" : fmt::format("\"{}\"", printable(near, 200)));
  }

  Status take_mapping() {
    for (const auto& [column, headers] : spec_.columns) {
      for (const std::string& wanted : headers) {
        SCRUTINEER_TRY(const std::size_t at, locate(wanted, "columns." + std::string(to_string(column))));
        sources(column).push_back(at);
        used_[at] = true;
      }
    }
    return {};
  }

  Status take_extra() {
    for (const std::string& wanted : spec_.extra) {
      SCRUTINEER_TRY(const std::size_t at, locate(wanted, "extra"));
      plan_.extra.emplace_back(wanted, at);
      used_[at] = true;
    }
    return {};
  }

  void take_layout() {
    const Layout* layout = layout_of(folded_);
    plan_.recognition.layout = spec_.columns.empty() ? "common headers" : "own mapping";
    if (layout == nullptr) return;
    plan_.recognition.layout =
        std::string(layout->name) + (spec_.columns.empty() ? "" : ", overruled by an own mapping");
    for (const LayoutColumn& wanted : layout->columns) {
      if (!sources(wanted.column).empty()) continue;
      for (const std::string_view header : wanted.headers) {
        const std::size_t at = find_alternative(header, folded_);
        if (at >= plan_.width || used_[at]) continue;
        sources(wanted.column).push_back(at);
        used_[at] = true;
      }
    }
  }

  struct Candidate {
    std::size_t at;
    HeaderMeaning meaning;
  };

  void take_common_spellings() {
    std::map<Column, std::vector<Candidate>> candidates;
    for (std::size_t at = 0; at < plan_.width; ++at) {
      if (used_[at]) continue;
      const auto meaning = header_meaning(header_.plain[at], spec_.kind);
      if (meaning && sources(meaning->column).empty()) candidates[meaning->column].push_back({at, *meaning});
    }
    for (auto& [column, found] : candidates) {
      // The numbered parts in their order; else the best spelling, the first of equals.
      std::stable_sort(found.begin(), found.end(), [](const Candidate& left, const Candidate& right) {
        return std::pair(left.meaning.part, left.meaning.rank) <
               std::pair(right.meaning.part, right.meaning.rank);
      });
      for (const Candidate& candidate : found) {
        if (!sources(column).empty() && !takes_several(column)) {
          note_second_choice(column, candidate.at);
          continue;
        }
        sources(column).push_back(candidate.at);
        used_[candidate.at] = true;
      }
    }
  }

  void note_second_choice(Column column, std::size_t at) {
    plan_.recognition.notes.push_back(fmt::format("\"{}\" could be {} too; \"{}\" was taken",
                                                  printable(header_.names[at], 200), to_string(column),
                                                  printable(header_.names[sources(column).front()], 200)));
  }

  Status check_required() {
    for (const std::vector<Column>& one_of : required_columns(spec_.kind)) {
      const bool there =
          std::any_of(one_of.begin(), one_of.end(), [&](Column column) { return !sources(column).empty(); });
      if (there) continue;
      std::vector<std::string> names;
      for (const Column column : one_of) names.emplace_back(to_string(column));
      return refused(
          fmt::format("no column for {} was found; the header is: {}", join(names, " or "), header_found()),
          place(),
          fmt::format("a {} roll with a column for {}, or a mapping in columns", to_string(spec_.kind),
                      join(names, " or ")));
    }
    return {};
  }

  void describe() {
    for (const Column column : all_columns()) {
      if (sources(column).empty()) continue;
      std::vector<std::string> names;
      for (const std::size_t at : sources(column)) names.push_back(header_.names[at]);
      plan_.recognition.columns.emplace_back(column, std::move(names));
    }
    for (std::size_t at = 0; at < plan_.width; ++at) {
      if (!used_[at] && !header_.names[at].empty()) plan_.recognition.unused.push_back(header_.names[at]);
      if (header_.names[at] != header_.plain[at]) {
        plan_.recognition.notes.push_back(
            fmt::format("the header \"{}\" stands more than once; column {} is called \"{}\"",
                        printable(header_.plain[at], 200), at + 1, printable(header_.names[at], 200)));
      }
    }
    if (header_.records == 2) plan_.recognition.notes.emplace_back("2 header lines were read as one");
  }

  const Header& header_;
  const RollSpec& spec_;
  ColumnPlan plan_;
  std::vector<std::string> folded_;
  std::vector<bool> used_;
};

}  // namespace

bool HeadRecord::blank() const {
  return filled(cells) == 0;
}

std::size_t headers_recognised(std::span<const std::string> cells, const RollSpec& spec) {
  std::bitset<column_count> columns;
  std::size_t others = 0;
  for (const std::string& cell : cells) {
    if (cell.empty()) continue;
    const auto meaning = header_meaning(cell, spec.kind);
    if (meaning) columns.set(static_cast<std::size_t>(meaning->column));
    if (!meaning && is_mapped(cell, spec)) ++others;
  }
  return columns.count() + others;
}

Header find_header(std::span<const HeadRecord> head, const RollSpec& spec) {
  const std::size_t width = usual_width(head);
  Header header;
  std::size_t best = 0;
  bool fallback = false;
  for (std::size_t at = 0; at < std::min(head.size(), header_search_records); ++at) {
    const std::vector<std::string>& cells = head[at].cells;
    // A title line may hold a word that is also a header; a table of one column has no other kind of header.
    if (filled(cells) == 0 || (filled(cells) == 1 && width > 1)) continue;
    const std::size_t single = headers_recognised(cells, spec);
    if (single > best || (best == 0 && !fallback && cells.size() == width)) {
      header = {at, 1, head[at].line, cells, {}};
      best = single;
      fallback = true;
    }
    if (at + 1 >= head.size() || filled(head[at + 1].cells) == 0) continue;
    std::vector<std::string> both = stacked(cells, head[at + 1].cells, spec);
    const std::size_t lower = headers_recognised(head[at + 1].cells, spec);
    const std::size_t pair = headers_recognised(both, spec);
    if (pair > std::max(single, lower) && pair > best) {
      header = {at, 2, head[at].line, std::move(both), {}};
      best = pair;
    }
  }
  if (header.names.empty()) {
    const auto first =
        std::find_if(head.begin(), head.end(), [](const auto& r) { return filled(r.cells) > 0; });
    header = {static_cast<std::size_t>(first - head.begin()), 1, first->line, first->cells, {}};
  }
  number_repeated_names(header);
  return header;
}

Header header_of(std::vector<std::string> names) {
  Header header{0, 0, 0, std::move(names), {}};
  number_repeated_names(header);
  return header;
}

std::span<const std::vector<Column>> required_columns(RollKind kind) {
  using Lists = std::vector<std::vector<Column>>;
  static const Lists id = {{Column::id}};
  static const Lists person = {{Column::family, Column::name}};
  static const Lists payment = {{Column::id, Column::payer}};
  static const Lists visit = {{Column::id}, {Column::outcome}};
  static const Lists day = {{Column::date}, {Column::count}};
  static const Lists branch = {{Column::branch}, {Column::year}, {Column::members}};
  switch (kind) {
    case RollKind::members:
    case RollKind::marked:
      return id;
    case RollKind::register_:
    case RollKind::deceased:
    case RollKind::watchlist:
      return person;
    case RollKind::payments:
      return payment;
    case RollKind::canvass:
      return visit;
    case RollKind::joins:
      return day;
    case RollKind::branches:
      return branch;
  }
  return {};
}

Result<ColumnPlan> plan_columns(const Header& header, const RollSpec& spec) {
  return Planner(header, spec).plan();
}

}  // namespace scrutineer::rolls
