#include "impact/polls.h"

#include <algorithm>
#include <cmath>

namespace scrutineer::impact {
namespace {

constexpr double normal_95 = 1.959963984540054;

// Of a candidate, or else of their party.
std::optional<double> last_share(const PollContext& context, const std::string& candidate) {
  if (const auto own = context.last_result.find(candidate); own != context.last_result.end())
    return own->second;
  const auto party = context.party_of.find(candidate);
  if (party == context.party_of.end()) return std::nullopt;
  const auto share = context.last_result.find(party->second);
  return share == context.last_result.end() ? std::nullopt : std::optional(share->second);
}

std::optional<PollReading> read_poll(const Poll& poll, const PollContext& context) {
  std::vector<std::pair<double, std::string>> order;  // highest first; equal shares by name
  for (const auto& [name, share] : poll.candidate) order.emplace_back(-share, name);
  if (order.size() < 2 || poll.asked <= 0) return std::nullopt;
  std::sort(order.begin(), order.end());
  PollReading reading;
  reading.name = poll.name;
  reading.date = poll.date;
  reading.leader = order[0].second;
  reading.second = order[1].second;
  const double p = -order[0].first;
  const double q = -order[1].first;
  reading.lead = p - q;
  const double spread = normal_95 * std::sqrt(std::max(0.0, p + q - (p - q) * (p - q)) * poll.design_effect /
                                              static_cast<double>(poll.asked));
  reading.lead_low = std::max(-1.0, reading.lead - spread);
  reading.lead_high = std::min(1.0, reading.lead + spread);
  if (const auto party = context.party_of.find(reading.leader); party != context.party_of.end()) {
    const auto share = poll.party.find(party->second);
    if (share != poll.party.end()) reading.above_party = p - share->second;
  }
  const auto before = last_share(context, reading.leader);
  const auto before_second = last_share(context, reading.second);
  if (before && before_second) reading.swing = ((p - *before) - (q - *before_second)) / 2;
  return reading;
}

}  // namespace

std::vector<PollReading> read_polls(std::span<const Poll> polls, const PollContext& context) {
  std::vector<PollReading> readings;
  for (const Poll& poll : polls)
    if (auto reading = read_poll(poll, context)) readings.push_back(*std::move(reading));
  std::stable_sort(readings.begin(), readings.end(),
                   [](const PollReading& a, const PollReading& b) { return a.date < b.date; });
  return readings;
}

std::string poll_warning() {
  return "A poll is not a count: its interval covers the chance of sampling alone, not who was left out, who "
         "did not "
         "answer, or who changed their mind. No outcome of this audit rests on a poll.";
}

}  // namespace scrutineer::impact
