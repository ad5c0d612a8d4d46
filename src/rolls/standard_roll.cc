#include "rolls/standard_roll.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/parallel.h"
#include "rolls/address.h"
#include "rolls/compact_roll.h"
#include "rolls/date_columns.h"
#include "rolls/email.h"
#include "rolls/names.h"
#include "rolls/names_apart.h"
#include "rolls/phone.h"
#include "rolls/postcode.h"
#include "rolls/sex.h"

namespace scrutineer::rolls {
namespace {

// Values standardised between two merges: bounds the memory of results that wait to be coded.
constexpr std::size_t batch_values = std::size_t{1} << 16;
constexpr std::size_t chunk_values = std::size_t{1} << 11;

// The distinct combinations of several columns' values, in the order of their first rows.
struct Combinations {
  std::vector<std::uint32_t> of_row;     // which combination each row holds
  std::vector<std::uint32_t> first_row;  // of each combination
};

// Pairs of 32-bit codes numbered in the order of their first appearance (open addressing).
class PairNumbers {
 public:
  std::uint32_t number(std::uint64_t pair) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    std::size_t slot = place(pair);
    while (slots_[slot].number != none && slots_[slot].pair != pair) slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot].number == none) slots_[slot] = {pair, count_++};
    return slots_[slot].number;
  }
  // Fetches what number() looks at.
  void prefetch(std::uint64_t pair) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[place(pair)]);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  struct Slot {
    std::uint64_t pair = 0;
    std::uint32_t number = none;
  };
  [[nodiscard]] std::size_t place(std::uint64_t pair) const {  // Fibonacci hashing, high bits folded down
    const std::uint64_t mixed = (pair ^ (pair >> 29U)) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32U)) & (slots_.size() - 1);
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    std::swap(old, slots_);
    for (const Slot& entry : old) {
      if (entry.number == none) continue;
      std::size_t slot = place(entry.pair);
      while (slots_[slot].number != none) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = entry;
    }
  }
  std::vector<Slot> slots_;
  std::uint32_t count_ = 0;
};

// Numbers the pairs of codes row by row, and finds the first row of each.
Combinations numbered(std::vector<std::uint32_t> codes, const std::vector<std::uint32_t>& others) {
  constexpr std::size_t ahead = 16;
  Combinations found;
  PairNumbers numbers;
  const auto pair_of = [&](std::size_t row) { return std::uint64_t{codes[row]} << 32U | others[row]; };
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (row + ahead < codes.size()) numbers.prefetch(pair_of(row + ahead));
    const std::uint32_t number = numbers.number(pair_of(row));
    if (number == found.first_row.size()) found.first_row.push_back(static_cast<std::uint32_t>(row));
    codes[row] = number;
  }
  found.of_row = std::move(codes);
  return found;
}

// Numbers codes in the order of their first rows.
Combinations numbered(std::vector<std::uint32_t> codes) {
  constexpr std::uint32_t unseen = 0xFFFFFFFFU;
  Combinations found;
  std::vector<std::uint32_t> numbers;
  for (std::size_t row = 0; row < codes.size(); ++row) {
    std::uint32_t& code = codes[row];
    if (code >= numbers.size())
      numbers.resize(std::max<std::size_t>(code + std::size_t{1}, numbers.size() * 2), unseen);
    if (numbers[code] == unseen) {
      numbers[code] = static_cast<std::uint32_t>(found.first_row.size());
      found.first_row.push_back(static_cast<std::uint32_t>(row));
    }
    code = numbers[code];
  }
  found.of_row = std::move(codes);
  return found;
}

Combinations combinations_of(const Roll& roll, std::initializer_list<Column> columns) {
  std::vector<const TextColumn*> texts;
  for (const Column column : columns) {
    if (const TextColumn* const text = roll.column(column); text != nullptr) texts.push_back(text);
  }
  if (texts.empty()) return numbered(std::vector<std::uint32_t>(roll.rows(), 0));
  if (texts.size() == 1) return numbered(texts.front()->codes());
  Combinations found;
  found.of_row = texts.front()->codes();
  for (const TextColumn* const text : std::span(texts).subspan(1))
    found = numbered(std::move(found.of_row), text->codes());
  return found;
}

// Calls standard(row) once for each combination, on several threads, and take(results) for them in order.
template <typename Standard, typename Take>
void standardise_each(const Combinations& combinations, unsigned threads, const Standard& standard,
                      const Take& take) {
  using Value = decltype(standard(std::size_t{0}));
  std::vector<Value> results;
  const std::size_t count = combinations.first_row.size();
  for (std::size_t begin = 0; begin < count; begin += batch_values) {
    const std::size_t end = std::min(count, begin + batch_values);
    results.assign(end - begin, Value());
    const std::size_t chunks = (end - begin + chunk_values - 1) / chunk_values;
    parallel_for(threads, chunks, [&](std::size_t chunk) {
      const std::size_t stop = std::min(end - begin, (chunk + 1) * chunk_values);
      for (std::size_t at = chunk * chunk_values; at < stop; ++at) {
        results[at] = standard(combinations.first_row[begin + at]);
      }
    });
    take(std::span<const Value>(results));
  }
}

// Columns that are filled from the same standardised values.
template <std::size_t size>
class Columns {
 public:
  explicit Columns(std::array<TextColumn*, size> columns) : columns_(columns) {}
  // `values_of` gives the columns' values of one result.
  template <typename Value, typename ValuesOf>
  void take(std::span<const Value> results, unsigned threads, const ValuesOf& values_of) {
    const std::size_t from = codes_.size();
    codes_.resize(from + results.size());
    parallel_for(threads, size, [&](std::size_t which) {
      constexpr std::size_t group = 64;
      std::array<std::string_view, group> texts;
      std::array<std::uint32_t, group> codes{};
      for (std::size_t first = 0; first < results.size(); first += group) {
        const std::size_t count = std::min(group, results.size() - first);
        for (std::size_t at = 0; at < count; ++at) texts.at(at) = values_of(results[first + at])[which];
        columns_[which]->intern(std::span(texts).first(count), codes.data());
        for (std::size_t at = 0; at < count; ++at) codes_[from + first + at][which] = codes.at(at);
      }
    });
  }
  // `compact`: columns without a value stay without rows.
  void fill(const Combinations& combinations, bool compact) {
    for (std::size_t which = 0; which < size; ++which) {
      if (compact && columns_[which]->distinct() == 1) continue;
      columns_[which]->reserve(combinations.of_row.size());
      for (const std::uint32_t number : combinations.of_row)
        columns_[which]->append_code(codes_[number][which]);
    }
  }

 private:
  std::array<TextColumn*, size> columns_;
  std::vector<std::array<std::uint32_t, size>> codes_;
};

void let_go(Roll& roll, std::initializer_list<Column> columns) {
  for (const Column column : columns) roll.columns[static_cast<std::size_t>(column)].reset();
}

void standardise_names(Roll& roll, unsigned threads, bool compact, StandardRoll& standard) {
  const std::initializer_list<Column> names_of_roll = {Column::family, Column::given,  Column::middle,
                                                       Column::title,  Column::suffix, Column::name};
  if (compact) {
    if (std::optional<NamesApart> names = names_apart(roll, threads)) {
      standard.given = std::move(names->given);
      standard.middle = std::move(names->middle);
      standard.family = std::move(names->family);
      let_go(roll, names_of_roll);
      return;
    }
  }
  const Combinations combinations = combinations_of(roll, names_of_roll);
  Columns<5> columns(
      {&standard.given, &standard.middle, &standard.family, &standard.title, &standard.generic});
  standardise_each(
      combinations, threads,
      [&](std::size_t row) {
        const auto text = [&](Column column) { return clipped(roll.text(column, row)); };
        return standard_name({.name = text(Column::name),
                              .given = text(Column::given),
                              .middle = text(Column::middle),
                              .family = text(Column::family),
                              .title = text(Column::title),
                              .suffix = text(Column::suffix)});
      },
      [&](std::span<const StandardName> names) {
        columns.take(names, threads, [&](const StandardName& name) {
          const std::string_view none;
          return std::array<std::string_view, 5>{name.given, name.middle, name.family,
                                                 compact ? none : name.title, compact ? none : name.generic};
        });
      });
  if (compact) let_go(roll, names_of_roll);
  columns.fill(combinations, compact);
}

// What the values of a postcode column are, by code.
enum class PostcodeReading : std::uint8_t { nothing, whole, outward, other };

std::vector<PostcodeReading> read_postcodes(const TextColumn& codes, unsigned threads) {
  std::vector<PostcodeReading> readings(codes.distinct(), PostcodeReading::nothing);
  parallel_for(threads, (readings.size() + chunk_values - 1) / chunk_values, [&](std::size_t chunk) {
    const std::size_t end = std::min(readings.size(), (chunk + 1) * chunk_values);
    for (std::size_t code = std::max<std::size_t>(chunk * chunk_values, 1); code < end; ++code) {
      const std::string_view text = clipped(codes.value(static_cast<std::uint32_t>(code)));
      const bool says_something = text.find_first_of("0123456789") != std::string_view::npos;
      readings[code] = standard_postcode(text)  ? PostcodeReading::whole
                       : standard_outward(text) ? PostcodeReading::outward
                       : says_something         ? PostcodeReading::other
                                                : PostcodeReading::nothing;
    }
  });
  return readings;
}

// A roll's codes are another country's where fewer than one in five rows with a code is grammatical here.
PostcodeKind postcode_kind(const TextColumn& codes, std::span<const PostcodeReading> readings) {
  std::uint64_t given = 0;
  std::uint64_t grammatical = 0;
  for (const std::uint32_t code : codes.codes()) {
    given += code == TextColumn::missing ? 0U : 1U;
    const PostcodeReading reading = readings[code];
    grammatical += reading == PostcodeReading::whole || reading == PostcodeReading::outward ? 1U : 0U;
  }
  return given > 0 && grammatical * 5 < given ? PostcodeKind::other : PostcodeKind::uk;
}

void report_postcodes(Roll& roll, const TextColumn& codes, std::span<const PostcodeReading> readings) {
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const PostcodeReading reading = readings[codes.code(row)];
    if (reading != PostcodeReading::outward && reading != PostcodeReading::other) continue;
    roll.problems.push_back({row, roll.lines[row], Column::postcode, std::string(codes[row]),
                             reading == PostcodeReading::outward ? "only the first half of a postcode"
                                                                 : "not a postcode of the United Kingdom"});
  }
}

// Whose codes they are; of those of this country, the unreadable ones are reported.
PostcodeKind judge_postcodes(Roll& roll, unsigned threads) {
  const TextColumn* const codes = roll.column(Column::postcode);
  if (codes == nullptr) return PostcodeKind::uk;
  const std::vector<PostcodeReading> readings = read_postcodes(*codes, threads);
  const PostcodeKind kind = postcode_kind(*codes, readings);
  if (kind == PostcodeKind::uk) report_postcodes(roll, *codes, readings);
  return kind;
}

void standardise_addresses(Roll& roll, unsigned threads, bool compact, StandardRoll& standard) {
  const PostcodeKind kind = judge_postcodes(roll, threads);
  const Combinations combinations = combinations_of(
      roll, {Column::postcode, Column::address, Column::street, Column::house_number, Column::locality});
  Columns<8> columns({&standard.flat, &standard.building, &standard.number, &standard.street,
                      &standard.locality, &standard.postcode, &standard.unit_key, &standard.building_key});
  standardise_each(
      combinations, threads,
      [&](std::size_t row) {
        const auto text = [&](Column column) { return clipped(roll.text(column, row)); };
        return standard_address({.address = text(Column::address),
                                 .house_number = text(Column::house_number),
                                 .street = text(Column::street),
                                 .locality = text(Column::locality),
                                 .postcode = text(Column::postcode)},
                                kind);
      },
      [&](std::span<const StandardAddress> addresses) {
        columns.take(addresses, threads, [&](const StandardAddress& a) {
          const std::string_view none;
          return std::array<std::string_view, 8>{a.flat,
                                                 a.building,
                                                 a.number,
                                                 a.street,
                                                 a.locality,
                                                 a.postcode,
                                                 compact ? none : a.unit_key,
                                                 compact ? none : a.building_key};
        });
      });
  if (compact) {
    let_go(roll, {Column::postcode, Column::address, Column::street, Column::house_number, Column::locality});
  }
  columns.fill(combinations, compact);
}

// A column of values that are standardised alone; `read` gives the value and whether the text is unreadable.
template <typename Read>
void standardise_column(Roll& roll, Column column, TextColumn& into, std::string_view reason,
                        const Read& read, bool compact) {
  const TextColumn* const text = roll.column(column);
  if (compact && text == nullptr) return;
  into.reserve(roll.rows());
  if (text == nullptr) {
    for (std::size_t row = 0; row < roll.rows(); ++row) into.append_code(TextColumn::missing);
    return;
  }
  std::vector<std::uint32_t> codes(text->distinct(), TextColumn::missing);
  std::vector<bool> unreadable(text->distinct(), false);
  for (std::uint32_t code = 1; code < text->distinct(); ++code) {
    const auto [value, failed] = read(clipped(text->value(code)));
    codes[code] = into.intern(value);
    unreadable[code] = failed;
  }
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const std::uint32_t code = text->code(row);
    into.append_code(codes[code]);
    if (unreadable[code]) {
      roll.problems.push_back(
          {row, roll.lines[row], column, std::string(text->value(code)), std::string(reason)});
    }
  }
}

void write_birth_dates(StandardRoll& standard) {
  const DateColumn& births = standard.date(Column::birth_date);
  standard.birth_date.reserve(standard.rows);
  std::unordered_map<std::int64_t, std::uint32_t> written;  // by day and whether it is a year only
  for (std::size_t row = 0; row < standard.rows; ++row) {
    if (!births.dates[row]) {
      standard.birth_date.append_code(TextColumn::missing);
      continue;
    }
    const bool partial = births.partial[row];
    const auto [found, added] =
        written.try_emplace(2 * std::int64_t{births.dates[row]->days()} + (partial ? 1 : 0));
    if (added) {
      const std::string iso = births.dates[row]->iso();
      found->second = standard.birth_date.intern(partial ? std::string_view(iso).substr(0, 4) : iso);
    }
    standard.birth_date.append_code(found->second);
  }
}

}  // namespace

namespace {

Result<StandardRoll> standardise(Roll& roll, const StandardOptions& options, bool compact) {
  StandardRoll standard;
  standard.rows = roll.rows();
  SCRUTINEER_TRY(standard.dates, standard_dates(roll, options));
  if (!compact || standard.date(Column::birth_date).present()) write_birth_dates(standard);
  if (compact) {
    standard.dates = {};
    let_go(roll, {Column::birth_date});
  }
  standardise_names(roll, options.threads, compact, standard);
  standardise_addresses(roll, options.threads, compact, standard);
  standardise_column(
      roll, Column::sex, standard.sex, "neither female nor male nor a way of saying neither",
      [](std::string_view text) {
        const SexReading reading = standard_sex(text);
        return std::pair(reading.sex, reading.unreadable);
      },
      compact);
  standardise_column(
      roll, Column::phone, standard.phone, "not a telephone number",
      [](std::string_view text) {
        PhoneReading reading = standard_phone(text);
        return std::pair(std::move(reading.digits), reading.unreadable);
      },
      compact);
  standardise_column(
      roll, Column::email, standard.email, "not an e-mail address",
      [](std::string_view text) {
        EmailReading reading = standard_email(text);
        return std::pair(std::move(reading.address), reading.unreadable);
      },
      compact);
  return standard;
}

}  // namespace

Result<StandardRoll> standardise(Roll& roll, const StandardOptions& options) {
  return standardise(roll, options, false);
}

Result<StandardRoll> standardise_compactly(Roll& roll, unsigned threads) {
  return standardise(roll, StandardOptions{.threads = threads, .earliest_birth_year = std::nullopt}, true);
}

Result<StandardRoll> standardise(Roll& roll, unsigned threads) {
  return standardise(roll, StandardOptions{.threads = threads, .earliest_birth_year = std::nullopt});
}

}  // namespace scrutineer::rolls
