// Any bytes as a roll of names, addresses, dates and contacts: standardising must return, keep every row, and
// give only what its header promises. Fields are separated by byte 0x1F or tabs, rows by line ends.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "rolls/postcode.h"
#include "rolls/standard_roll.h"

namespace {

using scrutineer::TextColumn;
using scrutineer::rolls::Column;
using scrutineer::rolls::Roll;

constexpr std::array columns = {Column::name,    Column::given,      Column::family,       Column::title,
                                Column::address, Column::street,     Column::house_number, Column::postcode,
                                Column::sex,     Column::birth_date, Column::joined,       Column::phone,
                                Column::email};

void require(bool condition) {
  if (!condition) std::abort();
}

Roll roll_of(std::string_view bytes) {
  Roll roll;
  std::array<TextColumn, columns.size()> texts;
  for (const std::string_view line : scrutineer::split(bytes, '\n')) {
    const auto fields = scrutineer::split(line, line.find('\x1F') != std::string_view::npos ? '\x1F' : '\t');
    for (std::size_t which = 0; which < columns.size(); ++which) {
      texts[which].append(which < fields.size() ? fields[which] : std::string_view(""));
    }
    roll.lines.push_back(roll.lines.size() + 1);
  }
  for (std::size_t which = 0; which < columns.size(); ++which) {
    roll.columns[static_cast<std::size_t>(columns[which])] = std::move(texts[which]);
  }
  return roll;
}

void require_words(std::string_view text) {
  for (const char c : text) require((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ');
}

// True if a fifth of the codes are grammatical here: else they are another country's, and kept as they are.
bool has_postcodes_of_here(const Roll& roll) {
  std::size_t given = 0;
  std::size_t grammatical = 0;
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const std::string_view text = roll.text(Column::postcode, row);
    given += text.empty() ? 0U : 1U;
    const bool reads = scrutineer::rolls::standard_postcode(text).has_value() ||
                       scrutineer::rolls::standard_outward(text).has_value();
    grammatical += !text.empty() && reads ? 1U : 0U;
  }
  return 5 * grammatical >= given;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Roll roll = roll_of({reinterpret_cast<const char*>(data), size});
  auto standard = scrutineer::rolls::standardise(roll, 1);
  if (!standard) {  // dates that do not tell their order: they must be readable once it is said
    roll.problems.clear();
    roll.spec.date_format = "dmy";
    standard = scrutineer::rolls::standardise(roll, 1);
  }
  require(standard.has_value());
  const bool of_here = has_postcodes_of_here(roll);
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    for (const TextColumn* text :
         {&standard->given, &standard->middle, &standard->family, &standard->generic}) {
      require_words((*text)[row]);
    }
    require(standard->unit_key[row].starts_with(standard->building_key[row]));
    const auto postcode = standard->postcode[row];
    require(!of_here || postcode.empty() || !scrutineer::rolls::standard_postcode(postcode) ||
            scrutineer::rolls::standard_postcode(postcode) == postcode);
  }
  for (const auto& problem : roll.problems) require(problem.row < roll.rows() && !problem.reason.empty());
  return 0;
}
