#include "contest/formats/cdf_report.h"

#include <fmt/format.h>

#include "base/text.h"
#include "contest/formats/text_scanner.h"
#include "contest/formats/xml_parse.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t deepest = 64;  // elements or brackets within each other; a report needs a dozen

std::string text_of(const Json& node) {
  if (node.is_string()) return node.get<std::string>();
  if (node.is_object() && node.contains("#") && node["#"].is_string())
    return std::string(trimmed(node["#"].get_ref<const std::string&>()));
  if (node.is_number() || node.is_boolean()) return node.dump();
  return "";
}

Result<Json> from_xml(std::string_view document, const std::string& file) {
  std::vector<std::pair<std::string, Json>> open = {{"", Json::object()}};
  bool too_deep = false;
  XmlHandler handler;
  handler.start = [&](std::string_view name, const std::map<std::string, std::string>& attributes) {
    Json node = Json::object();
    if (attributes.contains("ObjectId")) node["@id"] = attributes.at("ObjectId");
    too_deep = too_deep || open.size() > deepest;
    open.emplace_back(name, std::move(node));
  };
  handler.text = [&](std::string_view part) {
    if (trimmed(part).empty()) return;
    Json& node = open.back().second["#"];
    node = (node.is_string() ? node.get<std::string>() : std::string()) + std::string(part);
  };
  handler.end = [&](std::string_view) {
    auto [name, node] = std::move(open.back());
    open.pop_back();
    Json& members = open.back().second[name];
    if (members.is_array() || members.is_null()) members.push_back(std::move(node));
  };
  SCRUTINEER_CHECK(parse_xml(document, file, handler));
  const auto reports = cdf_list(open.front().second, "CastVoteRecordReport");
  if (reports.empty() || too_deep)
    return refused("no CastVoteRecordReport", {file, 1, 1}, "a cast vote record report");
  return *reports.front();
}

}  // namespace

std::vector<const Json*> cdf_list(const Json& node, const char* key) {
  std::vector<const Json*> items;
  if (!node.is_object() || !node.contains(key)) return items;
  const Json& member = node[key];
  if (!member.is_array()) return {&member};
  for (const Json& item : member) items.push_back(&item);
  return items;
}

std::string cdf_text(const Json& node, const char* key) {
  const auto items = cdf_list(node, key);
  return items.empty() ? "" : text_of(*items.front());
}

Result<Json> read_cdf_report(std::string_view document, const std::string& file) {
  Json report;
  if (trimmed(document.substr(0, 256)).starts_with('<')) {
    SCRUTINEER_TRY(report, from_xml(document, file));
  } else {
    report = Json::parse(document, nullptr, false);
  }
  if (!report.is_object()) return refused("neither JSON nor XML", {file, 1, 1}, "a cast vote record report");
  return report;
}

Status each_cdf_paper(
    const Json& report, const std::string& contest_id, const std::string& file,
    const std::function<Status(const std::vector<CdfMark>& marks, const std::string& unit)>& paper) {
  std::vector<CdfMark> marks;
  const auto read_selection = [&](const Json& selection) -> Status {
    const std::string id = cdf_text(selection, "ContestSelectionId");
    if (id.empty()) return {};
    for (const Json* position : cdf_list(selection, "SelectionPosition")) {
      if (cdf_text(*position, "HasIndication") == "no" || cdf_text(*position, "IsAllocable") == "no")
        continue;
      const std::string written = cdf_text(*position, "Rank");
      const auto rank = written.empty() ? std::optional<std::uint32_t>(1) : whole_number(written);
      if (!rank || *rank == 0)
        return refused(fmt::format("\"{}\" is not a rank", printable(written, 40)), {file}, "from 1");
      marks.push_back({id, *rank});
    }
    return {};
  };
  for (const Json* record : cdf_list(report, "CVR")) {
    const std::string current = cdf_text(*record, "CurrentSnapshotId");
    for (const Json* snapshot : cdf_list(*record, "CVRSnapshot")) {
      if (!current.empty() && cdf_text(*snapshot, "@id") != current) continue;
      for (const Json* item : cdf_list(*snapshot, "CVRContest")) {
        if (cdf_text(*item, "ContestId") != contest_id) continue;
        marks.clear();
        for (const Json* selection : cdf_list(*item, "CVRContestSelection"))
          SCRUTINEER_CHECK(read_selection(*selection));
        SCRUTINEER_CHECK(paper(marks, cdf_text(*record, "BallotStyleUnitId")));
      }
    }
  }
  return {};
}

}  // namespace scrutineer::contest
