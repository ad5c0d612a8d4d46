// Cast vote records of a contest, as RCTab reads them.
#ifndef SCRUTINEER_CONTEST_RCTAB_RECORDS_H_
#define SCRUTINEER_CONTEST_RCTAB_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "contest/rctab/config.h"

namespace scrutineer::contest::rctab {

inline constexpr std::uint32_t explicit_overvote = 0xfffffffe;

// One paper: the ranks that mark someone, rising; each with its candidates, all different, or
// explicit_overvote.
struct Record {
  struct Ranking {
    std::uint32_t rank;
    std::vector<std::uint32_t> candidates;
  };
  std::vector<Ranking> rankings;
};

// The records of every source, in order. Refused with the place where a mark names nobody in the
// configuration. `phantom_rows`: empty rows of a spreadsheet are papers without a mark, as RCTab counts them;
// else they are not papers.
Result<std::vector<Record>> read_records(const Config& config, bool phantom_rows);

// The readers by provider; each appends to `records`.
Status read_ess(const Config& config, const Source& source, bool phantom_rows, std::vector<Record>& records);
Status read_generic_csv(const Config& config, const Source& source, std::vector<Record>& records);
Status read_clear_ballot(const Config& config, const Source& source, std::vector<Record>& records);
Status read_cdf(const Config& config, const Source& source, std::vector<Record>& records);

// Marks a candidate at a rank, keeping ranks rising and candidates different.
void add_mark(Record& record, std::uint32_t rank, std::uint32_t candidate);

}  // namespace scrutineer::contest::rctab

#endif  // SCRUTINEER_CONTEST_RCTAB_RECORDS_H_
