#include "contest/assertions/assertion.h"

#include <algorithm>

namespace scrutineer::contest {
namespace {

constexpr std::uint64_t bit(Candidate candidate) {
  return std::uint64_t{1} << candidate;
}

// A tail of an elimination order: its first is eliminated first among them, its last wins; everybody else is
// gone before.
bool contradicts(const Assertion& assertion, std::span<const Candidate> tail) {
  if (assertion.kind == Assertion::Kind::not_eliminated_next) {
    std::uint64_t left = 0;
    for (std::size_t i = tail.size(); i-- > 0;) {
      left |= bit(tail[i]);
      if (left == assertion.continuing) return tail[i] == assertion.winner;
    }
    return false;
  }
  const auto loser = std::find(tail.begin(), tail.end(), assertion.loser);
  const auto winner = std::find(tail.begin(), tail.end(), assertion.winner);
  if (loser == tail.end()) return false;
  return winner == tail.end() || winner < loser;
}

bool all_ruled_out(std::span<const Assertion> assertions, std::uint32_t candidates,
                   std::vector<Candidate>& reversed) {
  const std::vector<Candidate> tail(reversed.rbegin(), reversed.rend());
  if (std::any_of(assertions.begin(), assertions.end(),
                  [&](const Assertion& one) { return contradicts(one, tail); }))
    return true;
  if (reversed.size() == candidates) return false;
  for (Candidate next = 0; next < candidates; ++next) {
    if (std::find(reversed.begin(), reversed.end(), next) != reversed.end()) continue;
    reversed.push_back(next);
    const bool gone = all_ruled_out(assertions, candidates, reversed);
    reversed.pop_back();
    if (!gone) return false;
  }
  return true;
}

}  // namespace

double assort(const Assertion& assertion, std::span<const Candidate> preferences) {
  switch (assertion.kind) {
    case Assertion::Kind::more_first_preferences:
      if (preferences.empty()) return .5;
      return preferences.front() == assertion.winner ? 1 : preferences.front() == assertion.loser ? 0 : .5;
    case Assertion::Kind::not_eliminated_before:
      if (!preferences.empty() && preferences.front() == assertion.winner) return 1;
      for (const Candidate candidate : preferences) {
        if (candidate == assertion.winner) return .5;
        if (candidate == assertion.loser) return 0;
      }
      return .5;
    case Assertion::Kind::not_eliminated_next:
      for (const Candidate candidate : preferences) {
        if ((assertion.continuing & bit(candidate)) == 0) continue;
        return candidate == assertion.winner ? 1 : candidate == assertion.loser ? 0 : .5;
      }
      return .5;
  }
  return .5;
}

std::int64_t margin_of(const Assertion& assertion, const Profile& profile) {
  std::int64_t margin = 0;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const double value = assort(assertion, profile.preferences(kind));
    margin += value > .5 ? profile.counts[kind] : value < .5 ? -profile.counts[kind] : 0;
  }
  return margin;
}

std::string words(const Assertion& assertion, const std::vector<std::string>& candidates) {
  const std::string& winner = candidates[assertion.winner];
  const std::string& loser = candidates[assertion.loser];
  if (assertion.kind == Assertion::Kind::more_first_preferences)
    return winner + " has more first preferences than " + loser;
  if (assertion.kind == Assertion::Kind::not_eliminated_before)
    return winner + " is not eliminated before " + loser;
  std::string text = winner + " has more votes than " + loser + " when these are left: ";
  bool first = true;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if ((assertion.continuing & bit(static_cast<Candidate>(i))) == 0) continue;
    text += (first ? "" : ", ") + candidates[i];
    first = false;
  }
  return text;
}

std::vector<Assertion> plurality_assertions(const Profile& profile, Candidate winner) {
  std::vector<Assertion> found;
  for (Candidate loser = 0; loser < profile.candidates; ++loser) {
    if (loser == winner || profile.standing[loser] == 0) continue;
    Assertion assertion{Assertion::Kind::more_first_preferences, winner, loser, 0, 0};
    assertion.margin = margin_of(assertion, profile);
    found.push_back(assertion);
  }
  return found;
}

bool prove_winner(std::span<const Assertion> assertions, std::uint32_t candidates, Candidate winner) {
  for (Candidate other = 0; other < candidates; ++other) {
    if (other == winner) continue;
    std::vector<Candidate> reversed = {other};
    if (!all_ruled_out(assertions, candidates, reversed)) return false;
  }
  return true;
}

}  // namespace scrutineer::contest
