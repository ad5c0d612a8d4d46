#include "canvass/case_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "canvass/weighted.h"

namespace scrutineer::canvass {
namespace {

Result<std::string> setting(store::Sqlite& database, std::string_view name) {
  SCRUTINEER_TRY(store::Statement rows, database.prepare("SELECT value FROM settings WHERE name = ?1"));
  rows.bind(name);
  SCRUTINEER_TRY(const bool found, rows.step());
  return found ? rows.text(0) : std::string();
}

Result<std::optional<std::uint64_t>> margin_in(const std::filesystem::path& file) {
  std::ifstream input(file);
  const auto json = nlohmann::json::parse(input, nullptr, false);
  const auto impact = json.is_object() ? json.find("impact") : json.end();
  if (!json.is_object() || impact == json.end() || !impact->is_object() || !impact->contains("margin"))
    return refused("there is no impact.margin in it", {.file = file.string()},
                   "the findings.json of an audit");
  const nlohmann::json& margin = impact->at("margin");
  if (!margin.is_number_unsigned()) return std::nullopt;
  return margin.get<std::uint64_t>();
}

}  // namespace

Result<std::vector<std::string>> eligible_entries(store::CaseFile& file) {
  SCRUTINEER_TRY(store::Statement rows,
                 file.database().prepare("SELECT id, line FROM members WHERE eligible = 1 ORDER BY number"));
  std::vector<std::string> ids;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    ids.push_back(rows.text(0));
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(ids.back().begin(), ids.back().end(), is_control)) {
      return refused("the id \"" + printable(ids.back()) + "\" of line " + std::to_string(rows.integer(1)) +
                         " of the members roll holds a control character",
                     {.file = file.folder().string()}, "ids of printable characters");
    }
  }
  if (ids.empty()) return refused("the case has no eligible member", {.file = file.folder().string()});
  std::sort(ids.begin(), ids.end());
  return ids;
}

namespace {

struct Strength {
  double e = 1;
  bool listed = false;
};

Result<std::map<std::string, Strength, std::less<>>> strengths(store::CaseFile& file) {
  std::map<std::string, Strength, std::less<>> found;
  SCRUTINEER_TRY(store::Statement rows,
                 file.database().prepare("SELECT m.member, max(coalesce(f.e, 1)), max(f.listed) FROM "
                                         "finding_members m JOIN findings f ON f.id = m.finding GROUP BY 1"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return found;
    found[rows.text(0)] = {rows.real(1), rows.integer(2) != 0};
  }
}

void give_turns(std::vector<FrameEntry>& entries, const std::map<std::string, Strength, std::less<>>& found) {
  std::vector<std::pair<double, FrameEntry*>> questioned;
  for (FrameEntry& entry : entries) {
    const auto strength = found.find(entry.id);
    if (strength != found.end() && strength->second.listed)
      questioned.emplace_back(-strength->second.e, &entry);
  }
  // Entries stand sorted by id, and so do those of one strength.
  std::stable_sort(questioned.begin(), questioned.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < questioned.size(); ++i)
    questioned[i].second->turn = static_cast<std::uint32_t>(i + 1);
}

}  // namespace

Result<std::vector<FrameEntry>> entries_for(store::CaseFile& file, Design design, const StrataOfIds& strata) {
  SCRUTINEER_TRY(auto ids, eligible_entries(file));
  std::vector<FrameEntry> entries;
  entries.reserve(ids.size());
  for (std::string& id : ids) entries.push_back({std::move(id), 1, "", 0});
  if (design == Design::simple) return entries;
  SCRUTINEER_TRY(const auto found, strengths(file));
  const auto strength_of = [&](const FrameEntry& entry) {
    const auto place = found.find(entry.id);
    return place == found.end() ? Strength{} : place->second;
  };
  if (design == Design::strip_and_sample) give_turns(entries, found);
  if (design == Design::weighted) {
    std::vector<double> e_values;
    e_values.reserve(entries.size());
    for (const FrameEntry& entry : entries) e_values.push_back(strength_of(entry).e);
    const auto lots = lots_of(e_values);
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i].lots = lots[i];
  }
  if (design == Design::stratified) {
    for (FrameEntry& entry : entries) {
      const auto place = strata.find(entry.id);
      if (!strata.empty() && place == strata.end())
        return refused(fmt::format("the strata lack the eligible member \"{}\"", printable(entry.id, 80)));
      entry.stratum = !strata.empty() ? place->second : strength_of(entry).listed ? "questioned" : "other";
    }
  }
  return entries;
}

Result<CaseFacts> facts_of(store::CaseFile& file) {
  CaseFacts facts;
  store::Sqlite& database = file.database();
  SCRUTINEER_TRY(facts.title, setting(database, "inquiry.title"));
  SCRUTINEER_TRY(facts.freeze_date, setting(database, "inquiry.freeze_date"));
  SCRUTINEER_TRY(const std::int64_t eligible,
                 database.integer("SELECT count(*) FROM members WHERE eligible = 1"));
  SCRUTINEER_TRY(
      const std::int64_t questioned,
      database.integer("SELECT count(*) FROM members WHERE eligible = 1 AND id IN (SELECT m.member "
                       "FROM finding_members m JOIN findings f ON f.id = m.finding WHERE f.listed = 1)"));
  facts.eligible = static_cast<std::uint64_t>(eligible);
  facts.questioned = static_cast<std::uint64_t>(questioned);
  SCRUTINEER_TRY(facts.margin, margin_in(file.folder() / "findings.json"));
  return facts;
}

Result<std::uint64_t> margin_to_use(const CaseFacts& facts, std::optional<std::uint64_t> wanted) {
  const std::optional<std::uint64_t> margin = wanted ? wanted : facts.margin;
  if (!margin)
    return wrong_usage("the case holds no margin", "--margin with the number of entries that matters");
  if (*margin == 0)
    return wrong_usage("a margin of 0 cannot be certified: no number of entries is fewer", "--margin");
  if (*margin > facts.eligible) {
    return wrong_usage("there are fewer eligible entries (" + std::to_string(facts.eligible) +
                           ") than the margin (" + std::to_string(*margin) + "): there is nothing to certify",
                       "--margin with a smaller number");
  }
  return *margin;
}

}  // namespace scrutineer::canvass
