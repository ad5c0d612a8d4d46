// findings.json and members.csv, against DESIGN.md, "Outputs that programs read".
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"
#include "report/report.h"
#include "sample_outcome.h"

namespace scrutineer::report {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

using Names = std::vector<std::string>;

TEST(FindingsJson, HasTheDocumentedKeysInOrder) {
  const Json json = Json::parse(findings_json(report_test::sample_outcome()));
  EXPECT_EQ(keys(json), (Names{"inquiry", "rolls", "findings", "verdict", "impact", "contest"}));
  EXPECT_EQ(keys(json["rolls"][0]), (Names{"name", "kind", "as_of", "rows", "rejected", "sha256"}));
  for (const Json& finding : json["findings"]) {
    EXPECT_EQ(keys(finding), (Names{"id", "signal", "tier", "subject", "members", "observed", "expected", "p",
                                    "e", "listed", "level", "text", "innocent", "exhibits"}));
    EXPECT_EQ(keys(finding["subject"]), (Names{"kind", "key"}));
    for (const Json& exhibit : finding["exhibits"]) EXPECT_EQ(keys(exhibit), (Names{"roll", "line"}));
  }
  EXPECT_EQ(keys(json["verdict"]), (Names{"outcome", "because"}));
  EXPECT_EQ(keys(json["impact"]),
            (Names{"outcome", "sentence", "margin", "margin_low", "margin_high", "questioned",
                   "wrongly_barred", "tiers", "curve", "because", "at_random", "break_even_share",
                   "turnout_needed", "turnout", "assumptions", "scenarios", "polls"}));
}

TEST(FindingsJson, HoldsTheFiguresThatContradictEachOther) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  outcome.contest->count.contradictions = {
      {"electorate-marked", "90 papers counted but only 80 people marked as having voted", 80, 90}};
  const Json found = Json::parse(findings_json(outcome))["contest"]["contradictions"].at(0);
  EXPECT_EQ(found["check"], "electorate-marked");
  EXPECT_EQ(found["stated"], 80);
  EXPECT_EQ(found["found"], 90);
}

TEST(FindingsJson, HoldsWhatWasFound) {
  const Json json = Json::parse(findings_json(report_test::sample_outcome()));
  EXPECT_EQ(json["inquiry"]["title"], "Selection of a candidate, Northmere");
  EXPECT_EQ(json["inquiry"]["freeze_date"], "2026-05-06");
  EXPECT_EQ(json["verdict"]["outcome"], "cannot-conclude");
  EXPECT_EQ(json["impact"]["margin"], 115);
  ASSERT_EQ(json["findings"].size(), 6U);
  const Json& payer = json["findings"][2];
  EXPECT_EQ(payer["id"], "payer-households:payer:ACC-20-44-19");
  EXPECT_EQ(payer["signal"], 8);
  EXPECT_EQ(payer["tier"], "A");
  EXPECT_EQ(payer["observed"], 17.0);
  EXPECT_EQ(payer["listed"], true);
  EXPECT_EQ(json["findings"][4]["listed"], false);
  EXPECT_TRUE(json["findings"][5]["p"].is_null()) << "absent numbers are null";
}

TEST(FindingsJson, TierXStaysOutAndIsCounted) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  signals::SignalReport unused;
  unused.signal = 7;
  unused.tier = signals::Tier::unused;
  unused.tested = 12;
  unused.findings.resize(1);
  unused.findings[0].tier = signals::Tier::unused;
  outcome.signals.push_back(unused);
  const Json json = Json::parse(findings_json(outcome));
  EXPECT_EQ(json["findings"].size(), 6U);
  EXPECT_EQ(json["inquiry"]["signals"].back()["tier"], "X");
}

TEST(FindingsJson, NumbersThatAreNotFiniteAreNull) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  outcome.signals[1].findings[0].e = INFINITY;
  outcome.signals[1].findings[0].observed = std::nan("");
  const Json json = Json::parse(findings_json(outcome));
  EXPECT_TRUE(json["findings"][0]["e"].is_null());
  EXPECT_TRUE(json["findings"][0]["observed"].is_null());
}

RC_GTEST_PROP(FindingsJson, ParsesAndIsUtf8WhateverCameIn, (const std::string& text)) {
  const std::string json = findings_json(report_test::hostile_outcome(text));
  RC_ASSERT(is_valid_utf8(json));
  const Json parsed = Json::parse(json);
  if (is_valid_utf8(text)) RC_ASSERT(parsed["inquiry"]["title"] == text);
}

// Fields of one CSV record, read by a reader that shares nothing with the writer.
std::vector<std::string> read_record(std::istringstream& csv) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (int c = csv.get(); c != EOF; c = csv.get()) {
    if (quoted) {
      if (c != '"') {
        fields.back() += static_cast<char>(c);
      } else if (csv.peek() == '"') {
        fields.back() += static_cast<char>(csv.get());
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      return fields;
    } else {
      fields.back() += static_cast<char>(c);
    }
  }
  return fields;
}

TEST(MembersCsv, HasOneRecordAMember) {
  const inquiry::Outcome outcome = report_test::sample_outcome();
  std::istringstream csv(members_csv(outcome));
  EXPECT_EQ(read_record(csv), (Names{"id", "eligible", "register_status", "match_probability",
                                     "ever_at_address", "duplicate_of", "household", "findings"}));
  for (const inquiry::MemberOutcome& member : outcome.members) {
    const auto record = read_record(csv);
    ASSERT_EQ(record.size(), 8U);
    EXPECT_EQ(record[0], member.id);
    EXPECT_EQ(record[1], member.eligible ? "true" : "false");
    EXPECT_EQ(record[2], signals::to_string(member.status));
    EXPECT_NEAR(std::stod(record[3]), member.match_probability, 5e-7);
    EXPECT_EQ(record[5], member.duplicate_of);
    EXPECT_EQ(words(record[7]).size(), member.findings.size());
  }
  EXPECT_EQ(csv.peek(), EOF);
}

TEST(MembersCsv, RunsNothingInASpreadsheet) {
  std::istringstream csv(members_csv(report_test::hostile_outcome("=HYPERLINK(\"x\",\"y\")")));
  read_record(csv);
  const auto record = read_record(csv);
  for (const std::string& field : record) EXPECT_FALSE(field.starts_with("=")) << field;
  EXPECT_EQ(record[0], "'=HYPERLINK(\"x\",\"y\")");
}

RC_GTEST_PROP(MembersCsv, FindingIdsStayApart, (const std::vector<std::string>& ids)) {
  inquiry::Outcome outcome;
  outcome.members.resize(1);
  for (const std::string& id : ids) {
    std::string plain;
    for (const char c : id) {
      if (c >= ' ' && c <= '~') plain += c;
    }
    outcome.members[0].findings.push_back("x" + plain);
  }
  std::istringstream csv(members_csv(outcome));
  read_record(csv);
  RC_ASSERT(words(read_record(csv)[7]).size() == ids.size());
}

RC_GTEST_PROP(MembersCsv, IsUtf8WhateverCameIn, (const std::string& text)) {
  RC_ASSERT(is_valid_utf8(members_csv(report_test::hostile_outcome(text))));
}

std::string content(const std::filesystem::path& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}

TEST(WriteReport, WritesFiveFilesAndNothingElse) {
  const auto directory = std::filesystem::path(testing::TempDir()) / "scrutineer-write-report";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const inquiry::Outcome outcome = report_test::sample_outcome();
  ASSERT_TRUE(write_report(outcome, {}, directory).has_value());
  ASSERT_TRUE(write_report(outcome, {}, directory).has_value()) << "what was there is replaced";
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++files;
  EXPECT_EQ(files, 5U);
  EXPECT_EQ(content(directory / "findings.json"), findings_json(outcome));
  EXPECT_EQ(content(directory / "members.csv"), members_csv(outcome));
  EXPECT_EQ(content(directory / "report.html"), report_html(outcome));
  EXPECT_EQ(content(directory / "exhibits.html"), exhibits_html(outcome));
  EXPECT_EQ(content(directory / "review.json"), review_json(outcome, {}));
  std::filesystem::remove_all(directory);
}

TEST(WriteReport, SaysWhereItCouldNot) {
  const auto missing = std::filesystem::path(testing::TempDir()) / "scrutineer-no-such-directory";
  const Status status = write_report(inquiry::Outcome(), {}, missing);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().category, ErrorCategory::internal);
  EXPECT_NE(status.error().message().find("exhibits.html"), std::string::npos);
}

}  // namespace
}  // namespace scrutineer::report
