// Puts the records of a table, whichever reader they come from, into the standard columns of a roll.
//
// It counts, rather than keeps as rows: blank records, repetitions of the header (concatenated exports), and
// rows of totals, which become rejects. A row of totals is one whose first cell with text is "Total", "Sum"
// or the like (a number may follow) and whose other cells are empty or numbers.
//
// A standard column that stands in several columns of the table is put together from their non-empty parts:
// address, street and locality with ", "; id as prefix-number/suffix ("KG1-123/1"; a suffix "0" is none);
// others with a space.
#ifndef SCRUTINEER_ROLLS_ROLL_BUILDER_H_
#define SCRUTINEER_ROLLS_ROLL_BUILDER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rolls/header.h"
#include "rolls/record_splitter.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

// Records of a table over one stretch of text.
struct RecordBatch {
  std::string_view text;
  std::vector<FieldPlace> fields;
  std::vector<SplitRecord> records;
  void clear() {
    fields.clear();
    records.clear();
  }
};

class RollBuilder {
 public:
  RollBuilder(const RollSpec& spec, ColumnPlan plan, unsigned threads);

  // Adds the records in order. The columns are filled by several threads, each of which fills whole columns,
  // so that codes do not depend on their number.
  void add(const RecordBatch& batch);

  // Counts and notes the records before and in the header: `head` as it was given to find_header.
  void count_head(std::span<const HeadRecord> head, const Header& header);

  Recognition& recognition() { return roll_.recognition; }
  RollAccount& account() { return roll_.account; }

  // Completes the notes and checks the conservation law. Refused if there is no row.
  Result<Roll> finish();

 private:
  struct Filling {
    TextColumn* column;
    std::vector<std::size_t> sources;
    Column joined_as;
  };

  void place(const RecordBatch& batch, std::size_t record);
  void reject(std::string_view text, const SplitRecord& record, std::string reason);
  void fill(const RecordBatch& batch, Filling& filling) const;
  [[nodiscard]] std::string_view text_of(const RecordBatch& batch, const SplitRecord& record,
                                         const Filling& filling, std::string& scratch) const;
  [[nodiscard]] bool is_blank(const RecordBatch& batch, const SplitRecord& record) const;
  [[nodiscard]] bool is_header(const RecordBatch& batch, const SplitRecord& record) const;
  [[nodiscard]] bool is_totals(const RecordBatch& batch, const SplitRecord& record) const;
  void note(std::string text) { roll_.recognition.notes.push_back(std::move(text)); }
  void note_counts();
  void note_repeated_ids();
  void note_register_entries();

  Roll roll_;
  ColumnPlan plan_;
  unsigned threads_;
  std::vector<Filling> fillings_;
  std::vector<std::size_t> accepted_;  // of the batch at hand
  std::uint64_t repeated_headers_ = 0;
  std::uint64_t totals_ = 0;
  std::uint64_t stray_quotes_ = 0;
};

// "KG1-123/1" from "KG1", "123", "1".
std::string elector_number(std::string_view prefix, std::string_view number, std::string_view suffix);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ROLL_BUILDER_H_
