// Error differs by name. These classes are structural properties of a record, read by the matcher alone and
// used for nothing but measuring its errors: no origin is inferred of anyone. For each class: how often an
// event (a false link, a missed one, a statement that the person is not on the register) happens in it, and
// how that compares with all other classes together.
#ifndef SCRUTINEER_LINKAGE_NAME_CLASSES_H_
#define SCRUTINEER_LINKAGE_NAME_CLASSES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/text_column.h"
#include "stats/binomial.h"

namespace scrutineer::linkage {

enum class NameDimension : std::uint8_t {
  tokens,           // words of all names together: 1, 2, 3, 4 or more
  rarity,           // decile of the rows by how often their rarest word occurs in the list; 1 is the rarest
  transliteration,  // no word, some, or all have another spelling in the list that transliteration explains
  honorific,        // absent, present: a word that many share by rule, told by the caller
  date_precision,   // no date, a year or a placeholder day, a full date
};
inline constexpr std::size_t name_dimensions = 5;

// The class of one row in each dimension.
using RowClasses = std::array<std::uint8_t, name_dimensions>;

std::string dimension_name(NameDimension dimension);
std::string class_name(NameDimension dimension, std::uint8_t name_class);
std::size_t classes_of(NameDimension dimension);

struct ClassColumns {
  std::vector<const TextColumn*> names;   // one length; words separated by spaces
  const TextColumn* honorific = nullptr;  // a value where such a word is present; null: not told
  const TextColumn* date = nullptr;       // ISO; a year alone is a placeholder; null: not told
};

std::vector<RowClasses> name_classes(const ClassColumns& columns, std::size_t rows);

// Of one class: events among trials, against the other classes of its dimension together.
struct ClassRate {
  NameDimension dimension = NameDimension::tokens;
  std::uint8_t name_class = 0;
  std::uint64_t rows = 0;  // all, trials or not
  std::uint64_t trials = 0;
  std::uint64_t events = 0;
  stats::Interval interval;  // Wilson's, 95 %, of events / trials
  // Rate of this class over that of the others, half an event and half a non-event added to each, and its 95
  // % interval on the log scale (Katz, Baptista, Azen and Pike 1978). 1 and (0, infinity) without trials on
  // either side.
  double ratio = 1;
  stats::Interval ratio_interval;
};

// Classes with rows only, by dimension and class. The three have one length; `trials` and `events` hold 0 or
// 1, and an event without a trial does not count.
std::vector<ClassRate> rates_by_class(std::span<const RowClasses> rows, std::span<const std::uint8_t> trials,
                                      std::span<const std::uint8_t> events);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NAME_CLASSES_H_
