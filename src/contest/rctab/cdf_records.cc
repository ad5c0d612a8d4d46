// Records in the Cast Vote Records Common Data Format (NIST SP 1500-103), JSON or XML. XML is read into the
// same shape as JSON: elements by local name, each a list; the attribute ObjectId as "@id"; text as "#".
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "contest/formats/text_scanner.h"
#include "contest/rctab/records.h"
#include "contest/rctab/xml_parse.h"

namespace scrutineer::contest::rctab {
namespace {

using Json = nlohmann::json;

// A member as a list: absent is empty, a single value is a list of one.
std::vector<const Json*> list(const Json& node, const char* key) {
  std::vector<const Json*> items;
  if (!node.is_object() || !node.contains(key)) return items;
  const Json& member = node[key];
  if (!member.is_array()) return {&member};
  for (const Json& item : member) items.push_back(&item);
  return items;
}

std::string text(const Json& node) {
  if (node.is_string()) return node.get<std::string>();
  if (node.is_object() && node.contains("#") && node["#"].is_string())
    return std::string(trimmed(node["#"].get_ref<const std::string&>()));
  if (node.is_number() || node.is_boolean()) return node.dump();
  return "";
}

std::string text(const Json& node, const char* key) {
  const auto items = list(node, key);
  return items.empty() ? "" : text(*items.front());
}

Result<Json> from_xml(const std::string& document, const std::string& file) {
  std::vector<std::pair<std::string, Json>> open = {{"", Json::object()}};
  XmlHandler handler;
  handler.start = [&](std::string_view name, const std::map<std::string, std::string>& attributes) {
    Json node = Json::object();
    if (attributes.contains("ObjectId")) node["@id"] = attributes.at("ObjectId");
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
    open.back().second[name].push_back(std::move(node));
  };
  SCRUTINEER_CHECK(parse_xml(document, file, handler));
  const auto reports = list(open.front().second, "CastVoteRecordReport");
  if (reports.empty()) return refused("no CastVoteRecordReport", {file}, "a cast vote record report");
  return *reports.front();
}

struct Contest {
  std::string id;
  std::map<std::string, std::uint32_t> candidates;  // by selection id
};

// The contest named in the source (by name or id), and who its selections stand for.
Result<Contest> find_contest(const Config& config, const Source& source, const Json& report) {
  std::map<std::string, std::string> names;
  const Json* found = nullptr;
  for (const Json* election : list(report, "Election")) {
    for (const Json* candidate : list(*election, "Candidate"))
      names[text(*candidate, "@id")] = text(*candidate, "Name");
    for (const Json* contest : list(*election, "Contest"))
      if (found == nullptr &&
          (text(*contest, "Name") == source.contest || text(*contest, "@id") == source.contest))
        found = contest;
  }
  const Place file{source.file.string()};
  if (found == nullptr)
    return refused(fmt::format("contest \"{}\" is not in the report", printable(source.contest, 80)), file,
                   "the name or id of a contest");
  Contest contest;
  contest.id = text(*found, "@id");
  for (const Json* selection : list(*found, "ContestSelection")) {
    std::string name;
    // A ticket of several people is one candidate: RCTab knows it by its first.
    for (const Json* id : list(*selection, "CandidateIds"))
      if (name.empty()) name = names[text(*id)];
    if (text(*selection, "IsWriteIn") == "true" ||
        (!source.undeclared_label.empty() && name == source.undeclared_label))
      name = config.names.contains(undeclared) && !config.names.contains(name) ? undeclared : name;
    const auto candidate = config.names.find(name);
    if (candidate != config.names.end()) contest.candidates[text(*selection, "@id")] = candidate->second;
  }
  return contest;
}

Status read_selection(const Config& config, const Source& source, const Contest& contest,
                      const Json& selection, Record& record) {
  const std::string id = text(selection, "ContestSelectionId");
  if (id.empty())
    return {};  // a name written in that nobody has judged yet: no mark for a declared candidate
  for (const Json* position : list(selection, "SelectionPosition")) {
    if (text(*position, "HasIndication") == "no" || text(*position, "IsAllocable") == "no") continue;
    const std::string written = text(*position, "Rank");
    const auto rank = written.empty() ? std::optional<std::uint32_t>(1) : whole_number(written);
    if (!rank || *rank == 0)
      return refused(fmt::format("\"{}\" is not a rank", printable(written, 40)), {source.file.string()},
                     "from 1");
    if (*rank > config.rules.max_ranks) continue;
    const auto candidate = contest.candidates.find(id);
    if (candidate == contest.candidates.end())
      return refused(
          fmt::format("selection \"{}\" is for no candidate of the configuration", printable(id, 80)),
          {source.file.string()}, "a declared name or alias");
    add_mark(record, *rank, candidate->second);
  }
  return {};
}

}  // namespace

Status read_cdf(const Config& config, const Source& source, std::vector<Record>& records) {
  std::ifstream stream(source.file, std::ios::binary);
  if (!stream) return refused("cannot be read", {source.file.string()}, "a cast vote record report");
  const std::string document((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  Json report;
  if (trimmed(std::string_view(document).substr(0, 256)).starts_with('<')) {
    SCRUTINEER_TRY(report, from_xml(document, source.file.string()));
  } else {
    report = Json::parse(document, nullptr, false);
  }
  if (!report.is_object())
    return refused("neither JSON nor XML", {source.file.string()}, "a cast vote record report");
  SCRUTINEER_TRY(const Contest contest, find_contest(config, source, report));
  for (const Json* paper : list(report, "CVR")) {
    const std::string current = text(*paper, "CurrentSnapshotId");
    for (const Json* snapshot : list(*paper, "CVRSnapshot")) {
      if (!current.empty() && text(*snapshot, "@id") != current) continue;
      for (const Json* item : list(*snapshot, "CVRContest")) {
        if (text(*item, "ContestId") != contest.id) continue;
        Record record;
        for (const Json* selection : list(*item, "CVRContestSelection"))
          SCRUTINEER_CHECK(read_selection(config, source, contest, *selection, record));
        records.push_back(std::move(record));
      }
    }
  }
  return {};
}

}  // namespace scrutineer::contest::rctab
