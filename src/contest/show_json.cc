#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "contest/show.h"

namespace scrutineer::contest {
namespace {

using Json = nlohmann::ordered_json;

// Whole votes as whole numbers, so that readers need no decimals where there are none.
Json votes_json(double votes) {
  if (std::nearbyint(votes) == votes && std::fabs(votes) < 9e15) return static_cast<std::int64_t>(votes);
  return votes;
}

Json tally_json(const std::vector<std::pair<std::string, double>>& tally) {
  Json object = Json::object();
  for (const auto& [name, votes] : tally) object[name] = votes_json(votes);
  return object;
}

Json least_value(const Least& least) {
  const auto value = least.value();
  return value ? Json(*value) : Json(nullptr);
}

Json bounds_json(const Least& least) {
  if (least.impossible) return {{"low", nullptr}, {"high", nullptr}, {"impossible", true}};
  Json high = nullptr;
  if (least.high) high = *least.high;
  return {{"low", least.low}, {"high", high}, {"impossible", false}};
}

Json witness_json(const std::optional<Witness>& witness, const Ballots& ballots) {
  if (!witness) return nullptr;
  Json changes = Json::array();
  for (const PaperChange& change : witness->changes) {
    Json ranks = Json::array();
    const auto& source = change.source ? ballots.ballots[*change.source].ranks : change.ranks;
    for (const auto& rank : source) {
      Json names = Json::array();
      for (const Candidate c : rank) names.push_back(ballots.candidates[c]);
      ranks.push_back(std::move(names));
    }
    changes.push_back({{"do", change.added ? "add" : "remove"},
                       {"papers", change.count},
                       {"group", ballots.groups[change.group]},
                       {"ranks", std::move(ranks)}});
  }
  return {{"changes", std::move(changes)}, {"then", witness->then_winners}};
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_json(const Count& count) {
  Json json = {{"rule", count.rule}, {"winners", count.winners}};
  Json rounds = Json::array();
  for (const Round& round : count.rounds) {
    Json transfers = Json::object();
    for (const auto& [from, row] : round.transfers) {
      Json to = Json::object();
      for (const auto& [name, votes] : row) to[name.empty() ? "exhausted" : name] = votes_json(votes);
      transfers[from] = std::move(to);
    }
    rounds.push_back({{"round", round.number},
                      {"tally", tally_json(round.tally)},
                      {"elected", round.elected},
                      {"eliminated", round.eliminated},
                      {"exhausted", votes_json(round.exhausted)},
                      {"transfers", std::move(transfers)},
                      {"reason", round.reason}});
  }
  Json ties = Json::array();
  for (const Tie& tie : count.ties)
    ties.push_back({{"round", tie.round},
                    {"candidates", tie.candidates},
                    {"settled_by", tie.settled_by},
                    {"chosen", tie.chosen}});
  json["rounds"] = std::move(rounds);
  json["ties"] = std::move(ties);
  json["valid"] = votes_json(count.valid);
  json["invalid"] = votes_json(count.invalid);
  json["contradictions"] = Json::array();
  for (const Contradiction& contradiction : count.contradictions)
    json["contradictions"].push_back({{"check", contradiction.check},
                                      {"text", contradiction.text},
                                      {"stated", votes_json(contradiction.stated)},
                                      {"found", votes_json(contradiction.found)}});
  return dump(json);
}

std::string to_json(const Margins& margins, const Ballots& ballots) {
  Json json = {{"rule", margins.rule}, {"winner", margins.winner}};
  Json witness = Json::object();
  Json bounds = Json::object();
  const auto add = [&](const char* name, const std::optional<KindMargin>& kind) {
    if (!kind) return;
    json[name] = {{"lots", least_value(kind->lots)}, {"change", least_value(kind->change)}};
    witness[name] = {{"lots", witness_json(kind->lots_witness, ballots)},
                     {"change", witness_json(kind->change_witness, ballots)}};
    bounds[name] = {
        {"lots", bounds_json(kind->lots)}, {"change", bounds_json(kind->change)}, {"proof", kind->proof}};
  };
  add("delete", margins.deletion);
  add("add", margins.addition);
  add("modify", margins.modification);
  add("mixed", margins.mixed);
  json["witness"] = std::move(witness);
  json["bounds"] = std::move(bounds);
  json["possible_winners"] = margins.possible_winners;
  json["valid"] = votes_json(margins.valid);
  json["note"] = margins.note;
  return dump(json);
}

}  // namespace scrutineer::contest
