// The queue in memory against its definition, recomputed from the case's own tables after every decision.
#include "serve/queue_index.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "serve/review_case.h"
#include "serve/served.h"
#include "store/scratch_folder.h"

namespace scrutineer::serve {
namespace {

using tests::Json;

// A case in which rows share entries: every finding names three of twelve members, two links a few of them.
Status crowded_case(const std::filesystem::path& place) {
  tests::ReviewCase wanted;
  wanted.members = 12;
  wanted.findings = 9;
  wanted.links = 5;
  return tests::build_review_case(place, wanted);
}

// What the header defines, the long way: from rows of SQL and state_of() alone.
struct Twin {
  struct Row {
    std::string kind, key, state = "undecided", decision;
    double openness = 0;
    std::vector<std::pair<std::int64_t, bool>> members;
  };
  std::map<std::int64_t, Row> rows;

  explicit Twin(store::CaseFile& file) {
    auto queue = file.database().prepare("SELECT number, kind, key, openness FROM queue");
    while (*queue->step())
      rows[queue->integer(0)] = {queue->text(1), queue->text(2), "undecided", "", queue->real(3), {}};
    auto members = file.database().prepare("SELECT queue, member, counts FROM queue_members");
    while (*members->step())
      rows[members->integer(0)].members.emplace_back(members->integer(1), members->integer(2) != 0);
    const std::vector<store::DecisionRow> decisions = *file.decisions();
    for (auto& [number, row] : rows) {
      std::vector<store::Said> said;
      for (std::size_t at = 0; at < decisions.size(); ++at) {
        if (decisions[at].subject_key == row.key)
          said.push_back({static_cast<std::int64_t>(at) + 1, decisions[at].decision, decisions[at].person,
                          decisions[at].replaces});
      }
      const store::SubjectState now = store::state_of(said);
      row.state = now.state;
      row.decision = now.state == "decided" ? now.decision : "";
    }
  }
  static bool settled(const Row& row) { return row.state == "decided" && row.decision != "referred"; }
  static bool stands(const Row& row) {
    return row.decision == "upheld" || (row.kind == "pair" && row.decision == "must-link");
  }
  [[nodiscard]] double narrowing(const Row& row) const {
    if (row.state == "decided") return 0;
    double sum = 0;
    for (const auto& [member, counts] : row.members) {
      int open = 0;
      bool upheld = false;
      for (const auto& [number, other] : rows) {
        for (const auto& named : other.members) {
          if (named.first != member || other.openness <= 0) continue;
          open += !settled(other);
          upheld = upheld || stands(other);
        }
      }
      if (counts && !upheld) sum += row.openness / open;
    }
    return sum;
  }
};

void expect_alike(const QueueIndex& index, const Twin& twin) {
  ASSERT_EQ(index.items().size(), twin.rows.size());
  for (const QueueItem& item : index.items()) {
    const Twin::Row& row = twin.rows.at(item.number);
    EXPECT_EQ(to_string(item.state), row.state) << row.key;
    EXPECT_NEAR(index.narrowing(item), twin.narrowing(row), 1e-6) << row.key;
  }
}

TEST(QueueIndex, IsWhatTheCaseSaysBeforeAnyDecision) {
  tests::ScratchFolder scratch;
  ASSERT_TRUE(crowded_case(scratch.path() / "case"));
  auto file = store::CaseFile::open(scratch.path() / "case", store::SqliteMode::read_only);
  const auto index = QueueIndex::load(file->database());
  ASSERT_TRUE(index) << index.error().message();
  expect_alike(*index, Twin(*file));
  EXPECT_EQ(index->entries().questioned, 12);
  EXPECT_EQ(index->entries().still_questioned, 12);
}

TEST(QueueIndex, FollowsEveryDecisionAsIfReadAnew) {
  tests::ScratchFolder scratch;
  const auto made = scratch.path() / "made";
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(crowded_case(made));
  rc::check("kept up by decisions it is what a fresh reading gives", [&] {
    std::filesystem::remove_all(place);
    std::filesystem::copy(made, place, std::filesystem::copy_options::recursive);
    auto file = store::CaseFile::open(place, store::SqliteMode::read_write);
    auto index = QueueIndex::load(file->database());
    RC_ASSERT(index.has_value());
    std::vector<std::pair<std::string, std::string>> subjects;
    {
      auto rows = file->database().prepare("SELECT kind, key FROM queue ORDER BY number");
      while (*rows->step()) subjects.emplace_back(rows->text(0), rows->text(1));
    }
    const auto steps = *rc::gen::inRange(1, 12);
    for (int step = 0; step < steps; ++step) {
      const auto& [kind, key] = subjects[*rc::gen::inRange<std::size_t>(0, subjects.size())];
      const std::string decision =
          kind == "finding"
              ? *rc::gen::element<std::string>("open", "explained", "upheld", "referred", "corrected")
              : *rc::gen::element<std::string>("open", "must-link", "cannot-link", "explained");
      const std::string person = *rc::gen::element<std::string>("A", "B", "C");
      std::optional<std::int64_t> replaces;
      std::string what = decision;
      const std::vector<store::DecisionRow> before = *file->decisions();
      if (!before.empty() && *rc::gen::inRange(0, 4) == 0) {  // undone now and then
        what = "undone";
        replaces = static_cast<std::int64_t>(before.size());
        RC_ASSERT(file->decide({before.back().subject_kind, before.back().subject_key, what, "", "r",
                                before.back().person, replaces},
                               "2026-07-01T09:00:00Z"));
      } else {
        RC_ASSERT(file->decide({kind, key, what, "", "r", person, replaces}, "2026-07-01T09:00:00Z"));
      }
      RC_ASSERT(index->refresh(file->database()));
    }
    const auto anew = QueueIndex::load(file->database());
    RC_ASSERT(anew.has_value());
    const Twin twin(*file);
    for (std::size_t at = 0; at < index->items().size(); ++at) {
      const QueueItem& kept = index->items()[at];
      const QueueItem& fresh = anew->items()[at];
      RC_ASSERT(kept.state == fresh.state);
      RC_ASSERT(kept.standing == fresh.standing);
      RC_ASSERT(index->narrowing(kept) == anew->narrowing(fresh));
      RC_ASSERT(to_string(kept.state) == twin.rows.at(kept.number).state);
      RC_ASSERT(std::abs(index->narrowing(kept) - twin.narrowing(twin.rows.at(kept.number))) < 1e-6);
    }
    RC_ASSERT(index->decided() == anew->decided());
    RC_ASSERT(index->entries().still_questioned == anew->entries().still_questioned);
    RC_ASSERT(index->entries().upheld == anew->entries().upheld);
  });
}

// Pages by cursor give each row of the list once, in the order of what deciding it would narrow.
TEST(QueueIndex, PagesAreTheWholeListInOrder) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(crowded_case(place));
  tests::Served served(place, "A");
  const Json first = served.get("/api/queue?limit=200").json();
  served.post("/api/decisions", {{"subject", first["rows"][3]["handle"]},
                                 {"decision", "explained"},
                                 {"cause", "a family"},
                                 {"reason", "r"}});
  for (const char* filters : {"", "&order=signal", "&kind=link", "&q=pay", "&blind=1"}) {
    const Json whole = served.get(std::string("/api/queue?limit=200") + filters).json();
    std::vector<std::string> all;
    double before = 1e9;
    for (const Json& row : whole["rows"]) {
      all.push_back(row["handle"]);
      if (std::string(filters).empty()) {
        EXPECT_LE(row["narrowing"].get<double>(), before + 1e-6);
        before = row["narrowing"];
      }
    }
    EXPECT_EQ(whole["total"], all.size()) << filters;
    EXPECT_TRUE(whole["next"].is_null());
    if (whole["expected_innocent"].is_number()) {
      EXPECT_LE(whole["expected_innocent"], all.size());
    }
    if (whole["entries_innocent"].is_number()) {
      EXPECT_LE(whole["entries_innocent"], whole["entries"]);
    }
    std::vector<std::string> paged;
    std::string next;
    do {
      const Json page = served.get(std::string("/api/queue?limit=2") + filters + next).json();
      for (const Json& row : page["rows"]) paged.push_back(row["handle"]);
      next = page["next"].is_null() ? "" : "&after=" + page["next"].get<std::string>();
    } while (!next.empty());
    EXPECT_EQ(paged, all) << filters;
  }
  // The overview counts what the queue lists.
  const Json left = served.get("/api/overview").json()["to_decide"];
  EXPECT_EQ(left["findings"].get<int>() + left["links"].get<int>() + left["pairs"].get<int>(),
            served.get("/api/queue").json()["total"].get<int>());
}

// What tells a link's score does not leave the server before this person has decided.
TEST(Blind, NothingOfTheScoreIsSentBeforeTheDecision) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(crowded_case(place));
  tests::Served served(place, "A", Role::panel, false, 1);
  tests::Served other(place, "B", Role::panel, false, 2);
  const std::string link = served.handles("/api/queue?kind=link")[0];
  ASSERT_EQ(other.post("/api/decisions", {{"subject", link}, {"decision", "must-link"}, {"reason", "Same."}})
                .status,
            201);
  const auto row_of = [&] {
    const Json page = served.get("/api/queue?blind=1&kind=link&state=all").json();
    for (const Json& row : page["rows"]) {
      if (row["handle"] == link) return row;
    }
    return Json();
  };
  const Json hidden = row_of();
  for (const char* key :
       {"text", "probability", "weight", "narrowing", "expected_innocent", "innocent_share", "last"})
    EXPECT_TRUE(hidden[key].is_null()) << key;
  EXPECT_TRUE(served.get("/api/queue?blind=1&kind=link").json()["expected_innocent"].is_null());
  const Json side = served.get("/api/link/" + link + "?blind=1").json();
  for (const char* key : {"weight", "probability", "prior", "dependence", "relation", "competitors", "rivals",
                          "decisions", "narrowing"})
    EXPECT_TRUE(side[key].is_null()) << key;
  for (const Json& field : side["fields"]) EXPECT_TRUE(field["weight"].is_null());
  EXPECT_TRUE(served.get("/api/decisions?blind=1&subject=" + link).json()["rows"].is_null());
  const std::string member = side["left"]["handle"];
  const Json person = served.get("/api/person/" + member + "?blind=1").json();
  for (const Json& one : person["links"]) EXPECT_TRUE(one["probability"].is_null());
  // No answer in blind mode holds the score in any form.
  EXPECT_EQ(served.get("/api/queue?blind=1&kind=link&state=all").body.find("0.6"), std::string::npos);
  ASSERT_EQ(served
                .post("/api/decisions", {{"subject", link},
                                         {"decision", "must-link"},
                                         {"reason", "Same."},
                                         {"after", 1},
                                         {"blind", true}})
                .status,
            201);
  EXPECT_DOUBLE_EQ(row_of()["probability"], 0.6);
  EXPECT_FALSE(served.get("/api/link/" + link + "?blind=1").json()["competitors"].is_null());
}

}  // namespace
}  // namespace scrutineer::serve
