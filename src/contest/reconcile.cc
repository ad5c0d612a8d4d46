#include "contest/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "contest/profile.h"

namespace scrutineer::contest {
namespace {

using Figure = std::optional<std::int64_t>;

std::string quoted(const std::string& name) {
  return printable(name, 100);
}

std::string in_area(const std::string& name) {
  return name.empty() ? "" : " in " + quoted(name);
}

class Findings {
 public:
  void add(const char* check, std::string text, double stated, double found) {
    list_.push_back({check, std::move(text), stated, found});
  }
  void add(const char* check, std::string text, std::int64_t stated, std::int64_t found) {
    add(check, std::move(text), static_cast<double>(stated), static_cast<double>(found));
  }
  std::vector<Contradiction> take() { return std::move(list_); }

 private:
  std::vector<Contradiction> list_;
};

void check_papers(const DeclaredPapers& papers, const std::string& name, Findings& findings) {
  const std::pair<const char*, Figure> chain[] = {{"people on the list", papers.electorate},
                                                  {"people marked as having voted", papers.marked},
                                                  {"papers counted", papers.papers},
                                                  {"valid papers", papers.valid}};
  const std::pair<const char*, Figure>* before = nullptr;
  for (const auto& link : chain) {
    if (!link.second) continue;
    if (before != nullptr && *link.second > *before->second)
      findings.add("electorate-marked",
                   fmt::format("{} {} but only {} {}{}", *link.second, link.first, *before->second,
                               before->first, in_area(name)),
                   *before->second, *link.second);
    before = &link;
  }
  if (papers.papers && papers.valid && papers.rejected && *papers.papers != *papers.valid + *papers.rejected)
    findings.add(
        "papers-valid",
        fmt::format("{} papers, but {} valid and {} rejected make {}{}", *papers.papers, *papers.valid,
                    *papers.rejected, *papers.valid + *papers.rejected, in_area(name)),
        *papers.papers, *papers.valid + *papers.rejected);
}

// First preferences against the valid papers; second ones and transfers against the first.
void check_votes(const Declaration& declaration, const DeclaredArea& area, Findings& findings) {
  std::int64_t first = 0;
  std::int64_t second = 0;
  bool all = true;
  for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
    const DeclaredVotes& votes = area.votes[c];
    all = all && votes.first;
    first += votes.first.value_or(0);
    second += votes.second.value_or(0);
    const std::string name = quoted(declaration.candidates[c]) + in_area(area.name);
    if (votes.first && votes.transfers && votes.total && *votes.first + *votes.transfers != *votes.total)
      findings.add("transfers-add-up",
                   fmt::format("{}: {} first preferences and {} transfers make {}, but the total is {}", name,
                               *votes.first, *votes.transfers, *votes.first + *votes.transfers, *votes.total),
                   *votes.total, *votes.first + *votes.transfers);
    if (votes.second && votes.transfers && *votes.transfers > *votes.second)
      findings.add("second-preferences",
                   fmt::format("{}: {} transfers, but only {} second preferences", name, *votes.transfers,
                               *votes.second),
                   *votes.second, *votes.transfers);
  }
  const Figure valid = area.papers.valid;
  if (valid && (all ? first != *valid : first > *valid))
    findings.add("first-valid",
                 fmt::format("first preferences add up to {}, but {} papers are valid{}", first, *valid,
                             in_area(area.name)),
                 *valid, first);
  if (valid && second > *valid)
    findings.add(
        "second-preferences",
        fmt::format("{} second preferences, but only {} valid papers{}", second, *valid, in_area(area.name)),
        *valid, second);
}

// Transfers can only come from papers of candidates who did not remain.
void check_pool(const Declaration& declaration, Findings& findings) {
  std::int64_t pool = 0;
  std::int64_t moved = 0;
  bool run_off = false;
  bool known = true;
  for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
    const DeclaredVotes& votes = declaration.whole.votes[c];
    const Figure first = first_preferences(declaration, c);
    const Figure total = runoff_total(declaration, c);
    known = known && first;
    if (!first) continue;
    if (total) {
      run_off = true;
      moved += votes.transfers.value_or(*total - *first);
    } else {
      pool += *first;
    }
    if (total && *total < *first)
      findings.add("transfers-add-up",
                   fmt::format("{}: the total {} is below the {} first preferences",
                               quoted(declaration.candidates[c]), *total, *first),
                   *total, *first);
  }
  // Candidates who are not listed have papers too: those that are valid and for nobody listed.
  if (declaration.whole.papers.valid) {
    std::int64_t listed = 0;
    for (Candidate c = 0; c < declaration.candidates.size(); ++c)
      listed += first_preferences(declaration, c).value_or(0);
    pool += std::max<std::int64_t>(0, *declaration.whole.papers.valid - listed);
  }
  if (run_off && known && moved > pool)
    findings.add("transfers-pool",
                 fmt::format("{} votes were transferred, but only {} papers were for candidates who went out",
                             moved, pool),
                 pool, moved);
}

void check_wards(const Declaration& declaration, Findings& findings) {
  if (declaration.wards.empty()) return;
  const auto compare = [&](const std::string& what, const Figure& stated, auto figure_of) {
    std::int64_t sum = 0;
    for (const DeclaredArea& ward : declaration.wards) {
      const Figure figure = figure_of(ward);
      if (!figure) return;
      sum += *figure;
    }
    if (stated && *stated != sum)
      findings.add("wards-add-up",
                   fmt::format("{}: the {} wards add up to {}, but {} is declared", what,
                               declaration.wards.size(), sum, *stated),
                   *stated, sum);
  };
  for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
    const std::string name = quoted(declaration.candidates[c]);
    compare(name, declaration.whole.votes[c].first,
            [&](const DeclaredArea& ward) { return ward.votes[c].first; });
    compare("second preferences of " + name, declaration.whole.votes[c].second,
            [&](const DeclaredArea& ward) { return ward.votes[c].second; });
  }
  const DeclaredPapers& papers = declaration.whole.papers;
  compare("electorate", papers.electorate, [](const DeclaredArea& w) { return w.papers.electorate; });
  compare("marked as having voted", papers.marked, [](const DeclaredArea& w) { return w.papers.marked; });
  compare("papers", papers.papers, [](const DeclaredArea& w) { return w.papers.papers; });
  compare("valid papers", papers.valid, [](const DeclaredArea& w) { return w.papers.valid; });
  compare("rejected papers", papers.rejected, [](const DeclaredArea& w) { return w.papers.rejected; });
}

void check_shares(const Declaration& declaration, Findings& findings) {
  for (const DeclaredSection& section : declaration.sections)
    for (std::size_t r = 0; r < section.shares.size(); ++r) {
      Fraction sum = 0;
      int stated = 0;
      for (const auto& share : section.shares[r]) {
        if (!share) continue;
        sum += *share;
        ++stated;
      }
      // Shares are stated to a decimal: each may be half of it away from the truth.
      const double away = static_cast<double>(Fraction(sum - 100));
      if (stated > 0 && std::fabs(away) > 0.05 * stated + 1e-9)
        findings.add("shares-add-up",
                     fmt::format("the shares of {} in round {} add up to {:.2f} percent",
                                 quoted(section.name), r + 1, 100 + away),
                     100.0, 100 + away);
    }
}

// One figure in two declarations.
void compare_figures(const std::string& what, const Figure& one, const std::string& one_name,
                     const Figure& other, const std::string& other_name, Findings& findings) {
  if (one && other && *one != *other)
    findings.add(
        "stated-twice",
        fmt::format("{}: {} in {} but {} in {}", what, *one, quoted(one_name), *other, quoted(other_name)),
        *one, *other);
}

const DeclaredArea* area_named(const std::vector<DeclaredArea>& areas, const std::string& name) {
  const auto place =
      std::find_if(areas.begin(), areas.end(), [&](const DeclaredArea& area) { return area.name == name; });
  return place == areas.end() ? nullptr : &*place;
}

}  // namespace

std::vector<Contradiction> reconcile_papers(const DeclaredPapers& papers, const std::string& name) {
  Findings findings;
  check_papers(papers, name, findings);
  return findings.take();
}

std::vector<Contradiction> reconcile(const Declaration& declaration) {
  Findings findings;
  check_papers(declaration.whole.papers, "", findings);
  check_votes(declaration, declaration.whole, findings);
  for (const DeclaredArea& ward : declaration.wards) {
    check_papers(ward.papers, ward.name, findings);
    check_votes(declaration, ward, findings);
  }
  check_pool(declaration, findings);
  check_wards(declaration, findings);
  check_shares(declaration, findings);
  std::vector<Contradiction> all = declaration.contradictions;
  for (Contradiction& found : findings.take()) all.push_back(std::move(found));
  return all;
}

std::vector<Contradiction> reconcile(const Count& count) {
  Findings findings;
  const bool shares = count.rule == to_string(Rule::college);
  // Declared shares are rounded to a decimal each: together they may miss 100 by more than votes can.
  const double tolerance = shares ? 0.5 : 1e-6;
  std::set<std::string> elected;
  for (std::size_t r = 0; r < count.rounds.size(); ++r) {
    const Round& round = count.rounds[r];
    double votes = shares ? 0 : round.exhausted;
    for (const auto& [name, tally] : round.tally) votes += tally;
    const double all = shares ? 100 : count.valid;
    if (std::fabs(votes - all) > tolerance)
      findings.add(
          "votes-conserved",
          fmt::format("round {}: votes and exhausted papers make {}, not {}", round.number, votes, all), all,
          votes);
    if (shares || r + 1 == count.rounds.size() || round.transfers.empty()) continue;
    std::map<std::string, double> expected(round.tally.begin(), round.tally.end());
    for (const auto& [from, row] : round.transfers)
      for (const auto& [to, moved] : row) {
        expected[from] -= moved;
        if (!to.empty()) expected[to] += moved;
      }
    // Who is elected keeps what rounding leaves, or hands it to the residual: only the others must add up.
    elected.insert(round.elected.begin(), round.elected.end());
    for (const auto& [name, tally] : count.rounds[r + 1].tally)
      if (!elected.contains(name) && std::fabs(expected[name] - tally) > tolerance)
        findings.add("rounds-add-up",
                     fmt::format("{}: round {} and its transfers make {}, but round {} has {}", quoted(name),
                                 round.number, expected[name], count.rounds[r + 1].number, tally),
                     tally, expected[name]);
  }
  return findings.take();
}

std::vector<Contradiction> reconcile(const Declaration& one, const std::string& one_name,
                                     const Declaration& other, const std::string& other_name) {
  Findings findings;
  const auto compare_areas = [&](const DeclaredArea& left, const DeclaredArea& right) {
    const std::string where = in_area(left.name);
    const auto compare = [&](const std::string& what, const Figure& l, const Figure& r) {
      compare_figures(what + where, l, one_name, r, other_name, findings);
    };
    compare("electorate", left.papers.electorate, right.papers.electorate);
    compare("marked as having voted", left.papers.marked, right.papers.marked);
    compare("papers", left.papers.papers, right.papers.papers);
    compare("valid papers", left.papers.valid, right.papers.valid);
    compare("rejected papers", left.papers.rejected, right.papers.rejected);
    for (Candidate c = 0; c < one.candidates.size(); ++c) {
      const auto place = std::find(other.candidates.begin(), other.candidates.end(), one.candidates[c]);
      if (place == other.candidates.end()) continue;
      const DeclaredVotes& l = left.votes[c];
      const DeclaredVotes& r = right.votes[static_cast<std::size_t>(place - other.candidates.begin())];
      const std::string name = quoted(one.candidates[c]);
      compare("first preferences of " + name, l.first, r.first);
      compare("second preferences of " + name, l.second, r.second);
      compare("transfers to " + name, l.transfers, r.transfers);
      compare("total of " + name, l.total, r.total);
    }
  };
  compare_areas(one.whole, other.whole);
  for (const DeclaredArea& ward : one.wards)
    if (const DeclaredArea* match = area_named(other.wards, ward.name)) compare_areas(ward, *match);
  const auto only_in = [&](const Declaration& here, const std::string& here_name, const Declaration& there,
                           const std::string& there_name) {
    for (const std::string& name : here.candidates)
      if (std::find(there.candidates.begin(), there.candidates.end(), name) == there.candidates.end())
        findings.add("stated-twice",
                     fmt::format("{} is a candidate in {} but not in {}", quoted(name), quoted(here_name),
                                 quoted(there_name)),
                     1.0, 0.0);
  };
  only_in(one, one_name, other, other_name);
  only_in(other, other_name, one, one_name);
  return findings.take();
}

std::vector<Contradiction> reconcile_elected(const Declaration& declaration, const Count& count) {
  Findings findings;
  if (declaration.elected.empty()) return {};
  std::set<std::string> declared;
  for (const Candidate c : declaration.elected) declared.insert(declaration.candidates[c]);
  const std::set<std::string> counted(count.winners.begin(), count.winners.end());
  if (declared != counted)
    findings.add("elected",
                 fmt::format("{} declared elected, but the figures elect {}",
                             quoted(join(std::vector(declared.begin(), declared.end()), ", ")),
                             quoted(join(std::vector(counted.begin(), counted.end()), ", "))),
                 0.0, 0.0);
  return findings.take();
}

namespace {

// The declaration that the ballots themselves make: what is in the papers and the rounds.
Declaration declaration_of(const Ballots& ballots, const Count& count) {
  Declaration own;
  own.candidates = ballots.candidates;
  own.whole.votes.resize(own.candidates.size());
  const Profile profile = read_papers(ballots, {.max_skipped_ranks = 0, .max_ranks = 1});
  std::vector<DeclaredArea> wards(ballots.groups.size());
  for (std::size_t g = 0; g < wards.size(); ++g) {
    wards[g].name = ballots.groups[g];
    wards[g].votes.assign(own.candidates.size(), {0, {}, {}, {}});
  }
  for (DeclaredVotes& votes : own.whole.votes) votes.first = 0;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const Candidate c = profile.preferences(kind).front();
    *own.whole.votes[c].first += profile.counts[kind] / profile.weight_scale;
    *wards[profile.group[kind]].votes[c].first += profile.counts[kind] / profile.weight_scale;
  }
  own.whole.papers.papers = (profile.valid + profile.blank) / profile.weight_scale;
  own.whole.papers.valid = static_cast<std::int64_t>(count.valid);
  if (wards.size() > 1) own.wards = std::move(wards);
  if (count.rule == to_string(Rule::supplementary) && count.rounds.size() == 2)
    for (const auto& [name, votes] : count.rounds.back().tally) {
      const auto place = std::find(own.candidates.begin(), own.candidates.end(), name);
      own.whole.votes[static_cast<std::size_t>(place - own.candidates.begin())].total =
          static_cast<std::int64_t>(votes);
    }
  return own;
}

}  // namespace

std::vector<Contradiction> reconcile(const Declaration& declaration, const Ballots& ballots,
                                     const Count& count) {
  std::vector<Contradiction> all = reconcile(declaration);
  for (Contradiction& found :
       reconcile(declaration, "the declaration", declaration_of(ballots, count), "the ballots"))
    all.push_back(std::move(found));
  for (Contradiction& found : reconcile_elected(declaration, count)) all.push_back(std::move(found));
  return all;
}

}  // namespace scrutineer::contest
