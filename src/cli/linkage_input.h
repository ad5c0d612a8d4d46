// What `link` and `dedupe` share: reading their rolls, choosing the fields to compare, writing results.
#ifndef SCRUTINEER_CLI_LINKAGE_INPUT_H_
#define SCRUTINEER_CLI_LINKAGE_INPUT_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
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
  std::string model;                // reused if the file exists, else written
  std::string out;
  double threshold = 0.5;
  unsigned threads = 0;
  std::uint64_t memory = 0;
  std::uint64_t seed = 0;
  bool explain_blocking = false;
  bool json = false;
};

// The options that both commands have.
void add_linkage_options(CLI::App& command, LinkageSettings& settings);

// A roll made comparable. Rolls that name no identifier are known by their line numbers.
struct LinkageRoll {
  rolls::Roll roll;
  rolls::StandardRoll standard;
  [[nodiscard]] std::string id(std::size_t row) const;
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

// The model of settings.model if that file exists, else an empty one.
Result<linkage::Model> model_to_use(const LinkageSettings& settings);
// Writes the model if settings.model names a file that was not reused.
Status save_model(const LinkageSettings& settings, const linkage::Model& model, bool reused);

// CSV "left_id,right_id,match_weight,match_probability"; the weight in bits.
std::string links_csv(const LinkageRoll& left, const LinkageRoll& right,
                      std::span<const linkage::Link> links);

// What the run says about itself: as text on standard error, or as JSON on standard output.
void print_diagnostics(const LinkageSettings& settings, const linkage::Diagnostics& diagnostics,
                       std::span<const linkage::Field> fields, std::uint64_t results, const char* what);

// Whole or not at all.
Status write_result(const std::filesystem::path& file, const std::string& bytes);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_INPUT_H_
