#include "cli/linkage_input.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "linkage/roles.h"
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

// Columns of neither roll's standard that stand on both sides under one header.
void add_recognised(const rolls::Roll& left, const rolls::Roll& right, const LinkageSettings& settings,
                    std::vector<Field>& fields) {
  std::vector<linkage::NamedColumn> columns;
  for (const auto& [header, column] : left.extra) {
    const bool exact =
        std::find(settings.extra.begin(), settings.extra.end(), header) != settings.extra.end();
    if (!exact && header != settings.id && extra_column(right, header) != nullptr)
      columns.push_back({header, &column});
  }
  for (const linkage::RecognisedColumn& found : linkage::recognise_roles(columns)) {
    if (!found.role || fields.size() == 16) continue;
    fields.push_back(
        {found.header, *found.role, extra_column(left, found.header), extra_column(right, found.header)});
  }
}

nlohmann::ordered_json to_json(const linkage::Diagnostics& diagnostics) {
  nlohmann::ordered_json json = {{"all_pairs", diagnostics.all_pairs},
                                 {"pairs_compared", diagnostics.pairs_compared},
                                 {"iterations", diagnostics.iterations},
                                 {"converged", diagnostics.converged},
                                 {"prior", diagnostics.prior},
                                 {"expected_false", diagnostics.expected_false},
                                 {"expected_missed", diagnostics.expected_missed}};
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
    json["fields"].push_back({{"field", field.field}, {"levels", std::move(levels)}});
  }
  json["blocks"] = nlohmann::ordered_json::array();
  for (const linkage::BlockReport& block : diagnostics.blocks) {
    json["blocks"].push_back({{"pass", block.pass},
                              {"keys", block.keys},
                              {"pairs", block.pairs},
                              {"largest", block.largest},
                              {"split", block.split}});
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
  command.add_option("--out", settings.out, "CSV file to write")->required();
  command.add_option("--threshold", settings.threshold, "Least probability of a pair that is written")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command.add_option("--model", settings.model, "Model to reuse if the file exists, else to save there");
  command.add_option("--threads", settings.threads, "Threads (default: one for each processor)");
  command.add_option("--memory", settings.memory, "Bytes that candidate pairs may take, as in 2G")
      ->transform(CLI::AsSizeValue(false));
  command.add_option("--seed", settings.seed, "Seed of the random pairs that are drawn")
      ->capture_default_str();
  command.add_flag("--explain-blocking", settings.explain_blocking, "Tell how candidate pairs were found");
  command.add_flag("--json", settings.json, "Print what was learned as JSON");
}

std::string LinkageRoll::id(std::size_t row) const {
  const TextColumn* const column = roll.column(Column::id);
  return column != nullptr ? std::string((*column)[row]) : std::to_string(roll.lines[row]);
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
  auto result = std::make_unique<LinkageRoll>();
  SCRUTINEER_TRY(result->roll, rolls::read_roll(spec, options));
  // What no standard column took may still tell people apart: read once more, with it.
  const std::vector<std::string> unused = result->roll.recognition.unused;
  if (!unused.empty()) {
    for (const std::string& header : unused) {
      if (std::find(spec.extra.begin(), spec.extra.end(), header) == spec.extra.end())
        spec.extra.push_back(header);
    }
    SCRUTINEER_TRY(result->roll, rolls::read_roll(spec, options));
  }
  SCRUTINEER_TRY(result->standard, rolls::standardise(result->roll, settings.threads));
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
  if (settings.model.empty() || reused || model.empty()) return {};
  return write_result(settings.model, linkage::to_json(model));
}

std::string links_csv(const LinkageRoll& left, const LinkageRoll& right,
                      std::span<const linkage::Link> links) {
  std::string text = "left_id,right_id,match_weight,match_probability\n";
  for (const linkage::Link& link : links) {
    fmt::format_to(std::back_inserter(text), "{},{},{:.3f},{:.6f}\n", csv_field(left.id(link.left)),
                   csv_field(right.id(link.right)), static_cast<double>(link.weight) / linkage::weight_scale,
                   link.probability);
  }
  return text;
}

void print_diagnostics(const LinkageSettings& settings, const linkage::Diagnostics& diagnostics,
                       std::span<const Field> fields, std::uint64_t results, const char* what) {
  if (settings.json) {
    fmt::print("{}\n", to_json(diagnostics).dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  std::string compared;
  for (const Field& field : fields) compared += (compared.empty() ? "" : ", ") + printable(field.name);
  fmt::print(stderr,
             "Compared by {}.\n{} {} from {} pairs compared of {}; expected: {:.1f} of the pairs wrong, "
             "{:.1f} missed.\n",
             compared, results, what, diagnostics.pairs_compared, diagnostics.all_pairs,
             diagnostics.expected_false, diagnostics.expected_missed);
  for (const std::string& note : diagnostics.notes) fmt::print(stderr, "{}\n", note);
  if (!settings.explain_blocking) return;
  for (const linkage::BlockReport& block : diagnostics.blocks) {
    fmt::print(stderr, "  {}: {} keys, {} pairs, largest block {} rows, {} blocks cut down or left out\n",
               printable(block.pass), block.keys, block.pairs, block.largest, block.split);
  }
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
