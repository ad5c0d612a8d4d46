// The whole of a fictional inquiry: same bytes, nothing lost, truth that the files bear out, rates as stated.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "synth/calendar.h"
#include "synth/synth.h"
#include "synth_files.h"

namespace scrutineer::synth {
namespace {

namespace fs = std::filesystem;

SynthOptions options_in(const Folder& folder, Scenario scenario = Scenario::organised,
                        std::uint64_t seed = 1) {
  SynthOptions options;
  options.out = folder.path() / "inquiry";
  options.electors = 6'000;
  options.members = 400;
  options.seed = seed;
  options.scenario = scenario;
  options.snapshots = 4;
  return options;
}

std::size_t count_rows(const std::vector<Row>& rows, const std::string& column, const std::string& value) {
  std::size_t count = 0;
  for (const Row& row : rows) count += row.at(column) == value ? 1 : 0;
  return count;
}

// Within z standard errors of a binomial share.
void expect_share(double observed, double trials, double share, double z = 4) {
  EXPECT_NEAR(observed / trials, share, z * std::sqrt(share * (1 - share) / trials))
      << observed << " of " << trials;
}

TEST(Synthesise, SameOptionsGiveSameBytesOnAnyNumberOfThreads) {
  const Folder one, two;
  SynthOptions options = options_in(one);
  options.threads = 1;
  ASSERT_TRUE(synthesise(options));
  options.out = two.path() / "inquiry";
  options.threads = 3;
  ASSERT_TRUE(synthesise(options));
  EXPECT_EQ(files_in(one.path() / "inquiry"), files_in(two.path() / "inquiry"));
}

TEST(Synthesise, AnotherSeedIsAnotherWorld) {
  const Folder one, two;
  ASSERT_TRUE(synthesise(options_in(one, Scenario::clean, 1)));
  ASSERT_TRUE(synthesise(options_in(two, Scenario::clean, 2)));
  const auto first = files_in(one.path() / "inquiry");
  const auto second = files_in(two.path() / "inquiry");
  for (const char* name : {"members.csv", "register/2026-06.csv", "truth.csv", "canvass.csv"}) {
    EXPECT_NE(first.at(name), second.at(name)) << name;
  }
}

// An option about the canvass or the count leaves the rest of the world alone.
TEST(Synthesise, CanvassAndMarginDoNotChangeWhoIsThere) {
  const Folder one, two;
  SynthOptions options = options_in(one);
  ASSERT_TRUE(synthesise(options));
  options.out = two.path() / "inquiry";
  options.margin = 3;
  options.canvass_share = .2;
  ASSERT_TRUE(synthesise(options));
  const auto first = files_in(one.path() / "inquiry");
  const auto second = files_in(two.path() / "inquiry");
  EXPECT_EQ(first.at("members.csv"), second.at("members.csv"));
  EXPECT_EQ(first.at("register/2025-12.csv"), second.at("register/2025-12.csv"));
  EXPECT_NE(first.at("ballots.blt"), second.at("ballots.blt"));
}

TEST(Synthesise, NothingIsLost) {
  for (const Scenario scenario : {Scenario::clean, Scenario::scattered, Scenario::organised}) {
    const Folder folder;
    const SynthOptions options = options_in(folder, scenario, 3);
    const auto summary = synthesise(options);
    ASSERT_TRUE(summary) << summary.error().message();
    for (const auto& [name, rows] : summary->files) {
      if (name == "ballots.blt") continue;
      EXPECT_EQ(read_csv(options.out / name).size(), rows) << name;
    }
    const auto truth = read_csv(options.out / "truth.csv");
    EXPECT_EQ(truth.size(), options.members);
    EXPECT_EQ(summary->members, options.members);
    EXPECT_EQ(summary->at_address + summary->elsewhere + summary->not_found, options.members);
    EXPECT_EQ(count_rows(truth, "planted", "yes"), scenario == Scenario::organised ? 20U : 0U);
    EXPECT_EQ(count_rows(truth, "scattered", "yes"), scenario == Scenario::scattered   ? 20U
                                                     : scenario == Scenario::organised ? 12U
                                                                                       : 0U);
    EXPECT_EQ(count_rows(truth, "recruiter_role", "lawful"), 30U);
    EXPECT_NEAR(static_cast<double>(summary->electors), 6'000, 60);
  }
}

TEST(Synthesise, TruthStandsInTheRegisters) {
  const Folder folder;
  const SynthOptions options = options_in(folder, Scenario::organised, 5);
  ASSERT_TRUE(synthesise(options));
  const auto newest = entries_by_number(options.out / "register" / "2026-06.csv");
  std::map<std::string, std::map<std::string, Row>> all;
  for (const char* month : {"2024-12", "2025-06", "2025-12", "2026-06"}) {
    all[month] = entries_by_number(options.out / "register" / (std::string(month) + ".csv"));
  }
  const auto members = read_csv(options.out / "members.csv");
  const auto truth = read_csv(options.out / "truth.csv");
  std::size_t at_address = 0;
  std::size_t same_district = 0;
  for (std::size_t index = 0; index < truth.size(); ++index) {
    const Row& row = truth[index];
    ASSERT_EQ(row.at("id"), members[index].at("Membership No"));
    EXPECT_EQ(row.at("entry").empty(), row.at("register_status") == "not-found");
    EXPECT_EQ(row.at("ever_entry").empty(), row.at("ever_at_address") == "no");
    const std::string postcode = bare_postcode(members[index].at("Postcode"));
    if (!row.at("entry").empty()) {
      ASSERT_TRUE(newest.contains(row.at("entry"))) << row.at("entry");
      const std::string found = bare_postcode(newest.at(row.at("entry")).at("PostCode"));
      if (row.at("register_status") == "at-address") {
        ++at_address;
        if (!postcode.empty()) {
          EXPECT_EQ(found, postcode);
        }
        EXPECT_EQ(row.at("ever_at_address"), "yes");
      } else if (found == postcode) {
        ++same_district;  // moved to another flat of the same building
      }
    }
    if (!row.at("ever_entry").empty()) {
      const std::string month = row.at("ever_entry").substr(0, 7);
      const std::string number = row.at("ever_entry").substr(8);
      ASSERT_TRUE(all.at(month).contains(number));
      if (!postcode.empty()) {
        EXPECT_EQ(bare_postcode(all.at(month).at(number).at("PostCode")), postcode);
      }
    }
  }
  EXPECT_GT(at_address, truth.size() * 3 / 4);
  EXPECT_LE(same_district, 3U);
}

// Told from the files alone: paper members are on no register under their name at their address, and members
// whose truth is at-address share a name with the entry in nearly all cases.
TEST(Synthesise, NamesBearTheTruthOut) {
  const Folder folder;
  const SynthOptions options = options_in(folder, Scenario::organised, 6);
  ASSERT_TRUE(synthesise(options));
  const auto newest = entries_by_number(options.out / "register" / "2026-06.csv");
  std::set<std::string> names_at;  // "POSTCODE|GIVEN|FAMILY"
  for (const auto& [number, row] : newest) {
    names_at.insert(bare_postcode(row.at("PostCode")) + "|" + name_key(row));
  }
  const auto members = read_csv(options.out / "members.csv");
  const auto truth = read_csv(options.out / "truth.csv");
  double real = 0;
  double alike = 0;
  for (std::size_t index = 0; index < truth.size(); ++index) {
    const Row& member = members[index];
    const std::string key = bare_postcode(member.at("Postcode")) + "|" +
                            upper(first_word(member.at("Forename"))) + "|" + upper(member.at("Surname"));
    const bool found = names_at.contains(key);
    const bool paper =
        truth[index].at("scattered") == "yes" ||
        (truth[index].at("planted") == "yes" && truth[index].at("register_status") == "not-found");
    if (paper) {
      EXPECT_FALSE(found) << key;
    }
    if (truth[index].at("register_status") != "at-address") continue;
    ++real;
    alike += found ? 1 : 0;
  }
  EXPECT_GT(alike / real, .6);  // the rest are typing errors, short forms, accents, lost postcodes
}

TEST(Synthesise, NumbersOfOneSnapshotAreUniqueAndJuneKeepsDecembers) {
  const Folder folder;
  const SynthOptions options = options_in(folder, Scenario::clean, 8);
  ASSERT_TRUE(synthesise(options));
  const auto rows = read_csv(options.out / "register" / "2026-06.csv");
  const auto june = entries_by_number(options.out / "register" / "2026-06.csv");
  const auto december = entries_by_number(options.out / "register" / "2025-12.csv");
  EXPECT_EQ(rows.size(), june.size());
  double kept = 0;
  double same = 0;
  for (const auto& [number, row] : june) {
    if (number.find('/') != std::string::npos || !december.contains(number) || row.at("Address1").empty())
      continue;
    ++kept;
    same += bare_postcode(december.at(number).at("PostCode")) == bare_postcode(row.at("PostCode")) ? 1 : 0;
  }
  EXPECT_GT(kept, 5'000);
  EXPECT_EQ(kept, same);
}

TEST(Synthesise, RatesAreThoseOfTheModel) {
  const Folder folder;
  SynthOptions options = options_in(folder, Scenario::organised, 11);
  options.electors = 40'000;
  options.members = 3'000;
  ASSERT_TRUE(synthesise(options));
  const auto members = read_csv(options.out / "members.csv");
  const auto truth = read_csv(options.out / "truth.csv");
  std::map<std::string, std::set<std::string>> planted_households, honest_households;
  double honest = 0, off = 0, nobody = 0, unlinked = 0, births = 0, eligible = 0;
  for (std::size_t index = 0; index < truth.size(); ++index) {
    const Row& row = truth[index];
    const std::string& recruiter = members[index].at("Signed up by");
    const std::string& payer = members[index].at("Account");
    (row.at("payer_planted") == "yes" ? planted_households : honest_households)[payer].insert(
        row.at("household"));
    births += members[index].at("Date of birth").empty() ? 0 : 1;
    if (row.at("planted") == "yes" || row.at("scattered") == "yes") continue;
    ++honest;
    off += row.at("register_status") == "at-address" ? 0 : 1;
    if (row.at("recruiter_role") == "lawful") {
      EXPECT_EQ(honest_households.at(payer).size(), 1U)
          << "the lawful recruiter's members pay for themselves";
      continue;
    }
    eligible += row.at("eligible") == "yes" ? 1 : 0;
    ++unlinked;
    nobody += recruiter == "web" || recruiter == "head office" || recruiter.empty() ? 1 : 0;
  }
  EXPECT_GT(off / honest, .08);
  EXPECT_LT(off / honest, .15);
  expect_share(nobody, unlinked, .455, 5);  // .45 of those not organised, drawn by household
  expect_share(births, static_cast<double>(truth.size()), .6);
  expect_share(eligible, unlinked, .96, 6);
  ASSERT_EQ(planted_households.size(), 3U);
  for (const auto& [payer, households] : planted_households) EXPECT_GE(households.size(), 12U);
  for (const auto& [payer, households] : honest_households) EXPECT_LE(households.size(), 6U);
}

TEST(Synthesise, LeadIsAsAsked) {
  for (const std::uint64_t margin : {0U, 7U, 40U}) {
    const Folder folder;
    SynthOptions options = options_in(folder, Scenario::organised, 9);
    options.margin = margin;
    const auto summary = synthesise(options);
    ASSERT_TRUE(summary);
    // Candidates 3 and 4 go out first; every paper then stands with the first of 1 and 2 on it.
    std::ifstream file(options.out / "ballots.blt");
    std::string line;
    std::getline(file, line);
    EXPECT_EQ(line, "4 1");
    std::map<char, std::int64_t> first, last;
    std::int64_t papers = 0;
    while (std::getline(file, line) && line != "0") {
      std::istringstream words(line);
      std::int64_t count = 0;
      words >> count;
      papers += count;
      std::string preference;
      bool any = false;
      bool leading = false;
      while (words >> preference && preference != "0") {
        if (!any) first[preference[0]] += count;
        any = true;
        if (!leading && (preference == "1" || preference == "2")) {
          last[preference[0]] += count;
          leading = true;
        }
      }
    }
    EXPECT_EQ(papers, static_cast<std::int64_t>(summary->ballots));
    EXPECT_LT(std::max(first['3'] + first['4'], first['4']), std::min(last['1'], last['2']));
    EXPECT_NEAR(static_cast<double>(last['1'] - last['2']), static_cast<double>(margin), 1);
  }
}

// Four times the electors, the same memory: the larger register alone would take some 50 MB as text.
TEST(Synthesise, MemoryDoesNotGrowWithTheRegister) {
  const auto peak_kilobytes = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  const Folder folder;
  SynthOptions options = options_in(folder, Scenario::clean);
  options.snapshots = 1;
  options.threads = 2;
  options.electors = 150'000;
  ASSERT_TRUE(synthesise(options));
  const auto before = peak_kilobytes();
  options.electors = 600'000;
  ASSERT_TRUE(synthesise(options));
  EXPECT_LT(peak_kilobytes() - before, 16'000);
}

TEST(Synthesise, RefusesWhatIsNotItsOwn) {
  const Folder folder;
  SynthOptions options = options_in(folder);
  fs::create_directories(options.out);
  std::ofstream(options.out / "thesis.txt") << "mine";
  const auto refused_run = synthesise(options);
  ASSERT_FALSE(refused_run);
  EXPECT_EQ(refused_run.error().category, ErrorCategory::refused_input);
  EXPECT_EQ(files_in(options.out).size(), 1U);

  options.out = folder.path() / "inquiry" / "thesis.txt";
  EXPECT_EQ(synthesise(options).error().category, ErrorCategory::refused_input);
}

TEST(Synthesise, ReplacesAnEarlierRunAndLeavesOtherFilesAlone) {
  const Folder folder;
  SynthOptions options = options_in(folder);
  ASSERT_TRUE(synthesise(options));
  std::ofstream(options.out / "notes.txt") << "mine";
  fs::remove(options.out / "inquiry.toml");  // as after a cut
  options.snapshots = 2;
  ASSERT_TRUE(synthesise(options));
  const auto files = files_in(options.out);
  EXPECT_TRUE(files.contains("notes.txt"));
  EXPECT_TRUE(files.contains("inquiry.toml"));
  EXPECT_FALSE(files.contains("register/2024-12.csv"));
}

TEST(Synthesise, WrongUsageIsSaid) {
  const Folder folder;
  const auto category = [&](auto change) {
    SynthOptions options = options_in(folder);
    change(options);
    const auto result = synthesise(options);
    return result ? ErrorCategory::internal : result.error().category;
  };
  EXPECT_EQ(category([](SynthOptions& o) { o.electors = 3; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.members = 5'000; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.members = 0; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.snapshots = 0; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.planted = 399; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.response = 1.5; }), ErrorCategory::usage);
  EXPECT_EQ(category([](SynthOptions& o) { o.out = ""; }), ErrorCategory::usage);
  EXPECT_FALSE(fs::exists(folder.path() / "inquiry"));
}

TEST(Synthesise, NoUnwantedWordInAnyFile) {
  const Folder folder;
  const SynthOptions options = options_in(folder);
  ASSERT_TRUE(synthesise(options));
  for (const auto& [name, text] : files_in(options.out)) {
    for (const char* word : {"fraud", "fake", "bogus", "ghost", "suspect", "infiltrat"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << name << " says " << word;
    }
  }
}

}  // namespace
}  // namespace scrutineer::synth
