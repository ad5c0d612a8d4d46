// BLT: I. D. Hill, B. A. Wichmann, D. R. Woodall, "Algorithm 123: Single transferable vote by Meek's method",
// Computer Journal 30 (1987) 277-281, and what later programs added to it.
//
//   file       = candidates seats { withdrawn } { ballot } "0" { name } [ title ]
//   withdrawn  = "-" number                     number of a candidate, from 1
//   ballot     = [ "(" id ")" ] weight { rank } "0"
//   rank       = number { "=" number } | "-"    equal preferences; a skipped rank (OpenSTV)
//   name,title = quoted text, or the rest of a line
//
// White space is free before the names; "#" starts a comment outside quotes; weights may be decimal
// (OpenTally); Droop's "[tie …]" and "[nick …]" lines are read: nick names stand for numbers, the rest is
// kept as a note.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_candidates = 100'000;
constexpr std::string_view comment_note = "comment: ";

class BltReader {
 public:
  explicit BltReader(const Source& source) : scan_(source.bytes, source.name) {}

  Result<Ballots> read() {
    SCRUTINEER_CHECK(read_header());
    SCRUTINEER_CHECK(read_ballots());
    SCRUTINEER_CHECK(read_names());
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  // Past white space and comments. Notes what a comment says, because a returning officer may have written
  // there what matters.
  void skip_space() {
    for (;;) {
      scan_.skip_white(true);
      if (scan_.at_end() || scan_.peek() != '#') return;
      scan_.step();
      const std::string_view comment = trimmed(scan_.take_line());
      if (!comment.empty()) ballots_.notes.push_back(std::string(comment_note) + std::string(comment));
    }
  }

  // The next word, with a comment that touches it left for later.
  std::string_view next_word() {
    const std::string_view rest = scan_.rest();
    std::size_t length = 0;
    while (length < rest.size() && !TextScanner::is_white(rest[length]) && rest[length] != '#') ++length;
    scan_.advance(length);
    return rest.substr(0, length);
  }

  std::unexpected<Error> wrong(std::string what, Place where, std::string expected) const {
    return refused(std::move(what), std::move(where), std::move(expected));
  }

  Result<std::uint32_t> header_number(const char* what, std::uint32_t most) {
    skip_space();
    if (scan_.at_end())
      return wrong(fmt::format("the file ends before the number of {}", what), scan_.place(), "");
    const Place where = scan_.place();
    const std::string_view word = next_word();
    const auto number = whole_number(word);
    if (!number || *number == 0 || *number > most)
      return wrong(fmt::format("\"{}\" is not the number of {}", printable(word, 40), what), where,
                   fmt::format("a whole number from 1 to {}", most));
    return *number;
  }

  Status read_header() {
    SCRUTINEER_TRY(candidates_, header_number("candidates", most_candidates));
    SCRUTINEER_TRY(ballots_.seats, header_number("seats", most_candidates));
    for (;;) {
      skip_space();
      if (scan_.at_end()) return {};
      if (scan_.peek() == '[') {
        SCRUTINEER_CHECK(read_option());
      } else if (scan_.peek() == '-') {
        const Place where = scan_.place();
        const std::string_view word = next_word();
        const auto number = whole_number(word.substr(1));
        if (!number || *number == 0 || *number > candidates_)
          return wrong(fmt::format("\"{}\" is not a withdrawn candidate", printable(word, 40)), where,
                       fmt::format("from -1 to -{}", candidates_));
        ballots_.withdrawn.push_back(*number - 1);
      } else {
        return {};
      }
    }
  }

  // "[nick a b c]" gives candidates short names; any other option is a note.
  Status read_option() {
    const Place where = scan_.place();
    const std::string_view rest = scan_.rest();
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return wrong("an option in [ ] does not end", where, "]");
    const std::string option(rest.substr(1, end - 1));
    for (std::size_t i = 0; i <= end; ++i) scan_.step();
    const auto parts = words(option);
    if (parts.empty() || parts.front() != "nick") {
      ballots_.notes.push_back("option: " + option);
      return {};
    }
    if (parts.size() != candidates_ + 1)
      return wrong(fmt::format("{} nick names for {} candidates", parts.size() - 1, candidates_), where,
                   "one nick name for each candidate");
    for (std::size_t i = 1; i < parts.size(); ++i)
      nick_names_[std::string(parts[i])] = static_cast<Candidate>(i - 1);
    return {};
  }

  Result<Candidate> candidate_of(std::string_view word, TextScanner::Spot where) const {
    if (const auto number = whole_number(word); number && *number >= 1 && *number <= candidates_)
      return *number - 1;
    if (const auto nick = nick_names_.find(std::string(word)); nick != nick_names_.end()) return nick->second;
    return wrong(fmt::format("\"{}\" is not a candidate", printable(word, 40)), scan_.at(where),
                 fmt::format("a number from 1 to {}, or 0 at the end of the ballot", candidates_));
  }

  // One rank: "3", "2=4", "-".
  Status read_rank(std::string_view word, TextScanner::Spot where) {
    if (word == "-") {
      flat_.push_back(BallotBuilder::rank_end);
      return {};
    }
    for (std::size_t from = 0; from <= word.size();) {
      const std::size_t end = std::min(word.find('=', from), word.size());
      const TextScanner::Spot at{where.line, where.column + from};
      SCRUTINEER_TRY(const Candidate candidate, candidate_of(word.substr(from, end - from), at));
      flat_.push_back(candidate);
      from = end + 1;
    }
    flat_.push_back(BallotBuilder::rank_end);
    return {};
  }

  Status read_ballot(Weight weight, TextScanner::Spot start) {
    flat_.clear();
    for (;;) {
      skip_space();
      if (scan_.at_end())
        return wrong("the file ends within a ballot", scan_.at(start), "0 at the end of the ballot");
      const TextScanner::Spot where = scan_.spot();
      const std::string_view word = next_word();
      if (word == "0") break;
      SCRUTINEER_CHECK(read_rank(word, where));
    }
    if (auto added = builder_.add(flat_, weight); !added) {
      added.error().where = scan_.at(start);
      return added;
    }
    return {};
  }

  Status read_ballots() {
    for (;;) {
      skip_space();
      if (scan_.at_end())
        return wrong("the file ends within the ballots", scan_.place(), "0 after the last ballot");
      const TextScanner::Spot start = scan_.spot();
      if (scan_.peek() == '(') {
        while (!scan_.at_end() && scan_.peek() != ')' && scan_.peek() != '\n') scan_.step();
        if (scan_.at_end() || scan_.peek() != ')')
          return wrong("a ballot id does not end", scan_.at(start), ")");
        scan_.step();
        ++ids_;
        continue;
      }
      const std::string_view word = next_word();
      // "0" alone ends the ballots; "0 3 1 0" on one line is a kind of ballot that nobody cast.
      if (word == "0" && line_is_done()) return finish_ballots();
      auto weight = parse_weight(word);
      if (!weight)
        return wrong(fmt::format("\"{}\" is not the number of ballots", printable(word, 40)), scan_.at(start),
                     "how many ballots, then candidates, then 0");
      SCRUTINEER_CHECK(read_ballot(*weight, start));
    }
  }

  // True if nothing but blanks or a comment or a name follows on this line.
  bool line_is_done() const {
    const std::string_view rest = scan_.rest();
    for (const char c : rest) {
      if (c == '\n' || c == '#' || c == '"') return true;
      if (!TextScanner::is_white(c)) return (c < '0' || c > '9') && c != '-';
    }
    return true;
  }

  Status finish_ballots() {
    if (ids_ > 0) ballots_.notes.push_back(fmt::format("{} ballots carried an id", ids_));
    return {};
  }

  // Up to the closing quote; a doubled quote stands for one.
  Result<std::string> quoted() {
    const Place start = scan_.place();
    std::string text;
    scan_.step();
    for (;;) {
      if (scan_.at_end()) return wrong("a quoted name does not end", start, "\" after the name");
      const char c = scan_.peek();
      scan_.step();
      if (c != '"') {
        text += c;
      } else if (!scan_.at_end() && scan_.peek() == '"') {
        text += '"';
        scan_.step();
      } else {
        return text;
      }
    }
  }

  Status read_names() {
    std::vector<std::string> names;
    for (;;) {
      skip_space();
      if (scan_.at_end()) break;
      const Place where = scan_.place();
      if (names.size() == candidates_ + 1 && scan_.peek() != '"') {
        ballots_.notes.push_back("after the title: " + std::string(trimmed(scan_.take_line())));
        continue;
      }
      if (scan_.peek() == '"') {
        SCRUTINEER_TRY(std::string name, quoted());
        names.push_back(std::move(name));
      } else {
        names.emplace_back(trimmed(scan_.take_line()));
      }
      if (names.size() > candidates_ + 1) {
        ballots_.notes.push_back("after the title: " + names.back());
        names.pop_back();
      }
      if (names.size() <= candidates_ && trimmed(names.back()).empty())
        return wrong(fmt::format("candidate {} has no name", names.size()), where, "a name");
    }
    if (names.size() < candidates_)
      return wrong(fmt::format("{} names for {} candidates", names.size(), candidates_), scan_.place(),
                   "a name for each candidate, then the title");
    if (names.size() > candidates_) {
      ballots_.title = std::move(names.back());
      names.pop_back();
    }
    ballots_.candidates = std::move(names);
    return {};
  }

  TextScanner scan_;
  Ballots ballots_;
  BallotBuilder builder_;
  std::map<std::string, Candidate> nick_names_;
  std::vector<Candidate> flat_;
  std::uint32_t candidates_ = 0;
  std::uint64_t ids_ = 0;
};

// Two whole numbers, alone on the first line that is not a comment, and then a line that starts as a ballot
// does.
bool looks_like_blt(const Source& source) {
  TextScanner scan(source.bytes, "");
  for (;;) {
    scan.skip_white(true);
    if (scan.at_end()) return false;
    if (scan.peek() != '#') break;
    const std::string_view comment = scan.take_line();
    if (comment.starts_with("# FILE NAME:") || comment.starts_with("# NUMBER ")) return false;  // PrefLib
  }
  std::string_view line = scan.take_line();
  line = line.substr(0, line.find('#'));
  const auto parts = words(line);
  return parts.size() >= 2 && whole_number(parts[0]) && whole_number(parts[1]);
}

std::string quoted_name(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

Result<Written> write_blt(const Ballots& ballots) {
  Written written;
  std::string& out = written.bytes;
  out = fmt::format("{} {}\n", ballots.candidates.size(), ballots.seats);
  bool notes = false;
  for (const std::string& note : ballots.notes) {
    const bool comment = note.starts_with(comment_note) && fits_a_line(note);
    if (comment) out += fmt::format("# {}\n", note.substr(comment_note.size()));
    notes = notes || !comment;
  }
  for (const Candidate candidate : ballots.withdrawn) out += fmt::format("-{}\n", candidate + 1);
  for (const Ballot& ballot : ballots.ballots) {
    out += decimal_weight(ballot.count, ballots.weight_scale);
    for (const auto& rank : ballot.ranks) {
      if (rank.empty()) out += " -";
      for (std::size_t i = 0; i < rank.size(); ++i)
        out += fmt::format("{}{}", i == 0 ? ' ' : '=', rank[i] + 1);
    }
    out += " 0\n";
  }
  out += "0\n";
  for (const std::string& name : ballots.candidates) out += quoted_name(name) + '\n';
  out += quoted_name(ballots.title) + '\n';
  written.lost = losses(ballots, {.title = true,
                                  .seats = true,
                                  .withdrawn = true,
                                  .blank = true,
                                  .equal = true,
                                  .skipped = true,
                                  .repeated = true});
  if (notes) written.lost.emplace_back("notes");
  return written;
}

Result<Ballots> read_blt(const Source& source) {
  return BltReader(source).read();
}

}  // namespace

Format blt_format() {
  return {"blt", "BLT (Hill, Wichmann and Woodall 1987, with OpenSTV, OpenTally and Droop additions)",
          looks_like_blt, read_blt, write_blt};
}

}  // namespace scrutineer::contest
