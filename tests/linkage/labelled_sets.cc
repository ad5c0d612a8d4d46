#include "linkage/labelled_sets.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace scrutineer::tests {
namespace {

std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == ',' && !quoted) {
      fields.emplace_back();
    } else if (letter != '\r') {
      fields.back().push_back(letter);
    }
  }
  for (std::string& field : fields) field = std::string(trimmed(field));
  return fields;
}

double pairs_of(std::uint64_t rows) {
  return static_cast<double>(rows) * (static_cast<double>(rows) - 1) / 2;
}

Quality quality(double both, double found, double there) {
  Quality result;
  result.precision = found > 0 ? both / found : 1.0;
  result.recall = there > 0 ? both / there : 1.0;
  const double sum = result.precision + result.recall;
  result.f1 = sum > 0 ? 2 * result.precision * result.recall / sum : 0;
  return result;
}

}  // namespace

const TextColumn& LabelledTable::column(std::string_view header) const {
  const auto found = std::find(headers.begin(), headers.end(), header);
  if (found == headers.end()) throw std::runtime_error("no column " + std::string(header));
  return columns[static_cast<std::size_t>(found - headers.begin())];
}

LabelledTable read_labelled(const std::filesystem::path& file) {
  std::ifstream stream(file);
  LabelledTable table;
  std::string line;
  if (!std::getline(stream, line)) throw std::runtime_error("cannot read " + file.string());
  table.headers = csv_fields(line);
  table.columns.resize(table.headers.size());
  while (std::getline(stream, line)) {
    const auto fields = csv_fields(line);
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      table.columns[at].append(at < fields.size() ? fields[at] : "");
    }
    ++table.rows;
  }
  return table;
}

std::vector<std::uint32_t> truth_of(const TextColumn& labels) {
  return labels.codes();
}

std::vector<std::uint32_t> febrl_truth(const TextColumn& rec_ids) {
  std::vector<std::uint32_t> truth;
  for (std::size_t row = 0; row < rec_ids.size(); ++row) {
    truth.push_back(static_cast<std::uint32_t>(std::stoul(std::string(split(rec_ids[row], '-')[1]))));
  }
  return truth;
}

Quality pair_quality(std::span<const std::uint32_t> person, std::span<const std::uint32_t> truth) {
  std::map<std::uint32_t, std::uint64_t> found;
  std::map<std::uint32_t, std::uint64_t> there;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> both;
  for (std::size_t row = 0; row < person.size(); ++row) {
    ++found[person[row]];
    ++there[truth[row]];
    ++both[{person[row], truth[row]}];
  }
  const auto total = [](const auto& counts) {
    double pairs = 0;
    for (const auto& [key, rows] : counts) pairs += pairs_of(rows);
    return pairs;
  };
  return quality(total(both), total(found), total(there));
}

Quality b_cubed(std::span<const std::uint32_t> person, std::span<const std::uint32_t> truth) {
  std::map<std::uint32_t, std::uint64_t> found;
  std::map<std::uint32_t, std::uint64_t> there;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> both;
  for (std::size_t row = 0; row < person.size(); ++row) {
    ++found[person[row]];
    ++there[truth[row]];
    ++both[{person[row], truth[row]}];
  }
  Quality result;
  for (std::size_t row = 0; row < person.size(); ++row) {
    const auto shared = static_cast<double>(both[{person[row], truth[row]}]);
    result.precision += shared / static_cast<double>(found[person[row]]);
    result.recall += shared / static_cast<double>(there[truth[row]]);
  }
  result.precision /= static_cast<double>(person.size());
  result.recall /= static_cast<double>(person.size());
  result.f1 = 2 * result.precision * result.recall / (result.precision + result.recall);
  return result;
}

Quality link_quality(std::span<const linkage::Link> links, std::span<const std::uint32_t> left_truth,
                     std::span<const std::uint32_t> right_truth) {
  std::map<std::uint32_t, std::uint64_t> left;
  for (const std::uint32_t person : left_truth) ++left[person];
  double there = 0;
  for (const std::uint32_t person : right_truth) {
    const auto found = left.find(person);
    if (found != left.end()) there += static_cast<double>(found->second);
  }
  double both = 0;
  for (const linkage::Link& link : links) both += left_truth[link.left] == right_truth[link.right] ? 1 : 0;
  return quality(both, static_cast<double>(links.size()), there);
}

}  // namespace scrutineer::tests
