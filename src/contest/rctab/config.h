// A contest as RCTab (BrightSpots/rcv) describes it: where the cast vote records are and how they are
// counted.
#ifndef SCRUTINEER_CONTEST_RCTAB_CONFIG_H_
#define SCRUTINEER_CONTEST_RCTAB_CONFIG_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace scrutineer::contest::rctab {

// What RCTab calls papers for someone who is not a declared candidate.
inline constexpr const char* undeclared = "Undeclared Write-ins";

struct Source {
  std::filesystem::path file;
  std::string provider;  // ess, cdf, genericCsv, clearBallot
  std::string contest;
  std::optional<std::uint32_t> first_vote_column, first_vote_row;  // from 1
  std::string overvote_delimiter, overvote_label, skipped_label, undeclared_label;
  bool blank_is_undeclared = false;
};

enum class WinnerMode : std::uint8_t {
  single,            // singleWinnerMajority
  one_per_round,     // multiWinnerAllowOnlyOneWinnerPerRound
  many_per_round,    // multiWinnerAllowMultipleWinnersPerRound
  bottoms_up,        // bottomsUp
  bottoms_up_share,  // bottomsUpUsingPercentageThreshold
  multi_pass         // multiPassIrv
};
enum class TieMode : std::uint8_t {
  random,
  ask,
  previous_then_random,
  previous_then_ask,
  config_order,
  permutation
};
enum class OvervoteRule : std::uint8_t { skip, exhaust, exhaust_if_multiple };

struct Rules {
  WinnerMode mode = WinnerMode::single;
  TieMode ties = TieMode::config_order;
  OvervoteRule overvote = OvervoteRule::exhaust;
  std::optional<std::uint64_t> seed;
  std::uint32_t winners = 1;
  std::int64_t share_percent = 0;  // of bottoms_up_share
  std::uint32_t decimals = 4;      // of transferred votes
  std::int64_t minimum_votes = 0;
  std::uint32_t max_skipped = 0xffffffff;
  std::uint32_t max_ranks = 0xffffffff;
  bool fractional_threshold = false, first_round_threshold = false, hare = false;
  bool cutoff = false;  // under bottoms_up_share: everyone below the share goes out at once
  bool batch = false, until_two = false, exhaust_on_duplicate = false;
  std::uint32_t stop_after_round = 0xffffffff;
};

struct Config {
  std::string contest;
  std::vector<std::string> candidates;  // in the order of the file; `undeclared` last where a source has it
  std::vector<char> excluded;           // by candidate
  std::map<std::string, std::uint32_t> names;  // names and aliases -> candidate
  std::vector<Source> sources;
  Rules rules;
};

// Refused with every problem named at once (in Error::what, one after the other) if the file is not JSON, a
// rule has a value RCTab does not know, a source is missing or has no place for its votes, or no candidate is
// declared.
Result<Config> read_config(const std::filesystem::path& file);

}  // namespace scrutineer::contest::rctab

#endif  // SCRUTINEER_CONTEST_RCTAB_CONFIG_H_
