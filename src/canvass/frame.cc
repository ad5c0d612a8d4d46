#include "canvass/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "base/digest.h"
#include "base/text.h"

namespace scrutineer::canvass {
namespace {

template <typename Number>
bool number_in(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Frame::Frame(std::vector<std::string> ids) : ids_(std::move(ids)) {
  std::sort(ids_.begin(), ids_.end());
  strata_ = {{"", ids_.size()}};
  digest_ = sha256_hex(text());
}

Frame::Frame(Design design, std::uint64_t pace, std::vector<FrameEntry> entries)
    : design_(design), pace_(pace) {
  std::sort(entries.begin(), entries.end());
  std::map<std::string, std::uint32_t> index;
  for (const FrameEntry& entry : entries) index.emplace(entry.stratum, 0);
  for (auto& [name, at] : index) {
    at = static_cast<std::uint32_t>(strata_.size());
    strata_.push_back({name, 0});
  }
  for (FrameEntry& entry : entries) {
    const std::uint32_t stratum = index[entry.stratum];
    ++strata_[stratum].entries;
    if (design_ != Design::simple) more_.push_back({entry.lots, stratum, entry.turn});
    ids_.push_back(std::move(entry.id));
  }
  digest_ = sha256_hex(text());
}

Result<Frame> Frame::of_text(std::string_view text) {
  const auto lines = split(text, '\n');
  const auto bad = [] {
    return refused("the list is not one that was drawn from", {}, "scrutineer-frame-1 or -2");
  };
  if (lines.size() < 2 || !lines.back().empty()) return bad();
  if (lines[0] == "scrutineer-frame-1")
    return Frame(std::vector<std::string>(lines.begin() + 1, lines.end() - 1));
  const auto head = split(lines[0], '\t');
  std::uint64_t pace = 0;
  const auto design = head.size() == 3 ? design_of(head[1]) : std::nullopt;
  if (!design || head[0] != "scrutineer-frame-2" || !number_in(head[2], pace)) return bad();
  std::vector<FrameEntry> entries;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const auto cells = split(lines[i], '\t');
    if (cells.size() != 4) return bad();
    FrameEntry entry{std::string(cells[0]), 1, std::string(cells[2]), 0};
    if (!number_in(cells[1], entry.lots) || !number_in(cells[3], entry.turn) || entry.lots == 0) return bad();
    entries.push_back(std::move(entry));
  }
  return Frame(*design, pace, std::move(entries));
}

std::uint64_t Frame::all_lots() const {
  if (more_.empty()) return ids_.size();
  std::uint64_t all = 0;
  for (const More& one : more_) all += one.lots;
  return all;
}

std::uint32_t Frame::least_lots() const {
  if (more_.empty()) return 1;
  return std::min_element(more_.begin(), more_.end(),
                          [](const More& a, const More& b) { return a.lots < b.lots; })
      ->lots;
}

std::vector<LotClass> Frame::lot_classes() const {
  if (more_.empty()) return {{1, ids_.size()}};
  std::map<std::uint32_t, std::uint64_t> entries;
  for (const More& one : more_) ++entries[one.lots];
  std::vector<LotClass> classes;
  for (const auto& [lots, number] : entries) classes.push_back({lots, number});
  return classes;
}

std::uint64_t Frame::questioned() const {
  return static_cast<std::uint64_t>(
      std::count_if(more_.begin(), more_.end(), [](const More& one) { return one.turn > 0; }));
}

bool Frame::holds(std::string_view id) const {
  return std::binary_search(ids_.begin(), ids_.end(), id);
}

std::string Frame::text() const {
  if (design_ == Design::simple) {
    std::string text = "scrutineer-frame-1\n";
    for (const std::string& id : ids_) text += id + "\n";
    return text;
  }
  std::string text = fmt::format("scrutineer-frame-2\t{}\t{}\n", to_string(design_), pace_);
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    text += fmt::format("{}\t{}\t{}\t{}\n", ids_[i], more_[i].lots, strata_[more_[i].stratum].name,
                        more_[i].turn);
  }
  return text;
}

}  // namespace scrutineer::canvass
