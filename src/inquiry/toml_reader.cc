#include "inquiry/toml_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace scrutineer::inquiry {

void TomlProblems::add(const toml::source_region& where, std::string what, std::string expected) {
  problems_.push_back(Error{ErrorCategory::refused_input,
                            std::move(what),
                            std::move(expected),
                            {file_, where.begin.line, where.begin.column}});
}

Error TomlProblems::as_error() const {
  Error first = problems_.front();
  if (problems_.size() > 1) {
    // The first keeps its place; the others are told in full behind it.
    std::string others;
    for (std::size_t i = 1; i < problems_.size(); ++i) others += "; also " + problems_[i].message();
    (first.expected.empty() ? first.what : first.expected) += others;
  }
  return first;
}

const toml::node* TomlTable::find(const std::string& key) {
  asked_.push_back(key);
  return table_.get(key);
}

std::string TomlTable::named(const std::string& key) const {
  return name_.empty() ? key : name_ + "." + key;
}

const toml::source_region& TomlTable::place(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node ? node->source() : table_.source();
}

void TomlTable::problem(const std::string& key, std::string what, std::string expected) {
  problems_.add(place(key), named(key) + ": " + std::move(what), std::move(expected));
}

std::optional<std::string> TomlTable::text(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (const auto* value = node->as_string()) return value->get();
  problem(key, "is not a text", "\"...\"");
  return std::nullopt;
}

std::optional<std::int64_t> TomlTable::integer(const std::string& key, std::int64_t lowest,
                                               std::int64_t highest) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto* value = node->as_integer();
  if (value && value->get() >= lowest && value->get() <= highest) return value->get();
  problem(key, "is not a whole number in range", fmt::format("{} to {}", lowest, highest));
  return std::nullopt;
}

std::optional<Date> TomlTable::date(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  std::optional<Date> found;
  if (const auto* value = node->as_date()) {
    found = Date::of(value->get().year, value->get().month, value->get().day);
  } else if (const auto* text = node->as_string()) {
    found = Date::from_iso(text->get());
  }
  if (!found) problem(key, "is not a date", "a day such as 2026-05-06");
  return found;
}

std::optional<std::vector<std::string>> TomlTable::texts(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (const auto* value = node->as_string()) return std::vector<std::string>{value->get()};
  if (const auto* array = node->as_array()) {
    std::vector<std::string> found;
    for (const toml::node& element : *array) {
      if (const auto* text = element.as_string()) found.push_back(text->get());
    }
    if (found.size() == array->size()) return found;
  }
  problem(key, "is not a text or a list of texts", "\"...\" or [\"...\", \"...\"]");
  return std::nullopt;
}

std::optional<std::pair<double, double>> TomlTable::range(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto* array = node->as_array();
  if (array && array->size() == 2) {
    const auto low = (*array)[0].value<double>();
    const auto high = (*array)[1].value<double>();
    if (low && high && *low >= 0 && *low <= *high && *high <= 1) return std::pair(*low, *high);
  }
  problem(key, "is not a range of shares", "[low, high] between 0 and 1, such as [0.09, 0.15]");
  return std::nullopt;
}

std::optional<double> TomlTable::number(const std::string& key, double lowest, double highest) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value<double>();
  if (value && *value >= lowest && *value <= highest) return value;
  problem(key, "is not a number in range", fmt::format("{} to {}", lowest, highest));
  return std::nullopt;
}

std::map<std::string, double> TomlTable::numbers(const std::string& key, double lowest, double highest) {
  std::map<std::string, double> found;
  const toml::table* values = table(key);
  if (!values) return found;
  for (const auto& [name, node] : *values) {
    const auto value = node.value<double>();
    if (value && *value >= lowest && *value <= highest) {
      found.emplace(std::string(name.str()), *value);
    } else {
      problems_.add(name.source(), fmt::format("{}.{}: is not a number in range", named(key), name.str()),
                    fmt::format("{} to {}", lowest, highest));
    }
  }
  return found;
}

std::map<std::string, std::string> TomlTable::names(const std::string& key) {
  std::map<std::string, std::string> found;
  const toml::table* values = table(key);
  if (!values) return found;
  for (const auto& [name, node] : *values) {
    if (const auto* text = node.as_string()) {
      found.emplace(std::string(name.str()), text->get());
    } else {
      problems_.add(name.source(), fmt::format("{}.{}: is not a text", named(key), name.str()), "\"...\"");
    }
  }
  return found;
}

const toml::table* TomlTable::table(const std::string& key) {
  const toml::node* node = find(key);
  if (!node) return nullptr;
  if (const auto* value = node->as_table()) return value;
  problem(key, "is not a table", fmt::format("[{}]", named(key)));
  return nullptr;
}

std::vector<const toml::table*> TomlTable::tables(const std::string& key) {
  std::vector<const toml::table*> found;
  const toml::node* node = find(key);
  if (!node) return found;
  if (const auto* array = node->as_array()) {
    for (const toml::node& element : *array) {
      if (const auto* value = element.as_table()) found.push_back(value);
    }
    if (found.size() == array->size()) return found;
  }
  problem(key, "is not a list of tables", fmt::format("[[{}]]", named(key)));
  return {};
}

void TomlTable::refuse_unknown_keys() {
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    const std::string meant = nearest(name, asked_);
    const std::string known = join(asked_, ", ");
    problems_.add(key.source(), fmt::format("unknown key \"{}\"", named(name)),
                  meant.empty() ? "one of " + known : fmt::format("\"{}\"", meant));
  }
}

}  // namespace scrutineer::inquiry
