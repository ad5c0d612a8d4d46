// PrefLib (Mattei and Walsh, preflib.org): orders over numbered alternatives.
//
// Since September 2022 (soc, soi, toc, toi, cat):
//   # TITLE: …            "# KEY: value" lines first
//   # NUMBER ALTERNATIVES: 3
//   # ALTERNATIVE NAME 1: …
//   12: 2,{1,3}           how many: ranks from best, equals in braces, {} an empty rank
// Before (soc, soi, toc, toi):
//   3                     alternatives
//   1,Name                one line each
//   30,30,4               voters, votes, different orders
//   12,2,{1,3}            how many, ranks
#include <fmt/format.h>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_alternatives = 100'000;

// "2,{1,3},4" into flat ranks. `column` is where the text starts in its line.
Status read_order(std::string_view text, Place where, std::uint32_t alternatives,
                  std::vector<Candidate>& flat) {
  flat.clear();
  bool braces = false;
  std::size_t at = 0;
  const std::uint64_t start = where.column;
  const auto number = [&](std::string_view word) -> Status {
    const auto value = whole_number(word);
    if (!value || *value == 0 || *value > alternatives)
      return refused(fmt::format("\"{}\" is not an alternative", printable(word, 40)), where,
                     fmt::format("a number from 1 to {}", alternatives));
    flat.push_back(*value - 1);
    if (!braces) flat.push_back(BallotBuilder::rank_end);
    return {};
  };
  while (at < text.size()) {
    where.column = start + at;
    const char c = text[at];
    if (c == ',' || TextScanner::is_white(c)) {
      ++at;
    } else if (c == '{' && !braces) {
      braces = true;
      ++at;
    } else if (c == '}' && braces) {
      braces = false;
      flat.push_back(BallotBuilder::rank_end);
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(",{} \t\r", at), text.size());
      SCRUTINEER_CHECK(number(text.substr(at, std::max<std::size_t>(1, end - at))));
      at = std::max(at + 1, end);
    }
  }
  if (braces) return refused("a group of equals does not end", where, "}");
  return {};
}

class PrefLibReader {
 public:
  explicit PrefLibReader(const Source& source) : scan_(source.bytes, source.name), name_(source.name) {}

  Result<Ballots> read() {
    scan_.skip_white(true);
    if (!scan_.at_end() && scan_.peek() == '#') {
      SCRUTINEER_CHECK(read_new_header());
    } else {
      SCRUTINEER_CHECK(read_old_header());
    }
    SCRUTINEER_CHECK(read_orders());
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  Status read_new_header() {
    while (!scan_.at_end() && scan_.peek() == '#') {
      const Place where = scan_.place();
      const std::string_view line = trimmed(scan_.take_line().substr(1));
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string_view key = trimmed(line.substr(0, colon));
      const std::string_view value = trimmed(line.substr(colon + 1));
      if (key == "TITLE") {
        ballots_.title = value;
      } else if (key == "NUMBER ALTERNATIVES") {
        SCRUTINEER_CHECK(set_alternatives(value, where));
      } else if (key.starts_with("ALTERNATIVE NAME ")) {
        const auto number = whole_number(trimmed(key.substr(17)));
        if (!number || *number == 0 || *number > ballots_.candidates.size())
          return refused(fmt::format("\"{}\" names no alternative", printable(key, 60)), where,
                         fmt::format("ALTERNATIVE NAME 1 to {}", ballots_.candidates.size()));
        ballots_.candidates[*number - 1] = value;
      } else if (key != "DATA TYPE" && key != "NUMBER VOTERS" && key != "NUMBER UNIQUE ORDERS") {
        ballots_.notes.push_back(fmt::format("{}: {}", key, value));
      }
      scan_.skip_white(true);
    }
    return {};
  }

  Status set_alternatives(std::string_view text, const Place& where) {
    const auto number = whole_number(trimmed(text));
    if (!number || *number == 0 || *number > most_alternatives)
      return refused(fmt::format("\"{}\" is not the number of alternatives", printable(text, 40)), where,
                     fmt::format("a whole number from 1 to {}", most_alternatives));
    ballots_.candidates.resize(*number);
    for (std::size_t i = 0; i < *number; ++i) ballots_.candidates[i] = fmt::format("alternative {}", i + 1);
    return {};
  }

  Status read_old_header() {
    Place where = scan_.place();
    SCRUTINEER_CHECK(set_alternatives(scan_.take_line(), where));
    for (std::size_t i = 0; i < ballots_.candidates.size(); ++i) {
      where = scan_.place();
      const std::string_view line = scan_.take_line();
      const std::size_t comma = line.find(',');
      if (comma == std::string_view::npos || whole_number(trimmed(line.substr(0, comma))) != i + 1)
        return refused(fmt::format("alternative {} is missing", i + 1), where, fmt::format("{},name", i + 1));
      ballots_.candidates[i] = trimmed(line.substr(comma + 1));
    }
    where = scan_.place();
    const std::string_view totals = scan_.take_line();
    if (split(totals, ',').size() != 3)
      return refused("the line of totals is missing", where, "voters,votes,different orders");
    old_ = true;
    return {};
  }

  Status read_orders() {
    std::vector<Candidate> flat;
    while (!scan_.at_end()) {
      scan_.skip_white(true);
      if (scan_.at_end()) break;
      const Place where = scan_.place();
      const std::string_view line = scan_.take_line();
      if (line.starts_with('#')) continue;
      const std::size_t end = line.find(old_ ? ',' : ':');
      if (end == std::string_view::npos)
        return refused("the line is no order", where, old_ ? "how many,ranks" : "how many: ranks");
      auto weight = parse_weight(trimmed(line.substr(0, end)));
      if (!weight)
        return refused(fmt::format("\"{}\" is not a number of votes", printable(line.substr(0, end), 40)),
                       where, "how many voted so");
      Place order = where;
      order.column += end + 1;
      SCRUTINEER_CHECK(read_order(line.substr(end + 1), order,
                                  static_cast<std::uint32_t>(ballots_.candidates.size()), flat));
      if (auto added = builder_.add(flat, *weight); !added) {
        added.error().where = where;
        return added;
      }
    }
    return {};
  }

  TextScanner scan_;
  std::string name_;
  Ballots ballots_;
  BallotBuilder builder_;
  bool old_ = false;
};

bool looks_like_preflib(const Source& source) {
  TextScanner scan(source.bytes, "");
  scan.skip_white(true);
  const std::string_view first = trimmed(scan.take_line());
  if (first.starts_with("# FILE NAME:") || first.starts_with("# TITLE:") ||
      first.starts_with("# NUMBER ALTERNATIVES:"))
    return true;
  const std::string_view second = trimmed(scan.take_line());
  return whole_number(first).has_value() && second.starts_with("1,") && first.size() < 6;
}

Result<Written> write_preflib(const Ballots& ballots) {
  if (ballots.weight_scale != 1)
    return refused("PrefLib holds whole votes only", {}, "ballots without decimal weights");
  for (const std::string& name : ballots.candidates)
    if (!fits_a_line(name))
      return refused("PrefLib cannot hold the name \"" + printable(name, 80) + "\"", {},
                     "names without line breaks and outer blanks");
  Written written;
  bool equal = false;
  bool complete = true;
  std::int64_t voters = 0;
  std::size_t orders = 0;
  std::string lines;
  for (const Ballot& ballot : ballots.ballots) {
    if (ballot.ranks.empty()) continue;
    std::size_t ranked = 0;
    std::string line;
    for (const auto& rank : ballot.ranks) {
      ranked += rank.size();
      equal = equal || rank.size() != 1;
      std::string part;
      for (const Candidate c : rank) part += fmt::format("{}{}", part.empty() ? "" : ",", c + 1);
      line += (line.empty() ? "" : ",") + (rank.size() == 1 ? part : "{" + part + "}");
    }
    complete = complete && ranked == ballots.candidates.size();
    voters += ballot.count;
    ++orders;
    lines += fmt::format("{}: {}\n", ballot.count, line);
  }
  const char* type = equal ? (complete ? "toc" : "toi") : (complete ? "soc" : "soi");
  const bool title = fits_a_line(ballots.title);
  std::string& out = written.bytes;
  out = fmt::format("# TITLE: {}\n# DATA TYPE: {}\n", title ? ballots.title : "", type);
  out += fmt::format("# NUMBER ALTERNATIVES: {}\n# NUMBER VOTERS: {}\n# NUMBER UNIQUE ORDERS: {}\n",
                     ballots.candidates.size(), voters, orders);
  for (std::size_t i = 0; i < ballots.candidates.size(); ++i)
    out += fmt::format("# ALTERNATIVE NAME {}: {}\n", i + 1, ballots.candidates[i]);
  out += lines;
  written.lost = losses(ballots, {.title = title, .equal = true, .skipped = true, .repeated = true});
  if (!ballots.notes.empty()) written.lost.emplace_back("notes");
  return written;
}

Result<Ballots> read_preflib(const Source& source) {
  return PrefLibReader(source).read();
}

}  // namespace

Format preflib_format() {
  return {"preflib", "PrefLib soc, soi, toc, toi and cat, of 2022 and before", looks_like_preflib,
          read_preflib, write_preflib};
}

}  // namespace scrutineer::contest
