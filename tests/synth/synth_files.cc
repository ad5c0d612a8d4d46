#include "synth_files.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace scrutineer::synth {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') {
      quoted = !quoted;
    } else if (line[at] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[at];
    }
  }
  return fields;
}

}  // namespace

Folder::Folder() {
  static std::atomic<int> next{0};
  path_ = std::filesystem::temp_directory_path() /
          ("scrutineer-synth-test-" + std::to_string(::getpid()) + "-" + std::to_string(next++));
  std::filesystem::create_directories(path_);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<Row> read_csv(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> header = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(stream, line)) {
    const std::vector<std::string> fields = fields_of(line);
    Row row;
    if (fields.size() != header.size()) throw std::runtime_error(file.string() + ": " + line);
    for (std::size_t index = 0; index < header.size(); ++index) row[header[index]] = fields[index];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (!entry.is_regular_file() || name.starts_with('.')) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[name] = std::string(std::istreambuf_iterator<char>(stream), {});
  }
  return files;
}

std::map<std::string, Row> entries_by_number(const std::filesystem::path& file) {
  std::map<std::string, Row> entries;
  for (Row& row : read_csv(file)) {
    std::string number = row.at("Elector Number Prefix") + "-" + row.at("Elector Number");
    const std::string& suffix = row.at("Elector Number Suffix");
    if (!suffix.empty()) number += "/" + suffix;
    entries.emplace(std::move(number), std::move(row));
  }
  return entries;
}

std::string upper(const std::string& text) {
  std::string capitals = text;
  std::ranges::transform(capitals, capitals.begin(), [](char byte) {
    return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
  });
  return capitals;
}

std::string bare_postcode(const std::string& text) {
  std::string bare = upper(text);
  std::erase(bare, ' ');
  return bare;
}

std::string first_word(const std::string& text) {
  return text.substr(0, text.find(' '));
}

std::string name_key(const Row& entry) {
  if (const auto name = entry.find("Elector Name"); name != entry.end()) {
    const std::size_t comma = name->second.find(", ");
    if (comma == std::string::npos) return "|";
    return upper(first_word(name->second.substr(comma + 2))) + "|" + upper(name->second.substr(0, comma));
  }
  return upper(first_word(entry.at("Elector Forename"))) + "|" + upper(entry.at("Elector Surname"));
}

}  // namespace scrutineer::synth
