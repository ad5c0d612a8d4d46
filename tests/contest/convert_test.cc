// Conversion between all formats that are written: nothing is lost silently, and nothing is said to be lost
// that was not there.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "contest/read_ballots.h"

namespace scrutineer::contest {
namespace {

std::vector<std::string> written_formats() {
  std::vector<std::string> names;
  for (const FormatName& format : format_names())
    if (format.writes) names.push_back(format.name);
  return names;
}

// Ballots as a set, whatever the order of candidates, wards and papers.
struct Canonical {
  std::string title;
  std::uint32_t seats = 1;
  std::vector<std::string> candidates, withdrawn, notes;
  using Paper = std::pair<std::string, std::vector<std::vector<std::string>>>;  // ward, ranks
  std::map<Paper, double> papers;
  bool operator==(const Canonical&) const = default;
};

Canonical canonical(const Ballots& ballots) {
  Canonical out{ballots.title, ballots.seats, ballots.candidates, {}, ballots.notes, {}};
  std::sort(out.candidates.begin(), out.candidates.end());
  for (const Candidate c : ballots.withdrawn) out.withdrawn.push_back(ballots.candidates[c]);
  std::sort(out.withdrawn.begin(), out.withdrawn.end());
  for (const Ballot& ballot : ballots.ballots) {
    Canonical::Paper paper{ballots.groups[ballot.group], {}};
    for (const auto& rank : ballot.ranks) {
      auto& names = paper.second.emplace_back();
      for (const Candidate c : rank) names.push_back(ballots.candidates[c]);
      std::sort(names.begin(), names.end());
    }
    out.papers[paper] += static_cast<double>(ballot.count) / static_cast<double>(ballots.weight_scale);
  }
  return out;
}

std::string drawn_text(const char* letters, int longest) {
  std::string text;
  const std::string alphabet = letters;
  for (int i = *rc::gen::inRange(1, longest + 1); i > 0; --i)
    text += alphabet[*rc::gen::inRange<std::size_t>(0, alphabet.size())];
  return text;
}

Ballots drawn_ballots() {
  const bool plain = *rc::gen::inRange(0, 3) > 0;  // else with everything a stranger types
  const char* letters = plain ? "abcXYZ" : "aB1 \"'|;,[]{}#:=>/-\\\n<&";
  Ballots ballots;
  const auto candidates = *rc::gen::inRange<std::uint32_t>(1, 6);
  for (Candidate c = 0; c < candidates; ++c)
    ballots.candidates.push_back(drawn_text(letters, 4) + static_cast<char>('p' + c));
  if (*rc::gen::arbitrary<bool>()) ballots.title = drawn_text(letters, 8);
  if (*rc::gen::inRange(0, 4) == 0) ballots.seats = 2;
  if (*rc::gen::inRange(0, 4) == 0) ballots.withdrawn = {candidates - 1};
  if (*rc::gen::inRange(0, 4) == 0) ballots.notes = {"comment: recounted"};
  if (*rc::gen::inRange(0, 6) == 0) ballots.notes.emplace_back("a note");
  if (*rc::gen::inRange(0, 3) == 0) ballots.groups = {"North", "South, East"};
  if (*rc::gen::inRange(0, 4) == 0) ballots.weight_scale = 100;
  const bool untidy = *rc::gen::arbitrary<bool>();
  for (int kinds = *rc::gen::inRange(1, 7); kinds > 0; --kinds) {
    Ballot ballot;
    ballot.count = *rc::gen::inRange(1, 300);
    ballot.group = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(ballots.groups.size()));
    for (int ranks = *rc::gen::inRange(0, 5); ranks > 0; --ranks) {
      auto& rank = ballot.ranks.emplace_back();
      const int marks = untidy ? *rc::gen::inRange(0, 3) : 1;
      for (int m = 0; m < marks; ++m) {
        const Candidate c = *rc::gen::inRange<Candidate>(0, candidates);
        if (std::find(rank.begin(), rank.end(), c) == rank.end()) rank.push_back(c);
      }
    }
    while (!ballot.ranks.empty() && ballot.ranks.back().empty()) ballot.ranks.pop_back();
    const bool alike = std::any_of(ballots.ballots.begin(), ballots.ballots.end(), [&](const Ballot& other) {
      return other.ranks == ballot.ranks && other.group == ballot.group;
    });
    if (!alike) ballots.ballots.push_back(std::move(ballot));
  }
  return ballots;
}

std::optional<Ballots> read_back(const std::string& bytes, const std::string& format) {
  auto read = read_ballots_from(bytes, "x", format);
  RC_ASSERT(read.has_value() || bytes.empty());
  return read ? std::optional(*read) : std::nullopt;
}

bool says(const std::vector<std::string>& lost, const char* what) {
  return std::find(lost.begin(), lost.end(), what) != lost.end();
}

RC_GTEST_PROP(Convert, NothingIsLostSilently, ()) {
  const Ballots ballots = drawn_ballots();
  if (!check_ballots(ballots, "x")) RC_DISCARD("names alike");
  for (const std::string& format : written_formats()) {
    const auto written = convert(ballots, format);
    if (!written) {  // a refusal names what cannot be held
      RC_ASSERT(!written.error().what.empty());
      continue;
    }
    RC_TAG(format);
    const auto& lost = written->lost;
    const bool no_papers = std::all_of(ballots.ballots.begin(), ballots.ballots.end(),
                                       [](const Ballot& ballot) { return ballot.ranks.empty(); });
    if (no_papers) continue;
    const auto again = read_back(written->bytes, format);
    const auto told = tell_format(written->bytes, "x");
    if (!(told == format))
      RC_FAIL(format + " is told as " + told.value_or("nothing") + ":\n" + written->bytes);
    const Canonical before = canonical(ballots);
    const Canonical after = canonical(*again);
    if (lost.empty() && !(before == after))
      RC_FAIL(format + " changed something and lost nothing:\n" + written->bytes);
    if (says(lost, "the title") == (before.title == after.title))
      RC_FAIL(format + ", title \"" + before.title + "\" became \"" + after.title + "\"");
    RC_ASSERT(says(lost, "the number of seats") == (before.seats != after.seats));
    RC_ASSERT(says(lost, "withdrawn candidates") == (before.withdrawn != after.withdrawn));
    if (!says(lost, "candidates whom no paper mentions") && !says(lost, "withdrawn candidates"))
      RC_ASSERT(before.candidates == after.candidates);
    // The same bytes once more: what was written is read and written again without a change. Papers that were
    // alike but for what is lost are gathered by the first reading.
    const auto twice = convert(*again, format);
    RC_ASSERT(twice.has_value());
    if (lost.empty() && !(twice->bytes == written->bytes))
      RC_FAIL(format + " is not written the same twice:\n" + written->bytes + "---\n" + twice->bytes);
    const auto third = convert(*read_back(twice->bytes, format), format);
    RC_ASSERT(third.has_value());
    RC_ASSERT(third->bytes == twice->bytes);
  }
}

// From one format to another and back: what neither loses comes back byte for byte.
RC_GTEST_PROP(Convert, ThereAndBackBetweenEveryTwo, ()) {
  const Ballots ballots = drawn_ballots();
  if (!check_ballots(ballots, "x")) RC_DISCARD("names alike");
  for (const std::string& one : written_formats()) {
    const auto first = convert(ballots, one);
    if (!first) continue;
    const auto as_one = read_ballots_from(first->bytes, "x", one);
    if (!as_one) continue;  // no paper was left
    for (const std::string& other : written_formats()) {
      const auto second = convert(*as_one, other);
      if (!second || !second->lost.empty()) continue;
      const auto as_other = read_back(second->bytes, other);
      const auto third = convert(*as_other, one);
      RC_ASSERT(third.has_value());
      if (!(canonical(*as_other) == canonical(*as_one)))
        RC_FAIL(one + " to " + other + ":\n" + first->bytes + "---\n" + second->bytes);
      const auto as_one_again = read_back(third->bytes, one);
      RC_ASSERT(canonical(*as_one_again) == canonical(*as_one));
    }
  }
}

TEST(Convert, RefusesWhatIsOnlyRead) {
  Ballots ballots;
  ballots.candidates = {"A"};
  ballots.ballots = {{{{0}}, 1, 0}};
  for (const FormatName& format : format_names()) {
    const auto written = convert(ballots, format.name);
    EXPECT_EQ(written.has_value(), format.writes) << format.name;
  }
  EXPECT_EQ(written_formats().size(), 7U);
}

}  // namespace
}  // namespace scrutineer::contest
