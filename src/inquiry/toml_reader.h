// Reading a TOML table with manners: every key is asked for by name and type, what was not asked for is an
// unknown key, and all problems are gathered with line and column instead of stopping at the first.
#ifndef SCRUTINEER_INQUIRY_TOML_READER_H_
#define SCRUTINEER_INQUIRY_TOML_READER_H_

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace scrutineer::inquiry {

// The problems of one file, in the order they were found.
class TomlProblems {
 public:
  explicit TomlProblems(std::string file) : file_(std::move(file)) {}
  void add(const toml::source_region& where, std::string what, std::string expected = {});
  [[nodiscard]] bool empty() const { return problems_.empty(); }
  // The first problem as the error; the messages of the others follow on lines of their own.
  [[nodiscard]] Error as_error() const;

 private:
  std::string file_;
  std::vector<Error> problems_;
};

// One table. Values that are absent are nothing; values of the wrong type are a problem and nothing.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string name, TomlProblems& problems)
      : table_(table), name_(std::move(name)), problems_(problems) {}

  std::optional<std::string> text(const std::string& key);
  std::optional<std::int64_t> integer(const std::string& key, std::int64_t lowest, std::int64_t highest);
  std::optional<Date> date(const std::string& key);
  std::optional<std::vector<std::string>> texts(const std::string& key);  // a string or an array of strings
  // [low, high], both from 0 to 1, low not above high.
  std::optional<std::pair<double, double>> range(const std::string& key);
  std::optional<double> number(const std::string& key, double lowest, double highest);
  // A table of numbers, or of texts, by name.
  std::map<std::string, double> numbers(const std::string& key, double lowest, double highest);
  std::map<std::string, std::string> names(const std::string& key);
  const toml::table* table(const std::string& key);
  std::vector<const toml::table*> tables(const std::string& key);  // [[key]]

  // Where a key's value stands, or the table itself if it has no such key.
  [[nodiscard]] const toml::source_region& place(const std::string& key) const;
  void problem(const std::string& key, std::string what, std::string expected = {});
  // To be called when everything was asked for: every other key is a problem.
  void refuse_unknown_keys();
  [[nodiscard]] const toml::table& raw() const { return table_; }

 private:
  const toml::node* find(const std::string& key);
  [[nodiscard]] std::string named(const std::string& key) const;

  const toml::table& table_;
  std::string name_;
  TomlProblems& problems_;
  std::vector<std::string> asked_;
};

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_TOML_READER_H_
