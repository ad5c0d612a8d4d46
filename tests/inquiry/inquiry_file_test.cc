#include "inquiry/inquiry_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace scrutineer::inquiry {
namespace {

class InquiryFileTest : public testing::Test {
 protected:
  Result<InquiryFile> read(const std::string& text) {
    const std::filesystem::path file = folder_ / "inquiry.toml";
    std::ofstream(file) << text;
    return read_inquiry_file(file);
  }
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() /
        ("scrutineer-inquiry-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

constexpr const char* members_roll =
    "[[roll]]\nname = \"members\"\nkind = \"members\"\nfile = \"members.csv\"\n";

TEST_F(InquiryFileTest, ReadsWhatDesignShows) {
  const auto file = read(R"([inquiry]
title       = "Selection of a candidate, Northmere"
freeze_date = 2026-05-06
min_membership_days = 180
seed        = 20260506
base_rate   = { off_register = [0.09, 0.15], note = "two published rates" }

[[roll]]
name = "members"
kind = "members"
file = "members.csv"
as_of = 2026-06-01
columns = { id = "Membership No", address = ["Addr1", "Addr2"] }

[[roll]]
name = "register-2025-12"
kind = "register"
file = "register/2025-12.csv"
as_of = 2025-12-01
changes = ["2026-01.csv"]

[contest]
ballots = "ballots.blt"
rule    = "irv"
marked  = "marked-register.csv"
)");
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ(file->title, "Selection of a candidate, Northmere");
  EXPECT_EQ(file->freeze_date, Date::of(2026, 5, 6));
  EXPECT_EQ(file->min_membership_days, 180);
  EXPECT_EQ(file->seed, 20260506U);
  EXPECT_DOUBLE_EQ(file->off_register->high, 0.15);
  EXPECT_EQ(file->off_register->note, "two published rates");
  ASSERT_EQ(file->rolls.size(), 2U);
  EXPECT_EQ(file->rolls[0].file, folder_ / "members.csv");
  ASSERT_EQ(file->rolls[0].columns.size(), 2U);
  EXPECT_EQ(file->rolls[1].kind, rolls::RollKind::register_);
  EXPECT_EQ(file->rolls[1].changes.front(), folder_ / "2026-01.csv");
  ASSERT_TRUE(file->contest);
  EXPECT_EQ(file->contest->rule, "irv");
}

TEST_F(InquiryFileTest, NamesEveryProblemAtOnceWithItsPlace) {
  const auto file = read(std::string("[inquiry]\ntitel = \"A\"\nfreeze_date = 5\n") + members_roll);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().category, ErrorCategory::refused_input);
  const std::string message = file.error().message();
  EXPECT_NE(message.find("inquiry.toml:2:"), std::string::npos) << message;
  EXPECT_NE(message.find("\"title\""), std::string::npos) << message;
  EXPECT_NE(message.find("inquiry.freeze_date"), std::string::npos) << message;
}

TEST_F(InquiryFileTest, SyntaxErrorsHaveALine) {
  const auto file = read("[inquiry]\ntitle = \n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().where.line, 2U);
}

TEST_F(InquiryFileTest, ExactlyOneMembersRoll) {
  EXPECT_FALSE(read("[inquiry]\ntitle = \"A\"\n"));
  EXPECT_FALSE(read(std::string("[inquiry]\ntitle = \"A\"\n") + members_roll + members_roll));
  EXPECT_TRUE(read(std::string("[inquiry]\ntitle = \"A\"\n") + members_roll));
}

TEST_F(InquiryFileTest, ReadsWhatIfsAndPolls) {
  const auto file = read(std::string("[inquiry]\ntitle = \"x\"\n") + members_roll + R"(
[contest]
ballots = "ballots.blt"
rule = "irv"
wrongly_barred = 3
parties = { "A" = "First" }
last_result = { "First" = 0.44 }

[[scenario]]
name = "More vote"
turnout = [{ groups = ["North"], factor = 1.2 }]
further_candidate = { name = "E", takes = { "A" = 0.1 }, transfers = { "B" = 0.6 } }

[[poll]]
name = "telephone"
date = 2026-04-20
asked = 1004
candidate = { "A" = 0.43, "B" = 0.40 }
party = { "First" = 0.47 }
)");
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ(file->contest->wrongly_barred, 3);
  EXPECT_EQ(file->contest->polls.party_of.at("A"), "First");
  ASSERT_EQ(file->scenarios.size(), 1U);
  EXPECT_DOUBLE_EQ(file->scenarios[0].turnout[0].factor, 1.2);
  EXPECT_DOUBLE_EQ(file->scenarios[0].further->transfers.at("B"), 0.6);
  ASSERT_EQ(file->polls.size(), 1U);
  EXPECT_EQ(file->polls[0].date, "2026-04-20");
  EXPECT_DOUBLE_EQ(file->polls[0].candidate.at("B"), 0.40);
}

TEST_F(InquiryFileTest, RefusesWhatIfsAndPollsThatSayTooLittle) {
  const std::string start = std::string("[inquiry]\ntitle = \"x\"\n") + members_roll;
  for (const char* table :
       {"[[scenario]]\nname = \"nothing\"\n", "[[scenario]]\nturnout = [{ groups = [\"N\"], factor = -1 }]\n",
        "[[scenario]]\nname = \"x\"\nfurther_candidate = { takes = { \"A\" = 2.0 } }\n",
        "[[poll]]\nname = \"x\"\ndate = 2026-04-20\nasked = 0\ncandidate = {}\n",
        "[[poll]]\nname = \"x\"\nasked = 10\ncandidate = { \"A\" = \"many\" }\n",
        "[scenario]\nname = \"x\"\n"}) {
    EXPECT_FALSE(read(start + table)) << table;
  }
}

}  // namespace
}  // namespace scrutineer::inquiry
