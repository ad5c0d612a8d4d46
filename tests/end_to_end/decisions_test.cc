// What people decide about links feeds the next audit, which says what it changed; and the case verifies
// before and after.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "end_to_end/fictional_inquiry.h"
#include "store/case_file.h"
#include "support/shared_data.h"

namespace scrutineer::tests {
namespace {

class Decisions : public ::testing::Test {
 protected:
  void SetUp() override {
    // Keys are made in a folder of the test's own.
    setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1);
    ASSERT_EQ(
        run("synth --out " + inquiry() + " --scenario organised --electors 4000 --members 300 --seed 7"), 0);
    ASSERT_EQ(run("audit " + inquiry() + "/inquiry.toml --out " + place()), 0) << said();
  }
  [[nodiscard]] std::string inquiry() const { return (folder_.path() / "inquiry").string(); }
  [[nodiscard]] std::string place() const { return (folder_.path() / "case").string(); }
  int run(const std::string& arguments) const {
    const std::string command =
        built_program().string() + " " + arguments + " > " + (folder_.path() / "said").string() + " 2>&1";
    return std::system(command.c_str());
  }
  [[nodiscard]] std::string said() const {
    std::ostringstream text;
    text << std::ifstream(folder_.path() / "said").rdbuf();
    return std::move(text).str();
  }
  [[nodiscard]] store::CaseFile opened() const {
    auto file = store::CaseFile::open(place(), store::SqliteMode::read_write);
    EXPECT_TRUE(file);
    return *std::move(file);
  }
  // A link of the newest register that the audit holds to be settled.
  struct Link {
    std::string member, key;
    std::int64_t entry = 0;
  };
  [[nodiscard]] Link settled_link() const {
    auto file = opened();
    auto row = file.database().prepare(
        "SELECT m.id, e.roll, e.line, c.entry FROM candidates c JOIN members m ON m.number = c.member JOIN "
        "entries e ON e.number "
        "= c.entry WHERE m.register_status = 'at-address' AND c.probability > 0.98 AND c.member = (SELECT "
        "min(member) FROM "
        "candidates x WHERE x.entry = c.entry) AND (SELECT count(*) FROM candidates y WHERE y.member = "
        "c.member) = 1 ORDER BY "
        "c.number LIMIT 1");
    EXPECT_TRUE(*row->step());
    return {row->text(0),
            store::link_key(row->text(0), row->text(1), static_cast<std::uint64_t>(row->integer(2))),
            row->integer(3)};
  }
  [[nodiscard]] std::string status_of(const std::string& member) const {
    auto file = opened();
    auto row = file.database().prepare("SELECT register_status FROM members WHERE id = ?1");
    row->bind(member);
    EXPECT_TRUE(*row->step());
    return row->text(0);
  }
  ScratchFolder folder_{"decisions"};
};

TEST_F(Decisions, ALinkThatPeopleRefuseIsNotMadeAgain) {
  ASSERT_EQ(run("verify " + place()), 0) << said();
  const Link link = settled_link();
  {
    auto file = opened();
    ASSERT_TRUE(file.decide({"link", link.key, "cannot-link", "", "Another birth date.", "A", {}},
                            "2026-07-01T09:00:00Z"));
  }
  ASSERT_EQ(run("audit " + inquiry() + "/inquiry.toml --out " + place()), 0) << said();
  EXPECT_NE(said().find("by decision 1"), std::string::npos) << said();
  EXPECT_NE(said().find(link.member), std::string::npos);
  EXPECT_NE(status_of(link.member), "at-address");
  ASSERT_EQ(run("verify " + place()), 0) << said();
  // It stays refused, and is told in the same words, though the case no longer holds it as a link.
  ASSERT_EQ(run("audit " + inquiry() + "/inquiry.toml --out " + place()), 0) << said();
  EXPECT_NE(said().find("the register status was at-address"), std::string::npos) << said();
  ASSERT_EQ(run("verify " + place()), 0) << said();
  // Somebody who sees it otherwise: where people disagree nothing is taken in.
  {
    auto file = opened();
    ASSERT_TRUE(file.decide({"link", link.key, "must-link", "", "The same person.", "B", {}},
                            "2026-07-02T09:00:00Z"));
  }
  ASSERT_EQ(run("audit " + inquiry() + "/inquiry.toml --out " + place()), 0) << said();
  EXPECT_EQ(said().find("by decision"), std::string::npos) << said();
  EXPECT_EQ(status_of(link.member), "at-address");
}

TEST_F(Decisions, APairThatPeopleTellApartIsTwoPeople) {
  std::string key;
  std::string second;
  {
    auto file = opened();
    auto row = file.database().prepare(
        "SELECT a.id, b.id FROM pairs p JOIN members a ON a.number = p.first JOIN members b ON b.number = "
        "p.second WHERE "
        "b.duplicate_of = a.id OR a.duplicate_of = b.id ORDER BY p.number LIMIT 1");
    if (!*row->step()) GTEST_SKIP() << "nobody is listed twice in this inquiry";
    key = store::pair_key(row->text(0), row->text(1));
    second = row->text(1);
    ASSERT_TRUE(
        file.decide({"pair", key, "cannot-link", "", "Father and son.", "A", {}}, "2026-07-01T09:00:00Z"));
  }
  ASSERT_EQ(run("audit " + inquiry() + "/inquiry.toml --out " + place()), 0) << said();
  auto file = opened();
  auto row = file.database().prepare("SELECT duplicate_of FROM members WHERE id = ?1");
  row->bind(second);
  ASSERT_TRUE(*row->step());
  EXPECT_EQ(row->text(0), "");
  ASSERT_EQ(run("verify " + place()), 0) << said();
}

TEST_F(Decisions, AnInputThatChangedIsSeen) {
  std::ofstream(inquiry() + "/members.csv", std::ios::app) << "\n";
  EXPECT_NE(run("verify " + place()), 0);
  EXPECT_NE(said().find("members.csv"), std::string::npos) << said();
}

TEST_F(Decisions, ExplainTellsAllThatIsHeldAndWhoLooked) {
  const Link link = settled_link();
  ASSERT_EQ(run("explain " + place() + " " + link.member + " --as 'A. Scrutineer'"), 0) << said();
  ASSERT_EQ(run("explain " + place() + " " + link.member + " --as B --json"), 0) << said();
  EXPECT_NE(said().find("\"A. Scrutineer\""), std::string::npos);
  EXPECT_NE(said().find("\"held\""), std::string::npos);
  EXPECT_NE(said().find("members, line"), std::string::npos);
  ASSERT_EQ(run("export " + place() + " --out " + (folder_.path() / "out").string()), 0) << said();
  std::ostringstream persons;
  persons << std::ifstream(folder_.path() / "out" / "persons.csv").rdbuf();
  EXPECT_NE(persons.str().find("expected to be innocent"), std::string::npos);
  EXPECT_EQ(persons.str().find(link.member + ","), std::string::npos);
  ASSERT_EQ(run("verify --no-rerun " + place()), 0) << said();
}

}  // namespace
}  // namespace scrutineer::tests
