// The ballot files of margin-irv (Blom, Stuckey, Teague and Tidhar, ECAI 2016): candidates' ids, their names
// or parties, a line of dashes, then one line a kind of ballot.
//
//   1, 2, 3
//   Ann,Ben,Cy
//   -+-+-
//   (2, 1) : 30
//   () : 5
//
// The second line is taken as names where they differ from one another, else the ids are the names.
#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

bool is_rule_line(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of("-+") == std::string_view::npos &&
         line.find('-') != std::string_view::npos;
}

bool looks_like_margin_irv(const Source& source) {
  TextScanner scan(source.bytes, "");
  scan.take_line();
  scan.take_line();
  return is_rule_line(trimmed(scan.take_line()));
}

std::vector<std::string> list_of(std::string_view line) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(line, ',')) parts.emplace_back(trimmed(part));
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  return parts;
}

// "(2, 1) : 30" into flat ranks and a weight.
Result<Weight> read_line(std::string_view line, const Place& where,
                         const std::map<std::string, Candidate>& numbers, std::vector<Candidate>& flat) {
  flat.clear();
  const std::size_t close = line.find(')');
  const std::size_t colon = line.find(':', close == std::string_view::npos ? line.size() : close);
  if (line.empty() || line.front() != '(' || colon == std::string_view::npos)
    return refused("the line is no kind of ballot", where, "(first, second, …) : number");
  for (const std::string& id : list_of(line.substr(1, close - 1))) {
    const auto number = numbers.find(id);
    if (number == numbers.end())
      return refused(fmt::format("\"{}\" is not a candidate", printable(id, 40)), where,
                     "an id of the first line");
    flat.push_back(number->second);
    flat.push_back(BallotBuilder::rank_end);
  }
  auto weight = parse_weight(trimmed(line.substr(colon + 1)));
  if (!weight) {
    weight.error().where = where;
    weight.error().where.column += colon + 1;
  }
  return weight;
}

Result<Ballots> read_margin_irv(const Source& source) {
  TextScanner scan(source.bytes, source.name);
  Ballots ballots;
  const std::vector<std::string> ids = list_of(scan.take_line());
  const std::vector<std::string> names = list_of(scan.take_line());
  const std::set<std::string> different(names.begin(), names.end());
  const bool named = names.size() == ids.size() && different.size() == names.size();
  ballots.candidates = named ? names : ids;
  if (!named && !names.empty()) ballots.notes.push_back("second line: " + join(names, ","));
  if (!is_rule_line(trimmed(scan.take_line())))
    return refused("the third line is no rule", {source.name, 3, 1}, "-+-+-");
  std::map<std::string, Candidate> numbers;
  for (std::size_t i = 0; i < ids.size(); ++i) numbers[ids[i]] = static_cast<Candidate>(i);
  BallotBuilder builder;
  std::vector<Candidate> flat;
  while (!scan.at_end()) {
    const Place where = scan.place();
    const std::string_view line = trimmed(scan.take_line());
    if (line.empty()) continue;
    SCRUTINEER_TRY(const Weight weight, read_line(line, where, numbers, flat));
    if (auto added = builder.add(flat, weight); !added) {
      added.error().where = where;
      return std::unexpected(added.error());
    }
  }
  builder.finish(ballots);
  return ballots;
}

}  // namespace

Format margin_irv_format() {
  return {"margin-irv", "ballot files of margin-irv (Blom et al. 2016)", looks_like_margin_irv,
          read_margin_irv, nullptr};
}

}  // namespace scrutineer::contest
