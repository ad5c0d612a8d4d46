// Cast Vote Records Common Data Format (NIST SP 1500-103 version 1), JSON and XML. A selection stands for the
// first of its candidates; a mark that names several at one rank stays as it is. Written as JSON, one record
// a paper.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/cdf_report.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_ranks = 10'000;
constexpr std::int64_t most_written = 20'000'000;  // papers, each a record of some 300 bytes

bool looks_like_cdf(const Source& source) {
  const std::string_view start = trimmed(source.bytes.substr(0, 256));
  if (start.empty() || (start.front() != '{' && start.front() != '<')) return false;
  return source.bytes.find("CastVoteRecordReport") != std::string_view::npos;
}

struct Chosen {
  const Json* contest = nullptr;
  std::map<std::string, std::string> names;  // of candidates, by id
};

Result<Chosen> choose(const Json& report, const Source& source) {
  Chosen chosen;
  std::vector<std::string> names;
  std::vector<const Json*> contests;
  for (const Json* election : cdf_list(report, "Election")) {
    for (const Json* candidate : cdf_list(*election, "Candidate"))
      chosen.names[cdf_text(*candidate, "@id")] = cdf_text(*candidate, "Name");
    for (const Json* contest : cdf_list(*election, "Contest")) {
      std::string name = cdf_text(*contest, "Name");
      const std::string id = cdf_text(*contest, "@id");
      if (name.empty() || std::find(names.begin(), names.end(), name) != names.end() || source.contest == id)
        name = id;
      names.push_back(std::move(name));
      contests.push_back(contest);
    }
  }
  if (contests.empty()) return refused("the report has no contest", {source.name, 1, 1}, "Election.Contest");
  SCRUTINEER_TRY(const std::string name, contest_named(names, source));
  chosen.contest =
      contests[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
  return chosen;
}

class CdfReader {
 public:
  explicit CdfReader(const Source& source) : source_(source) {}

  Result<Ballots> read() {
    SCRUTINEER_TRY(const Json report, read_cdf_report(source_.bytes, source_.name));
    SCRUTINEER_TRY(Chosen chosen, choose(report, source_));
    ballots_.title = cdf_text(*chosen.contest, "Name");
    if (const auto seats = whole_number(cdf_text(*chosen.contest, "NumberElected")); seats && *seats > 0)
      ballots_.seats = *seats;
    read_selections(chosen);
    for (const Json* unit : cdf_list(report, "GpUnit"))
      units_[cdf_text(*unit, "@id")] = cdf_text(*unit, "Name");
    SCRUTINEER_CHECK(each_cdf_paper(
        report, cdf_text(*chosen.contest, "@id"), source_.name,
        [&](const std::vector<CdfMark>& marks, const std::string& unit) { return add(marks, unit); }));
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  void read_selections(Chosen& chosen) {
    std::map<std::string, Candidate> numbers;
    for (const Json* selection : cdf_list(*chosen.contest, "ContestSelection")) {
      const std::string id = cdf_text(*selection, "@id");
      std::string name;
      const auto ids = cdf_list(*selection, "CandidateIds");
      if (!ids.empty()) name = chosen.names[cdf_text(*selection, "CandidateIds")];
      if (name.empty()) name = cdf_text(*selection, "IsWriteIn") == "true" ? "Write-in" : id;
      const auto [place, is_new] =
          numbers.try_emplace(name, static_cast<Candidate>(ballots_.candidates.size()));
      if (is_new) ballots_.candidates.push_back(name);
      selections_[id] = place->second;
    }
  }

  Status add(const std::vector<CdfMark>& marks, const std::string& unit) {
    std::map<std::uint32_t, std::vector<Candidate>> ranks;
    for (const CdfMark& mark : marks) {
      const auto candidate = selections_.find(mark.selection);
      if (candidate == selections_.end())
        return refused(fmt::format("selection \"{}\" is not in the contest", printable(mark.selection, 80)),
                       {source_.name}, "the id of a ContestSelection");
      if (mark.rank > most_ranks)
        return refused(fmt::format("rank {} is too great", mark.rank), {source_.name}, "at most 10000");
      auto& rank = ranks[mark.rank];
      if (std::find(rank.begin(), rank.end(), candidate->second) == rank.end())
        rank.push_back(candidate->second);
    }
    flat_.clear();
    std::uint32_t next = 1;
    for (const auto& [rank, candidates] : ranks) {
      for (; next < rank; ++next) flat_.push_back(BallotBuilder::rank_end);
      flat_.insert(flat_.end(), candidates.begin(), candidates.end());
      flat_.push_back(BallotBuilder::rank_end);
      ++next;
    }
    const auto name = units_.find(unit);
    return builder_.add(flat_, {}, builder_.group_of(name == units_.end() ? unit : name->second));
  }

  const Source& source_;
  Ballots ballots_;
  BallotBuilder builder_;
  std::map<std::string, Candidate> selections_;
  std::map<std::string, std::string> units_;
  std::vector<Candidate> flat_;
};

Result<Ballots> read_cdf_ballots(const Source& source) {
  return CdfReader(source).read();
}

using Ordered = nlohmann::ordered_json;

Ordered record_of(const Ballot& ballot, std::optional<std::size_t> unit) {
  Ordered selections = Ordered::array();
  for (std::size_t r = 0; r < ballot.ranks.size(); ++r)
    for (const Candidate c : ballot.ranks[r])
      selections.push_back({{"@type", "CVR.CVRContestSelection"},
                            {"ContestSelectionId", fmt::format("cs-{}", c + 1)},
                            {"SelectionPosition",
                             {{{"@type", "CVR.SelectionPosition"},
                               {"HasIndication", "yes"},
                               {"IsAllocable", "unknown"},
                               {"NumberVotes", 1},
                               {"Rank", r + 1}}}}});
  Ordered contest = {{"@type", "CVR.CVRContest"}, {"ContestId", "contest-1"}};
  if (!selections.empty()) contest["CVRContestSelection"] = std::move(selections);
  Ordered record = {{"@type", "CVR.CVR"},
                    {"CVRSnapshot",
                     {{{"@id", "snapshot"},
                       {"@type", "CVR.CVRSnapshot"},
                       {"CVRContest", {std::move(contest)}},
                       {"Type", "original"}}}},
                    {"CurrentSnapshotId", "snapshot"},
                    {"ElectionId", "election-1"}};
  if (unit) record["BallotStyleUnitId"] = fmt::format("unit-{}", *unit);
  return record;
}

Ordered election_of(const Ballots& ballots) {
  Ordered candidates = Ordered::array();
  Ordered selections = Ordered::array();
  for (std::size_t i = 0; i < ballots.candidates.size(); ++i) {
    const std::string id = fmt::format("candidate-{}", i + 1);
    candidates.push_back({{"@id", id}, {"@type", "CVR.Candidate"}, {"Name", ballots.candidates[i]}});
    selections.push_back(
        {{"@id", fmt::format("cs-{}", i + 1)}, {"@type", "CVR.CandidateSelection"}, {"CandidateIds", {id}}});
  }
  Ordered contest = {{"@id", "contest-1"},
                     {"@type", "CVR.CandidateContest"},
                     {"ContestSelection", std::move(selections)},
                     {"Name", ballots.title},
                     {"NumberElected", ballots.seats}};
  return {{"@id", "election-1"},
          {"@type", "CVR.Election"},
          {"Candidate", std::move(candidates)},
          {"Contest", {std::move(contest)}}};
}

Result<Written> write_cdf(const Ballots& ballots) {
  if (ballots.weight_scale != 1)
    return refused("records are whole papers", {}, "ballots without decimal weights");
  std::int64_t papers = 0;
  for (const Ballot& ballot : ballots.ballots) papers += std::min(ballot.count, most_written + 1);
  if (papers > most_written)
    return refused(fmt::format("more than {} papers, each a record of its own", most_written), {},
                   "another format");
  const bool wards = has_wards(ballots);
  Written written;
  std::string& out = written.bytes;
  const auto dump = [](const Ordered& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  out = "{\"@type\":\"CVR.CastVoteRecordReport\",\n\"Version\":\"1.0.0\",\n\"CVR\":[";
  bool first = true;
  std::vector<std::uint32_t> units_used;  // groups in the order of the papers
  for (const Ballot& ballot : ballots.ballots) {
    auto unit = std::find(units_used.begin(), units_used.end(), ballot.group);
    if (unit == units_used.end()) unit = units_used.insert(unit, ballot.group);
    const auto number = static_cast<std::size_t>(unit - units_used.begin()) + 1;
    const std::string record = dump(record_of(ballot, wards ? std::optional(number) : std::nullopt));
    for (std::int64_t i = 0; i < ballot.count; ++i) {
      out += first ? "\n" : ",\n";
      out += record;
      first = false;
    }
  }
  out += "\n],\n\"Election\":[" + dump(election_of(ballots)) + "]";
  if (wards) {
    Ordered units = Ordered::array();
    for (std::size_t g = 0; g < units_used.size(); ++g)
      units.push_back({{"@id", fmt::format("unit-{}", g + 1)},
                       {"@type", "CVR.GpUnit"},
                       {"Name", ballots.groups[units_used[g]]},
                       {"Type", "precinct"}});
    out += ",\n\"GpUnit\":" + dump(units);
  }
  out += "}\n";
  written.lost = losses(ballots, {.title = true,
                                  .seats = true,
                                  .wards = true,
                                  .blank = true,
                                  .equal = true,
                                  .skipped = true,
                                  .repeated = true});
  if (!ballots.notes.empty()) written.lost.emplace_back("notes");
  return written;
}

}  // namespace

Format cdf_format() {
  return {"cdf", "Cast Vote Records CDF (NIST SP 1500-103), JSON and XML", looks_like_cdf, read_cdf_ballots,
          write_cdf};
}

}  // namespace scrutineer::contest
