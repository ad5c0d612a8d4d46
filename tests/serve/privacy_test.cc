// What each role may not see leaves the server in no answer, no stream and no export: an analyst sees
// pseudonyms alone, a canvasser no finding.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "serve/review_case.h"
#include "serve/served.h"
#include "store/scratch_folder.h"

namespace scrutineer::serve {
namespace {

using tests::Json;
using tests::Served;

// Every path that answers GET, with every handle that a panel is shown.
std::vector<std::string> every_path(Served& panel) {
  std::vector<std::string> paths = {"/api/session",
                                    "/api/overview",
                                    "/api/queue?state=all&listed=all&limit=200",
                                    "/api/persons",
                                    "/api/addresses",
                                    "/api/addresses?crowded=1",
                                    "/api/calendar",
                                    "/api/map",
                                    "/api/canvass",
                                    "/api/canvass/doors",
                                    "/api/contest",
                                    "/api/contest/what-if?k=3",
                                    "/api/ledger",
                                    "/api/ledger/check",
                                    "/api/files",
                                    "/api/files/findings.json",
                                    "/api/files/report.html",
                                    "/api/files/review.json",
                                    "/api/impact-assessment",
                                    "/api/exhibits",
                                    "/api/exhibits?redact=0",
                                    "/api/queue?q=M00001",
                                    "/api/persons?q=M00001",
                                    "/api/persons?q=Smithers",
                                    "/api/addresses?q=Cedar"};
  std::set<std::string> handles;
  for (const char* list :
       {"/api/queue?state=all&listed=all&limit=200", "/api/persons?limit=200", "/api/addresses"}) {
    for (const std::string& handle : panel.handles(list)) handles.insert(handle);
  }
  const Json queue = panel.get("/api/queue?state=all&listed=all&limit=200").json();
  for (const Json& row : queue["rows"]) handles.insert(row["subject"]["handle"].get<std::string>());
  for (const std::string& handle : handles) {
    paths.push_back("/api/decisions?subject=" + handle);
    paths.push_back("/api/network?around=" + handle);
    for (const char* view : {"finding", "link", "person", "address"})
      paths.push_back(std::string("/api/") + view + "/" + handle);
  }
  for (const char* list : {"queue", "persons", "addresses", "doors", "decisions", "ledger"}) {
    for (const char* how : {"", "&redact=0", "&redact=1", "&format=xlsx"})
      paths.push_back(std::string("/api/export?list=") + list + how);
  }
  return paths;
}

// What tells who somebody is: in the case below each of these stands in it and in nothing else.
const std::vector<std::string>& identities() {
  static const std::vector<std::string> list = {
      "M000",     "Smithers", "Okafor", "Lindqvist",          "Marsh", "Cedar Street", "An Elector",
      "account ", "Adah",     "N1 1AA", "The Smithers family"};
  return list;
}

void look_through(Served& served, const std::vector<std::string>& paths,
                  const std::vector<std::string>& secrets) {
  std::size_t answered = 0;
  for (const std::string& path : paths) {
    const tests::Reply reply = served.get(path);
    answered += reply.status == 200;
    EXPECT_NE(reply.status, 500) << path << reply.body;
    for (const std::string& secret : secrets) {
      const auto at = reply.body.find(secret);
      EXPECT_EQ(at, std::string::npos) << path << ": " << reply.body.substr(at < 60 ? 0 : at - 60, 160);
    }
    for (const auto& [name, value] : reply.headers) {
      for (const std::string& secret : secrets)
        EXPECT_EQ(value.find(secret), std::string::npos) << path << name;
    }
  }
  EXPECT_GT(answered, 5U);
}

class Privacy : public ::testing::Test {
 protected:
  void SetUp() override {
    place_ = scratch_.path() / "case";
    tests::ReviewCase wanted;
    wanted.members = 24;
    wanted.findings = 6;
    wanted.links = 4;
    ASSERT_TRUE(tests::build_review_case(place_, wanted));
    panel_ = std::make_unique<Served>(place_, "A", Role::panel, false, 1);
    const auto queue = panel_->handles("/api/queue");
    const auto persons = panel_->handles("/api/persons");
    // What people write about people is full of names.
    panel_->post("/api/replies", {{"subject", persons[0]},
                                  {"kind", "heard"},
                                  {"on", "2026-06-30"},
                                  {"text", "The Smithers family of 1 Cedar Street said so."}});
    for (const std::string& subject : {queue[0], queue[1], persons[0], persons[1]}) {
      ASSERT_EQ(panel_
                    ->post("/api/decisions", {{"subject", subject},
                                              {"decision", "explained"},
                                              {"cause", "M00003 is a carer"},
                                              {"reason", "The Smithers family, account 0, An Elector."}})
                    .status,
                201);
    }
    paths_ = every_path(*panel_);
  }
  tests::ScratchFolder scratch_;
  std::filesystem::path place_;
  std::unique_ptr<Served> panel_;
  std::vector<std::string> paths_;
};

TEST_F(Privacy, ThePanelSeesWhatIsWithheldBelow) {
  std::string all;
  for (const std::string& path : paths_) all += panel_->get(path).body;
  for (const std::string& secret : identities()) EXPECT_NE(all.find(secret), std::string::npos) << secret;
}

TEST_F(Privacy, AnAnalystSeesPseudonymsAlone) {
  Served analyst(place_, "An Analyst", Role::analyst, false, 3);
  look_through(analyst, paths_, identities());
}

TEST_F(Privacy, WhoMayNotWriteALookDownSeesNobody) {
  Served reader(place_, "A Reader", Role::panel, true);
  look_through(reader, paths_, identities());
}

TEST_F(Privacy, ACanvasserSeesNoFinding) {
  Served canvasser(place_, "A Canvasser", Role::canvasser, false, 4);
  const std::vector<std::string> secrets = {"payer-households",    "Payers of several households",
                                            "Uncertain link",      "account ",
                                            "expected_low",        "is a carer",
                                            "The Smithers family", "M000"};
  std::vector<std::string> without_search;
  for (const std::string& path : paths_) {
    if (path.find("q=M000") == std::string::npos) without_search.push_back(path);
  }
  std::size_t refused = 0;
  for (const std::string& path : without_search) {
    const tests::Reply reply = canvasser.get(path);
    refused += reply.status == 403;
    for (const std::string& secret : secrets) EXPECT_EQ(reply.body.find(secret), std::string::npos) << path;
  }
  EXPECT_GT(refused, without_search.size() / 2);
}

}  // namespace
}  // namespace scrutineer::serve
