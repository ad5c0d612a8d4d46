// Calibration over some hundred clean branches: tier A lists nothing, e-values average at most 1 within
// error, p are conservative; and what no output may ever hold is held by none.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "signals/branch.h"
#include "signals/signal.h"
#include "signals/wording.h"
#include "stats/null_checks.h"
#include "support/shared_data.h"

namespace scrutineer::signals {
namespace {

using tests::BranchPlan;
using tests::make_branch;

const SignalOptions quick{.threads = 2, .permutations = 199};

TEST(Calibration, TierAListsNothingInCleanBranches) {
  constexpr std::uint64_t branches = 300;
  std::uint64_t with_listed = 0;
  std::map<int, std::vector<double>> mean_e;  // of each signal, one a branch
  for (std::uint64_t seed = 1; seed <= branches; ++seed) {
    const Evidence evidence = make_branch({.seed = 1000 + seed, .stalls = false, .canvass = true});
    bool listed = false;
    for (const Signal& signal : registry()) {
      if (signal.tier != Tier::exhibit && signal.number > 2) continue;
      if (signal.number == 25) continue;  // has its own, larger calibration
      const auto result = signal.run(evidence, quick);
      const auto* report = std::get_if<SignalReport>(&result);
      if (report == nullptr) continue;
      listed = listed || (signal.tier == Tier::exhibit && report->listed > 0);
      for (const Finding& finding : report->findings)
        if (finding.e) mean_e[signal.number].push_back(*finding.e);
    }
    with_listed += listed ? 1U : 0U;
  }
  EXPECT_LE(with_listed, 2U) << "of " << branches;
  // Findings that are shown are the largest of their family, so only families that are shown whole average
  // to 1.
  for (const int number : {1, 2}) {
    const tests::Mean mean = tests::mean_of(mean_e[number]);
    EXPECT_LT(mean.value, 1.0 + 3 * mean.error) << "signal " << number;
  }
}

// Whole families: with every finding kept, the mean of e over the family of a clean branch is at most 1
// within error.
TEST(Calibration, PayerFamiliesHaveConservativePAndMeanEAtMostOne) {
  std::vector<double> p, e;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    // One payer a branch, so that the p-values are independent.
    const Evidence evidence =
        make_branch({.seed = seed, .members = 300, .stalls = false, .treasurers = 0, .carers = 8});
    for (const Signal& signal : registry()) {
      if (signal.number != 8) continue;
      const SignalReport report = std::get<SignalReport>(signal.run(evidence, quick));
      ASSERT_FALSE(report.findings.empty());
      p.push_back(*report.findings.back().p);
      e.push_back(*report.findings.back().e);
    }
  }
  EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size()));
  EXPECT_LT(tests::mean_of(e).value, 1.0);
}

TEST(Calibration, CleanBranchesListFewDaysAndAddresses) {
  std::map<int, std::uint64_t> listed;
  constexpr std::uint64_t branches = 40;
  for (std::uint64_t seed = 1; seed <= branches; ++seed) {
    const Evidence evidence =
        make_branch({.seed = 5000 + seed, .joins_elsewhere = seed % 2 == 0, .stalls = false});
    for (const Signal& signal : registry()) {
      if (signal.number != 4 && signal.number != 5) continue;
      const auto result = signal.run(evidence, quick);
      if (const auto* report = std::get_if<SignalReport>(&result))
        listed[signal.number] += report->listed > 0 ? 1U : 0U;
    }
  }
  EXPECT_LE(listed[4], 4U) << "of " << branches;
  EXPECT_LE(listed[5], 4U) << "of " << branches;
}

TEST(Wording, HoldsNoForbiddenTokenInAnyTextProduced) {
  Evidence evidence = make_branch(
      {.off_register = 0.4, .planted_payers = 3, .planted_crowd = 25, .planted_day = 40, .canvass = true});
  evidence.duplicates = {{3, 9, 0.99, 1e-6}};
  std::size_t texts = 0;
  const auto check = [&](const std::string& text) {
    ++texts;
    EXPECT_EQ(wording::forbidden_token(text), std::nullopt) << text;
  };
  for (const Signal& signal : registry()) {
    check(std::string(signal.key));
    check(std::string(signal.title));
    for (const Evidence& input : {evidence, Evidence{}}) {
      const auto result = signal.run(input, quick);
      if (const auto* missing = std::get_if<Absent>(&result)) {
        check(missing->needs);
        EXPECT_FALSE(missing->needs.empty());
        continue;
      }
      const auto& report = std::get<SignalReport>(result);
      check(report.null_model);
      for (const auto& note : report.notes) check(note);
      for (const Finding& finding : report.findings) {
        check(finding.text);
        EXPECT_FALSE(finding.text.empty()) << finding.id;
        for (const auto& explanation : finding.innocent) check(explanation);
        if (finding.level >= 2) {
          EXPECT_FALSE(finding.innocent.empty()) << finding.id;
        }
      }
    }
  }
  EXPECT_GT(texts, 500U);
  EXPECT_TRUE(wording::forbidden_token("a Ghost of a chance"));
}

TEST(Signals, AreTheSameOnAnyNumberOfThreads) {
  const Evidence evidence = make_branch({.planted_payers = 2, .canvass = true});
  for (const Signal& signal : registry()) {
    const auto one = signal.run(evidence, {.threads = 1, .permutations = 99});
    const auto two = signal.run(evidence, {.threads = 3, .permutations = 99});
    ASSERT_EQ(one.index(), two.index());
    const auto* first = std::get_if<SignalReport>(&one);
    const auto* second = std::get_if<SignalReport>(&two);
    if (first == nullptr) continue;
    ASSERT_EQ(first->findings.size(), second->findings.size()) << signal.key;
    EXPECT_EQ(first->notes, second->notes);
    for (std::size_t i = 0; i < first->findings.size(); ++i) {
      EXPECT_EQ(first->findings[i].id, second->findings[i].id);
      EXPECT_EQ(first->findings[i].e, second->findings[i].e);
      EXPECT_EQ(first->findings[i].text, second->findings[i].text);
    }
  }
}

TEST(Signals, KeepTheContractOfFindings) {
  const Evidence evidence = make_branch(
      {.off_register = 0.3, .planted_payers = 3, .planted_crowd = 25, .planted_day = 40, .canvass = true});
  int previous = 0;
  for (const Signal& signal : registry()) {
    EXPECT_GT(signal.number, previous) << signal.key;
    previous = signal.number;
    const auto result = signal.run(evidence, quick);
    const auto* report = std::get_if<SignalReport>(&result);
    if (report == nullptr) continue;
    std::set<std::string> ids;
    std::uint64_t listed = 0;
    bool unlisted_seen = false;
    for (const Finding& finding : report->findings) {
      EXPECT_TRUE(ids.insert(finding.id).second) << finding.id;
      EXPECT_EQ(finding.id, std::string(signal.key) + ":" + finding.subject.kind + ":" + finding.subject.key);
      EXPECT_TRUE(std::is_sorted(finding.members.begin(), finding.members.end()));
      EXPECT_TRUE(std::is_sorted(finding.exhibits.begin(), finding.exhibits.end()));
      EXPECT_FALSE(finding.listed && unlisted_seen) << "listed findings come first";
      unlisted_seen = unlisted_seen || !finding.listed;
      listed += finding.listed ? 1U : 0U;
      if (finding.p) {
        EXPECT_TRUE(*finding.p >= 0 && *finding.p <= 1) << finding.id;
      }
      if (finding.e) {
        EXPECT_GE(*finding.e, 0) << finding.id;
      }
      EXPECT_LE(finding.expected_innocent,
                static_cast<double>(std::max<std::size_t>(finding.members.size(), 1)) +
                    (finding.members.empty() ? 1e18 : 1e-9));
    }
    EXPECT_EQ(listed, report->listed) << signal.key;
    EXPECT_GE(report->tested, report->listed) << signal.key;
  }
}

// An e-value that would be unusual of one test and is not of so many is never called plain "no signal".
TEST(Wording, SaysWhyALargeEValueIsNotListed) {
  wording::Comparison comparison{"the way of other payers", "households", 15, 3.0, std::nullopt, 1.5};
  EXPECT_EQ(wording::no_signal(comparison),
            "No signal under the way of other payers: expected 3 households, observed 15, e = 1.50.");
  comparison.e = 77;
  EXPECT_EQ(wording::no_signal(comparison),
            "No signal among all that were tested alike, though e = 77 would be unusual of one alone: under "
            "the way of other payers expected 3 households, observed 15.");
}

// No header of signals may give Evidence, or anything a signal sees, a field that is a name of a person or
// derived from one: the matcher alone reads names.
TEST(Signals, SeeNothingNameLike) {
  const std::regex name_like(
      R"(\b(\w*_)?(surname|forename|given|family_name|first_name|last_name|full_name|person_name|name_class|ethnic\w*|relig\w*|nationality|origin|birth_?date|born|sex|gender)\b)",
      std::regex::icase);
  for (const auto& entry : std::filesystem::directory_iterator(tests::project_file("src/signals"))) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream file(entry.path());
    std::string line;
    while (std::getline(file, line)) {
      const std::string code = line.substr(0, line.find("//"));
      EXPECT_FALSE(std::regex_search(code, name_like)) << entry.path().filename() << ": " << line;
    }
  }
}

}  // namespace
}  // namespace scrutineer::signals
