// The inquiry as a whole: days of joining, wards, and the contest with its margins.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "impact/assess.h"
#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

Json part_of(const OpenCase& open, const char* name) {
  const auto found = open.review->find(name);
  return found == open.review->end() ? Json(nullptr) : *found;
}

// ---------------------------------------------------------------- shapes

struct Bounds {
  double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
};

// A ring of GeoJSON as path data; y points downwards on a screen.
void add_ring(const Json& ring, std::string& path, Bounds& bounds) {
  if (!ring.is_array() || ring.size() < 3 || ring.size() > 100'000) return;
  char step = 'M';
  for (const Json& point : ring) {
    if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number()) return;
    const double x = point[0].get<double>();
    const double y = -point[1].get<double>();
    if (!std::isfinite(x) || !std::isfinite(y)) return;
    path += fmt::format("{}{:.6g},{:.6g}", step, x, y);
    step = 'L';
    bounds = {std::min(bounds.left, x), std::min(bounds.top, y), std::max(bounds.right, x),
              std::max(bounds.bottom, y)};
  }
  path += 'Z';
}

std::string ward_name(const Json& properties) {
  if (!properties.is_object()) return {};
  for (const auto& [key, value] : properties.items()) {
    const bool ons = key.size() == 6 && key.starts_with("WD") && key.ends_with("NM");
    if ((key == "name" || key == "ward" || ons) && value.is_string()) return value.get<std::string>();
  }
  return {};
}

// Ward, in lower case -> path. Nothing where the case folder holds no shapes.
std::map<std::string, std::string> shapes(const std::filesystem::path& folder, Bounds& bounds) {
  constexpr std::uintmax_t most_bytes = 32 * 1024 * 1024;
  std::map<std::string, std::string> paths;
  const std::filesystem::path file = folder / "wards.geojson";
  std::error_code failed;
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(file, failed)) ||
      std::filesystem::file_size(file, failed) > most_bytes)
    return paths;
  std::ifstream stream(file, std::ios::binary);
  const Json json = Json::parse(stream, nullptr, false);
  if (!json.is_object() || !json.contains("features") || !json["features"].is_array()) return paths;
  for (const Json& feature : json["features"]) {
    if (!feature.is_object() || !feature.contains("properties") || !feature.contains("geometry")) continue;
    const Json& geometry = feature["geometry"];
    const std::string name = ascii_lower(ward_name(feature["properties"]));
    if (name.empty() || !geometry.is_object() || !geometry.contains("coordinates") ||
        !geometry.contains("type"))
      continue;
    const Json& coordinates = geometry["coordinates"];
    if (!coordinates.is_array()) continue;
    const bool many = geometry["type"] == "MultiPolygon";
    for (const Json& polygon : many ? coordinates : Json::array({coordinates})) {
      if (!polygon.is_array()) continue;
      for (const Json& ring : polygon) add_ring(ring, paths[name], bounds);
    }
  }
  return paths;
}

// ---------------------------------------------------------------- contest

impact::Threshold threshold_of(const Json& json) {
  impact::Threshold threshold;
  threshold.low = json.value("low", std::int64_t{0});
  if (json.contains("high") && json["high"].is_number()) threshold.high = json["high"].get<std::int64_t>();
  threshold.impossible = json.value("impossible", false);
  return threshold;
}

std::optional<impact::ContestNumbers> numbers_of(const Json& contest) {
  if (!contest.is_object() || !contest.contains("numbers") || !contest["numbers"].is_object())
    return std::nullopt;
  const Json& json = contest["numbers"];
  impact::ContestNumbers numbers;
  numbers.winner = json.value("winner", std::string());
  if (json.contains("deletion") && json["deletion"].is_object())
    numbers.deletion = threshold_of(json["deletion"]);
  const auto optional = [&](const char* name) -> std::optional<impact::Threshold> {
    if (!json.contains(name) || !json[name].is_object()) return std::nullopt;
    return threshold_of(json[name]);
  };
  numbers.deletion_change = optional("deletion_change");
  numbers.addition = optional("addition");
  numbers.combined = optional("combined");
  numbers.witness = json.value("witness", std::string());
  numbers.papers = json.value("papers", std::int64_t{0});
  numbers.plurality = json.value("plurality", false);
  return numbers;
}

Json least_of(const std::optional<impact::Threshold>& threshold) {
  if (!threshold || threshold->impossible) return nullptr;
  return threshold->high && *threshold->high == threshold->low ? Json(threshold->low) : Json(nullptr);
}

Json bounds_of(const std::optional<impact::Threshold>& threshold) {
  if (!threshold) return nullptr;
  return {{"low", threshold->low},
          {"high", threshold->high ? Json(*threshold->high) : Json(nullptr)},
          {"impossible", threshold->impossible}};
}

}  // namespace

Answer<Json> calendar(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no statistics.");
  SERVE_ASK(auto open, session.read());
  Json days = part_of(*open, "calendar");
  if (!days.is_array()) days = Json::array();
  Json freeze = nullptr;
  SERVE_CHECK(for_rows(open->database(),
                       "SELECT value FROM settings WHERE name = 'inquiry.freeze_date' AND value <> ''",
                       [&](const Statement& row) { freeze = row.text(0); }));
  Json events = Json::array();
  if (!freeze.is_null()) events.push_back({{"day", freeze}, {"text", "freeze date"}});
  SERVE_CHECK(
      for_rows(open->database(),
               "SELECT as_of, name FROM rolls WHERE kind = 'register' AND as_of IS NOT NULL ORDER BY 1",
               [&](const Statement& row) {
                 events.push_back({{"day", row.text(0)}, {"text", "register " + row.text(1)}});
               }));
  SERVE_ASK(
      Json rows,
      findings_of(session, *open,
                  "SELECT q.number FROM queue q JOIN findings f ON f.id = q.key WHERE q.kind = 'finding' AND "
                  "f.subject_kind = 'day' AND ?1 = '' ORDER BY q.number LIMIT 100",
                  ""));
  return Json{{"days", days}, {"freeze_date", freeze}, {"events", events}, {"findings", rows}};
}

Answer<Json> map(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no statistics.");
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const std::uint64_t head, ledger_number(*open));
  const std::string question = "map " + open->generation;
  if (auto known = session.remembered(question, head)) return *std::move(known);
  Bounds bounds;
  const auto paths = shapes(session.folder(), bounds);
  Json areas = Json::array();
  SERVE_CHECK(for_rows(
      open->database(),
      "SELECT ward, count(*), sum(findings > 0), sum(findings) FROM member_details WHERE ward <> '' GROUP BY "
      "ward ORDER BY ward",
      [&](const Statement& row) {
        const auto path = paths.find(ascii_lower(row.text(0)));
        areas.push_back({{"key", row.text(0)},
                         {"label", row.text(0)},
                         {"members", row.integer(1)},
                         {"questioned", row.integer(2)},
                         {"findings", row.integer(3)},
                         {"path", path == paths.end() ? Json(nullptr) : Json(path->second)}});
      }));
  const bool shaped = bounds.left <= bounds.right;
  Json answer = {
      {"available", !areas.empty()},
      {"level", "ward"},
      {"areas", areas},
      {"bounds", shaped ? Json{bounds.left, bounds.top, bounds.right, bounds.bottom} : Json(nullptr)},
      {"note", areas.empty()   ? "The members roll names no wards."
               : paths.empty() ? "Put wards.geojson into the case folder to see shapes."
                               : ""}};
  session.remember(question, head, answer);
  return answer;
}

Answer<Json> contest(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no contest.");
  SERVE_ASK(auto open, session.read());
  Json contest = part_of(*open, "contest");
  if (!contest.is_object()) return Json{{"available", false}, {"why", "The inquiry has no ballots."}};
  const auto numbers = numbers_of(contest);
  Json answer = {{"available", true}};
  for (const char* name : {"rule", "winners", "papers", "valid", "rounds", "ties"}) {
    const auto found = contest.find(name);
    answer[name] = found == contest.end() ? Json(nullptr) : *found;
  }
  Json margin = nullptr;
  if (numbers) {
    margin = {
        {"delete", {{"lots", least_of(numbers->deletion)}, {"change", least_of(numbers->deletion_change)}}},
        {"add", {{"lots", least_of(numbers->addition)}, {"change", nullptr}}},
        {"bounds",
         {{"delete_lots", bounds_of(numbers->deletion)},
          {"delete_change", bounds_of(numbers->deletion_change)},
          {"add_lots", bounds_of(numbers->addition)}}},
        {"note", numbers->witness}};
  }
  answer["margin"] = margin;
  const Json impact = part_of(*open, "impact");
  answer["questioned"] = impact.is_object() ? impact.value("questioned", std::int64_t{0}) : 0;
  answer["curve"] = contest.contains("curve") ? contest["curve"] : Json::array();
  answer["most"] = numbers ? Json(numbers->papers) : answer["valid"];
  std::string note;
  if (contest.contains("notes") && contest["notes"].is_array()) {
    for (const Json& one : contest["notes"]) {
      if (one.is_string()) note += (note.empty() ? "" : " ") + one.get<std::string>();
    }
  }
  answer["note"] = note;
  return answer;
}

Answer<Json> what_if(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no contest.");
  SERVE_ASK(const Query query, Query::parse(target, {"k", "added"}));
  SERVE_ASK(const std::int64_t k, query.whole("k", 0, 0, 1'000'000'000));
  SERVE_ASK(const std::int64_t added, query.whole("added", 0, 0, 1'000'000'000));
  SERVE_ASK(auto open, session.read());
  const auto numbers = numbers_of(part_of(*open, "contest"));
  if (!numbers) {
    return Json{{"k", k},
                {"added", added},
                {"outcome", "undecided"},
                {"sentence", "Without ballots and a margin nothing can be said."}};
  }
  const impact::ImpactOutcome outcome = impact::outcome_for(*numbers, k, added);
  const char* what = outcome == impact::ImpactOutcome::could_not
                         ? "could not have changed who won, whichever papers they were"
                     : outcome == impact::ImpactOutcome::could
                         ? "could have changed who won, if they were the right ones"
                         : "cannot be told either way from what is proved";
  return Json{{"k", k},
              {"added", added},
              {"outcome", impact::to_string(outcome)},
              {"sentence", fmt::format("{} papers taken away{}: that {}.", k,
                                       added > 0 ? fmt::format(" and {} added", added) : "", what)}};
}

}  // namespace scrutineer::serve
