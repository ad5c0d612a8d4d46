// The textbook's versions of the string comparators: slow, plain, and believed.
#ifndef SCRUTINEER_TESTS_REFERENCE_STRING_SIMILARITY_H_
#define SCRUTINEER_TESTS_REFERENCE_STRING_SIMILARITY_H_

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace scrutineer::reference {

// Jaro 1989 and Winkler 1990, by marking matched characters.
inline double jaro_winkler(std::string_view left, std::string_view right) {
  if (left.empty() && right.empty()) return 1.0;
  if (left.empty() || right.empty()) return 0.0;
  const std::size_t half = std::max(left.size(), right.size()) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  std::vector<bool> left_matched(left.size());
  std::vector<bool> right_matched(right.size());
  double common = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    for (std::size_t other = at > window ? at - window : 0; other < std::min(right.size(), at + window + 1);
         ++other) {
      if (right_matched[other] || left[at] != right[other]) continue;
      left_matched[at] = right_matched[other] = true;
      common += 1;
      break;
    }
  }
  if (common == 0) return 0.0;
  std::vector<char> left_letters;
  std::vector<char> right_letters;
  for (std::size_t at = 0; at < left.size(); ++at) {
    if (left_matched[at]) left_letters.push_back(left[at]);
  }
  for (std::size_t at = 0; at < right.size(); ++at) {
    if (right_matched[at]) right_letters.push_back(right[at]);
  }
  std::size_t out_of_order = 0;
  for (std::size_t at = 0; at < left_letters.size(); ++at)
    out_of_order += left_letters[at] != right_letters[at] ? 1U : 0U;
  const auto transpositions = static_cast<double>(out_of_order / 2);
  const double jaro = (common / static_cast<double>(left.size()) +
                       common / static_cast<double>(right.size()) + (common - transpositions) / common) /
                      3.0;
  std::size_t prefix = 0;
  while (prefix < std::min({left.size(), right.size(), std::size_t{4}}) && left[prefix] == right[prefix])
    ++prefix;
  return jaro + 0.1 * static_cast<double>(prefix) * (1.0 - jaro);
}

// The whole table of the optimal string alignment distance.
inline std::size_t osa_distance(std::string_view left, std::string_view right) {
  std::vector<std::vector<std::size_t>> table(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
  for (std::size_t row = 0; row <= left.size(); ++row) table[row][0] = row;
  for (std::size_t column = 0; column <= right.size(); ++column) table[0][column] = column;
  for (std::size_t row = 1; row <= left.size(); ++row) {
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const std::size_t changed = left[row - 1] == right[column - 1] ? 0U : 1U;
      table[row][column] = std::min(
          {table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + changed});
      if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]) {
        table[row][column] = std::min(table[row][column], table[row - 2][column - 2] + 1);
      }
    }
  }
  return table[left.size()][right.size()];
}

}  // namespace scrutineer::reference

#endif  // SCRUTINEER_TESTS_REFERENCE_STRING_SIMILARITY_H_
