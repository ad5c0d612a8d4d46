#include <gtest/gtest.h>

#include "contest/read_ballots.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

using Ranks = std::vector<std::vector<Candidate>>;

Ballots read(std::string_view text) {
  auto ballots = read_ballots_from(text, "test.blt");
  EXPECT_TRUE(ballots) << ballots.error().message();
  return ballots ? *ballots : Ballots{};
}

std::string message(std::string_view text) {
  const auto ballots = read_ballots_from(text, "test.blt");
  return ballots ? "accepted" : ballots.error().message();
}

constexpr std::string_view names = "0\n\"A\"\n\"B\"\n\"C\"\n\"T\"\n";

TEST(Blt, ReadsThePublishedExample) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/formats/blt_hill_meek_example.blt");
  const auto ballots = read_ballots(file);
  ASSERT_TRUE(ballots) << ballots.error().message();
  EXPECT_EQ(ballots->seats, 2U);
  EXPECT_EQ(ballots->withdrawn, std::vector<Candidate>{1});
  EXPECT_EQ(ballots->candidates, (std::vector<std::string>{"Adam", "Basil", "Charlotte", "Donald"}));
  EXPECT_EQ(ballots->title, "Title");
  ASSERT_EQ(ballots->ballots.size(), 6U);
  EXPECT_EQ(ballots->ballots[2].ranks, (Ranks{{3}, {0, 2}}));
}

TEST(Blt, ReadsWhatIsFoundInTheWild) {
  const Ballots ballots = read(
      "# an election\r\n3 1 # three for one\r\n-2\r\n(id-1) 2.5 1 - 3=2 0\r\n1 0\r\n(7) 1.50 1 - 3=2 0 0.25 "
      "3\r\n2 0\r\n"
      "0\r\nAnn Ash\r\nBen Birch\r\nCy Cedar\r\nThe title\r\nmore\r\n");
  EXPECT_EQ(ballots.weight_scale, 100);
  ASSERT_EQ(ballots.ballots.size(), 3U);
  EXPECT_EQ(ballots.ballots[0].ranks, (Ranks{{0}, {}, {2, 1}}));
  EXPECT_EQ(ballots.ballots[0].count, 400);
  EXPECT_TRUE(ballots.ballots[1].ranks.empty());
  EXPECT_EQ(ballots.ballots[1].count, 100);
  EXPECT_EQ(ballots.ballots[2].count, 25);
  EXPECT_EQ(ballots.candidates, (std::vector<std::string>{"Ann Ash", "Ben Birch", "Cy Cedar"}));
  EXPECT_EQ(ballots.title, "The title");
  EXPECT_EQ(ballots.notes.size(), 4U);
}

TEST(Blt, ReadsNickNamesAndQuotesAndManyNamesOnALine) {
  const Ballots ballots =
      read("2 1 [nick ann ben] [tie 2 1]\n3 ben ann 0\n0 \"Ann \"\"A\"\" Ash\" \"Ben # 1\" \"T\"");
  EXPECT_EQ(ballots.ballots.at(0).ranks, (Ranks{{1}, {0}}));
  EXPECT_EQ(ballots.candidates, (std::vector<std::string>{"Ann \"A\" Ash", "Ben # 1"}));
  EXPECT_EQ(ballots.notes, std::vector<std::string>{"option: tie 2 1"});
}

TEST(Blt, ReadsUtf16AndWindows1252) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("1 1\n2 1 0\n0\n\"A\"\n\"T\"\n")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(read(wide).candidates, std::vector<std::string>{"A"});
  EXPECT_EQ(read("1 1\n2 1 0\n0\n\"Ren\xE9\"\n\"T\"\n").candidates, std::vector<std::string>{"Ren\xC3\xA9"});
}

TEST(Blt, SaysWhereItBreaks) {
  EXPECT_EQ(message(""), "test.blt: empty file of ballots; expected at least one ballot");
  EXPECT_NE(message("3 1\n1 4 0\n" + std::string(names)).find("test.blt:2:3: \"4\" is not a candidate"),
            std::string::npos);
  EXPECT_NE(message("3 1\n1 1=9 0\n" + std::string(names)).find("test.blt:2:5"), std::string::npos);
  EXPECT_NE(message("3 1\nx 1 0\n" + std::string(names)).find("test.blt:2:1"), std::string::npos);
  EXPECT_NE(message("3 1\n1 1 2").find("test.blt:2:1: the file ends within a ballot"), std::string::npos);
  EXPECT_NE(message("3 1\n1 1 2 0\n").find("the file ends within the ballots"), std::string::npos);
  EXPECT_NE(message("3 1\n1 1 0\n0\n\"A\"\n\"B").find("test.blt:5:1: a quoted name does not end"),
            std::string::npos);
  EXPECT_NE(message("3 1\n1 1 0\n0\n\"A\"\n\"B\"\n").find("2 names for 3 candidates"), std::string::npos);
  EXPECT_NE(message("3 1\n-4\n" + std::string(names)).find("not a withdrawn candidate"), std::string::npos);
  EXPECT_NE(message("2 1\n1 1 0\n0\n\"A\"\n\"A\"\n\"T\"\n").find("the same name"), std::string::npos);
  EXPECT_NE(message("1 1\n9999999999999999 1 0\n0\n\"A\"\n").find("test.blt:2:1"), std::string::npos);
  EXPECT_NE(message("1 1\n9000000000000000 1 0\n1 1 0\n0\n\"A\"\n").find("test.blt:3:1"), std::string::npos);
}

TEST(Blt, WritesWhatItReads) {
  const std::string text = "3 2\n-2\n2.5 1 - 3=2 0\n1 0\n0\n\"A \"\"x\"\"\"\n\"B\"\n\"C\"\n\"T\"\n";
  const auto written = convert(read(text), "blt");
  ASSERT_TRUE(written);
  EXPECT_EQ(written->bytes, text);
  EXPECT_TRUE(written->lost.empty());
}

}  // namespace
}  // namespace scrutineer::contest
