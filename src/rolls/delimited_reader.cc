#include "rolls/delimited_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/text.h"
#include "rolls/dialect.h"
#include "rolls/header.h"
#include "rolls/record_splitter.h"
#include "rolls/roll_builder.h"

namespace scrutineer::rolls {
namespace {

// What is looked at to find the delimiter and the header. A title with a long text above the header fits.
constexpr std::size_t head_bytes = std::size_t{1} << 18;

struct Head {
  std::vector<HeadRecord> records;
  std::vector<SplitRecord> places;
  std::vector<std::size_t> ends;  // offset behind each record
};

// The first records, of any width.
Head split_head(std::string_view text, bool last, Dialect dialect, SplitLimits limits) {
  Head head;
  RecordSplitter splitter(dialect, {}, limits);
  std::vector<FieldPlace> fields;
  SplitRecord record;
  std::string scratch;
  while (head.records.size() < 2 * header_search_records) {
    fields.clear();
    if (splitter.next(text, last, fields, record) != RecordSplitter::Step::record) break;
    HeadRecord cells{record.line, {}};
    for (const FieldPlace& field : fields)
      cells.cells.emplace_back(trimmed(field_text(text, field, scratch)));
    head.records.push_back(std::move(cells));
    head.places.push_back(record);
    head.ends.push_back(splitter.offset());
  }
  return head;
}

std::string shown(char delimiter) {
  return delimiter == '\t' ? std::string("tab") : printable(std::string(1, delimiter));
}

class DelimitedReader {
 public:
  DelimitedReader(const TextSource& source, const RollSpec& spec, const ReadOptions& options,
                  Encoding encoding, std::size_t piece)
      : stream_(source, encoding, piece),
        spec_(spec),
        options_(options),
        encoding_(encoding),
        bytes_(source.size()) {
    limits_.longest_field = options.longest_field;
  }

  Result<Roll> read() {
    SCRUTINEER_TRY(const std::size_t body, read_head());
    SCRUTINEER_CHECK(read_body(body));
    RollAccount& account = builder_->account();
    account.bytes = bytes_;
    account.physical_records = stream_.physical_lines() - continuation_lines_;
    Recognition& recognition = builder_->recognition();
    recognition.encoding = to_string(encoding_);
    recognition.delimiter =
        width_.fields == 1 && dialect_.delimiter == one_column ? "none" : shown(dialect_.delimiter);
    return builder_->finish();
  }

 private:
  [[nodiscard]] Place place() const { return {spec_.file.string(), 0, 0}; }

  void count_lines(const SplitRecord& record) { continuation_lines_ += record.lines - 1; }

  // Finds dialect and header; returns where the rows start in the window.
  Result<std::size_t> read_head() {
    do {
      SCRUTINEER_CHECK(stream_.advance(0));
    } while (stream_.window().size() < head_bytes && !stream_.last());
    dialect_ = find_dialect(stream_.window().substr(0, head_bytes), whole_head(), spec_);
    Head head = split_head(stream_.window(), stream_.last(), dialect_, limits_);
    while (head.records.size() < header_search_records && !stream_.last()) {
      SCRUTINEER_CHECK(stream_.advance(0));
      head = split_head(stream_.window(), stream_.last(), dialect_, limits_);
    }
    if (std::all_of(head.records.begin(), head.records.end(),
                    [](const HeadRecord& record) { return record.blank(); })) {
      return refused("no line of text was found that could be a header", place(),
                     "a table with a header line");
    }
    const Header header = find_header(head.records, spec_);
    SCRUTINEER_TRY(ColumnPlan plan, plan_columns(header, spec_));
    width_ = {plan.width, plan.named};
    builder_.emplace(spec_, std::move(plan), options_.threads);
    const std::size_t rows_from = header.first + header.records;
    for (std::size_t at = 0; at < rows_from; ++at) count_lines(head.places[at]);
    builder_->count_head(head.records, header);
    const SplitRecord& last_of_header = head.places[rows_from - 1];
    first_line_ = last_of_header.line + last_of_header.lines;
    return head.ends[rows_from - 1];
  }

  [[nodiscard]] bool whole_head() const { return stream_.last() && stream_.window().size() <= head_bytes; }

  // While the rows of one window are put into columns the next window is read and split.
  Status read_body(std::size_t from) {
    RecordSplitter splitter(dialect_, width_, limits_, first_line_);
    SCRUTINEER_CHECK(stream_.advance(from));
    const auto policy = thread_count(options_.threads) > 1 ? std::launch::async : std::launch::deferred;
    RecordBatch batch;
    RecordBatch adding;
    std::string text;
    std::future<void> added;
    for (;;) {
      const bool at_end = split_window(splitter, batch);
      if (added.valid()) added.get();
      std::swap(batch, adding);
      batch.clear();
      if (at_end) {
        adding.text = stream_.window();
        builder_->add(adding);
        return {};
      }
      const std::size_t consumed = splitter.offset();
      SCRUTINEER_CHECK(stream_.advance(consumed, text));
      adding.text = text;
      splitter.rebase(consumed);
      added = std::async(policy, [&] { builder_->add(adding); });
    }
  }

  // The records that end in the window; true if nothing comes after them.
  bool split_window(RecordSplitter& splitter, RecordBatch& batch) {
    SplitRecord record;
    for (;;) {
      const RecordSplitter::Step step = splitter.next(stream_.window(), stream_.last(), batch.fields, record);
      if (step != RecordSplitter::Step::record) return step == RecordSplitter::Step::end;
      count_lines(record);
      batch.records.push_back(std::move(record));
    }
  }

  TextStream stream_;
  const RollSpec& spec_;
  const ReadOptions& options_;
  Encoding encoding_;
  std::uint64_t bytes_;
  SplitLimits limits_;
  Dialect dialect_;
  SplitWidth width_;
  std::optional<RollBuilder> builder_;
  std::uint64_t first_line_ = 1;
  std::uint64_t continuation_lines_ = 0;
};

}  // namespace

Result<Roll> read_delimited(const TextSource& source, const RollSpec& spec, const ReadOptions& options,
                            std::size_t piece) {
  if (source.size() == 0) return refused("the file is empty", {spec.file.string(), 0, 0}, "a table");
  SCRUTINEER_TRY(const Encoding encoding, find_encoding(source));
  return DelimitedReader(source, spec, options, encoding, piece).read();
}

}  // namespace scrutineer::rolls
