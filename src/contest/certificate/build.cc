#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/certificate/certificate.h"

namespace scrutineer::contest {
namespace {

// Only the first preference is read under plurality.
PaperRules papers_under(Rule rule, const CountOptions& options) {
  if (rule == Rule::plurality) return {.max_skipped_ranks = 0, .max_ranks = 1};
  return options.paper;
}

using PaperKey = std::pair<std::vector<Candidate>, std::uint32_t>;

struct Papers {
  std::map<PaperKey, std::int64_t> counts;
  std::vector<std::optional<PaperKey>> of_source;  // by index into Ballots::ballots
};

Papers gather(const Ballots& ballots, const Profile& profile, bool by_group) {
  Papers papers;
  papers.of_source.resize(ballots.ballots.size());
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const auto order = profile.preferences(kind);
    PaperKey key{{order.begin(), order.end()}, by_group ? profile.group[kind] : 0};
    papers.counts[key] += profile.counts[kind];
    papers.of_source[profile.source[kind]] = std::move(key);
  }
  return papers;
}

Status add_witness(const Witness& witness, const Papers& papers, bool by_group, CertifiedClaim& claim) {
  std::map<PaperKey, std::int64_t> taken;
  std::map<PaperKey, std::int64_t> put;
  for (const PaperChange& change : witness.changes) {
    if (!change.added) {
      const auto& key = papers.of_source[change.source.value_or(0)];
      if (!change.source || !key) return internal_error("a witness takes away a paper that does not count");
      taken[*key] += change.count;
      continue;
    }
    PaperKey key;
    for (const auto& rank : change.ranks) key.first.insert(key.first.end(), rank.begin(), rank.end());
    key.second = by_group ? change.group : 0;
    put[key] += change.count;
  }
  for (const auto& [key, count] : taken) {
    const auto place = papers.counts.find(key);
    claim.taken.emplace_back(static_cast<std::uint32_t>(std::distance(papers.counts.begin(), place)), count);
  }
  for (const auto& [key, count] : put) claim.put.push_back({count, key.second, key.first});
  return {};
}

std::vector<std::string> certified_groups(const Ballots& ballots, bool by_group) {
  if (!by_group) return {""};
  std::vector<std::string> names;
  for (const std::string& group : ballots.groups) names.push_back(certified_name(group));
  return names;
}

struct Threshold {
  const Least& least;
  const std::optional<Witness>& witness;
  const std::optional<TreeProof>& proof;
};

}  // namespace

std::string certified_name(const std::string& name) {
  return printable(name, 1000);
}

Result<Certificate> certificate_of(const Ballots& ballots, Rule rule, const Margins& margins,
                                   const MarginOptions& options, std::string ballots_sha256) {
  if (rule != Rule::plurality && rule != Rule::irv)
    return wrong_usage(
        fmt::format("a certificate of margins cannot be written for rule \"{}\"", to_string(rule)),
        "plurality or irv");
  const Profile profile = read_papers(ballots, papers_under(rule, options.count));
  const bool by_group = !options.caps.empty();
  const Papers papers = gather(ballots, profile, by_group);
  Certificate certificate;
  certificate.rule = rule;
  certificate.ballots_sha256 = std::move(ballots_sha256);
  for (Candidate c = 0; c < profile.candidates; ++c) {
    certificate.candidates.push_back(
        profile.standing[c] ? std::optional(certified_name(ballots.candidates[c])) : std::nullopt);
    if (ballots.candidates[c] == margins.winner) certificate.winner = c;
  }
  certificate.groups = certified_groups(ballots, by_group);
  certificate.caps = options.caps;
  certificate.most_added = options.most_added;
  for (const auto& [key, count] : papers.counts) certificate.papers.push_back({count, key.second, key.first});
  const auto add = [&](Means means, bool change, const Threshold& threshold, const Least& lots) -> Status {
    CertifiedClaim claim{means,
                         change,
                         threshold.least.low,
                         threshold.least.high,
                         threshold.least.impossible,
                         CertifiedClaim::By::tree,
                         {},
                         {},
                         {}};
    const std::int64_t gap = means == Means::modification ? 0 : 1;
    if (rule == Rule::plurality) {
      claim.by = CertifiedClaim::By::closed_form;
    } else if (claim.low <= 1) {
      claim.by = CertifiedClaim::By::count;
    } else if (change && !claim.impossible && claim.low <= lots.low + gap) {
      claim.by = CertifiedClaim::By::lots;
    } else if (change && claim.impossible && lots.impossible) {
      claim.by = CertifiedClaim::By::lots;
    } else if (threshold.proof) {
      claim.tree = *threshold.proof;
    } else {
      return internal_error("a margin without its proof");
    }
    if (threshold.witness) SCRUTINEER_CHECK(add_witness(*threshold.witness, papers, by_group, claim));
    certificate.claims.push_back(std::move(claim));
    return {};
  };
  const auto add_both = [&](Means means, const std::optional<KindMargin>& kind) -> Status {
    if (!kind) return {};
    SCRUTINEER_CHECK(add(means, false, {kind->lots, kind->lots_witness, kind->lots_proof}, kind->lots));
    return add(means, true, {kind->change, kind->change_witness, kind->change_proof}, kind->lots);
  };
  SCRUTINEER_CHECK(add_both(Means::deletion, margins.deletion));
  SCRUTINEER_CHECK(add_both(Means::addition, margins.addition));
  SCRUTINEER_CHECK(add_both(Means::modification, margins.modification));
  SCRUTINEER_CHECK(add_both(Means::mixed, margins.mixed));
  return certificate;
}

Status check_papers(const Certificate& certificate, const Ballots& ballots) {
  const Profile profile = read_papers(ballots, papers_under(certificate.rule, {}));
  const Papers papers = gather(ballots, profile, !certificate.caps.empty());
  if (certificate.candidates.size() != ballots.candidates.size())
    return refused(fmt::format("the certificate has {} candidates, the ballots {}",
                               certificate.candidates.size(), ballots.candidates.size()));
  for (Candidate c = 0; c < profile.candidates; ++c) {
    const auto expected =
        profile.standing[c] ? std::optional(certified_name(ballots.candidates[c])) : std::nullopt;
    if (certificate.candidates[c] != expected)
      return refused(fmt::format("candidate {} of the certificate is not candidate {} of the ballots", c, c));
  }
  if (certificate.groups != certified_groups(ballots, !certificate.caps.empty()))
    return refused("the groups of the certificate are not those of the ballots");
  std::map<PaperKey, std::int64_t> certified;
  for (const CertifiedPaper& paper : certificate.papers) certified[{paper.order, paper.group}] += paper.count;
  if (certified != papers.counts)
    return refused("the papers of the certificate are not those of the ballots", {},
                   "the ballots from which the certificate was made");
  return {};
}

}  // namespace scrutineer::contest
