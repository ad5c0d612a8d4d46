// The one place where numbers and dates are put into words. English conventions, no locale: "1,217", "12.2%",
// "6 May 2026". Numbers that are not finite are "not known".
#ifndef SCRUTINEER_REPORT_NUMBERS_H_
#define SCRUTINEER_REPORT_NUMBERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace scrutineer::report {

inline constexpr std::string_view not_known = "not known";

std::string count(std::int64_t value);  // "1,217"
std::string count(std::uint64_t value);
inline std::string count(std::uint32_t value) {
  return count(static_cast<std::uint64_t>(value));
}
inline std::string count(int value) {
  return count(static_cast<std::int64_t>(value));
}

// "1 member", "1,217 members"; the plural is the singular with an s unless it is given.
std::string counted(std::uint64_t value, std::string_view singular, std::string_view plural = {});

// `digits` after the point, thousands separated: "1,217.5".
std::string decimal(double value, int digits);

// A quantity whose size is not known beforehand: 3 significant digits from 0.001 up, whole numbers from 100,
// "3.2 × 10⁻⁷" outside 0.001 to 10 million. "0" is exactly zero.
std::string quantity(double value);

// A share of 1 as a percentage with one decimal; under 0.1% two significant digits: "12.2%", "0.015%".
std::string percent(double share);

// "149 of 1,217 (12.2%)"; "0 of 0" without a percentage.
std::string share_of(std::uint64_t part, std::uint64_t whole);

// A probability that is evidence: "0.0123", "2.0 × 10⁻⁷", "1".
std::string probability(double p);

// "1 May 2026".
std::string date(Date day);
std::string short_date(Date day);                  // "1 Dec 2026" with no-break spaces
std::string date(const std::optional<Date>& day);  // "not stated" if there is none

// "1.2 MB"; decimal units.
std::string bytes(std::uint64_t size);

// An interval of shares of 1.
struct Interval {
  double low = 0;
  double high = 1;
};

// Wilson's score interval at 95% for `part` of `whole` independent draws (E. B. Wilson, Probable inference,
// the law of succession, and statistical inference, JASA 22, 1927); [0, 1] for no draws.
Interval wilson(std::uint64_t part, std::uint64_t whole);

// "8.1% to 14.6%".
std::string interval(Interval of);

// What an e-value means, in one sentence that stands alone.
std::string e_value_in_words(double e);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_NUMBERS_H_
