// A small case that tests build, whole and consistent: 300 members, 20 findings, one roll with rejects.
#ifndef SCRUTINEER_TESTS_STORE_SAMPLE_CASE_H_
#define SCRUTINEER_TESTS_STORE_SAMPLE_CASE_H_

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "store/case_file.h"

namespace scrutineer::tests {

inline store::LedgerNote noted(std::string kind) {
  return {"2026-05-06T10:00:00Z", "scrutineer 0.1.0", std::move(kind), "{}"};
}

// `version` is written in several places at once, so that half of one case and half of another would show.
inline Status build_sample_case(const std::filesystem::path& folder, std::uint64_t version,
                                std::uint64_t members = 300) {
  SCRUTINEER_TRY(store::CaseBuilder builder, store::CaseBuilder::begin(folder));
  builder.note(noted("audit-started"));
  builder.note(noted("outcomes-read"));
  SCRUTINEER_CHECK(builder.add(store::SettingRow{"inquiry.seed", std::to_string(version), "inquiry file"}));
  SCRUTINEER_CHECK(
      builder.add(store::InputRow{"roll", "members", "members.csv", std::string(64, 'a'), 1000 + version}));
  store::RollRow roll;
  roll.name = "members";
  roll.kind = "members";
  roll.as_of = Date::from_iso("2026-06-01");
  roll.rows = members;
  roll.rejected = 2;
  roll.header_records = 1;
  roll.physical_records = members + 3;
  roll.columns = {{"address", {"Addr1", "Addr2"}}, {"id", {"No"}}};
  roll.notes = {"1 header line"};
  SCRUTINEER_CHECK(builder.add(roll));
  SCRUTINEER_CHECK(
      builder.add(store::RejectRow{"members", 12, 3, "7 fields where the header has 6", "a,b", 3}));
  SCRUTINEER_CHECK(builder.add(store::RejectRow{"members", 13, 1, "a quote that never ends", "\"a", 2}));
  SCRUTINEER_CHECK(
      builder.add(store::ValueProblemRow{"members", 3, 5, "joined", "31/02/1980", "no such day"}));
  for (std::uint64_t number = 0; number < members; ++number) {
    store::MemberRow member;
    member.number = number;
    member.id = fmt::format("m{}", number);
    member.line = number + 2;
    member.register_status = number % 7 ? "at-address" : "not-found";
    member.match_probability = static_cast<double>(number % 100) / 100;
    member.household = fmt::format("h{} v{}", number / 2, version);
    member.timeline = {"at-address", "elsewhere"};
    SCRUTINEER_CHECK(builder.add(member));
  }
  for (int number = 0; number < 20; ++number) {
    store::FindingRow finding;
    finding.id = fmt::format("f{}", number);
    finding.signal = 8;
    finding.key = "payer-households";
    finding.tier = "A";
    finding.subject_kind = "payer";
    finding.subject_key = fmt::format("account {}", number);
    finding.observed = number;
    finding.p = 1.0 / (number + 2);
    finding.text = "A text.";
    finding.members = {"m1", "m2"};
    finding.innocent = {"a family"};
    finding.exhibits = {{"members", 2}, {"members", 3}};
    SCRUTINEER_CHECK(builder.add(finding));
  }
  SCRUTINEER_CHECK(builder.add(store::ConclusionRow{
      "verdict", "cannot-conclude", fmt::format("Version {}.", version), {{"because", "no canvass"}}}));
  std::ofstream(builder.file("report.html")) << "<p>version " << version;
  return builder.finish(noted(""));
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_STORE_SAMPLE_CASE_H_
