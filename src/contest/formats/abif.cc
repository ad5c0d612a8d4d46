// ABIF, the Aggregated Ballot Information Format (electorama/abif):
//
//   {title: "…"}                 metadata; {"title": "…"} too
//   =Knox:[Knoxville, TN]        a token and its name
//   42:Memph>Nash/4>Chat=Knox    how many: ranks from best; "=" or "," are equals; "/score" is a note
//   27:["A, B"]>Chat             a name in brackets stands for itself
//   # comment
//
// Tokens that are not declared are candidates of that name.
#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

std::string_view without_quotes(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

class AbifReader {
 public:
  explicit AbifReader(const Source& source) : scan_(source.bytes, source.name) {}

  Result<Ballots> read() {
    while (!scan_.at_end()) {
      where_ = scan_.place();
      const std::string_view raw = scan_.take_line();
      const std::string_view line = trimmed(raw);
      if (line.empty() || line.front() == '#') continue;
      if (line.front() == '{') {
        read_metadata(line);
      } else if (line.front() == '=') {
        SCRUTINEER_CHECK(read_name(line));
      } else {
        SCRUTINEER_CHECK(read_ballot(raw));
      }
    }
    if (scores_) ballots_.notes.emplace_back("scores were given besides ranks");
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  void read_metadata(std::string_view line) {
    line = line.substr(1, line.size() - (line.back() == '}' ? 2 : 1));
    const std::size_t colon = line.find(':');
    const std::string_view key = without_quotes(line.substr(0, colon));
    const std::string_view value =
        colon == std::string_view::npos ? std::string_view() : without_quotes(line.substr(colon + 1));
    if (key == "title") {
      ballots_.title = value;
    } else {
      ballots_.notes.push_back(fmt::format("{}: {}", key, value));
    }
  }

  Status read_name(std::string_view line) {
    const std::size_t colon = line.find(":[");
    if (colon == std::string_view::npos || line.back() != ']')
      return refused("the line names no candidate", where_, "=token:[name]");
    const std::string token(without_brackets(trimmed(line.substr(1, colon - 1))));
    const std::string name(line.substr(colon + 2, line.size() - colon - 3));
    const auto known = tokens_.find(token);
    if (known == tokens_.end()) {
      tokens_.emplace(token, static_cast<Candidate>(ballots_.candidates.size()));
      ballots_.candidates.push_back(name);
    } else {
      ballots_.candidates[known->second] = name;
    }
    return {};
  }

  static std::string_view without_brackets(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') return text.substr(1, text.size() - 2);
    return without_quotes(text);
  }

  Candidate candidate_of(std::string_view word) {
    const std::string token(without_brackets(word));
    const auto [place, is_new] =
        tokens_.try_emplace(token, static_cast<Candidate>(ballots_.candidates.size()));
    if (is_new) ballots_.candidates.push_back(token);
    return place->second;
  }

  Status read_ballot(std::string_view line) {
    const std::size_t colon = line.find(':');
    const auto weight = colon == std::string_view::npos ? Result<Weight>(refused(""))
                                                        : parse_weight(trimmed(line.substr(0, colon)));
    if (!weight)
      return refused("the line is no kind of ballot", where_, "how many:first>second=second>third");
    flat_.clear();
    std::size_t at = colon + 1;
    bool any = false;
    while (at < line.size()) {
      if (TextScanner::is_white(line[at])) {
        ++at;
        continue;
      }
      if (line[at] == '#') break;
      SCRUTINEER_TRY(const std::string_view word, take_token(line, at));
      flat_.push_back(candidate_of(word));
      any = true;
      while (at < line.size() && TextScanner::is_white(line[at])) ++at;
      if (at < line.size() && line[at] == '/') {
        scores_ = true;
        while (at < line.size() && line[at] != '>' && line[at] != '=' && line[at] != ',' && line[at] != '#')
          ++at;
      }
      if (at >= line.size() || line[at] == '#') break;
      if (line[at] == '>') flat_.push_back(BallotBuilder::rank_end);
      if (line[at] != '>' && line[at] != '=' && line[at] != ',') return unexpected_at(at);
      ++at;
    }
    if (any) flat_.push_back(BallotBuilder::rank_end);
    if (auto added = builder_.add(flat_, *weight); !added) {
      added.error().where = where_;
      return added;
    }
    return {};
  }

  std::unexpected<Error> unexpected_at(std::size_t at) const {
    Place place = where_;
    place.column += at;
    return refused("unexpected text in a ballot", place, "> or = or , or the end of the line");
  }

  Result<std::string_view> take_token(std::string_view line, std::size_t& at) {
    const std::size_t begin = at;
    if (line[at] == '[' || line[at] == '"') {
      const std::size_t end = line.find(line[at] == '[' ? ']' : '"', at + 1);
      if (end == std::string_view::npos) return unexpected_at(at);
      at = end + 1;
      return line.substr(begin, at - begin);
    }
    while (at < line.size() && std::string_view(">=,/#\r\t").find(line[at]) == std::string_view::npos) ++at;
    const std::string_view word = trimmed(line.substr(begin, at - begin));
    if (word.empty()) return unexpected_at(begin);
    return word;
  }

  TextScanner scan_;
  Place where_;
  Ballots ballots_;
  BallotBuilder builder_;
  std::map<std::string, Candidate> tokens_;
  std::vector<Candidate> flat_;
  bool scores_ = false;
};

bool looks_like_abif(const Source& source) {
  TextScanner scan(source.bytes, "");
  while (!scan.at_end()) {
    const std::string_view line = trimmed(scan.take_line());
    if (line.empty() || line.front() == '#' || (line.front() == '{' && line.back() == '}')) continue;
    if (line.front() == '=' && line.find(":[") != std::string_view::npos) return true;
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && parse_weight(trimmed(line.substr(0, colon))).has_value() &&
           line.find_first_of(">=,/", colon) != std::string_view::npos &&
           line.find("\": ") == std::string_view::npos;
  }
  return false;
}

Result<Written> write_abif(const Ballots& ballots) {
  if (ballots.weight_scale != 1)
    return refused("whole papers only are written as ABIF", {}, "no decimal weights");
  for (const std::string& name : ballots.candidates)
    if (name.find_first_of("[]") != std::string::npos || !fits_a_line(name))
      return refused("ABIF cannot hold the name \"" + printable(name, 80) + "\"", {},
                     "names without brackets, line breaks and outer blanks");
  Written written;
  std::string& out = written.bytes;
  const bool title = ballots.title.find_first_of("\"{}") == std::string::npos && fits_a_line(ballots.title);
  if (!ballots.title.empty() && title) out += fmt::format("{{title: \"{}\"}}\n", ballots.title);
  for (std::size_t i = 0; i < ballots.candidates.size(); ++i)
    out += fmt::format("=c{}:[{}]\n", i + 1, ballots.candidates[i]);
  for (const Ballot& ballot : ballots.ballots) {
    std::string line;
    for (const auto& rank : ballot.ranks) {
      std::string part;
      for (const Candidate c : rank) part += fmt::format("{}c{}", part.empty() ? "" : "=", c + 1);
      if (!part.empty()) line += (line.empty() ? "" : ">") + part;
    }
    out += fmt::format("{}:{}\n", ballot.count, line);
  }
  written.lost = losses(ballots, {.title = title, .blank = true, .equal = true, .repeated = true});
  if (!ballots.notes.empty()) written.lost.emplace_back("notes");
  return written;
}

Result<Ballots> read_abif(const Source& source) {
  return AbifReader(source).read();
}

}  // namespace

Format abif_format() {
  return {"abif", "ABIF, the Aggregated Ballot Information Format", looks_like_abif, read_abif, write_abif};
}

}  // namespace scrutineer::contest
