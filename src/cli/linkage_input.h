// What `link` and `dedupe` share: reading their rolls, choosing the fields to compare, writing results.
#ifndef SCRUTINEER_CLI_LINKAGE_INPUT_H_
#define SCRUTINEER_CLI_LINKAGE_INPUT_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "linkage/block_rules.h"
#include "linkage/diagnostics.h"
#include "linkage/linkage.h"
#include "linkage/model.h"
#include "rolls/roll.h"
#include "rolls/standard_roll.h"

namespace CLI {
class App;
}

namespace scrutineer::cli {

struct LinkageSettings {
  std::string id;                   // header of the identifier
  std::vector<std::string> fields;  // STANDARD=COLUMN
  std::vector<std::string> extra;   // headers compared exactly
  std::vector<std::string> block;   // blocking rules
  std::string model;                // reused if the file exists, else written
  std::string out;
  std::string labels;  // pairs that reviewers judged, to calibrate by
  std::string calibration = "auto";
  std::string charts;           // folder for the pictures
  std::string splink_settings;  // a Splink model to start from
  std::string since;            // the state of the earlier run, and where this one leaves its own
  double threshold = 0.5;
  unsigned threads = 0;
  std::uint64_t memory = 0;
  std::uint64_t seed = 0;
  bool explain_blocking = false;
  bool show_model = false;
  bool rescan = false;  // compare everything again, with the model and reference of the earlier run
  bool json = false;
  bool timings = false;
};

// The options that both commands have.
void add_linkage_options(CLI::App& command, LinkageSettings& settings);

// Runs a command under the ceiling of --memory: what does not fit is refused, with how to go on.
Status under_ceiling(const LinkageSettings& settings, const std::function<Status()>& command);

// What identifies each row of a roll: its identifier or, where it has none, its line. Whole numbers, as most
// identifiers are, take eight bytes a row.
class RowIds {
 public:
  RowIds() = default;
  // Takes the identifiers out of the roll.
  explicit RowIds(rolls::Roll& roll);
  [[nodiscard]] std::size_t size() const { return text_ ? text_->size() : numbers_.size(); }
  [[nodiscard]] bool are_numbers() const { return !text_; }
  [[nodiscard]] std::uint64_t number(std::size_t row) const { return numbers_[row]; }
  // As it stood in the roll.
  [[nodiscard]] std::string text(std::size_t row) const;

 private:
  std::optional<TextColumn> text_;
  std::vector<std::uint64_t> numbers_;
};

// A roll made comparable. What is not compared is let go, since rolls may have tens of millions of rows.
struct LinkageRoll {
  rolls::Roll roll;
  rolls::StandardRoll standard;
  RowIds ids;
};

// `fields` are mappings STANDARD=COLUMN of this side, beside those of `settings`.
Result<std::unique_ptr<LinkageRoll>> read_linkage_roll(const std::filesystem::path& file,
                                                       const LinkageSettings& settings,
                                                       std::span<const std::string> fields);

// Standard columns that hold values on both sides, the exact ones of --extra, and columns of one header on
// both sides that are no standard column but whose role the linker recognises. Refused if an --extra column
// is absent or nothing can be compared. The rolls must outlive the fields.
Result<std::vector<linkage::Field>> linkage_fields(const LinkageRoll& left, const LinkageRoll& right,
                                                   const LinkageSettings& settings);

// The rules of --block over these fields.
Result<std::vector<linkage::BlockRule>> block_rules(const LinkageSettings& settings,
                                                    std::span<const linkage::Field> fields);

// The model of settings.model if that file exists, else an empty one.
Result<linkage::Model> model_to_use(const LinkageSettings& settings);
// Writes the model if settings.model names a file that was not reused.
Status save_model(const LinkageSettings& settings, const linkage::Model& model, bool reused);

// Seconds of each stage, on standard error, if they were asked for.
void print_timings(const LinkageSettings& settings, const StageClock& before, const StageClock& linking,
                   const StageClock& after);

struct LabelReport;

// What the run says about itself: as text on standard error, or as JSON on standard output. `report`: what
// the labels taught; may be null.
void print_diagnostics(const LinkageSettings& settings, const linkage::Diagnostics& diagnostics,
                       std::span<const linkage::Field> fields, std::uint64_t results, const char* what,
                       const LabelReport* report);

// Whole or not at all.
Status write_result(const std::filesystem::path& file, const std::string& bytes);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_INPUT_H_
