// A roll made in a test, without a file.
#ifndef SCRUTINEER_TESTS_ROLLS_ROLL_OF_H_
#define SCRUTINEER_TESTS_ROLLS_ROLL_OF_H_

#include <string>
#include <utility>
#include <vector>

#include "rolls/roll.h"

namespace scrutineer::rolls {

// Row r stands on line r + 2, as below one header line. All columns have the same number of values.
inline Roll roll_of(const std::vector<std::pair<Column, std::vector<std::string>>>& columns) {
  Roll roll;
  roll.spec.name = "test";
  roll.spec.file = "test.csv";
  for (const auto& [column, values] : columns) {
    TextColumn text;
    for (const std::string& value : values) text.append(value);
    roll.columns[static_cast<std::size_t>(column)] = std::move(text);
    if (roll.lines.empty()) {
      for (std::size_t row = 0; row < values.size(); ++row) roll.lines.push_back(row + 2);
    }
  }
  return roll;
}

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_TESTS_ROLLS_ROLL_OF_H_
