#include "linkage/state_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/digest.h"
#include "linkage/fixed_point.h"
#include "linkage/levels.h"

namespace scrutineer::linkage {
namespace {

constexpr std::string_view first_line = "scrutineer linkage state 1\n";
constexpr std::size_t digest_length = 64;
constexpr std::size_t most_rules = 1000;
static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand in memory");

class Writer {
 public:
  template <typename Number>
  requires std::is_arithmetic_v<Number>
  void number(Number value) {
    char bytes[sizeof(Number)];
    std::memcpy(bytes, &value, sizeof(Number));
    text_.append(bytes, sizeof(Number));
  }
  void text(std::string_view text) {
    number(static_cast<std::uint64_t>(text.size()));
    text_ += text;
  }
  void numbers(const std::vector<std::uint32_t>& values) {
    number(static_cast<std::uint64_t>(values.size()));
    const auto bytes = std::as_bytes(std::span(values));
    text_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Thrown and caught within this file.
struct Unusable {};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  template <typename Number>
  requires std::is_arithmetic_v<Number> Number number() {
    Number value;
    std::memcpy(&value, bytes(sizeof(Number)).data(), sizeof(Number));
    return value;
  }
  // A number of things that take at least `size` bytes each.
  std::size_t count(std::size_t size, std::size_t most = ~std::size_t{0}) {
    const auto value = number<std::uint64_t>();
    if (value > text_.size() / size || value > most) throw Unusable{};
    return static_cast<std::size_t>(value);
  }
  std::string_view text() { return bytes(count(1)); }
  bool truth() {
    const auto value = number<std::uint8_t>();
    if (value > 1) throw Unusable{};
    return value == 1;
  }
  // Each below `limit`.
  std::vector<std::uint32_t> numbers(std::size_t limit) {
    std::vector<std::uint32_t> values(count(sizeof(std::uint32_t)));
    const std::string_view from = bytes(values.size() * sizeof(std::uint32_t));
    if (!values.empty()) std::memcpy(values.data(), from.data(), from.size());
    if (std::any_of(values.begin(), values.end(), [&](std::uint32_t value) { return value >= limit; }))
      throw Unusable{};
    return values;
  }
  [[nodiscard]] bool at_end() const { return text_.empty(); }

 private:
  std::string_view bytes(std::size_t size) {
    if (size > text_.size()) throw Unusable{};
    const std::string_view found = text_.substr(0, size);
    text_.remove_prefix(size);
    return found;
  }
  std::string_view text_;
};

void write_table(const KeptTable& table, Writer& writer) {
  for (const auto& codes : table.codes) writer.numbers(codes);
  writer.number(static_cast<std::uint64_t>(table.reference.active));
  writer.numbers(table.reference.rows);
}

KeptTable read_table(Reader& reader, const std::vector<KeptField>& fields) {
  KeptTable table;
  for (const KeptField& field : fields) table.codes.push_back(reader.numbers(field.values.size()));
  const std::size_t rows = table.codes.front().size();
  if (std::any_of(table.codes.begin(), table.codes.end(),
                  [&](const auto& codes) { return codes.size() != rows; }))
    throw Unusable{};
  const auto active = reader.number<std::uint64_t>();
  if (active > rows) throw Unusable{};
  table.reference.active = static_cast<std::size_t>(active);
  table.reference.rows = reader.numbers(rows);
  std::vector<bool> seen(rows, false);
  for (const std::uint32_t row : table.reference.rows) {
    if (seen[row]) throw Unusable{};
    seen[row] = true;
  }
  return table;
}

void write_rule(const CutRule& cut, Writer& writer) {
  writer.number(cut.largest_block);
  writer.number(static_cast<std::uint8_t>(cut.rule.unordered));
  writer.number(static_cast<std::uint64_t>(cut.rule.parts.size()));
  for (const BlockPart& part : cut.rule.parts) {
    writer.number(static_cast<std::uint32_t>(part.field));
    writer.number(static_cast<std::uint8_t>(part.transform));
    writer.number(part.length);
  }
}

CutRule read_rule(Reader& reader, std::size_t fields) {
  constexpr std::uint64_t largest = 1U << 31U;
  CutRule cut;
  cut.largest_block = reader.number<std::uint64_t>();
  if (cut.largest_block < 1 || cut.largest_block > largest) throw Unusable{};
  cut.rule.unordered = reader.truth();
  const std::size_t parts = reader.count(6, most_fields);
  for (std::size_t at = 0; at < parts; ++at) {
    BlockPart part;
    part.field = reader.number<std::uint32_t>();
    const auto transform = reader.number<std::uint8_t>();
    part.length = reader.number<std::uint8_t>();
    if (part.field >= fields || transform > static_cast<std::uint8_t>(Transform::outward)) throw Unusable{};
    part.transform = static_cast<Transform>(transform);
    cut.rule.parts.push_back(part);
  }
  return cut;
}

KeptField read_field(Reader& reader) {
  KeptField field;
  field.name = reader.text();
  const auto role = role_of(reader.text());
  if (!role) throw Unusable{};
  field.role = *role;
  const std::size_t values = reader.count(sizeof(std::uint64_t));
  for (std::size_t code = 0; code < values; ++code) {
    if (field.values.intern(reader.text()) != code) throw Unusable{};  // each once
  }
  if (values == 0 || !field.values[0].empty()) throw Unusable{};  // code 0 is missing
  return field;
}

std::vector<Link> read_links(Reader& reader, const LinkageState& state) {
  const std::size_t left_rows = state.left.reference.active;
  const std::size_t right_rows = state.one_table ? left_rows : state.right.reference.active;
  std::vector<Link> links(reader.count(3 * sizeof(std::uint32_t)));
  for (Link& link : links) {
    link.left = reader.number<std::uint32_t>();
    link.right = reader.number<std::uint32_t>();
    link.weight = reader.number<Weight>();
    link.probability = probability_of(link.weight);
    if (link.left >= left_rows || link.right >= right_rows) throw Unusable{};
    if (state.one_table && link.left >= link.right) throw Unusable{};
  }
  return links;
}

LinkageState read_state(Reader reader, const std::string& file) {
  LinkageState state;
  state.settings = reader.text();
  state.one_table = reader.truth();
  state.rules_were_chosen = reader.truth();
  state.constrained = reader.truth();
  state.seed = reader.number<std::uint64_t>();
  state.floor = reader.number<double>();
  if (!(state.floor >= 0 && state.floor <= 1)) throw Unusable{};
  const std::size_t fields = reader.count(1, most_fields);
  if (fields == 0) throw Unusable{};
  for (std::size_t at = 0; at < fields; ++at) state.fields.push_back(read_field(reader));
  const std::size_t rules = reader.count(1, most_rules);
  for (std::size_t at = 0; at < rules; ++at) state.rules.push_back(read_rule(reader, fields));
  auto model = model_from_json(reader.text(), file);
  if (!model) throw Unusable{};
  state.model = *std::move(model);
  state.left = read_table(reader, state.fields);
  if (!state.one_table) state.right = read_table(reader, state.fields);
  state.links = read_links(reader, state);
  if (state.one_table) {
    state.person = reader.numbers(state.left.reference.active);
    if (state.person.size() != state.left.reference.active) throw Unusable{};
  }
  if (!reader.at_end()) throw Unusable{};
  return state;
}

}  // namespace

std::string to_bytes(const LinkageState& state) {
  Writer writer;
  writer.text(state.settings);
  for (const bool truth : {state.one_table, state.rules_were_chosen, state.constrained})
    writer.number(static_cast<std::uint8_t>(truth));
  writer.number(state.seed);
  writer.number(state.floor);
  writer.number(static_cast<std::uint64_t>(state.fields.size()));
  for (const KeptField& field : state.fields) {
    writer.text(field.name);
    writer.text(to_string(field.role));
    writer.number(static_cast<std::uint64_t>(field.values.size()));
    for (std::uint32_t code = 0; code < field.values.size(); ++code) writer.text(field.values[code]);
  }
  writer.number(static_cast<std::uint64_t>(state.rules.size()));
  for (const CutRule& rule : state.rules) write_rule(rule, writer);
  writer.text(to_json(state.model));
  write_table(state.left, writer);
  if (!state.one_table) write_table(state.right, writer);
  writer.number(static_cast<std::uint64_t>(state.links.size()));
  for (const Link& link : state.links) {
    writer.number(link.left);
    writer.number(link.right);
    writer.number(link.weight);
  }
  if (state.one_table) writer.numbers(state.person);
  std::string bytes = std::string(first_line) + writer.take();
  bytes += sha256_hex(bytes);
  return bytes;
}

Result<LinkageState> state_from_body(std::string_view body, const std::string& file) {
  try {
    return read_state(Reader(body), file);
  } catch (const Unusable&) {
    return refused("the state of linkage does not hold together", {file}, "a file that --since wrote");
  }
}

Result<LinkageState> state_from_bytes(std::string_view bytes, const std::string& file) {
  if (!bytes.starts_with(first_line) || bytes.size() < first_line.size() + digest_length)
    return refused("this is no state of linkage, or one of another format", {file},
                   "a file that --since wrote");
  const std::string_view told = bytes.substr(0, bytes.size() - digest_length);
  if (sha256_hex(told) != bytes.substr(told.size())) {
    return refused("the state of linkage was changed, damaged or cut short since it was written", {file},
                   "the file as --since wrote it; without the file the run is a full one");
  }
  return state_from_body(told.substr(first_line.size()), file);
}

}  // namespace scrutineer::linkage
