// Two people at work on one case through the server: queue, decisions, second signature, undo, roles, looks.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>

#include "serve/review_case.h"
#include "serve/served.h"
#include "store/scratch_folder.h"

namespace scrutineer::serve {
namespace {

using tests::Json;
using tests::Served;

class Review : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(tests::build_review_case(place(), {})); }
  [[nodiscard]] std::filesystem::path place() const { return scratch_.path() / "case"; }
  void expect_whole() {
    auto file = store::CaseFile::open(place(), store::SqliteMode::read_only);
    ASSERT_TRUE(file);
    const auto check = store::check_case(*file);
    ASSERT_TRUE(check);
    for (const std::string& problem : check->problems) ADD_FAILURE() << problem;
  }
  tests::ScratchFolder scratch_;
};

Json decision(const std::string& subject, const std::string& what,
              const std::string& reason = "Seen the mandate.") {
  Json body = {{"subject", subject}, {"decision", what}, {"reason", reason}};
  if (what == "explained") body["cause"] = "a family";
  return body;
}

TEST_F(Review, EveryViewAnswers) {
  Served served(place(), "A", Role::panel, false, 1);
  const std::string finding = served.handles("/api/queue?kind=finding").front();
  const std::string link = served.handles("/api/queue?kind=link").front();
  const std::string member = served.handles("/api/persons").front();
  const std::string address = served.handles("/api/addresses").front();
  for (const std::string& path : {std::string("/api/session"),
                                  std::string("/api/overview"),
                                  "/api/finding/" + finding,
                                  "/api/link/" + link,
                                  "/api/link/" + link + "?blind=1",
                                  "/api/person/" + member,
                                  "/api/address/" + address,
                                  "/api/network?around=" + member,
                                  "/api/network?around=" + finding + "&depth=2",
                                  std::string("/api/calendar"),
                                  std::string("/api/map"),
                                  std::string("/api/canvass"),
                                  std::string("/api/canvass/doors"),
                                  std::string("/api/contest"),
                                  std::string("/api/contest/what-if?k=3"),
                                  std::string("/api/ledger"),
                                  std::string("/api/ledger/check"),
                                  "/api/decisions?subject=" + finding,
                                  std::string("/api/files"),
                                  std::string("/api/files/report.html"),
                                  std::string("/api/export?list=queue"),
                                  std::string("/api/export?list=persons&format=xlsx&redact=0"),
                                  std::string("/api/exhibits?redact=0"),
                                  std::string("/api/impact-assessment")}) {
    const auto reply = served.get(path);
    EXPECT_EQ(reply.status, 200) << path << "\n" << reply.body;
  }
  const Json person = served.get("/api/person/" + member).json();
  EXPECT_EQ(person["looks"][0]["by"], "A");
  EXPECT_GE(person["looks_total"], 2);
  EXPECT_EQ(person["id"], "M00000");
  EXPECT_EQ(served.get("/api/ledger/check").json()["problems"], Json::array());
  expect_whole();
}

TEST_F(Review, PagesHoldEveryRowOnce) {
  Served served(place(), "A");
  std::set<std::string> seen;
  std::string after;
  std::size_t rows = 0;
  do {
    const Json page = served.get("/api/queue?state=all&limit=7" + after).json();
    ASSERT_TRUE(page.contains("rows")) << page;
    for (const Json& row : page["rows"]) {
      seen.insert(row["handle"]);
      ++rows;
    }
    after = page["next"].is_null() ? "" : "&after=" + page["next"].get<std::string>();
  } while (!after.empty());
  EXPECT_EQ(rows, 30U);
  EXPECT_EQ(seen.size(), 30U);
  EXPECT_EQ(served.get("/api/queue?state=all&limit=7&q=pay").json()["total"], 20);
  EXPECT_EQ(served.get("/api/queue?q=M00003&kind=finding").json()["total"], 1);
  EXPECT_EQ(served.get("/api/queue?q=zzz").json()["total"], 0);
  EXPECT_EQ(served.get("/api/persons?q=ada").json()["total"], 6);
  EXPECT_EQ(served.get("/api/persons?q=cedar+12").json()["rows"].size(),
            served.get("/api/persons?q=12+cedar").json()["rows"].size());
  EXPECT_EQ(served.get("/api/queue?limit=7&after=0000000000000000.1.2").code(), "bad-cursor");
}

TEST_F(Review, UpheldNeedsAReplyAndTwoPeopleWithTwoKeys) {
  Served first(place(), "A. Reviewer", Role::panel, false, 1);
  Served second(place(), "B", Role::panel, false, 2);
  Served borrowed(place(), "C", Role::panel, false, 1);
  Served same(place(), "a. reviewer", Role::panel, false, 3);
  const std::string subject = first.handles("/api/queue?kind=finding").front();
  EXPECT_EQ(first.post("/api/decisions", decision(subject, "upheld")).code(), "reply-first");
  EXPECT_EQ(first
                .post("/api/replies",
                      {{"subject", subject}, {"kind", "heard"}, {"on", "2026-06-31"}, {"text", "x"}})
                .status,
            400);
  ASSERT_EQ(
      first
          .post(
              "/api/replies",
              {{"subject", subject}, {"kind", "heard"}, {"on", "2026-06-30"}, {"text", "\"My aunt pays.\""}})
          .status,
      201);
  EXPECT_EQ(first.post("/api/decisions", decision(subject, "upheld", "  ")).code(), "reason-required");
  const auto upheld = first.post("/api/decisions", decision(subject, "upheld"));
  ASSERT_EQ(upheld.status, 201) << upheld.body;
  EXPECT_EQ(upheld.json()["state"], "awaiting-second");
  const std::int64_t number = upheld.json()["decision"]["number"];
  Json again = decision(subject, "upheld");
  again["after"] = number;
  EXPECT_EQ(first.post("/api/decisions", again).code(), "same-person");
  EXPECT_EQ(same.post("/api/decisions", again).code(), "same-person");
  EXPECT_EQ(borrowed.post("/api/decisions", again).code(), "same-key");
  const auto stale = second.post("/api/decisions", decision(subject, "upheld"));
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(stale.json()["decisions"].size(), 1U);
  const auto signed_twice = second.post("/api/decisions", again);
  ASSERT_EQ(signed_twice.status, 201) << signed_twice.body;
  EXPECT_EQ(signed_twice.json()["state"], "decided");
  EXPECT_TRUE(signed_twice.json()["decision"]["signed"]);
  expect_whole();
}

TEST_F(Review, DisagreementShowsAndUndoRemovesNothing) {
  Served first(place(), "A");
  Served second(place(), "B");
  const std::string subject = first.handles("/api/queue?kind=finding").front();
  ASSERT_EQ(first.post("/api/decisions", decision(subject, "explained")).status, 201);
  EXPECT_EQ(first
                .post("/api/decisions",
                      {{"subject", subject}, {"decision", "explained"}, {"reason", "r"}, {"after", 1}})
                .code(),
            "cause-required");
  Json other = decision(subject, "referred");
  other["after"] = 1;
  EXPECT_EQ(second.post("/api/decisions", other).json()["state"], "disagreement");
  EXPECT_EQ(first.post("/api/undo", {{"number", 2}}).code(), "nothing-to-undo");
  EXPECT_EQ(second.post("/api/undo", Json::object()).json()["state"], "decided");
  EXPECT_EQ(second.post("/api/undo", {{"number", 2}}).code(), "already-done");
  EXPECT_EQ(second.post("/api/undo", Json::object()).code(), "nothing-to-undo");
  const Json all = first.get("/api/decisions?subject=" + subject).json();
  EXPECT_EQ(all["rows"].size(), 3U);
  EXPECT_TRUE(all["rows"][1]["undone"]);
  expect_whole();
}

TEST_F(Review, TheSameRequestIsWrittenOnce) {
  Served served(place(), "A");
  const std::string subject = served.handles("/api/queue?kind=link").front();
  Json body = decision(subject, "cannot-link", "Another birth date.");
  body["request"] = "r-1";
  body["blind"] = true;
  const auto first = served.post("/api/decisions", body);
  const auto again = served.post("/api/decisions", body);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(first.json()["decision"]["number"], again.json()["decision"]["number"]);
  EXPECT_TRUE(again.json()["decision"]["blind"]);
  EXPECT_EQ(served.post("/api/decisions", decision(subject, "upheld")).status, 400);
  expect_whole();
}

TEST_F(Review, BlindReviewHidesWhatOthersAndTheModelThink) {
  Served served(place(), "A");
  const std::string subject = served.handles("/api/queue?kind=link").front();
  const Json blind = served.get("/api/link/" + subject + "?blind=1").json();
  EXPECT_TRUE(blind["probability"].is_null());
  EXPECT_TRUE(blind["decisions"].is_null());
  for (const Json& field : blind["fields"]) EXPECT_TRUE(field["weight"].is_null());
  EXPECT_EQ(blind["fields"][0]["left"], "Ada");
  Json body = decision(subject, "must-link", "The same.");
  body["blind"] = true;
  ASSERT_EQ(served.post("/api/decisions", body).status, 201);
  const Json seen = served.get("/api/link/" + subject + "?blind=1").json();
  EXPECT_DOUBLE_EQ(seen["probability"], 0.6);
  double sum = seen["prior"].get<double>() + seen["dependence"].get<double>();
  for (const Json& field : seen["fields"])
    sum += field["weight"].is_null() ? 0 : field["weight"].get<double>();
  EXPECT_NEAR(sum, seen["weight"].get<double>(), 0.01);
}

TEST_F(Review, RolesSeeWhatTheyMay) {
  Served panel(place(), "P");
  Served analyst(place(), "N", Role::analyst);
  Served canvasser(place(), "W", Role::canvasser);
  Served reader(place(), "R", Role::panel, true);
  const std::string member = analyst.handles("/api/persons").front();
  for (Served* served : {&analyst, &reader}) {
    for (const char* path : {"/api/queue?state=all", "/api/persons", "/api/addresses", "/api/overview"}) {
      const std::string body = served->get(path).body;
      for (const char* personal : {"M00001", "Smithers", "Cedar", "account 1"})
        EXPECT_EQ(body.find(personal), std::string::npos) << path;
    }
    const std::string body = served->get("/api/person/" + member).body;
    for (const char* personal : {"M00000", "Smithers", "Cedar", "account"})
      EXPECT_EQ(body.find(personal), std::string::npos) << personal;
    EXPECT_EQ(served->get("/api/persons?q=ada").json()["total"], 0);
    EXPECT_EQ(served->get("/api/export?list=persons&redact=0").status, 403);
  }
  EXPECT_NE(panel.get("/api/person/" + member).body.find("Smithers"), std::string::npos);
  for (const char* path : {"/api/queue", "/api/persons", "/api/ledger", "/api/contest", "/api/addresses"})
    EXPECT_EQ(canvasser.get(path).code(), "role") << path;
  EXPECT_EQ(canvasser.get("/api/person/" + member).code(), "role");  // a door that was not drawn
  EXPECT_EQ(analyst.get("/api/canvass/doors").code(), "role");
  const std::string subject = panel.handles("/api/queue?kind=finding").front();
  EXPECT_EQ(canvasser.post("/api/decisions", decision(subject, "explained")).code(), "role");
  EXPECT_EQ(analyst.post("/api/decisions", decision(subject, "upheld")).code(), "role");
  EXPECT_EQ(reader.post("/api/decisions", decision(subject, "explained")).code(), "read-only");
  EXPECT_EQ(analyst.post("/api/decisions", decision(subject, "explained")).status, 201);
}

TEST_F(Review, AnAuditMayReplaceTheCaseMeanwhile) {
  Served served(place(), "A");
  const std::string subject = served.handles("/api/queue?kind=finding").front();
  ASSERT_EQ(served.post("/api/decisions", decision(subject, "explained")).status, 201);
  const std::string before = served.get("/api/session").json()["case"]["generation"];
  ASSERT_TRUE(tests::build_review_case(place(), {}));
  EXPECT_NE(served.get("/api/session").json()["case"]["generation"], before);
  const Json kept = served.get("/api/decisions?subject=" + subject).json();
  EXPECT_EQ(kept["state"], "decided");
  EXPECT_EQ(kept["rows"].size(), 1U);
  ASSERT_EQ(served.post("/api/undo", Json::object()).status, 201);
  expect_whole();
}

TEST_F(Review, ManyReviewersLoseAndDoubleNothing) {
  constexpr int reviewers = 6;
  constexpr int each = 15;
  std::vector<std::thread> people;
  for (int person = 0; person < reviewers; ++person) {
    people.emplace_back([this, person] {
      Served served(place(), "Reviewer " + std::to_string(person));
      const auto subjects = served.handles("/api/queue?state=all");
      for (int at = 0; at < each; ++at) {
        Json body = decision(subjects[static_cast<std::size_t>(at)], "referred", "r" + std::to_string(at));
        body["after"] = 1'000'000;
        body["request"] = std::to_string(at);
        EXPECT_EQ(served.post("/api/decisions", body).status, 201);
        EXPECT_EQ(served.post("/api/decisions", body).status, 200);  // the connection was lost: sent again
      }
    });
  }
  for (std::thread& person : people) person.join();
  auto file = store::CaseFile::open(place(), store::SqliteMode::read_only);
  EXPECT_EQ(file->decisions()->size(), static_cast<std::size_t>(reviewers * each));
  expect_whole();
}

}  // namespace
}  // namespace scrutineer::serve
