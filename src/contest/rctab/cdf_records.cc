// Records in the Cast Vote Records Common Data Format (NIST SP 1500-103), JSON or XML.
#include <fmt/format.h>

#include "base/text.h"
#include "contest/formats/cdf_report.h"
#include "contest/rctab/records.h"
#include "contest/read_ballots.h"

namespace scrutineer::contest::rctab {
namespace {

struct Contest {
  std::string id;
  std::map<std::string, std::uint32_t> candidates;  // by selection id
};

// The contest named in the source (by name or id), and who its selections stand for.
Result<Contest> find_contest(const Config& config, const Source& source, const Json& report) {
  std::map<std::string, std::string> names;
  const Json* found = nullptr;
  for (const Json* election : cdf_list(report, "Election")) {
    for (const Json* candidate : cdf_list(*election, "Candidate"))
      names[cdf_text(*candidate, "@id")] = cdf_text(*candidate, "Name");
    for (const Json* contest : cdf_list(*election, "Contest"))
      if (found == nullptr &&
          (cdf_text(*contest, "Name") == source.contest || cdf_text(*contest, "@id") == source.contest))
        found = contest;
  }
  if (found == nullptr)
    return refused(fmt::format("contest \"{}\" is not in the report", printable(source.contest, 80)),
                   {source.file.string()}, "the name or id of a contest");
  Contest contest;
  contest.id = cdf_text(*found, "@id");
  for (const Json* selection : cdf_list(*found, "ContestSelection")) {
    // A ticket of several people is one candidate: RCTab knows it by its first.
    std::string name = names[cdf_text(*selection, "CandidateIds")];
    if (cdf_text(*selection, "IsWriteIn") == "true" ||
        (!source.undeclared_label.empty() && name == source.undeclared_label))
      name = config.names.contains(undeclared) && !config.names.contains(name) ? undeclared : name;
    const auto candidate = config.names.find(name);
    if (candidate != config.names.end()) contest.candidates[cdf_text(*selection, "@id")] = candidate->second;
  }
  return contest;
}

}  // namespace

Status read_cdf(const Config& config, const Source& source, std::vector<Record>& records) {
  SCRUTINEER_TRY(const std::string document, bytes_of(source.file));
  SCRUTINEER_TRY(const Json report, read_cdf_report(document, source.file.string()));
  SCRUTINEER_TRY(const Contest contest, find_contest(config, source, report));
  const auto read_paper = [&](const std::vector<CdfMark>& marks, const std::string&) -> Status {
    Record record;
    for (const CdfMark& mark : marks) {
      if (mark.rank > config.rules.max_ranks) continue;
      const auto candidate = contest.candidates.find(mark.selection);
      if (candidate == contest.candidates.end())
        return refused(fmt::format("selection \"{}\" is for no candidate of the configuration",
                                   printable(mark.selection, 80)),
                       {source.file.string()}, "a declared name or alias");
      add_mark(record, mark.rank, candidate->second);
    }
    records.push_back(std::move(record));
    return {};
  };
  return each_cdf_paper(report, contest.id, source.file.string(), read_paper);
}

}  // namespace scrutineer::contest::rctab
