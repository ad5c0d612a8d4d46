#include "rolls/roll_builder.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"

namespace scrutineer::rolls {
namespace {

constexpr std::size_t shown_of_a_reject = 4096;

std::string_view cell(const RecordBatch& batch, const SplitRecord& record, std::size_t at,
                      std::string& scratch) {
  if (at >= record.fields) return "";
  const FieldPlace place = batch.fields[record.first_field + at];
  if (place.length == 0) return "";
  return trimmed(field_text(batch.text, place, scratch));
}

bool is_number(std::string_view text) {
  bool digit = false;
  for (const char byte : text) {
    if (byte >= '0' && byte <= '9') {
      digit = true;
    } else if (byte != '.' && byte != ',' && byte != '-' && byte != '+' && byte != ' ' && byte != '%' &&
               static_cast<unsigned char>(byte) < 0x80) {  // currency signs pass
      return false;
    }
  }
  return digit;
}

// "Total", "Totals:", "Grand total", "Total members 1234", "Count: 12".
bool speaks_of_totals(std::string_view text) {
  constexpr std::array<std::string_view, 8> words_of_totals = {
      "total", "totals", "grand total", "sub-total", "subtotal", "sum", "count", "row count"};
  std::string lower = ascii_lower(text);
  while (!lower.empty() && (is_number(lower.substr(lower.size() - 1)) || lower.back() == ':' ||
                            lower.back() == ' ' || lower.back() == '=')) {
    lower.pop_back();
  }
  return std::find(words_of_totals.begin(), words_of_totals.end(), lower) != words_of_totals.end() ||
         lower.starts_with("total ") || lower.starts_with("total number of ");
}

std::string_view separator_of(Column column) {
  const bool place = column == Column::address || column == Column::street || column == Column::locality;
  return place ? ", " : " ";
}

}  // namespace

std::string elector_number(std::string_view prefix, std::string_view number, std::string_view suffix) {
  std::string joined(prefix);
  if (!prefix.empty() && !number.empty()) joined.push_back('-');
  joined += number;
  if (!suffix.empty() && suffix != "0") {
    joined.push_back('/');
    joined += suffix;
  }
  return joined;
}

RollBuilder::RollBuilder(const RollSpec& spec, ColumnPlan plan, unsigned threads)
    : plan_(std::move(plan)), threads_(thread_count(threads)) {
  roll_.spec = spec;
  roll_.recognition = std::move(plan_.recognition);
  for (const Column column : all_columns()) {
    const auto& sources = plan_.sources[static_cast<std::size_t>(column)];
    if (sources.empty()) continue;
    auto& target = roll_.columns[static_cast<std::size_t>(column)];
    target.emplace();
    fillings_.push_back({&*target, sources, column});
  }
  roll_.extra.reserve(plan_.extra.size());
  for (const auto& [name, at] : plan_.extra) {
    roll_.extra.emplace_back(name, TextColumn());
    fillings_.push_back({&roll_.extra.back().second, {at}, Column::name});
  }
}

void RollBuilder::count_head(std::span<const HeadRecord> head, const Header& header) {
  std::uint64_t titles = 0;
  for (const HeadRecord& record : head.subspan(0, header.first)) {
    if (record.blank()) {
      ++roll_.account.blank_records;
    } else {
      ++titles;
    }
  }
  roll_.account.header_records += header.records + titles;
  if (titles > 0) note(fmt::format("{} title line{} above the header", titles, titles == 1 ? "" : "s"));
}

bool RollBuilder::is_blank(const RecordBatch& batch, const SplitRecord& record) const {
  std::string scratch;
  for (std::size_t at = 0; at < record.fields; ++at) {
    if (!cell(batch, record, at, scratch).empty()) return false;
  }
  return true;
}

bool RollBuilder::is_header(const RecordBatch& batch, const SplitRecord& record) const {
  std::string scratch;
  for (std::size_t at = 0; at < plan_.width; ++at) {
    std::string_view found = cell(batch, record, at, scratch);
    // Exports put end to end keep the byte-order mark of each.
    if (at == 0 && found.starts_with("\xEF\xBB\xBF")) found.remove_prefix(3);
    if (found != plan_.plain[at]) return false;
  }
  return true;
}

bool RollBuilder::is_totals(const RecordBatch& batch, const SplitRecord& record) const {
  std::string scratch;
  std::size_t at = 0;
  while (cell(batch, record, at, scratch).empty()) ++at;  // it is not blank
  if (!speaks_of_totals(cell(batch, record, at, scratch))) return false;
  for (++at; at < record.fields; ++at) {
    const std::string_view other = cell(batch, record, at, scratch);
    if (!other.empty() && !is_number(other)) return false;
  }
  return plan_.width > 1;
}

void RollBuilder::reject(std::string_view text, const SplitRecord& record, std::string reason) {
  const std::string_view raw =
      record.raw.empty() ? text.substr(record.offset, record.bytes) : std::string_view(record.raw);
  roll_.rejects.push_back({record.line, record.reject_column, std::move(reason),
                           printable(raw, shown_of_a_reject),
                           std::max<std::uint64_t>(record.raw_bytes, record.bytes)});
  ++roll_.account.rejected;
}

void RollBuilder::place(const RecordBatch& batch, std::size_t which) {
  const SplitRecord& record = batch.records[which];
  if (!record.reject.empty()) {
    reject(batch.text, record, record.reject);
  } else if (is_blank(batch, record)) {
    ++roll_.account.blank_records;
  } else if (is_header(batch, record)) {
    ++roll_.account.header_records;
    ++repeated_headers_;
  } else if (is_totals(batch, record)) {
    ++totals_;
    reject(batch.text, record, "a row of totals");
  } else {
    stray_quotes_ += record.stray_quote ? 1 : 0;
    roll_.lines.push_back(record.line);
    ++roll_.account.rows;
    accepted_.push_back(which);
  }
}

// The cell, or the cells of several columns put together, of a record.
std::string_view RollBuilder::text_of(const RecordBatch& batch, const SplitRecord& record,
                                      const Filling& filling, std::string& scratch) const {
  if (filling.sources.size() == 1) return cell(batch, record, filling.sources.front(), scratch);
  std::array<std::string, 3> parts;
  if (filling.joined_as == Column::id && filling.sources.size() <= parts.size()) {
    for (std::size_t part = 0; part < filling.sources.size(); ++part)
      parts.at(part) = cell(batch, record, filling.sources[part], scratch);
    scratch = elector_number(parts[0], parts[1], parts[2]);
    return scratch;
  }
  const std::string_view separator = separator_of(filling.joined_as);
  std::string joined;
  for (const std::size_t source : filling.sources) {
    const std::string_view part = cell(batch, record, source, scratch);
    if (part.empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  scratch = std::move(joined);
  return scratch;
}

void RollBuilder::fill(const RecordBatch& batch, Filling& filling) const {
  constexpr std::size_t group = 64;
  std::array<std::string, group> scratch;
  std::array<std::string_view, group> texts;
  for (std::size_t from = 0; from < accepted_.size(); from += group) {
    const std::size_t count = std::min(group, accepted_.size() - from);
    for (std::size_t at = 0; at < count; ++at)
      texts.at(at) = text_of(batch, batch.records[accepted_[from + at]], filling, scratch.at(at));
    filling.column->append(std::span(texts).first(count));
  }
}

void RollBuilder::add(const RecordBatch& batch) {
  accepted_.clear();
  for (std::size_t record = 0; record < batch.records.size(); ++record) place(batch, record);
  const std::size_t cells = accepted_.size() * fillings_.size();
  constexpr std::size_t worth_a_thread = 4096;
  parallel_for(cells < worth_a_thread ? 1 : threads_, fillings_.size(),
               [&](std::size_t filling) { fill(batch, fillings_[filling]); });
}

void RollBuilder::note_counts() {
  if (repeated_headers_ > 0)
    note(fmt::format("the header is repeated {} times below the first", repeated_headers_));
  if (totals_ > 0) note(fmt::format("{} row{} of totals set apart", totals_, totals_ == 1 ? "" : "s"));
  if (stray_quotes_ > 0) {
    note(fmt::format("{} row{} with a quotation mark inside an unquoted value, read as it stands",
                     stray_quotes_, stray_quotes_ == 1 ? "" : "s"));
  }
}

// Ids that stand on several rows of a members roll: a fact about the file, kept and told.
void RollBuilder::note_repeated_ids() {
  const TextColumn* ids = roll_.column(Column::id);
  if (ids == nullptr || roll_.spec.kind != RollKind::members) return;
  const std::vector<std::uint32_t> counts = ids->counts();
  if (counts[TextColumn::missing] > 0) {
    note(fmt::format("{} row{} without an id", counts[TextColumn::missing],
                     counts[TextColumn::missing] == 1 ? "" : "s"));
  }
  std::uint64_t repeated = 0;
  std::vector<std::string> examples;
  for (std::uint32_t code = 1; code < counts.size(); ++code) {
    if (counts[code] < 2) continue;
    ++repeated;
    if (examples.size() < 5) examples.push_back(printable(ids->value(code), 40));
  }
  if (repeated == 0) return;
  note(fmt::format("{} id{} on more than one row, all kept: {}{}", repeated,
                   repeated == 1 ? " stands" : "s stand", join(examples, ", "),
                   repeated > examples.size() ? ", ..." : ""));
}

// Electors whom the register lists without a name (anonymous) or without an address (other electors).
void RollBuilder::note_register_entries() {
  if (roll_.spec.kind != RollKind::register_) return;
  const auto blank = [this](std::size_t row, std::initializer_list<Column> columns) {
    return std::all_of(columns.begin(), columns.end(),
                       [&](Column which) { return roll_.text(which, row).empty(); });
  };
  const bool has_address = roll_.column(Column::address) != nullptr ||
                           roll_.column(Column::street) != nullptr ||
                           roll_.column(Column::postcode) != nullptr;
  std::uint64_t anonymous = 0;
  std::uint64_t elsewhere = 0;
  for (std::size_t row = 0; row < roll_.rows(); ++row) {
    const bool nameless = blank(row, {Column::given, Column::middle, Column::family, Column::name});
    const bool homeless =
        blank(row, {Column::address, Column::house_number, Column::street, Column::postcode});
    if (nameless) ++anonymous;
    if (!nameless && homeless && has_address) ++elsewhere;
  }
  if (anonymous > 0)
    note(fmt::format("{} anonymous elector{} (no name)", anonymous, anonymous == 1 ? "" : "s"));
  if (elsewhere > 0)
    note(fmt::format("{} other elector{} (no address)", elsewhere, elsewhere == 1 ? "" : "s"));
}

Result<Roll> RollBuilder::finish() {
  const std::filesystem::path& file = roll_.spec.file;
  SCRUTINEER_CHECK(roll_.account.check(file));
  if (roll_.rows() == 0) {
    if (roll_.rejects.empty()) {
      return refused("the roll has a header but no rows", {file.string(), 0, 0}, "at least one row");
    }
    const Reject& first = roll_.rejects.front();
    return refused(fmt::format("none of the {} records below the header can be read; the first: {}",
                               roll_.rejects.size(), first.reason),
                   {file.string(), first.line, first.column});
  }
  note_counts();
  note_repeated_ids();
  note_register_entries();
  return std::move(roll_);
}

}  // namespace scrutineer::rolls
