#include "cli/linkage_input.h"

#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <new>
#include <nlohmann/json.hpp>

#include "base/scratch.h"
#include "base/text.h"
#include "cli/linkage_labels.h"
#include "linkage/levels.h"
#include "linkage/model_text.h"
#include "linkage/roles.h"
#include "rolls/compact_roll.h"
#include "rolls/delimited_reader.h"
#include "rolls/file_kind.h"
#include "rolls/input_file.h"
#include "rolls/read_roll.h"

namespace scrutineer::cli {
namespace {

using linkage::Field;
using linkage::Role;
using rolls::Column;

// "family=Last name": a standard column and a header.
Status add_mapping(const std::string& mapping, rolls::RollSpec& spec) {
  const std::size_t equals = mapping.find('=');
  if (equals == std::string::npos || equals + 1 == mapping.size()) {
    return wrong_usage("\"" + printable(mapping) + "\" is no mapping",
                       "STANDARD=COLUMN, as in family=\"Last name\"");
  }
  const std::string name = mapping.substr(0, equals);
  const auto column = rolls::column_of(name);
  if (!column) {
    std::vector<std::string> known;
    for (const Column one : rolls::all_columns()) known.emplace_back(rolls::to_string(one));
    const std::string near = nearest(name, known);
    return wrong_usage("no standard column is called \"" + printable(name) + "\"",
                       near.empty() ? "one of " + join(known, " ") : near);
  }
  const std::string header = mapping.substr(equals + 1);
  const auto there = std::find_if(spec.columns.begin(), spec.columns.end(),
                                  [&](const auto& one) { return one.first == *column; });
  if (there != spec.columns.end()) {
    there->second.push_back(header);
  } else {
    spec.columns.push_back({*column, {header}});
  }
  return {};
}

bool has_values(const TextColumn& column) {
  return std::any_of(column.codes().begin(), column.codes().end(),
                     [](std::uint32_t code) { return code != TextColumn::missing; });
}

const TextColumn* extra_column(const rolls::Roll& roll, const std::string& header) {
  const auto found = std::find_if(roll.extra.begin(), roll.extra.end(),
                                  [&](const auto& one) { return one.first == header; });
  return found == roll.extra.end() ? nullptr : &found->second;
}

void add_standard(const rolls::StandardRoll& left, const rolls::StandardRoll& right,
                  std::vector<Field>& fields) {
  const auto add = [&](const char* name, Role role, TextColumn rolls::StandardRoll::*column) {
    if (has_values(left.*column) && has_values(right.*column))
      fields.push_back({name, role, &(left.*column), &(right.*column)});
  };
  add("given", Role::given_name, &rolls::StandardRoll::given);
  add("middle", Role::middle_name, &rolls::StandardRoll::middle);
  add("family", Role::family_name, &rolls::StandardRoll::family);
  add("birth_date", Role::date, &rolls::StandardRoll::birth_date);
  add("sex", Role::category, &rolls::StandardRoll::sex);
  add("email", Role::email, &rolls::StandardRoll::email);
  add("phone", Role::exact, &rolls::StandardRoll::phone);
  add("flat", Role::number, &rolls::StandardRoll::flat);
  add("number", Role::number, &rolls::StandardRoll::number);
  add("building", Role::text, &rolls::StandardRoll::building);
  add("street", Role::text, &rolls::StandardRoll::street);
  add("locality", Role::text, &rolls::StandardRoll::locality);
  add("postcode", Role::code, &rolls::StandardRoll::postcode);
}

// A whole name beside its parts may hold words that they lack: a maiden name, a title, another forename.
void add_whole_name(const rolls::Roll& left, const rolls::Roll& right, std::vector<Field>& fields) {
  const TextColumn* const mine = left.column(Column::name);
  const TextColumn* const theirs = right.column(Column::name);
  if (mine != nullptr && theirs != nullptr && has_values(*mine) && has_values(*theirs))
    fields.push_back({"name", Role::full_name, mine, theirs});
}

// Columns of neither roll's standard that stand on both sides under one header.
void add_recognised(const rolls::Roll& left, const rolls::Roll& right, const LinkageSettings& settings,
                    std::vector<Field>& fields) {
  std::vector<linkage::NamedColumn> columns;
  // The names that are standard columns stand beside the others, so that a column which only puts them
  // together is seen to say nothing of its own; they are not added again.
  for (const auto& [header, standard] :
       {std::pair("given name", Column::given), std::pair("middle name", Column::middle),
        std::pair("family name", Column::family)}) {
    if (left.column(standard) != nullptr) columns.push_back({header, left.column(standard)});
  }
  const std::size_t standard_names = columns.size();
  for (const auto& [header, column] : left.extra) {
    const bool exact =
        std::find(settings.extra.begin(), settings.extra.end(), header) != settings.extra.end();
    if (!exact && header != settings.id && extra_column(right, header) != nullptr)
      columns.push_back({header, &column});
  }
  const std::vector<linkage::RecognisedColumn> recognised = linkage::recognise_roles(columns);
  const auto has = [&](Role role) {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.role == role; });
  };
  const bool has_both_names = has(Role::given_name) && has(Role::family_name);
  for (std::size_t at = standard_names; at < recognised.size(); ++at) {
    const linkage::RecognisedColumn& found = recognised[at];
    if (!found.role || fields.size() == linkage::most_fields) continue;
    // Beside forename and family name a further column of names would count the same agreement twice.
    const bool names =
        *found.role == Role::given_name || *found.role == Role::family_name || *found.role == Role::full_name;
    if (names && has_both_names) continue;
    fields.push_back(
        {found.header, *found.role, extra_column(left, found.header), extra_column(right, found.header)});
  }
}

bool has_missing(const TextColumn& column) {
  return std::any_of(column.codes().begin(), column.codes().end(),
                     [](std::uint32_t code) { return code == TextColumn::missing; });
}

// The headers that no standard column takes, from the first lines of a text file; nothing if these do not
// tell.
std::optional<std::vector<std::string>> unused_headers(const rolls::RollSpec& spec,
                                                       const rolls::ReadOptions& options) {
  constexpr std::size_t head_bytes = std::size_t{1} << 18;
  const auto file = rolls::InputFile::open(spec.file);
  if (!file) return std::nullopt;
  std::string head(head_bytes, '\0');
  const auto got = file->read_at(0, head);
  if (!got) return std::nullopt;
  head.resize(*got);
  if (head.size() == head_bytes) head.resize(head.rfind('\n') + 1);  // 0 where there is no line end
  if (rolls::file_kind(head).kind != rolls::FileKind::text) return std::nullopt;
  const auto roll = rolls::read_delimited(rolls::TextSource(std::string_view(head)), spec, options);
  if (!roll) return std::nullopt;
  return roll->recognition.unused;
}

// Adds headers to those that are read, but for identifiers; false if there is nothing to add.
bool keep_headers(const std::vector<std::string>& headers, rolls::RollSpec& spec) {
  bool added = false;
  for (const std::string& header : headers) {
    if (linkage::names_identifier(header)) continue;
    if (std::find(spec.extra.begin(), spec.extra.end(), header) != spec.extra.end()) continue;
    spec.extra.push_back(header);
    added = true;
  }
  return added;
}

nlohmann::ordered_json to_json(const linkage::Diagnostics& diagnostics) {
  nlohmann::ordered_json json = {{"all_pairs", diagnostics.all_pairs},
                                 {"pairs_compared", diagnostics.pairs_compared},
                                 {"iterations", diagnostics.iterations},
                                 {"converged", diagnostics.converged},
                                 {"prior", diagnostics.prior},
                                 {"expected_false", diagnostics.expected_false},
                                 {"expected_missed", diagnostics.expected_missed}};
  if (diagnostics.share_there > 0) {
    json["share_there"] = diagnostics.share_there;
    json["share_moved"] = diagnostics.share_moved;
  }
  json["thresholds"] = nlohmann::ordered_json::array();
  for (const linkage::ThresholdLine& line : diagnostics.by_threshold) {
    json["thresholds"].push_back({{"threshold", line.threshold},
                                  {"pairs", line.pairs},
                                  {"expected_false", line.expected_false},
                                  {"expected_missed", line.expected_missed}});
  }
  json["fields"] = nlohmann::ordered_json::array();
  for (const linkage::FieldReport& field : diagnostics.fields) {
    nlohmann::ordered_json levels = nlohmann::ordered_json::array();
    for (const linkage::LevelReport& level : field.levels) {
      levels.push_back({{"level", level.level},
                        {"m", level.m},
                        {"u", level.u},
                        {"weight", static_cast<double>(level.weight) / linkage::weight_scale},
                        {"pairs", level.pairs}});
    }
    json["fields"].push_back(
        {{"field", field.field}, {"levels", std::move(levels)}, {"not_compared", field.not_compared}});
  }
  json["blocks"] = nlohmann::ordered_json::array();
  for (const linkage::BlockReport& block : diagnostics.blocks) {
    json["blocks"].push_back({{"pass", block.pass},
                              {"keys", block.keys},
                              {"pairs", block.pairs},
                              {"largest", block.largest},
                              {"split", block.split},
                              {"left_out", block.left_out},
                              {"oversized", block.oversized}});
  }
  if (!diagnostics.recall.passes.empty()) {
    json["blocking_recall"] = {{"people_at_least", diagnostics.recall.people},
                               {"recall_at_most", diagnostics.recall.recall}};
    nlohmann::ordered_json passes = nlohmann::ordered_json::array();
    for (const linkage::PassRecall& pass : diagnostics.recall.passes) {
      passes.push_back({{"pass", pass.pass},
                        {"pairs", pass.pairs},
                        {"by_chance", pass.by_chance},
                        {"recall_at_most", pass.recall},
                        {"among_candidates", pass.among_candidates}});
    }
    json["blocking_recall"]["passes"] = std::move(passes);
  }
  json["notes"] = diagnostics.notes;
  return json;
}

}  // namespace

void add_linkage_options(CLI::App& command, LinkageSettings& settings) {
  command.add_option("--id", settings.id,
                     "Column that identifies a row (default: recognised, else the line number)");
  command.add_option("--field", settings.fields, "STANDARD=COLUMN: what a column holds (repeatable)");
  command.add_option("--extra", settings.extra, "A further column, compared exactly (repeatable)");
  command
      .add_option(
          "--block", settings.block,
          "Compare only rows that agree on a rule such as given+family or family+year(birth_date); also "
          "month(), prefixN(), soundex(), outward() (repeatable)")
      ->allow_extra_args(false);
  command.add_option("--out", settings.out, "File to write: CSV, or Parquet if it is called .parquet")
      ->required();
  command.add_option("--threshold", settings.threshold, "Least probability of a pair that is written")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command.add_option("--model", settings.model, "Model to reuse if the file exists, else to save there");
  command.add_flag("--show-model", settings.show_model,
                   "Print the model: prior, and m, u and weight of each level of each field");
  command.add_option(
      "--since", settings.since,
      "File that tells what an earlier run found, if it exists: only entries that are new or changed are\n"
      "compared, with the same answer. Written anew for the next run (blocking by rules: large rolls, "
      "--block)");
  command.add_flag("--rescan", settings.rescan,
                   "With --since: compare all entries again, by the earlier run's model and frequencies");
  command
      .add_option("--labels", settings.labels,
                  "CSV file of judged pairs (left_id,right_id,same): probabilities are set right by them")
      ->check(CLI::ExistingFile);
  command.add_option("--calibration", settings.calibration, "How labels set probabilities right")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "isotonic", "beta"}));
  command.add_option("--charts", settings.charts,
                     "Folder for linkage.html: weights, waterfalls, thresholds, blocking, reliability");
  command
      .add_option("--splink-settings", settings.splink_settings,
                  "Settings of Splink 4 or 5 (JSON) to start from; what could not be taken over is named")
      ->check(CLI::ExistingFile);
  command.add_option("--threads", settings.threads, "Threads (default: one for each processor)");
  command
      .add_option(
          "--memory", settings.memory,
          "Hard ceiling on the memory of the run, as in 2G; what does not fit goes to a file in TMPDIR")
      ->transform(CLI::AsSizeValue(false));
  command.add_option("--seed", settings.seed, "Seed of the random pairs that are drawn")
      ->capture_default_str();
  command.add_flag("--explain-blocking", settings.explain_blocking, "Tell how candidate pairs were found");
  command.add_flag("--timings", settings.timings, "Tell how long each stage took");
  command.add_flag("--json", settings.json, "Print what was learned as JSON");
}

Status under_ceiling(const LinkageSettings& settings, const std::function<Status()>& command) {
  constexpr std::uint64_t least = std::uint64_t{64} << 20;
  if (settings.memory > 0 && settings.memory < least)
    return wrong_usage("no run fits into a --memory that small", "64M or more");
  limit_memory(settings.memory);
  try {
    return command();
  } catch (const std::bad_alloc&) {
    if (settings.memory == 0) throw;
    return refused("the run does not fit into the memory allowed", {},
                   "a larger --memory, room on the disk of TMPDIR, or fewer rows or columns");
  }
}

RowIds::RowIds(rolls::Roll& roll) {
  const TextColumn* const column = roll.column(Column::id);
  if (column == nullptr) {
    numbers_ = roll.lines;
    return;
  }
  std::vector<std::uint64_t> numbers(column->distinct(), 0);
  for (std::uint32_t code = 0; code < numbers.size(); ++code) {
    const std::string_view value = column->value(code);
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), numbers[code]);
    const bool canonical = error == std::errc() && end == value.data() + value.size() && value.size() < 19 &&
                           (value.size() == 1 || value.front() != '0');
    const bool unused = code == TextColumn::missing && !has_missing(*column);
    if (canonical || unused) continue;
    text_ = std::move(*roll.columns[static_cast<std::size_t>(Column::id)]);
    return;
  }
  numbers_.reserve(column->size());
  for (const std::uint32_t code : column->codes()) numbers_.push_back(numbers[code]);
}

std::string RowIds::text(std::size_t row) const {
  return text_ ? std::string((*text_)[row]) : std::to_string(numbers_[row]);
}

Result<std::unique_ptr<LinkageRoll>> read_linkage_roll(const std::filesystem::path& file,
                                                       const LinkageSettings& settings,
                                                       std::span<const std::string> fields) {
  rolls::RollSpec spec;
  spec.name = file.filename().string();
  spec.file = file;
  if (!settings.id.empty()) spec.columns.push_back({Column::id, {settings.id}});
  for (const std::string& mapping : settings.fields) SCRUTINEER_CHECK(add_mapping(mapping, spec));
  for (const std::string& mapping : fields) SCRUTINEER_CHECK(add_mapping(mapping, spec));
  spec.extra = settings.extra;
  rolls::ReadOptions options;
  options.threads = settings.threads;
  options.digest = false;
  // What no standard column takes may still tell people apart, so all columns are kept, but for identifiers.
  keep_headers(unused_headers(spec, options).value_or(std::vector<std::string>()), spec);
  auto result = std::make_unique<LinkageRoll>();
  SCRUTINEER_TRY(result->roll, rolls::read_roll(spec, options));
  if (keep_headers(result->roll.recognition.unused, spec)) {  // they were not told by the head of the file
    result->roll = {};
    SCRUTINEER_TRY(result->roll, rolls::read_roll(spec, options));
  }
  // Identifiers first: as text they are the largest part of most rolls.
  result->ids = RowIds(result->roll);
  result->roll.columns[static_cast<std::size_t>(Column::id)].reset();
  SCRUTINEER_TRY(result->standard, rolls::standardise_compactly(result->roll, settings.threads));
  result->roll.lines = {};
  result->roll.problems = {};
  malloc_trim(0);  // back to the system: what comes next is of other sizes
  if (!result->roll.rejects.empty()) {
    fmt::print(stderr, "{}: {} records could not be read and are left out\n", printable(file.string()),
               result->roll.rejects.size());
  }
  return result;
}

Result<std::vector<Field>> linkage_fields(const LinkageRoll& left, const LinkageRoll& right,
                                          const LinkageSettings& settings) {
  std::vector<Field> fields;
  add_standard(left.standard, right.standard, fields);
  for (const std::string& header : settings.extra) {
    const TextColumn* const mine = extra_column(left.roll, header);
    const TextColumn* const other = extra_column(right.roll, header);
    if (mine == nullptr || other == nullptr) {
      const LinkageRoll& lacking = mine == nullptr ? left : right;
      return refused("column \"" + header + "\" is not in the header",
                     {lacking.roll.spec.file.string(), 1, 0});
    }
    fields.push_back({header, Role::exact, mine, other});
  }
  add_whole_name(left.roll, right.roll, fields);
  add_recognised(left.roll, right.roll, settings, fields);
  if (fields.empty()) {
    return refused("no column that both could be compared by", {left.roll.spec.file.string(), 1, 0},
                   "names, addresses or dates; --field says which column holds what");
  }
  return fields;
}

Result<linkage::Model> model_to_use(const LinkageSettings& settings) {
  if (settings.model.empty() || !std::filesystem::exists(settings.model)) return linkage::Model{};
  std::ifstream stream(settings.model, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.good() && !stream.eof()) return refused("cannot be read", {settings.model});
  return linkage::model_from_json(text, settings.model);
}

Status save_model(const LinkageSettings& settings, const linkage::Model& model, bool reused) {
  if (settings.show_model && !model.empty()) fmt::print(stderr, "{}", linkage::to_text(model));
  if (settings.model.empty() || reused || model.empty()) return {};
  return write_result(settings.model, linkage::to_json(model));
}

Result<std::vector<linkage::BlockRule>> block_rules(const LinkageSettings& settings,
                                                    std::span<const Field> fields) {
  std::vector<linkage::BlockRule> rules;
  for (const std::string& text : settings.block) {
    SCRUTINEER_TRY(rules.emplace_back(), linkage::parse_block_rule(text, fields));
  }
  return rules;
}

void print_timings(const LinkageSettings& settings, const StageClock& before, const StageClock& linking,
                   const StageClock& after) {
  if (!settings.timings) return;
  for (const StageClock* const clock : {&before, &linking, &after}) {
    for (const StageTime& time : clock->times())
      fmt::print(stderr, "  {}: {:.2f} s\n", time.stage, time.seconds);
  }
}

namespace {

void print_recall(const linkage::RecallEstimate& estimate) {
  if (estimate.passes.empty()) {
    fmt::print(stderr, "  recall: no two keys without a field in common capture enough to estimate it\n");
    return;
  }
  fmt::print(stderr,
             "  before scoring, by capture and recapture between exact keys:\n  {:<34} {:>12} {:>12} {:>16} "
             "{:>16}\n",
             "key", "pairs", "by chance", "recall, at most", "in candidates");
  for (const linkage::PassRecall& pass : estimate.passes) {
    fmt::print(stderr, "  {:<34} {:>12.0f} {:>12.1f} {:>16} {:>16.4f}\n", printable(pass.pass), pass.pairs,
               pass.by_chance, pass.recall > 0 ? fmt::format("{:.4f}", pass.recall) : "not known",
               pass.among_candidates);
  }
  if (estimate.people > 0) fmt::print(stderr, "  pairs of one person, at least: {:.0f}\n", estimate.people);
  if (estimate.recall > 0) {
    fmt::print(
        stderr,
        "  share of them among the candidates, at most: {:.4f}\n"
        "  (an upper bound, not an estimate: entries with several errors escape all keys at once, so the "
        "true\n  share is lower, on lists with many errors by several hundredths)\n",
        estimate.recall);
  }
}

}  // namespace

void print_diagnostics(const LinkageSettings& settings, const linkage::Diagnostics& diagnostics,
                       std::span<const Field> fields, std::uint64_t results, const char* what,
                       const LabelReport* report) {
  if (settings.json) {
    nlohmann::ordered_json json = to_json(diagnostics);
    if (report != nullptr) json["labels"] = to_json(*report);
    fmt::print("{}\n", json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  std::string compared;
  for (const Field& field : fields) compared += (compared.empty() ? "" : ", ") + printable(field.name);
  fmt::print(stderr,
             "Compared by {}.\n{} {} from {} pairs compared of {}; expected: {:.1f} of the pairs wrong, "
             "{:.1f} missed.\n",
             compared, results, what, diagnostics.pairs_compared, diagnostics.all_pairs,
             diagnostics.expected_false, diagnostics.expected_missed);
  if (!diagnostics.by_threshold.empty()) {
    fmt::print(stderr, "  {:>9}  {:>10}  {:>14}  {:>15}\n", "threshold", "pairs", "expected wrong",
               "expected missed");
    for (const linkage::ThresholdLine& line : diagnostics.by_threshold) {
      if (line.threshold != .5 && line.threshold != .8 && line.threshold < .9) continue;
      fmt::print(stderr, "  {:>9}  {:>10}  {:>14.1f}  {:>15.1f}\n", line.threshold, line.pairs,
                 line.expected_false, line.expected_missed);
    }
  }
  if (report != nullptr) print_label_report(*report);
  for (const std::string& note : diagnostics.notes) fmt::print(stderr, "{}\n", note);
  if (!settings.explain_blocking) return;
  for (const linkage::BlockReport& block : diagnostics.blocks) {
    fmt::print(stderr, "  {}: {} keys, {} pairs, largest block {} rows, {} blocks cut down or left out\n",
               printable(block.pass), block.keys, block.pairs, block.largest, block.split);
    for (const std::string& one : block.oversized) fmt::print(stderr, "    cut down: {}\n", one);
    if (block.left_out > 0)
      fmt::print(stderr, "    {} parts that nothing could cut down were left out\n", block.left_out);
  }
  print_recall(diagnostics.recall);
}

Status write_result(const std::filesystem::path& file, const std::string& bytes) {
  const std::filesystem::path part = file.string() + ".part";
  {
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    if (!stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size())) || !stream.flush()) {
      return refused("cannot be written", {file.string()}, "a file in a folder this user may write");
    }
  }
  std::error_code problem;
  std::filesystem::rename(part, file, problem);
  if (problem) return refused("cannot be written: " + problem.message(), {file.string()});
  return {};
}

}  // namespace scrutineer::cli
