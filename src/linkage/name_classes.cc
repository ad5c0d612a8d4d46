#include "linkage/name_classes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/text.h"
#include "linkage/field_values.h"
#include "linkage/phonetics.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t deciles = 10;

struct Words {
  StringPool pool;
  std::vector<std::vector<std::uint32_t>> of_row;  // each word once
  std::vector<std::uint32_t> rows;                 // that hold each word
  std::vector<bool> spelt_otherwise;               // another word of the list is its transliteration
};

Words words_of(const ClassColumns& columns, std::size_t rows) {
  Words result;
  result.of_row.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    auto& mine = result.of_row[row];
    for (const TextColumn* column : columns.names) {
      const std::string folded_text = folded(Role::full_name, (*column)[row]);
      for (const std::string_view word : words(folded_text)) mine.push_back(result.pool.intern(word));
    }
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    result.rows.resize(result.pool.size(), 0);
    for (const std::uint32_t word : mine) ++result.rows[word];
  }
  result.rows.resize(result.pool.size(), 0);
  std::map<std::string, std::uint32_t> spellings;
  std::vector<std::string> skeletons(result.pool.size());
  for (std::uint32_t word = 0; word < result.pool.size(); ++word) {
    if (result.rows[word] == 0) continue;
    skeletons[word] = transliteration_skeleton(result.pool[word]);
    if (!skeletons[word].empty()) ++spellings[skeletons[word]];
  }
  result.spelt_otherwise.resize(result.pool.size(), false);
  for (std::uint32_t word = 0; word < result.pool.size(); ++word)
    result.spelt_otherwise[word] = !skeletons[word].empty() && spellings[skeletons[word]] > 1;
  return result;
}

// Decile of each row by the rows that hold its rarest word; rows of one frequency share the decile of their
// middle.
std::vector<std::uint8_t> deciles_of(const Words& list) {
  std::map<std::uint32_t, std::uint64_t> rows_at;  // frequency of the rarest word -> rows
  std::vector<std::uint32_t> rarest(list.of_row.size(), 0);
  for (std::size_t row = 0; row < rarest.size(); ++row) {
    for (const std::uint32_t word : list.of_row[row])
      rarest[row] = rarest[row] == 0 ? list.rows[word] : std::min(rarest[row], list.rows[word]);
    if (rarest[row] > 0) ++rows_at[rarest[row]];
  }
  std::map<std::uint32_t, std::uint8_t> decile;
  std::uint64_t before = 0;
  std::uint64_t all = 0;
  for (const auto& [frequency, rows] : rows_at) all += rows;
  for (const auto& [frequency, rows] : rows_at) {
    decile[frequency] = static_cast<std::uint8_t>(
        std::min<std::uint64_t>(deciles - 1, (2 * before + rows) * deciles / (2 * all)));
    before += rows;
  }
  std::vector<std::uint8_t> result(rarest.size(), 0);
  for (std::size_t row = 0; row < rarest.size(); ++row)
    result[row] = rarest[row] > 0 ? decile[rarest[row]] : std::uint8_t{0};
  return result;
}

std::uint8_t transliteration_class(const Words& list, std::size_t row) {
  std::size_t other = 0;
  for (const std::uint32_t word : list.of_row[row]) other += list.spelt_otherwise[word] ? 1U : 0U;
  if (other == 0) return 0;
  return other == list.of_row[row].size() ? 2 : 1;
}

std::uint8_t date_class(const TextColumn* column, std::size_t row) {
  if (column == nullptr || column->is_missing(row)) return 0;
  const std::string digits = folded(Role::date, (*column)[row]);
  return digits.size() < 8 || digits.substr(4) == "0101" ? 1 : 2;
}

struct Counts {
  std::uint64_t rows = 0, trials = 0, events = 0;
};

void compare(const Counts& mine, const Counts& all, ClassRate& rate) {
  const auto trials = static_cast<double>(mine.trials);
  const auto events = static_cast<double>(mine.events);
  const double other_trials = static_cast<double>(all.trials) - trials;
  const double other_events = static_cast<double>(all.events) - events;
  rate.interval = stats::wilson(events, trials);
  rate.ratio_interval = {0, std::numeric_limits<double>::infinity()};
  if (trials == 0 || other_trials == 0) return;
  const double a = events + 0.5;
  const double b = other_events + 0.5;
  rate.ratio = a / (trials + 1) / (b / (other_trials + 1));
  const double error = std::sqrt(std::max(0.0, 1 / a - 1 / (trials + 1) + 1 / b - 1 / (other_trials + 1)));
  constexpr double z = 1.959963984540054;
  rate.ratio_interval = {rate.ratio * std::exp(-z * error), rate.ratio * std::exp(z * error)};
}

}  // namespace

std::string dimension_name(NameDimension dimension) {
  switch (dimension) {
    case NameDimension::tokens:
      return "words in the name";
    case NameDimension::rarity:
      return "rarity of the rarest word";
    case NameDimension::transliteration:
      return "other spellings of the same name in the list";
    case NameDimension::honorific:
      return "a word that many share by rule";
    case NameDimension::date_precision:
      return "date of birth";
  }
  return {};
}

std::size_t classes_of(NameDimension dimension) {
  switch (dimension) {
    case NameDimension::tokens:
      return 4;
    case NameDimension::rarity:
      return deciles;
    case NameDimension::transliteration:
    case NameDimension::date_precision:
      return 3;
    case NameDimension::honorific:
      return 2;
  }
  return 0;
}

std::string class_name(NameDimension dimension, std::uint8_t name_class) {
  static constexpr std::array<const char*, 4> tokens = {"one", "two", "three", "four or more"};
  static constexpr std::array<const char*, 3> spellings = {"of no word", "of some words", "of every word"};
  static constexpr std::array<const char*, 3> dates = {"none", "year or placeholder day", "full"};
  switch (dimension) {
    case NameDimension::tokens:
      return tokens.at(name_class);
    case NameDimension::rarity:
      return "tenth " + std::to_string(name_class + 1) +
             (name_class == 0   ? " (rarest)"
              : name_class == 9 ? " (most frequent)"
                                : "");
    case NameDimension::transliteration:
      return spellings.at(name_class);
    case NameDimension::honorific:
      return name_class == 0 ? "absent" : "present";
    case NameDimension::date_precision:
      return dates.at(name_class);
  }
  return {};
}

std::vector<RowClasses> name_classes(const ClassColumns& columns, std::size_t rows) {
  const Words list = words_of(columns, rows);
  const std::vector<std::uint8_t> rarity = deciles_of(list);
  std::vector<RowClasses> classes(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t count = std::clamp<std::size_t>(list.of_row[row].size(), 1, 4);
    const bool honorific = columns.honorific != nullptr && !columns.honorific->is_missing(row);
    classes[row] = {static_cast<std::uint8_t>(count - 1), rarity[row], transliteration_class(list, row),
                    static_cast<std::uint8_t>(honorific ? 1 : 0), date_class(columns.date, row)};
  }
  return classes;
}

std::vector<ClassRate> rates_by_class(std::span<const RowClasses> rows, std::span<const std::uint8_t> trials,
                                      std::span<const std::uint8_t> events) {
  std::array<std::array<Counts, deciles>, name_dimensions> counts{};
  Counts all;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool trial = trials[row] != 0;
    const bool event = trial && events[row] != 0;
    for (std::size_t at = 0; at < name_dimensions; ++at) {
      Counts& mine = counts[at][rows[row][at]];
      ++mine.rows;
      mine.trials += trial ? 1 : 0;
      mine.events += event ? 1 : 0;
    }
    all.trials += trial ? 1 : 0;
    all.events += event ? 1 : 0;
  }
  std::vector<ClassRate> rates;
  for (std::size_t at = 0; at < name_dimensions; ++at) {
    for (std::uint8_t one = 0; one < classes_of(static_cast<NameDimension>(at)); ++one) {
      const Counts& mine = counts[at][one];
      if (mine.rows == 0) continue;
      ClassRate rate;
      rate.dimension = static_cast<NameDimension>(at);
      rate.name_class = one;
      rate.rows = mine.rows;
      rate.trials = mine.trials;
      rate.events = mine.events;
      compare(mine, all, rate);
      rates.push_back(rate);
    }
  }
  return rates;
}

}  // namespace scrutineer::linkage
