#include "sample_outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"

namespace scrutineer::report_test {
namespace {

using inquiry::Outcome;
using signals::Finding;
using signals::RegisterStatus;
using signals::Tier;

Date on(int year, int month, int day) {
  return *Date::of(year, month, day);
}

std::string member_id(std::size_t number) {
  return fmt::format("M{:05}", 10000 + number);
}

void add_members(Outcome& outcome, std::size_t members) {
  for (std::size_t i = 0; i < members; ++i) {
    inquiry::MemberOutcome member;
    member.id = member_id(i);
    member.line = i + 2;
    member.household = fmt::format("H{:04}", i * 7 / 9);
    if (i % 36 == 17) {
      member.eligible = false;
      member.ineligible_because = "joined 20 May 2026, after the freeze date 6 May 2026";
    }
    const std::size_t kind = i * 37 % 100;
    member.status = kind < 88   ? RegisterStatus::at_address
                    : kind < 93 ? RegisterStatus::elsewhere
                    : kind < 99 ? RegisterStatus::not_found
                                : RegisterStatus::unclear;
    member.match_probability = member.status == RegisterStatus::at_address ? 0.9971
                               : kind < 93                                 ? 0.9412
                                                                           : 0.0213;
    member.ever_at_address = member.status == RegisterStatus::at_address || i % 2 == 0;
    if (member.ever_at_address) {
      member.first_seen = on(2023, 12, 1);
      member.last_seen = member.status == RegisterStatus::at_address ? on(2026, 6, 1) : on(2025, 6, 1);
    }
    for (std::size_t at = 0; at < outcome.snapshots.size(); ++at) {
      const std::size_t age = outcome.snapshots.size() - 1 - at;
      const bool not_yet_there = i * 53 % 100 < age * 5;
      member.timeline.push_back(age == 0                  ? member.status
                                : !member.ever_at_address ? RegisterStatus::not_found
                                : not_yet_there
                                    ? (i % 3 == 0 ? RegisterStatus::elsewhere : RegisterStatus::not_found)
                                    : RegisterStatus::at_address);
    }
    outcome.members.push_back(member);
  }
  outcome.members[211].duplicate_of = outcome.members[40].id;
  outcome.members[803].duplicate_of = outcome.members[802].id;
}

void count_snapshots(Outcome& outcome) {
  for (std::size_t at = 0; at < outcome.snapshots.size(); ++at) {
    for (const inquiry::MemberOutcome& member : outcome.members) {
      if (member.eligible) ++outcome.snapshots[at].status[static_cast<std::size_t>(member.timeline[at])];
    }
  }
}

inquiry::RollSummary roll(std::string name, rolls::RollKind kind, std::string file, std::optional<Date> as_of,
                          std::uint64_t rows, std::uint64_t rejected) {
  inquiry::RollSummary summary;
  summary.name = name;
  summary.kind = kind;
  summary.file = file;
  summary.as_of = as_of;
  summary.account = {rows * 91, rows + rejected + 1, 1, 0, rows, rejected, sha256_hex(file)};
  summary.recognition = {"common headers", "UTF-8", ",", {}, {}, {}};
  return summary;
}

void add_rolls(Outcome& outcome) {
  auto members =
      roll("members", rolls::RollKind::members, "members.csv", on(2026, 6, 1), outcome.members.size(), 2);
  members.recognition = {"own mapping",
                         "Windows-1252",
                         ",",
                         {{rolls::Column::id, {"Membership No"}},
                          {rolls::Column::given, {"Forename"}},
                          {rolls::Column::family, {"Surname"}},
                          {rolls::Column::address, {"Addr1", "Addr2"}},
                          {rolls::Column::joined, {"Joined"}}},
                         {"Gift Aid", "Newsletter"},
                         {"1 footer row of totals"}};
  members.rejects = {
      {418, 0, "7 fields where the header has 11", "raw text that must not be shown", 61},
      {977, 23, "the quote opened here is never closed", "raw text that must not be shown", 140}};
  members.problems_total = 3;
  members.problems = {{30, 32, rolls::Column::birth_date, "31/02/1980", "there is no such day"},
                      {95, 97, rolls::Column::joined, "00/05/2024", "there is no such day"},
                      {640, 643, rolls::Column::joined, "last spring", "not a date"}};
  outcome.rolls.push_back(members);
  for (const inquiry::SnapshotCounts& at : outcome.snapshots) {
    auto snapshot = roll(at.roll, rolls::RollKind::register_,
                         fmt::format("register/{}.csv", at.as_of.iso().substr(0, 7)), at.as_of, 41230, 0);
    snapshot.recognition.layout = "UK register export (split names)";
    outcome.rolls.push_back(snapshot);
  }
  outcome.rolls.push_back(
      roll("payments", rolls::RollKind::payments, "payments.csv", on(2026, 6, 1), 3702, 0));
  outcome.rolls.push_back(
      roll("joins", rolls::RollKind::joins, "joins-elsewhere.csv", on(2026, 6, 1), 882, 0));
  outcome.rolls.push_back(roll("doorstep", rolls::RollKind::canvass, "canvass.csv", on(2026, 7, 1), 312, 0));
}

Finding finding(int signal, std::string key, Tier tier, signals::Subject subject) {
  Finding made;
  made.signal = signal;
  made.key = key;
  made.tier = tier;
  made.id = fmt::format("{}:{}:{}", key, subject.kind, subject.key);
  made.subject = std::move(subject);
  made.listed = true;
  made.level = 2;
  return made;
}

void show_members(Finding& of, std::size_t first, std::size_t number, const std::string& roll_name) {
  for (std::size_t i = 0; i < number; ++i) {
    of.members.push_back(member_id(first + i * 3));
    of.exhibits.push_back({roll_name, first + i * 3 + 2});
  }
}

Finding payer_finding(const std::string& payer, double households, double e, std::size_t first) {
  Finding made = finding(8, "payer-households", Tier::exhibit, {"payer", payer});
  made.observed = households;
  made.expected = 1.3;
  made.expected_low = 1.1;
  made.p = 0.02 / e;
  made.e = e;
  made.text = fmt::format(
      "Unusual under the model of payers elsewhere: expected 1.3 households, observed {:.0f}, e = {:.0f}; "
      "innocent "
      "explanations not excluded: a treasurer who collects cash, an employer or union, a carer.",
      households, e);
  made.innocent = {"A treasurer who collects cash and pays it in",
                   "An employer or a union paying for its people",
                   "A carer or relative paying for several households"};
  made.expected_innocent = 0.4;
  show_members(made, first, static_cast<std::size_t>(households) + 3, "payments");
  return made;
}

void add_payer_signal(Outcome& outcome) {
  signals::SignalReport report;
  report.signal = 8;
  report.key = "payer-households";
  report.title = "One payer, several households";
  report.tier = Tier::exhibit;
  report.null_model =
      "Households per payer are negative-binomial, fitted on all payers but the one tested (METHODS.md, "
      "signal 8)";
  report.tested = 842;
  report.findings = {payer_finding("ACC-20-44-19", 17, 5310, 300),
                     payer_finding("ACC-77-03-52", 11, 212, 420)};
  Finding carer = payer_finding("ACC-11-90-08", 4, 2.1, 510);
  carer.listed = false;
  report.findings.push_back(carer);
  report.listed = 2;
  report.notes = {"Fitted dispersion k = 0.62 (standard error 0.08).",
                  "3 payments name a member that is not on the list; they are left out."};
  outcome.signals.push_back(report);
}

void add_join_signal(Outcome& outcome) {
  signals::SignalReport report;
  report.signal = 4;
  report.key = "join-day";
  report.title = "Many joins on one day";
  report.tier = Tier::lead;
  report.null_model =
      "Given the joins elsewhere on the day, local joins are beta-binomial (METHODS.md 2.1); weekday and "
      "season cancel";
  report.tested = 731;
  Finding made = finding(4, "join-day", Tier::lead, {"day", "2026-04-18"});
  made.observed = 38;
  made.expected = 3.1;
  made.expected_low = 2.2;
  made.p = 2.3e-6;
  made.e = 412;
  made.text =
      "Unusual under the model of joins elsewhere: expected 3.1, observed 38, e = 412; innocent explanations "
      "not "
      "excluded: a recruitment stall, the freeze date, a pile of forms keyed on one day.";
  made.innocent = {"A recruitment stall on that Saturday", "The freeze date 18 days later",
                   "A pile of forms keyed on one day"};
  made.expected_innocent = 3.1;
  show_members(made, 700, 38, "members");
  report.findings = {made};
  report.listed = 1;
  report.notes = {"Dates are those on which the form was keyed; 41 members have no date of signing."};
  outcome.signals.push_back(report);
}

void add_occupancy_signal(Outcome& outcome) {
  signals::SignalReport report;
  report.signal = 5;
  report.key = "occupancy";
  report.title = "Members at one address, given the register";
  report.tier = Tier::lead;
  report.null_model =
      "Members among the electors of an address are beta-binomial with a household correlation fitted on all "
      "other "
      "addresses (METHODS.md 2.4a)";
  report.tested = 938;
  Finding made = finding(5, "occupancy", Tier::lead, {"address", "n1 7aa|high street|12||2"});
  made.observed = 9;
  made.expected = 1.2;
  made.p = 8.8e-5;
  made.e = 57;
  made.text =
      "Unusual under the model of members among electors: expected 1.2, observed 9, e = 57; innocent "
      "explanations not "
      "excluded: a shared house, students, a flat number left out.";
  made.innocent = {"A shared house or students", "A large family", "A flat number left out of the address"};
  made.expected_innocent = 2.6;
  show_members(made, 90, 9, "members");
  report.findings = {made};
  report.listed = 1;
  outcome.signals.push_back(report);
}

void add_signals(Outcome& outcome) {
  signals::SignalReport off;
  off.signal = 1;
  off.key = "off-register";
  off.title = "Not on the register at the address";
  off.null_model =
      "The number of eligible members off the register is beta-binomial at the upper end of the honest base "
      "rate "
      "(METHODS.md, signal 1)";
  off.tested = 1;
  outcome.signals.push_back(off);
  add_join_signal(outcome);
  add_occupancy_signal(outcome);
  add_payer_signal(outcome);
  signals::SignalReport recruiters;
  recruiters.signal = 12;
  recruiters.key = "recruiter-share";
  recruiters.title = "Concentration of recruiters";
  recruiters.tier = Tier::context;
  recruiters.null_model =
      "The largest share among recruiters, against their rank in other branches (context only)";
  recruiters.tested = 26;
  outcome.signals.push_back(recruiters);
  signals::SignalReport duplicates;
  duplicates.signal = 18;
  duplicates.key = "duplicates";
  duplicates.title = "One person listed twice";
  duplicates.null_model =
      "Coincidences expected from the list's own name and date counts (METHODS.md 1.2, formula 2)";
  duplicates.tested = 739, duplicates.listed = 1;
  Finding pair = finding(18, "duplicates", Tier::lead, {"pair", "M10802 M10803"});
  pair.observed = 1;
  pair.expected = 0.0041;
  pair.e = 24;
  pair.level = 1;
  pair.text = "Record needs updating.";
  pair.innocent = {"Father and son, or twins", "Two people of one name at a shared address"};
  pair.expected_innocent = 0.2;
  pair.members = {"M10802", "M10803"};
  pair.exhibits = {{"members", 804}, {"members", 805}};
  duplicates.findings = {pair};
  outcome.signals.push_back(duplicates);
  outcome.absent = {{10, "shared-contact", "a telephone or e-mail column in the members roll"},
                    {20, "growth", "a roll of branches over several years"}};
  for (const signals::SignalReport& report : outcome.signals) {
    for (const Finding& made : report.findings) {
      for (inquiry::MemberOutcome& member : outcome.members) {
        if (made.listed && std::binary_search(made.members.begin(), made.members.end(), member.id)) {
          member.findings.push_back(made.id);
        }
      }
    }
  }
}

void add_pictures(Outcome& outcome) {
  for (Date day = on(2024, 3, 1); day <= on(2026, 5, 30); day = day + 1) {
    const auto mixed = static_cast<std::uint32_t>(day.days()) * 2654435761U >> 16U;
    const bool weekend = day.weekday() >= 5;
    std::uint32_t joins = mixed % 11 < (weekend ? 7U : 4U) ? 1 + mixed % (weekend ? 4 : 2) : 0;
    if (day > on(2026, 4, 1) && day <= on(2026, 5, 6)) joins += mixed % 5;
    const bool burst = day == on(2026, 4, 18);
    if (burst) joins = 38;
    if (joins > 0) outcome.join_days.push_back({day, joins, burst ? 3.1 : weekend ? 1.9 : 0.8, burst});
  }
  outcome.occupancy = {{{0, 1}, 41}, {{1, 1}, 214}, {{1, 2}, 6},  {{2, 1}, 371}, {{2, 2}, 118},
                       {{2, 3}, 2},  {{3, 1}, 96},  {{3, 2}, 44}, {{3, 3}, 11},  {{4, 1}, 31},
                       {{4, 2}, 17}, {{4, 4}, 5},   {{5, 2}, 8},  {{5, 3}, 4},   {{6, 1}, 7},
                       {{8, 2}, 2},  {{3, 9}, 1},   {{14, 3}, 1}, {{2, 7}, 1}};
  outcome.payer_households = {{1, 782}, {2, 47}, {3, 9}, {4, 2}, {11, 1}, {17, 1}};
  using Door = signals::Outcome;
  outcome.canvass = {{Door::verified, 231}, {Door::denied, 4},  {Door::not_known, 9},  {Door::moved, 21},
                     {Door::deceased, 1},   {Door::refused, 8}, {Door::no_contact, 38}};
}

void add_contest(Outcome& outcome) {
  inquiry::ContestSummary summary;
  summary.count.rule = "irv";
  summary.count.winners = {"Alder"};
  summary.count.valid = 841;
  summary.count.invalid = 6;
  summary.papers = 847;
  const auto add_round = [&](std::vector<std::pair<std::string, double>> tally,
                             std::vector<std::string> elected, std::vector<std::string> eliminated,
                             double exhausted, std::string reason) {
    contest::Round round;
    round.number = static_cast<std::uint32_t>(summary.count.rounds.size() + 1);
    round.tally = std::move(tally);
    round.elected = std::move(elected);
    round.eliminated = std::move(eliminated);
    round.exhausted = exhausted;
    round.reason = std::move(reason);
    summary.count.rounds.push_back(std::move(round));
  };
  add_round({{"Alder", 372}, {"Birch", 251}, {"Cedar", 157}, {"Damson", 61}}, {}, {"Damson"}, 0,
            "Nobody has more than half of 841; the candidate with fewest votes is excluded");
  add_round({{"Alder", 389}, {"Birch", 276}, {"Cedar", 164}}, {}, {"Cedar"}, 12,
            "Nobody has more than half of 829");
  add_round({{"Alder", 446}, {"Birch", 331}}, {"Alder"}, {}, 64, "Alder has more than half of 777");
  summary.notes = {"847 papers in the ballot file; 849 voters are marked on the register."};
  outcome.contest = summary;
  outcome.impact = {
      impact::ImpactOutcome::could_not,
      115,
      std::nullopt,
      std::nullopt,
      63,
      4,
      "Even if all 63 questioned entries had voted for the winner and 4 people were wrongly kept out, "
      "the winner would still have won.",
      {"63 + 4 = 67 is less than the margin of 115.",
       "The margin is exact for this rule: every order of exclusion was searched."}};
}

void add_verdict(Outcome& outcome) {
  outcome.impact.tiers = {{"exhibits", 20, impact::ImpactOutcome::could_not, false},
                          {"exhibits and leads", 74, impact::ImpactOutcome::could_not, false}};
  outcome.impact.curve = {{0, impact::ImpactOutcome::could_not}, {115, impact::ImpactOutcome::could}};
  outcome.impact.at_random = impact::RandomRemoval{74, 0, 0};
  outcome.impact.assumptions = {"If the 74 questioned papers were any papers, the probability is 0."};
  outcome.impact.scenarios = {
      {"More people vote", "1.2 times as many papers in North", "Candidate A", true, 130}};
  outcome.impact.polls = {{"A poll", "2026-04-20", "Candidate A", "Candidate B", .03, -.02, .08, -.04, .015}};
  outcome.verdict.outcome = impact::VerdictOutcome::cannot_conclude;
  outcome.verdict.sentence =
      "With 13 confirmed irregular entries there are too few to tell accident from concert.";
  outcome.verdict.conditions = {
      {"joint permutation p", "at most 0.001", "0.0042", false},
      {"single links with p at most 0.02", "at least 2 of 4", "2: payer, day", true},
      {"largest p after leaving out one household, day or telephone", "at most 0.01", "0.031", false},
      {"p if the busiest group may move 3.1 times as often", "at most 0.01", "", std::nullopt},
      {"one account paying for three households, two of them irregular", "a row of the payments",
       "payments, line 1184", true}};
  outcome.verdict.because = {"The joint permutation p is 0.0042, above 0.001.",
                             "Leaving out one join day raises it to 0.031."};
  outcome.verdict.would_need = {
      "About 20 connected irregular entries: the rule cannot establish co-ordination with "
      "fewer.",
      "Answers from the 38 doors where nobody was met."};
}

void add_linkage(Outcome& outcome) {
  inquiry::LinkageSummary& linkage = outcome.linkage;
  linkage.pairs_compared = 1482310;
  linkage.pairs_per_second = 900000;
  linkage.iterations = 14;
  linkage.prior = 0.00079;
  linkage.expected_false_links = 1.7;
  linkage.expected_missed_links = 6.4;
  linkage.levels = {
      {"given", "equal", 0.881, 0.0121, 6.19},        {"given", "similar", 0.071, 0.0094, 2.92},
      {"given", "different", 0.048, 0.9785, -4.35},   {"family", "equal", 0.936, 0.0031, 8.24},
      {"family", "similar", 0.041, 0.0026, 3.98},     {"family", "different", 0.023, 0.9943, -5.43},
      {"postcode", "equal", 0.912, 0.0007, 10.35},    {"postcode", "sector", 0.036, 0.0114, 1.66},
      {"postcode", "different", 0.052, 0.9879, -4.25}};
  linkage.notes = {"Trained on the pairs that share a postcode or a full name."};
  inquiry::NameClassHarm& harm = outcome.name_classes;
  harm.told = 44;
  harm.confirmed = 20;
  harm.lines = {{"words in the name", "two", 900, 60, 0.052, 0.085, 30, 16, 0.72, 0.44, 1.16},
                {"words in the name", "three", 317, 49, 0.119, 0.199, 14, 4, 1.9, 1.27, 3.4},
                {"date of birth", "none", 1217, 109, 0.075, 0.107, 0, 0, std::nullopt, 0, 0}};
}

void add_head(Outcome& outcome) {
  outcome.title = "Selection of a candidate, Northmere";
  outcome.freeze_date = on(2026, 5, 6);
  outcome.min_membership_days = 180;
  outcome.seed = 20260506;
  outcome.off_register = {0.09, 0.15, "Electoral Commission accuracy studies, inner boroughs, 2018 and 2022"};
  outcome.inquiry_file = "northmere.toml";
  outcome.inquiry_sha256 = sha256_hex("northmere.toml");
  outcome.program_version = "0.1.0";
  int number = 0;
  for (const Date day :
       {on(2023, 12, 1), on(2024, 6, 1), on(2024, 12, 1), on(2025, 6, 1), on(2025, 12, 1), on(2026, 6, 1)}) {
    outcome.snapshots.push_back({day, fmt::format("register-{}", ++number), {}});
  }
}

void add_key_test(Outcome& outcome) {
  inquiry::KeyTest test;
  test.js = 0.0042;
  test.sum = 7.1;
  test.permutations = 9999;
  test.from = -4;
  test.step = 0.4;
  for (std::uint64_t bin = 0; bin < 30; ++bin) test.histogram.push_back(bin < 20 ? 20 + 40 * bin : 30 - bin);
  test.links = {{"payer", 14, 6.1, 3.2, 0.004}, {"join day", 9, 5.5, 1.4, 0.09}};
  test.further = {{"without a household (3 members)", 0.009}, {"denied in person alone", 0.03}};
  test.pairs = {{"M000300", "M000301", {"payer", "join day"}, {{"members", 302}, {"doorstep", 12}}}};
  test.pairs_total = 14;
  outcome.key_test = test;
  outcome.chronology.sentence = "Settings were fixed on 2026-05-01T10:00:00Z, entry 1 of the ledger.";
  outcome.chronology.looks = 2;
  outcome.chronology.events = {{"settings-fixed", 2, "2026-05-01T10:00:00Z", 1}};
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      for (const signals::Exhibit& exhibit : finding.exhibits)
        outcome.quoted[exhibit] = {{"Payer", "ACC-20-44-19"}, {"Amount", "£25.00"}};
    }
  }
}

}  // namespace

inquiry::Outcome sample_outcome() {
  Outcome outcome;
  add_head(outcome);
  add_members(outcome, 1217);
  count_snapshots(outcome);
  add_rolls(outcome);
  add_linkage(outcome);
  add_signals(outcome);
  add_pictures(outcome);
  add_contest(outcome);
  add_verdict(outcome);
  add_key_test(outcome);
  return outcome;
}

inquiry::Outcome large_outcome(std::size_t members, std::size_t findings) {
  Outcome outcome;
  add_head(outcome);
  add_members(outcome, std::max<std::size_t>(members, 1217));
  count_snapshots(outcome);
  add_rolls(outcome);
  add_linkage(outcome);
  add_signals(outcome);
  add_pictures(outcome);
  add_contest(outcome);
  add_verdict(outcome);
  add_key_test(outcome);
  for (signals::SignalReport& report : outcome.signals) {
    if (report.signal != 8) continue;
    for (std::size_t i = 0; i < findings; ++i) {
      report.findings.push_back(
          payer_finding(fmt::format("ACC-{:06}", i), 2 + static_cast<double>(i % 40), 30, i));
    }
    report.listed = findings + 2;
  }
  return outcome;
}

}  // namespace scrutineer::report_test
