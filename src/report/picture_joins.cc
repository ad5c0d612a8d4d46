#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/svg.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

constexpr double cell = 12;
constexpr double left = 36;
constexpr double band_head = 16;
constexpr double band_height = band_head + 7 * cell + 8;
constexpr double legend_height = 40;
// Half-years drawn at most; earlier joins are counted in words.
constexpr int most_bands = 8;
constexpr std::size_t busiest_shown = 10;

// Half-years numbered from year 0: two a year.
int half_of(Date day) {
  return day.year() * 2 + (day.month() > 6 ? 1 : 0);
}
Date start_of(int half) {
  return *Date::of(half / 2, half % 2 == 0 ? 1 : 7, 1);
}
// "Jan"
std::string month_name(Date day) {
  const std::string whole = date(day);
  return whole.substr(whole.find(' ') + 1, 3);
}
Date monday_of(Date day) {
  return day + -day.weekday();
}

// Shades double: 1, 2-3, 4-7, 8-15, 16 and more.
std::string shade(std::uint32_t joins) {
  int step = 0;
  for (std::uint32_t left_over = joins; left_over > 0 && step < 5; left_over /= 2) ++step;
  return fmt::format("shade{}", step);
}

std::string in_words(const inquiry::JoinDay& day) {
  std::string text = fmt::format("{}: {}", date(day.day), counted(day.joins, "join"));
  if (day.expected) text += fmt::format(", {} expected", quantity(*day.expected));
  if (day.listed) text += ", listed";
  return text;
}

struct Calendar {
  std::map<Date, const inquiry::JoinDay*> days;
  int first_half = 0;
  int last_half = 0;
  std::uint64_t earlier = 0;  // joins before the first band
  std::uint64_t drawn = 0;
};

Calendar calendar_of(const inquiry::Outcome& outcome) {
  Calendar calendar;
  for (const inquiry::JoinDay& day : outcome.join_days) calendar.days[day.day] = &day;
  Date last = calendar.days.rbegin()->first;
  if (outcome.freeze_date) last = std::max(last, *outcome.freeze_date);
  calendar.last_half = half_of(last);
  calendar.first_half = std::max(half_of(calendar.days.begin()->first), calendar.last_half - most_bands + 1);
  for (const auto& [day, joins] : calendar.days) {
    (half_of(day) < calendar.first_half ? calendar.earlier : calendar.drawn) += joins->joins;
  }
  return calendar;
}

void draw_band(Svg& svg, const Calendar& calendar, const inquiry::Outcome& outcome, int half, double top) {
  const Date start = start_of(half);
  const Date end = start_of(half + 1);
  const Date origin = monday_of(start);
  svg.words(0, top + 11, fmt::format("{}", start.year()), "strong");
  for (int day = 0; day < 7; day += 2) {
    constexpr const char* names[] = {"Mon", "", "Wed", "", "Fri", "", "Sun"};
    svg.words(left - 4, top + band_head + day * cell + 10, names[day], "tiny end");
  }
  int month = 0;
  for (Date day = start; day < end; day = day + 1) {
    const int week = (day - origin) / 7;
    const double x = left + week * cell;
    const double y = top + band_head + day.weekday() * cell;
    if (day.month() != month) {
      month = day.month();
      if (week < 26) svg.words(x, top + 11, month_name(day), "tiny");
    }
    const auto found = calendar.days.find(day);
    const bool any = found != calendar.days.end() && found->second->joins > 0;
    const bool freeze = outcome.freeze_date == day;
    std::string style = any ? shade(found->second->joins) : "shade0";
    if (any && found->second->listed) style += " ringed";
    if (freeze) style += " freeze";
    std::string hover = any ? in_words(*found->second) : "";
    if (freeze) hover += hover.empty() ? "The freeze date" : " (the freeze date)";
    svg.box(x + 0.5, y + 0.5, cell - 1.5, cell - 1.5, style, hover);
  }
}

void draw_legend(Svg& svg, double top) {
  constexpr const char* texts[] = {"0", "1", "2–3", "4–7", "8–15", "16+"};
  double x = left;
  for (int step = 0; step < 6; ++step) {
    svg.box(x, top + 2, 10, 10, fmt::format("shade{}", step));
    svg.words(x + 14, top + 11, texts[step], "tiny");
    x += 22 + width_of(texts[step]) * 0.85;
  }
  svg.words(x, top + 11, "joins a day", "tiny");
  svg.box(left, top + 19, 10, 10, "shade3 ringed");
  svg.words(left + 14, top + 28, "listed by the signal", "tiny");
  svg.box(left + 130, top + 19, 10, 10, "shade0 freeze");
  svg.words(left + 144, top + 28, "freeze date", "tiny");
}

void write_busiest(Html& html, const inquiry::Outcome& outcome) {
  std::vector<const inquiry::JoinDay*> days;
  for (const inquiry::JoinDay& day : outcome.join_days) days.push_back(&day);
  std::sort(days.begin(), days.end(), [](const inquiry::JoinDay* one, const inquiry::JoinDay* other) {
    if (one->listed != other->listed) return one->listed;
    if (one->joins != other->joins) return one->joins > other->joins;
    return one->day < other->day;
  });
  if (days.size() > busiest_shown) days.resize(busiest_shown);
  Table table("Days listed, then the busiest", {{"Day"}, {"Joins", true}, {"Expected", true}, {"Listed"}});
  for (const inquiry::JoinDay* day : days) {
    table.row(
        {short_date(day->day), count(day->joins),
         day->expected ? quantity(*day->expected) : std::string(not_known), day->listed ? "listed" : "no"},
        day->listed ? "marked" : "");
  }
  table.write(html);
}

}  // namespace

Missing draw_join_calendar(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  if (outcome.join_days.empty()) return "Joins by day: a column of joining dates in the members roll";
  const Calendar calendar = calendar_of(outcome);
  const int bands = calendar.last_half - calendar.first_half + 1;
  std::uint64_t listed = 0;
  for (const auto& [day, joins] : calendar.days) listed += joins->listed ? 1 : 0;
  const std::string description = fmt::format(
      "A calendar from {} to {}. {} are drawn; {} listed by the join-day signal. The freeze date is {}.",
      date(start_of(calendar.first_half)), date(start_of(calendar.last_half + 1) + -1),
      counted(calendar.drawn, "join"), listed == 1 ? "1 day is" : count(listed) + " days are",
      date(outcome.freeze_date));
  figure(
      html, "picture-joins", "When members joined", description, bands * band_height + legend_height,
      [&](Svg& svg) {
        for (int band = 0; band < bands; ++band) {
          draw_band(svg, calendar, outcome, calendar.first_half + band, band * band_height);
        }
        draw_legend(svg, bands * band_height);
      },
      [&] {
        if (calendar.earlier > 0) {
          html.leaf("p", {{"class", "remark"}},
                    fmt::format("{} before {} are not drawn.", counted(calendar.earlier, "join"),
                                date(start_of(calendar.first_half))));
        }
        folded(html, "The days listed, and the busiest", [&] { write_busiest(html, outcome); });
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
