// Ties around one subject: households as single nodes, and beside them what the permutation test says,
// without which a picture of ties shows nothing about chance.
#include <fmt/format.h>

#include <map>
#include <set>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

constexpr std::size_t most_nodes = 400;

struct Household {
  std::set<std::string> members;
  std::int64_t findings = 0;
};

class Picture {
 public:
  Picture(Session& session, OpenCase& open) : session_(session), open_(open) {}

  Status add_member(std::int64_t number) {
    return for_rows(
        open_.database(),
        "SELECT m.household, m.id, d.findings FROM members m JOIN member_details d ON d.member = m.number "
        "WHERE m.number = ?1",
        [&](const Statement& row) {
          Household& household = households_[row.text(0)];
          if (household.members.insert(row.text(1)).second) {
            household.findings += row.integer(2);
            fresh_.push_back(number);
          }
        },
        number);
  }

  // All members with this tie.
  Status add_tie(const std::string& kind, const std::string& key) {
    if (!ties_.insert({kind, key}).second) return {};
    std::vector<std::int64_t> members;
    SCRUTINEER_CHECK(for_rows(
        open_.database(), "SELECT member FROM ties WHERE kind = ?1 AND key = ?2 ORDER BY member LIMIT 1000",
        [&](const Statement& row) { members.push_back(row.integer(0)); }, kind, key));
    for (const std::int64_t member : members) {
      if (full()) break;
      SCRUTINEER_CHECK(add_member(member));
    }
    return {};
  }

  // The ties of the members added since the last call, and who shares them.
  Status grow(bool with_others) {
    std::vector<std::int64_t> members;
    members.swap(fresh_);
    std::vector<std::pair<std::string, std::string>> found;
    for (const std::int64_t member : members) {
      SCRUTINEER_CHECK(for_rows(
          open_.database(), "SELECT kind, key FROM ties WHERE member = ?1 ORDER BY kind, key",
          [&](const Statement& row) { found.emplace_back(row.text(0), row.text(1)); }, member));
    }
    for (const auto& [kind, key] : found) {
      if (full()) break;
      if (with_others) {
        SCRUTINEER_CHECK(add_tie(kind, key));
      } else {
        ties_.insert({kind, key});
      }
    }
    return {};
  }

  [[nodiscard]] bool full() {
    truncated_ = truncated_ || households_.size() + ties_.size() >= most_nodes;
    return truncated_;
  }

  Result<Json> drawn() {
    static const std::map<std::string, const char*> verbs = {
        {"payer", "pays"}, {"recruiter", "recruited"}, {"phone", "phone"}, {"email", "email"}};
    Json nodes = Json::array();
    Json edges = Json::array();
    for (const auto& [key, household] : households_) {
      Json members = Json::array();
      std::int64_t confirmed = 0;
      for (const std::string& id : household.members) {
        members.push_back(open_.handle("member", id));
        SCRUTINEER_TRY(const bool irregular, confirmed_at_the_door(id));
        confirmed += irregular;
      }
      nodes.push_back(
          {{"handle", open_.handle("household", key)},
           {"kind", "household"},
           {"label", for_people(session_, household.members.size() == 1
                                              ? *household.members.begin()
                                              : fmt::format("{} members", household.members.size()))},
           {"members", members},
           {"confirmed", confirmed},
           {"findings", household.findings}});
    }
    for (const auto& [kind, key] : ties_) {
      const std::string handle = open_.handle(kind, key);
      nodes.push_back({{"handle", handle},
                       {"kind", kind},
                       {"label", for_people(session_, key)},
                       {"members", Json::array()},
                       {"confirmed", 0},
                       {"findings", 0}});
      SCRUTINEER_CHECK(for_rows(
          open_.database(),
          "SELECT m.household, count(*) FROM ties t JOIN members m ON m.number = t.member WHERE t.kind = ?1 "
          "AND t.key = ?2 GROUP "
          "BY m.household ORDER BY m.household LIMIT 1000",
          [&](const Statement& row) {
            if (!households_.contains(row.text(0))) return;
            edges.push_back({{"from", handle},
                             {"to", open_.handle("household", row.text(0))},
                             {"kind", verbs.at(kind)},
                             {"members", row.integer(1)}});
          },
          kind, key));
    }
    return Json{{"nodes", nodes}, {"edges", edges}, {"truncated", truncated_}};
  }

 private:
  Result<bool> confirmed_at_the_door(const std::string& id) {
    SCRUTINEER_TRY(Statement row,
                   open_.database().prepare("SELECT 1 FROM member_events v JOIN members m ON m.number = "
                                            "v.member WHERE m.id = ?1 AND v.kind = 'visit' "
                                            "AND v.text IN ('denied', 'not-known') LIMIT 1"));
    return row.bind(id).step();
  }

  Session& session_;
  OpenCase& open_;
  std::map<std::string, Household> households_;
  std::set<std::pair<std::string, std::string>> ties_;
  std::vector<std::int64_t> fresh_;
  bool truncated_ = false;
};

// The key test of the inquiry: whether confirmed irregularities share more than chance gives.
Answer<Json> permutation(OpenCase& open) {
  Json result = {
      {"available", false},
      {"statistic", nullptr},
      {"expected", nullptr},
      {"p", nullptr},
      {"sentence",
       "Whether confirmed irregularities hang together was not tested: that needs doors that answered."},
      {"verdict", nullptr},
      {"outside",
       "Ties alone say nothing: friends, families and neighbours share payers and telephones too."}};
  SERVE_CHECK(for_rows(open.database(),
                       "SELECT observed, expected, p, text FROM findings WHERE signal = 25 ORDER BY listed "
                       "DESC, p, id LIMIT 1",
                       [&](const Statement& row) {
                         result["available"] = true;
                         result["statistic"] = or_null(row.optional_real(0));
                         result["expected"] = or_null(row.optional_real(1));
                         result["p"] = or_null(row.optional_real(2));
                         result["sentence"] = row.text(3);
                       }));
  SERVE_CHECK(for_rows(open.database(), "SELECT outcome, sentence FROM conclusions WHERE kind = 'verdict'",
                       [&](const Statement& row) {
                         result["verdict"] = row.text(0);
                         if (!result["available"].get<bool>()) result["sentence"] = row.text(1);
                       }));
  return result;
}

}  // namespace

Answer<Json> network(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no ties.");
  SERVE_ASK(const Query query, Query::parse(target, {"around", "depth"}));
  SERVE_ASK(const std::int64_t depth, query.whole("depth", 1, 1, 2));
  const std::string around = query.text("around");
  {
    SERVE_ASK(auto checked, session.read());
    SERVE_ASK([[maybe_unused]] const Subject there, subject_of(*checked, around));
  }
  if (session.person().sees_people()) {
    SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("network", around));
  }
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, around));
  Picture picture(session, *open);
  if (subject.kind == "member" || subject.kind == "finding") {
    std::vector<std::int64_t> members;
    SERVE_CHECK(for_rows(
        open->database(),
        subject.kind == "member"
            ? "SELECT number FROM members WHERE id = ?1"
            : "SELECT m.number FROM finding_members f JOIN members m ON m.id = f.member WHERE f.finding = "
              "?1 ORDER BY f.position LIMIT 300",
        [&](const Statement& row) { members.push_back(row.integer(0)); }, subject.key));
    for (const std::int64_t member : members) SERVE_CHECK(picture.add_member(member));
    SERVE_CHECK(picture.grow(true));
  } else if (subject.kind == "payer" || subject.kind == "recruiter" || subject.kind == "phone" ||
             subject.kind == "email") {
    SERVE_CHECK(picture.add_tie(subject.kind, subject.key));
  } else {
    return refuse(400, "bad-parameter", "There are no ties around this.", "around");
  }
  SERVE_CHECK(picture.grow(depth == 2));
  SERVE_TRY(Json answer, picture.drawn());
  SERVE_ASK(answer["permutation"], permutation(*open));
  return answer;
}

}  // namespace scrutineer::serve
