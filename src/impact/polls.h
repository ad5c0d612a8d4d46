// Polls beside a result, as context only: a poll is a sample of those who were asked and answered, not a
// count.
#ifndef SCRUTINEER_IMPACT_POLLS_H_
#define SCRUTINEER_IMPACT_POLLS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace scrutineer::impact {

struct Poll {
  std::string name;
  std::string date;  // as written; polls are read in the order of the dates
  std::int64_t asked = 0;
  double design_effect = 1;                 // of weighting and clustering; 1 is simple random sampling
  std::map<std::string, double> candidate;  // share of those with an intention, 0 to 1
  std::map<std::string, double> party;      // the same people's party vote, where it was asked
};

// What the parties and the last result are, for the gap and the swing.
struct PollContext {
  std::map<std::string, std::string> party_of;  // candidate -> party
  std::map<std::string, double> last_result;    // candidate or party -> share at the last election
};

struct PollReading {
  std::string name, date;
  std::string leader, second;
  double lead = 0;                     // share of the leader less that of the second
  double lead_low = 0, lead_high = 0;  // 95 %: what sampling alone allows, under the design effect
  // The leader's share less their party's in the same poll.
  std::optional<double> above_party;
  // Butler swing from the second to the leader since the last result: half the change of the lead.
  std::optional<double> swing;
};

// The lead of two shares p, q of n answers: variance (p + q - (p - q)^2) / n times the design effect
// (multinomial); normal interval of 95 %. Polls with fewer than two candidates give no reading.
std::vector<PollReading> read_polls(std::span<const Poll> polls, const PollContext& context);

// What must stand beside every reading.
std::string poll_warning();

}  // namespace scrutineer::impact

#endif  // SCRUTINEER_IMPACT_POLLS_H_
