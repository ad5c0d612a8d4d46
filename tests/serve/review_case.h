// A case for the review app, written through the store: members, findings, links, pairs, ties and a queue, of
// any size, with any text for what strangers typed.
#ifndef SCRUTINEER_TESTS_SERVE_REVIEW_CASE_H_
#define SCRUTINEER_TESTS_SERVE_REVIEW_CASE_H_

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "store/case_file.h"

namespace scrutineer::tests {

struct ReviewCase {
  std::uint64_t members = 60;
  std::uint64_t findings = 20;  // listed ones, of three members each
  std::uint64_t links = 10;     // uncertain ones
  std::string typed;            // stands in every field that a stranger can fill; empty: plain names
  std::string title = "A fictional inquiry";
};

inline std::string typed_or(const ReviewCase& wanted, std::string plain) {
  return wanted.typed.empty() ? std::move(plain) : wanted.typed + " " + plain;
}

inline std::string member_id(std::uint64_t number) {
  return fmt::format("M{:05}", number);
}

inline std::string as_json(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

inline Status add_review_members(store::CaseBuilder& builder, const ReviewCase& wanted) {
  static const char* const given[] = {"Ada", "Bela", "Cyril", "Dora", "Egon",
                                      "Fay", "Gwen", "Hugo",  "Ines", "Jonas"};
  static const char* const family[] = {"Smithers", "Okafor",  "Lindqvist", "Marsh",
                                       "Novak",    "Pereira", "Quist",     "Rahman"};
  for (std::uint64_t number = 0; number < wanted.members; ++number) {
    store::MemberRow member;
    member.number = number;
    member.id = member_id(number);
    member.line = number + 2;
    member.register_status = number % 7 ? "at-address" : "not-found";
    member.match_probability = number % 7 ? 0.99 : 0.1;
    member.household = fmt::format("h{}", number / 2);
    member.timeline = {"at-address", member.register_status};
    SCRUTINEER_CHECK(builder.add(member));
    store::EntryRow entry;
    entry.roll = "members";
    entry.line = number + 2;
    const std::string first = given[number % 10];
    const std::string last = fmt::format("{}{}", family[(number / 10) % 8], number / 80);
    entry.name = typed_or(wanted, first + " " + last);
    entry.address = typed_or(wanted, fmt::format("{} Cedar Street {}", number % 200 + 1, number / 200));
    entry.postcode = fmt::format("N{} {}AA", number / 1000 % 90 + 1, number % 9 + 1);
    entry.raw = as_json({{"id", member.id},
                         {"given", typed_or(wanted, first)},
                         {"family", last},
                         {"address", entry.address}});
    entry.standard = as_json({{"given", first}, {"family", last}});
    SCRUTINEER_CHECK(builder.add(entry));
  }
  for (std::uint64_t number = 0; number < wanted.members; ++number) {
    const std::uint64_t first_finding = number < 3 * wanted.findings ? 1 : 0;
    SCRUTINEER_CHECK(builder.add(store::MemberDetailRow{
        number, number, number / 2, number % 2 ? "Northmere East" : "Northmere West", first_finding}));
    SCRUTINEER_CHECK(builder.add(
        store::MemberEventRow{number, 0, "2026-01-05", "joined", "joined", "members", number + 2, {}}));
    SCRUTINEER_CHECK(builder.add(store::MemberEventRow{
        number, 1, "2026-01-06", "payment", typed_or(wanted, "card"), "payments", number + 2, 500}));
    SCRUTINEER_CHECK(
        builder.add(store::TieRow{"payer", typed_or(wanted, fmt::format("account {}", number / 3)), number}));
    if (number % 2 == 0) {
      SCRUTINEER_CHECK(builder.add(store::AddressRow{
          fmt::format("unit {}", number / 2), typed_or(wanted, fmt::format("{} Cedar Street", number / 2)),
          "N1 1AA", 2, 3, 2, 1, false}));
      SCRUTINEER_CHECK(builder.add(store::AddressPersonRow{number / 2, 0, typed_or(wanted, "An Elector"),
                                                           "register", number + 5, "11"}));
    }
  }
  return {};
}

inline Status add_review_findings(store::CaseBuilder& builder, const ReviewCase& wanted) {
  SCRUTINEER_CHECK(builder.add(store::SignalRow{8, "payer-households", "Payers of several households", "A",
                                                "A null model.", wanted.findings * 2, wanted.findings}));
  for (std::uint64_t number = 0; number < wanted.findings; ++number) {
    store::FindingRow finding;
    finding.subject_kind = "payer";
    finding.subject_key = typed_or(wanted, fmt::format("account {}", number));
    finding.id = "payer-households:payer:" + finding.subject_key;
    finding.signal = 8;
    finding.key = "payer-households";
    finding.tier = number % 2 ? "A" : "B";
    finding.observed = 3;
    finding.expected = 0.4;
    finding.p = 0.001;
    finding.e = 40;
    finding.listed = true;
    finding.level = 2;
    finding.text = fmt::format("{} pays for 3 households; expected 0.4", finding.subject_key);
    finding.expected_innocent = 0.5;
    for (std::uint64_t at = 0; at < 3; ++at)
      finding.members.push_back(member_id((3 * number + at) % wanted.members));
    finding.innocent = {typed_or(wanted, "a carer or a relative pays"), "an employer"};
    finding.exhibits = {{"members", (3 * number) % wanted.members + 2}};
    SCRUTINEER_CHECK(builder.add(finding));
    store::QueueRow row;
    row.kind = "finding";
    row.key = finding.id;
    row.signal = 8;
    row.tier = finding.tier;
    row.text = finding.text;
    row.questions = 3;
    row.narrowing = 3 - static_cast<double>(number) / static_cast<double>(wanted.findings + 1);
    row.openness = 1;
    for (std::uint64_t at = 0; at < 3; ++at)
      row.members.push_back({(3 * number + at) % wanted.members, true});
    row.expected_innocent = 0.5;
    row.words = "Payers of several households payer-households";
    row.personal_words = finding.text;
    for (const std::string& id : finding.members) row.personal_words += " " + id;
    SCRUTINEER_CHECK(builder.add(row));
  }
  return {};
}

inline Status add_review_links(store::CaseBuilder& builder, const ReviewCase& wanted) {
  const std::string waterfall = as_json(
      {{"prior", -9000},
       {"dependence", -400},
       {"total", 600},
       {"fields",
        {{{"field", "given"}, {"level", "close"}, {"left", "ada"}, {"right", "adah"}, {"weight", 4000}},
         {{"field", "family"},
          {"level", "equal"},
          {"left", "marsh"},
          {"right", "marsh"},
          {"weight", 6000}}}}});
  for (std::uint64_t number = 0; number < wanted.links; ++number) {
    store::EntryRow entry{"register",
                          number + 2,
                          typed_or(wanted, "Adah Marsh"),
                          typed_or(wanted, "4 Cedar Street"),
                          "N1 1AA",
                          as_json({{"given", typed_or(wanted, "Adah")}, {"family", "Marsh"}}),
                          as_json({{"given", "adah"}})};
    SCRUTINEER_CHECK(builder.add(entry));
    const std::uint64_t member = number % wanted.members;
    SCRUTINEER_CHECK(builder.add(
        store::CandidateRow{member, wanted.members + number, 600, 0.6, "same-dwelling", waterfall}));
    store::QueueRow row;
    row.kind = "link";
    row.key = store::link_key(member_id(member), "register", number + 2);
    row.text = fmt::format("register, line {}, is this member with probability 0.60", number + 2);
    row.probability = 0.6;
    row.weight = 600;
    row.questions = 1;
    row.narrowing = 0.8;
    row.openness = 0.8;
    row.members = {{member, true}};
    row.expected_innocent = 0.6;
    row.words = "uncertain link register";
    row.personal_words = member_id(member);
    SCRUTINEER_CHECK(builder.add(row));
  }
  return {};
}

inline Status build_review_case(const std::filesystem::path& folder, const ReviewCase& wanted) {
  SCRUTINEER_TRY(store::CaseBuilder builder, store::CaseBuilder::begin(folder));
  SCRUTINEER_CHECK(builder.add(store::SettingRow{"inquiry.title", wanted.title, "inquiry file"}));
  SCRUTINEER_CHECK(builder.add(store::SettingRow{"inquiry.freeze_date", "2026-05-06", "inquiry file"}));
  for (const char* name : {"members", "register"}) {
    store::RollRow roll;
    roll.name = name;
    roll.kind = name;
    roll.as_of = Date::from_iso("2025-12-01");
    roll.physical_records = 1;
    roll.header_records = 1;
    SCRUTINEER_CHECK(builder.add(roll));
  }
  SCRUTINEER_CHECK(
      builder.add(store::RejectRow{"members", 9, 1, "too many fields", typed_or(wanted, "a,b,c"), 5}));
  SCRUTINEER_CHECK(add_review_members(builder, wanted));
  SCRUTINEER_CHECK(add_review_findings(builder, wanted));
  SCRUTINEER_CHECK(add_review_links(builder, wanted));
  SCRUTINEER_CHECK(builder.add(store::ConclusionRow{
      "verdict", "cannot-conclude", "It cannot be concluded.", {{"because", "no canvass"}}}));
  SCRUTINEER_CHECK(builder.add(store::ConclusionRow{"impact", "undecided", "Undecided.", {}}));
  std::ofstream(builder.file("report.html")) << "<p>report";
  std::ofstream(builder.file("findings.json")) << "{}";
  std::ofstream(builder.file("members.csv")) << "id,eligible\r\nM00000,true\r\n";
  std::ofstream(builder.file("exhibits.html")) << "<p>exhibits";
  std::ofstream(builder.file("links.parquet")) << "PAR1 links PAR1";
  std::ofstream(builder.file("review.json"))
      << R"({"answers":[],"calendar":[],"contest":null,"impact":{"margin":12,"questioned":30}})";
  return builder.finish({"2026-06-01T10:00:00Z", "scrutineer 0.1.0", "case-written", "{}"});
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_SERVE_REVIEW_CASE_H_
