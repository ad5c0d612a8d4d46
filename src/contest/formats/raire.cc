// RAIRE (Blom, Stuckey and Teague): ballots for risk-limiting audits of instant run-off, in two layouts.
//
//   JSON    {"metadata":{"candidates":[…]},"num_candidates":4,"votes":[{"n":100,"prefs":[0,1]}],"winner":2,…}
//   .raire  contests / "Contest,id,candidates,ids…,winner,id" / "contest,ballot,preferences…", one contest
//   only
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

using Json = nlohmann::json;

bool looks_like_raire_json(const Source& source) {
  return trimmed(source.bytes.substr(0, 64)).starts_with('{') &&
         source.bytes.find("\"num_candidates\"") != std::string_view::npos &&
         source.bytes.find("\"votes\"") != std::string_view::npos;
}

bool looks_like_raire_lines(const Source& source) {
  TextScanner scan(source.bytes, "");
  return whole_number(trimmed(scan.take_line())) && scan.take_line().starts_with("Contest,");
}

bool looks_like_raire(const Source& source) {
  return looks_like_raire_json(source) || looks_like_raire_lines(source);
}

Result<Ballots> from_json(const Source& source) {
  const Json json = Json::parse(source.bytes, nullptr, false);
  const Place file{source.name};
  if (json.is_discarded()) return refused("the file is not JSON", file, "RAIRE JSON");
  const Json number = json.value("num_candidates", Json());
  if (!number.is_number_unsigned() || number.get<std::uint64_t>() == 0 ||
      number.get<std::uint64_t>() > 100'000)
    return refused("num_candidates is no number of candidates", file, "a whole number from 1 to 100000");
  Ballots ballots;
  const auto candidates = number.get<std::uint32_t>();
  const Json names = json.contains("metadata") && json["metadata"].is_object()
                         ? json["metadata"].value("candidates", Json::array())
                         : Json::array();
  for (std::uint32_t c = 0; c < candidates; ++c)
    ballots.candidates.push_back(names.is_array() && c < names.size() && names[c].is_string()
                                     ? names[c].get<std::string>()
                                     : fmt::format("candidate {}", c));
  if (json.contains("metadata") && json["metadata"].is_object() && json["metadata"].contains("contest") &&
      json["metadata"]["contest"].is_string())
    ballots.title = json["metadata"]["contest"].get<std::string>();
  if (!json.contains("votes") || !json["votes"].is_array())
    return refused("votes is no list", file, "\"votes\": […]");
  BallotBuilder builder;
  std::vector<Candidate> flat;
  std::size_t at = 0;
  for (const Json& vote : json["votes"]) {
    ++at;
    const bool good = vote.is_object() && vote.contains("n") && vote["n"].is_number_unsigned() &&
                      vote.contains("prefs") && vote["prefs"].is_array();
    if (!good)
      return refused(fmt::format("vote {} is not \"n\" papers with \"prefs\"", at), file,
                     R"({"n": 10, "prefs": [0, 1]})");
    flat.clear();
    for (const Json& preference : vote["prefs"]) {
      if (!preference.is_number_unsigned() || preference.get<std::uint64_t>() >= candidates)
        return refused(fmt::format("vote {} has a preference for no candidate", at), file,
                       fmt::format("numbers from 0 to {}", candidates - 1));
      flat.push_back(preference.get<Candidate>());
      flat.push_back(BallotBuilder::rank_end);
    }
    SCRUTINEER_TRY(const Weight weight, parse_weight(std::to_string(vote["n"].get<std::uint64_t>())));
    SCRUTINEER_CHECK(builder.add(flat, weight));
  }
  for (const char* key : {"winner", "audit"})
    if (json.contains(key))
      ballots.notes.push_back(
          fmt::format("{}: {}", key, json[key].is_primitive() ? json[key].dump() : "given"));
  builder.finish(ballots);
  return ballots;
}

Result<Ballots> from_lines(const Source& source) {
  TextScanner scan(source.bytes, source.name);
  if (trimmed(scan.take_line()) != "1")
    return refused("the file holds several contests", {source.name, 1, 1}, "one contest");
  const auto header = split(trimmed(scan.take_line()), ',');
  const auto count = header.size() > 2 ? whole_number(header[2]) : std::nullopt;
  if (!count || *count == 0 || header.size() < *count + 3)
    return refused("the contest's line does not list its candidates", {source.name, 2, 1},
                   "Contest,id,number,candidate ids");
  Ballots ballots;
  std::map<std::string, Candidate, std::less<>> numbers;
  for (std::size_t i = 0; i < *count; ++i) {
    numbers.emplace(std::string(header[3 + i]), static_cast<Candidate>(i));
    ballots.candidates.emplace_back(header[3 + i]);
  }
  const std::string contest(header[1]);
  BallotBuilder builder;
  std::vector<Candidate> flat;
  while (!scan.at_end()) {
    Place where = scan.place();
    const auto fields = split(trimmed(scan.take_line()), ',');
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (fields.size() < 2 || fields[0] != contest)
      return refused("the line is no ballot of the contest", where, contest + ",ballot,preferences");
    flat.clear();
    where.column += fields[0].size() + fields[1].size() + 2;
    for (std::size_t i = 2; i < fields.size(); ++i) {
      const auto number = numbers.find(fields[i]);
      if (number == numbers.end())
        return refused(fmt::format("\"{}\" is not a candidate", printable(fields[i], 40)), where,
                       "a candidate's id");
      flat.push_back(number->second);
      flat.push_back(BallotBuilder::rank_end);
      where.column += fields[i].size() + 1;
    }
    SCRUTINEER_CHECK(builder.add(flat));
  }
  builder.finish(ballots);
  return ballots;
}

Result<Ballots> read_raire(const Source& source) {
  return looks_like_raire_json(source) ? from_json(source) : from_lines(source);
}

Result<Written> write_raire(const Ballots& ballots) {
  if (ballots.weight_scale != 1)
    return refused("RAIRE holds whole papers only", {}, "ballots without decimal weights");
  nlohmann::ordered_json votes = nlohmann::ordered_json::array();
  for (const Ballot& ballot : ballots.ballots) {
    nlohmann::ordered_json prefs = nlohmann::ordered_json::array();
    for (const auto& rank : ballot.ranks) {
      if (rank.size() > 1) break;  // the order ends where it is no longer one
      if (rank.size() == 1) prefs.push_back(rank.front());
    }
    votes.push_back({{"n", ballot.count}, {"prefs", std::move(prefs)}});
  }
  const nlohmann::ordered_json json = {
      {"metadata", {{"candidates", ballots.candidates}, {"contest", ballots.title}}},
      {"num_candidates", ballots.candidates.size()},
      {"votes", std::move(votes)}};
  Written written;
  written.bytes = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  written.lost = losses(ballots, {.title = true, .blank = true, .repeated = true});
  if (!ballots.notes.empty()) written.lost.emplace_back("notes");
  return written;
}

}  // namespace

Format raire_format() {
  return {"raire", "RAIRE ballots (JSON and .raire)", looks_like_raire, read_raire, write_raire};
}

}  // namespace scrutineer::contest
