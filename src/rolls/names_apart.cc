#include "rolls/names_apart.h"

#include <string>
#include <vector>

#include "base/parallel.h"
#include "rolls/names.h"
#include "rolls/standard_roll.h"

namespace scrutineer::rolls {
namespace {

constexpr std::uint32_t not_coded = 0xFFFFFFFFU;

// One value of a column by itself.
struct Part {
  std::string name;
  std::string middle;
  bool alone = false;  // what the row's other name says cannot change how it is read
  std::uint32_t name_code = not_coded;
  std::uint32_t middle_code = not_coded;
};

// A forename of which something is left: the family name is then read as nothing else.
Part forename(std::string_view text) {
  StandardName name = standard_name({.given = clipped(text)});
  const bool alone = !name.given.empty() || !name.middle.empty();
  return {std::move(name.given), std::move(name.middle), alone};
}

// A comma would make a family name without a forename a whole name, as it is read here.
Part family_name(std::string_view text) {
  if (text.find(',') != std::string_view::npos) return {};
  StandardName name = standard_name({.family = clipped(text)});
  const bool alone = name.given.empty() && name.middle.empty();
  return {std::move(name.family), {}, alone};
}

template <typename Read>
std::vector<Part> parts_of(const TextColumn& column, unsigned threads, const Read& read) {
  constexpr std::size_t chunk_values = 2048;
  std::vector<Part> parts(column.distinct());
  parallel_for(threads, (parts.size() + chunk_values - 1) / chunk_values, [&](std::size_t chunk) {
    const std::size_t end = std::min(parts.size(), (chunk + 1) * chunk_values);
    for (std::size_t code = chunk * chunk_values; code < end; ++code)
      parts[code] = read(column.value(static_cast<std::uint32_t>(code)));
  });
  return parts;
}

// Puts values into a column row by row; the column has no rows until there is a value.
class Filling {
 public:
  explicit Filling(TextColumn& column) : column_(column) {}
  void put(std::size_t row, std::uint32_t code) {
    if (code == TextColumn::missing && column_.size() == 0) return;
    while (column_.size() < row) column_.append_code(TextColumn::missing);
    column_.append_code(code);
  }
  void put(std::size_t row, const std::string& value, std::uint32_t& code) {
    if (code == not_coded) code = column_.intern(value);
    put(row, code);
  }
  void put(std::size_t row, const std::string& value) { put(row, column_.intern(value)); }

 private:
  TextColumn& column_;
};

}  // namespace

std::optional<NamesApart> names_apart(const Roll& roll, unsigned threads) {
  const TextColumn* const given = roll.column(Column::given);
  const TextColumn* const family = roll.column(Column::family);
  const TextColumn* const middle = roll.column(Column::middle);
  if (given == nullptr || family == nullptr) return std::nullopt;
  std::vector<Part> forenames = parts_of(*given, threads, forename);
  std::vector<Part> families = parts_of(*family, threads, family_name);
  const auto is_apart = [&](std::size_t row) {
    return forenames[given->code(row)].alone && families[family->code(row)].alone &&
           (middle == nullptr || middle->is_missing(row));
  };
  std::size_t apart = 0;
  for (std::size_t row = 0; row < roll.rows(); ++row) apart += is_apart(row) ? 1U : 0U;
  if (2 * apart < roll.rows()) return std::nullopt;
  NamesApart names;
  Filling givens(names.given), middles(names.middle), surnames(names.family);
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    if (is_apart(row)) {
      Part& mine = forenames[given->code(row)];
      Part& surname = families[family->code(row)];
      givens.put(row, mine.name, mine.name_code);
      middles.put(row, mine.middle, mine.middle_code);
      surnames.put(row, surname.name, surname.name_code);
      continue;
    }
    const auto text = [&](Column column) { return clipped(roll.text(column, row)); };
    const StandardName name = standard_name({.name = text(Column::name),
                                             .given = text(Column::given),
                                             .middle = text(Column::middle),
                                             .family = text(Column::family)});
    givens.put(row, name.given);
    middles.put(row, name.middle);
    surnames.put(row, name.family);
  }
  return names;
}

}  // namespace scrutineer::rolls
