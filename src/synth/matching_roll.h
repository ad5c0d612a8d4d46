// A roll of any size with known truth for benchmarks of matching, as plain as the figures published for other
// systems rest on: one line an entry, with unique_id, cluster (the person), first_name, surname, dob
// (YYYY-MM-DD), postcode and house.
//
// 5,000 forenames and 60,000 surnames under Zipf's law, most of them put together from syllables; households
// of one to five people who mostly share a surname; birth dates over eighty years; about fifteen people a
// postcode. A person has one to four entries (1.6 on average), each written by itself: typing errors, short
// forms, swapped names, missing values, a new surname, another address. Each row is a function of the seed
// and of its number, so memory does not grow with the rows and the same options give the same bytes on any
// number of threads.
#ifndef SCRUTINEER_SYNTH_MATCHING_ROLL_H_
#define SCRUTINEER_SYNTH_MATCHING_ROLL_H_

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace scrutineer::synth {

// Which list of people is written.
enum class MatchingPart : std::uint8_t {
  whole,  // one list with one to four entries a person: to be searched for repeated people
  left,   // one entry a person, of the first people
  right,  // one entry a person; six in ten of its people are in `left` too
};

struct MatchingRollOptions {
  std::filesystem::path file;
  std::uint64_t rows = 1'000'000;
  std::uint64_t seed = 1;
  MatchingPart part = MatchingPart::whole;
  unsigned threads = 0;  // 0: all
};

// Writes the file, whole or not at all. Wrong usage unless there are 10 to 1,000,000,000 rows.
Status synthesise_matching_roll(const MatchingRollOptions& options);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_MATCHING_ROLL_H_
