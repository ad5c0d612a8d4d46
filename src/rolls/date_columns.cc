#include "rolls/date_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "rolls/dates.h"

namespace scrutineer::rolls {
namespace {

constexpr std::array columns_of_dates = {Column::birth_date,    Column::attains_on, Column::joined,
                                         Column::left,          Column::keyed,      Column::signed_on,
                                         Column::registered_on, Column::paid_on,    Column::changed_on,
                                         Column::visited_on,    Column::date};

constexpr std::uint64_t tolerated = 20;  // one row in so many may be against a column's order
constexpr int year_without_as_of = 2025;
constexpr int youngest = 14;
constexpr int years_ahead = 20;

enum class Verdict : std::uint8_t { told, indifferent, ambiguous, mixed };

// One column while its order is being told.
struct Draft {
  Column column = Column::date;
  const TextColumn* text = nullptr;
  std::vector<DateText> shapes;       // by code
  std::vector<std::uint32_t> counts;  // rows by code
  DateRules rules;
  Verdict verdict = Verdict::indifferent;
  bool any_numbers = false;
  std::uint32_t witness = 0;  // ambiguous, mixed: code of a value that shows it
};

bool is_date_with(const DateText& text, DateOrder order, int last_short_year) {
  return resolved(text, {.order = order, .last_short_year = last_short_year}).date.has_value();
}

struct Votes {
  std::uint64_t rows = 0;
  std::uint64_t only_day_first = 0;
  std::uint64_t only_month_first = 0;
  std::uint64_t either_and_different = 0;
  std::uint64_t neither = 0;
  std::uint64_t year_first = 0;  // dates with a two-digit year in front
  std::uint32_t example = 0;
};

Votes votes_of(const Draft& draft) {
  Votes votes;
  for (std::uint32_t code = 1; code < draft.shapes.size(); ++code) {
    const DateText& text = draft.shapes[code];
    const std::uint64_t rows = draft.counts[code];
    if (text.shape != DateShape::numbers || rows == 0) continue;
    const bool day_first = is_date_with(text, DateOrder::dmy, draft.rules.last_short_year);
    const bool month_first = is_date_with(text, DateOrder::mdy, draft.rules.last_short_year);
    votes.rows += rows;
    if (text.short_year && is_date_with(text, DateOrder::ymd, draft.rules.last_short_year))
      votes.year_first += rows;
    if (day_first && month_first) {
      if (text.first == text.second) continue;
      if (votes.either_and_different == 0) votes.example = code;
      votes.either_and_different += rows;
    } else if (day_first) {
      votes.only_day_first += rows;
    } else if (month_first) {
      votes.only_month_first += rows;
    } else {
      votes.neither += rows;
    }
  }
  return votes;
}

void tell_order(Draft& draft) {
  const Votes votes = votes_of(draft);
  draft.any_numbers = votes.rows > 0;
  if (votes.neither * tolerated > votes.rows && votes.year_first > votes.rows - votes.neither) {
    draft.rules.order = DateOrder::ymd;
    draft.verdict = Verdict::told;
    return;
  }
  const std::uint64_t most = std::max(votes.only_day_first, votes.only_month_first);
  const std::uint64_t least = std::min(votes.only_day_first, votes.only_month_first);
  draft.rules.order = votes.only_month_first > votes.only_day_first ? DateOrder::mdy : DateOrder::dmy;
  draft.witness = votes.example;
  if (most == 0) {
    draft.verdict = votes.either_and_different > 0 ? Verdict::ambiguous : Verdict::indifferent;
  } else {
    draft.verdict = least * tolerated > most ? Verdict::mixed : Verdict::told;
  }
  if (draft.verdict != Verdict::mixed) return;
  const DateOrder against = draft.rules.order == DateOrder::dmy ? DateOrder::mdy : DateOrder::dmy;
  for (std::uint32_t code = 1; code < draft.shapes.size(); ++code) {
    const DateText& text = draft.shapes[code];
    if (text.shape == DateShape::numbers && draft.counts[code] > 0 &&
        !is_date_with(text, draft.rules.order, draft.rules.last_short_year) &&
        is_date_with(text, against, draft.rules.last_short_year)) {
      draft.witness = code;
      return;
    }
  }
}

std::uint64_t rows_of_shape(const Draft& draft, DateShape shape) {
  std::uint64_t rows = 0;
  for (std::uint32_t code = 1; code < draft.shapes.size(); ++code) {
    if (draft.shapes[code].shape == shape) rows += draft.counts[code];
  }
  return rows;
}

std::uint64_t first_row_with(const TextColumn& text, std::uint32_t code) {
  const auto& codes = text.codes();
  return static_cast<std::uint64_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
}

Error order_error(const Roll& roll, const Draft& draft) {
  const std::uint64_t row = first_row_with(*draft.text, draft.witness);
  const std::string_view value = draft.text->value(draft.witness);
  std::string what = fmt::format("the dates of column {} do not tell their order", to_string(draft.column));
  if (draft.verdict == Verdict::mixed) {
    what = fmt::format("the dates of column {} are mixed: most are read as {}, but {:?} is not",
                       to_string(draft.column), to_string(draft.rules.order), value);
  } else {
    what += fmt::format(": {:?} may be day/month or month/day, and no other value decides", value);
  }
  return {ErrorCategory::refused_input,
          std::move(what),
          "date_format = \"dmy\" or \"mdy\" (or a strptime pattern) for this roll",
          {roll.spec.file.string(), row < roll.lines.size() ? roll.lines[row] : 0, 0}};
}

// A column that cannot tell takes the order of those that can, if they agree.
Status settle(const Roll& roll, std::vector<Draft>& drafts) {
  std::optional<DateOrder> told;
  bool agree = true;
  for (const Draft& draft : drafts) {
    if (draft.verdict == Verdict::mixed) return std::unexpected(order_error(roll, draft));
    if (draft.verdict != Verdict::told || draft.rules.order == DateOrder::ymd) continue;
    agree = agree && (!told || *told == draft.rules.order);
    told = draft.rules.order;
  }
  for (Draft& draft : drafts) {
    if (draft.verdict != Verdict::ambiguous) continue;
    if (!told || !agree) return std::unexpected(order_error(roll, draft));
    draft.rules.order = *told;
  }
  return {};
}

// What date_format says; nothing in it where the columns tell.
struct Format {
  std::optional<DateOrder> order;
  bool from_1904 = false;
  std::string pattern;
};

Result<Format> format_of(const Roll& roll) {
  Format format;
  if (!roll.spec.date_format) return format;
  const std::string& given = *roll.spec.date_format;
  if (given == "dmy") {
    format.order = DateOrder::dmy;
  } else if (given == "mdy") {
    format.order = DateOrder::mdy;
  } else if (given == "ymd") {
    format.order = DateOrder::ymd;
  } else if (given == "serial" || given == "serial1904") {
    format.order = DateOrder::serial;
    format.from_1904 = given == "serial1904";
  } else if (is_date_pattern(given)) {
    format.pattern = given;
  } else {
    return refused(fmt::format("date_format {:?} of roll {:?} gives no date", given, roll.spec.name),
                   {roll.spec.file.string()},
                   "\"dmy\", \"mdy\", \"ymd\", \"serial\", \"serial1904\" or a strptime pattern with year, "
                   "month and day, "
                   "as \"%d/%m/%Y\"");
  }
  return format;
}

std::vector<Draft> drafts_of(const Roll& roll) {
  std::vector<Draft> drafts;
  for (const Column column : columns_of_dates) {
    const TextColumn* const text = roll.column(column);
    if (text == nullptr) continue;
    Draft draft{.column = column, .text = text, .shapes = {}, .counts = text->counts(), .rules = {}};
    draft.shapes.resize(text->distinct(), {.shape = DateShape::missing});
    for (std::uint32_t code = 1; code < text->distinct(); ++code)
      draft.shapes[code] = date_text(text->value(code));
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

int year_of_roll(const Roll& roll, const std::vector<Draft>& drafts) {
  if (roll.spec.as_of) return roll.spec.as_of->year();
  int latest = 0;
  for (const Draft& draft : drafts) {
    for (const DateText& text : draft.shapes) {
      const bool in_front = text.shape == DateShape::exact || text.shape == DateShape::month;
      if (text.short_year || (!in_front && text.shape != DateShape::numbers)) continue;
      const int year = in_front ? text.first : text.third;
      if (year < 2100) latest = std::max(latest, year);
    }
  }
  return latest > 0 ? latest : year_without_as_of;
}

void set_rules(Draft& draft, const Format& format, int roll_year) {
  draft.rules.last_short_year = roll_year + (draft.column == Column::birth_date ? -youngest : years_ahead);
  draft.rules.from_1904 = format.from_1904;
  const std::uint64_t day_numbers = rows_of_shape(draft, DateShape::day_number);
  draft.rules.years_are_day_numbers = format.order == DateOrder::serial ||
                                      (!format.order && day_numbers > rows_of_shape(draft, DateShape::year));
  if (format.order) {
    draft.rules.order = *format.order;
    draft.verdict = Verdict::told;
  } else if (format.pattern.empty()) {
    tell_order(draft);
  }
}

std::string order_shown(const Draft& draft, const Format& format) {
  if (format.order) return std::string(to_string(*format.order));
  if (!format.pattern.empty()) return format.pattern;
  if (draft.any_numbers) return std::string(to_string(draft.rules.order));
  if (rows_of_shape(draft, DateShape::day_number) > rows_of_shape(draft, DateShape::exact)) return "serial";
  return "ymd";
}

DateReading read_value(const Draft& draft, std::uint32_t code, const Format& format) {
  const std::string_view text = draft.text->value(code);
  if (format.pattern.empty()) return resolved(draft.shapes[code], draft.rules);
  if (const auto iso = Date::from_iso(text)) return {.date = iso, .partial = false, .reason = {}};
  return read_by_pattern(text, format.pattern, draft.rules.last_short_year);
}

// The first year in which a birth is believed.
int earliest_birth_year(const StandardOptions& options, const std::vector<DateReading>& readings,
                        const std::vector<std::uint32_t>& counts) {
  if (options.earliest_birth_year) return *options.earliest_birth_year;
  std::uint64_t dated = 0;
  std::uint64_t early = 0;
  for (std::size_t code = 1; code < readings.size(); ++code) {
    if (!readings[code].date) continue;
    dated += counts[code];
    if (readings[code].date->year() < default_earliest_birth_year) early += counts[code];
  }
  return early * 10 > dated ? 1 : default_earliest_birth_year;
}

void refuse_impossible_births(const Roll& roll, const StandardOptions& options, const Draft& draft,
                              std::vector<DateReading>& readings) {
  const int earliest = earliest_birth_year(options, readings, draft.counts);
  for (DateReading& reading : readings) {
    if (!reading.date) continue;
    if (reading.date->year() < earliest) {
      reading.reason = fmt::format("a birth in {} is before {}", reading.date->year(), earliest);
    } else if (roll.spec.as_of && *reading.date > *roll.spec.as_of) {
      reading.reason = fmt::format("a birth on {} is after the roll's date, {}", reading.date->iso(),
                                   roll.spec.as_of->iso());
    }
    if (!reading.reason.empty()) reading.date.reset();
  }
}

std::size_t day_of_year(Date date) {
  return static_cast<std::size_t>(date.month() * 32 + date.day());
}

// The test of the header: is c of n on one day of the year far beyond chance?
bool is_placeholder(std::uint64_t on_day, std::uint64_t full) {
  constexpr double chance = 1.0 / 365.25;
  constexpr double days = 366.0;
  constexpr double level = 0.001;
  if (on_day < 5 || full == 0) return false;
  const double share = static_cast<double>(on_day) / static_cast<double>(full);
  if (share < 3.0 * chance) return false;
  double divergence = share * std::log(share / chance);
  if (share < 1.0) divergence += (1.0 - share) * std::log((1.0 - share) / (1.0 - chance));
  return std::log(days) - static_cast<double>(full) * divergence < std::log(level);
}

void mark_placeholders(const Draft& draft, std::vector<DateReading>& readings) {
  std::array<std::uint64_t, 13 * 32 + 32> on_day{};
  std::uint64_t full = 0;
  for (std::size_t code = 1; code < readings.size(); ++code) {
    if (!readings[code].date || readings[code].partial) continue;
    on_day[day_of_year(*readings[code].date)] += draft.counts[code];
    full += draft.counts[code];
  }
  for (DateReading& reading : readings) {
    if (!reading.date) continue;
    const std::size_t day = day_of_year(*reading.date);
    const bool new_year = reading.date->month() == 1 && reading.date->day() == 1;
    if (new_year || is_placeholder(on_day[day], full)) reading.partial = true;
  }
}

DateColumn finished(Roll& roll, const StandardOptions& options, const Draft& draft, const Format& format) {
  std::vector<DateReading> readings(draft.text->distinct());
  for (std::uint32_t code = 1; code < readings.size(); ++code)
    readings[code] = read_value(draft, code, format);
  if (draft.column == Column::birth_date) {
    refuse_impossible_births(roll, options, draft, readings);
    mark_placeholders(draft, readings);
  }
  DateColumn column;
  column.order = order_shown(draft, format);
  column.dates.resize(roll.rows());
  column.partial.resize(roll.rows(), false);
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const DateReading& reading = readings[draft.text->code(row)];
    column.dates[row] = reading.date;
    column.partial[row] = reading.partial;
    if (reading.reason.empty()) continue;
    roll.problems.push_back(
        {row, roll.lines[row], draft.column, std::string((*draft.text)[row]), reading.reason});
  }
  return column;
}

}  // namespace

std::span<const Column> date_columns() {
  return columns_of_dates;
}

Result<std::array<DateColumn, column_count>> standard_dates(Roll& roll, const StandardOptions& options) {
  SCRUTINEER_TRY(const Format format, format_of(roll));
  std::vector<Draft> drafts = drafts_of(roll);
  const int roll_year = year_of_roll(roll, drafts);
  for (Draft& draft : drafts) set_rules(draft, format, roll_year);
  SCRUTINEER_CHECK(settle(roll, drafts));
  std::array<DateColumn, column_count> dates;
  for (const Column column : columns_of_dates) {
    DateColumn& missing = dates[static_cast<std::size_t>(column)];
    missing.dates.resize(roll.rows());
    missing.partial.resize(roll.rows(), false);
  }
  for (const Draft& draft : drafts) {
    dates[static_cast<std::size_t>(draft.column)] = finished(roll, options, draft, format);
  }
  return dates;
}

}  // namespace scrutineer::rolls
