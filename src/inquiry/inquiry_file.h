// The inquiry file: what one audit is about, in TOML (DESIGN.md, "The inquiry file").
//
//   [inquiry]   title, freeze_date, min_membership_days, seed, branch,
//               base_rate = { off_register = [low, high], never_registered = [low, high],
//                             strict = [low, high], collected_households = 20, note = "source" }
//   [[roll]]    name, kind, file, as_of, columns = { standard = "Header" | ["Header", ...] }, extra,
//   date_format,
//               sheet, changes = ["2026-01.csv", ...], query
//   [contest]   ballots, rule, format, seats, marked, wrongly_barred (people entitled and kept from voting),
//               parties = { candidate = party }, last_result = { candidate or party = share }
//   [[scenario]] name, turnout = [{ groups = [ward or section, ...], factor }],
//               further_candidate = { name, takes = { candidate = share }, transfers = { candidate = share }
//               }
//   [[poll]]    name, date, asked, design_effect, candidate = { name = share }, party = { name = share }
//
// Every problem of the file is found before anything is read: unknown keys (with the nearest known one),
// values of the wrong type, rolls of one name, dates that do not exist, paths that are not there.
#ifndef SCRUTINEER_INQUIRY_INQUIRY_FILE_H_
#define SCRUTINEER_INQUIRY_INQUIRY_FILE_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "contest/scenario.h"
#include "impact/polls.h"
#include "rolls/roll.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

struct ContestSpec {
  std::filesystem::path ballots;
  std::string rule;                   // plurality | sv | irv | stv | college
  std::optional<std::string> format;  // default: told from the content
  std::optional<std::uint32_t> seats;
  std::optional<std::filesystem::path> marked;  // who voted
  std::int64_t wrongly_barred = 0;
  impact::PollContext polls;  // parties and the last result
};

struct InquiryFile {
  std::filesystem::path path;
  std::string sha256;
  std::string title;
  std::optional<Date> freeze_date;
  std::optional<int> min_membership_days;
  std::uint64_t seed = 0;
  std::string branch;  // the branch under audit, where a `branches` roll lists several
  std::optional<signals::BaseRate> off_register;
  std::optional<signals::BaseRate> never_registered;
  std::optional<signals::BaseRate> strict;     // of households, by the strict definition of a canvass
  std::optional<double> collected_households;  // that an honest collection pays for on average, at most
  std::vector<rolls::RollSpec> rolls;          // in the order of the file; paths resolved against its folder
  std::optional<ContestSpec> contest;
  std::vector<contest::Scenario> scenarios;  // what if; in the order of the file
  std::vector<impact::Poll> polls;
};

// Reads and checks an inquiry file. All problems are in one error message, one a line after the first.
Result<InquiryFile> read_inquiry_file(const std::filesystem::path& path);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_INQUIRY_FILE_H_
