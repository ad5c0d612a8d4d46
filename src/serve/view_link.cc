// Two entries side by side: as they stand in the source, as they were compared, and how each field spoke.
#include <fmt/format.h>

#include <map>
#include <vector>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

struct Side {
  std::int64_t entry = -1;
  std::string roll, member;  // member: id, or empty
  std::int64_t line = 0;
  Json raw = Json::object(), standard = Json::object();
  std::string as_of;
};

Json object_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Answer<Side> side_of_entry(OpenCase& open, std::int64_t entry) {
  Side side;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT e.roll, e.line, e.raw, e.standard, coalesce(r.as_of, '') FROM entries e LEFT JOIN rolls r ON "
      "r.name = e.roll "
      "WHERE e.number = ?1",
      [&](const Statement& row) {
        side.entry = entry;
        side.roll = row.text(0);
        side.line = row.integer(1);
        side.raw = object_of(row.text(2));
        side.standard = object_of(row.text(3));
        side.as_of = row.text(4);
      },
      entry));
  return side;
}

// What is known of the link or pair behind a handle.
struct Compared {
  Side left, right;
  std::int64_t member = 0, entry = 0;
  double probability = 0;
  std::int64_t weight = 0;
  std::string relation;
  Json waterfall = Json::object();
  bool found = false;
};

Answer<Compared> compared_link(OpenCase& open, const std::string& key) {
  Compared compared;
  const Json parts = Json::parse(key, nullptr, false);
  if (!parts.is_array() || parts.size() != 3 || !parts[0].is_string() || !parts[1].is_string() ||
      !parts[2].is_number())
    return compared;
  std::int64_t member_entry = 0;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT c.member, c.entry, c.weight, c.probability, c.relation, c.waterfall, d.entry FROM candidates c "
      "JOIN members m ON "
      "m.number = c.member JOIN member_details d ON d.member = c.member JOIN entries e ON e.number = c.entry "
      "WHERE m.id = ?1 "
      "AND e.roll = ?2 AND e.line = ?3",
      [&](const Statement& row) {
        compared.found = true;
        compared.member = row.integer(0);
        compared.entry = row.integer(1);
        compared.weight = row.integer(2);
        compared.probability = row.real(3);
        compared.relation = row.text(4);
        compared.waterfall = object_of(row.text(5));
        member_entry = row.integer(6);
      },
      parts[0].get<std::string>(), parts[1].get<std::string>(), parts[2].get<std::int64_t>()));
  if (!compared.found) return compared;
  SERVE_ASK(compared.left, side_of_entry(open, member_entry));
  SERVE_ASK(compared.right, side_of_entry(open, compared.entry));
  compared.left.member = parts[0].get<std::string>();
  return compared;
}

Answer<Compared> compared_pair(OpenCase& open, const std::string& key) {
  Compared compared;
  const Json parts = Json::parse(key, nullptr, false);
  if (!parts.is_array() || parts.size() != 2 || !parts[0].is_string() || !parts[1].is_string())
    return compared;
  std::int64_t first = 0;
  std::int64_t second = 0;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT p.weight, p.probability, p.waterfall, d.entry, g.entry, p.first FROM pairs p JOIN members m ON "
      "m.number = p.first "
      "JOIN members o ON o.number = p.second JOIN member_details d ON d.member = p.first JOIN member_details "
      "g ON g.member = "
      "p.second WHERE m.id = ?1 AND o.id = ?2",
      [&](const Statement& row) {
        compared.found = true;
        compared.weight = row.integer(0);
        compared.probability = row.real(1);
        compared.waterfall = object_of(row.text(2));
        first = row.integer(3);
        second = row.integer(4);
        compared.member = row.integer(5);
      },
      parts[0].get<std::string>(), parts[1].get<std::string>()));
  if (!compared.found) return compared;
  SERVE_ASK(compared.left, side_of_entry(open, first));
  SERVE_ASK(compared.right, side_of_entry(open, second));
  compared.left.member = parts[0].get<std::string>();
  compared.right.member = parts[1].get<std::string>();
  return compared;
}

Json text_in(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  return found == object.end() || !found->is_string() ? Json(nullptr) : *found;
}

double bits(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number() ? found->get<double>() / 1000 : 0;
}

Json fields_of(const Session& session, const Compared& compared, bool hidden) {
  const bool people = session.person().sees_people();
  Json fields = Json::array();
  std::map<std::string, bool> told;
  const auto add = [&](const std::string& name, const Json& level, const Json& weight) {
    told[name] = true;
    const auto value = [&](const Side& side, const Json& values) {
      return people ? text_in(values, name) : (static_cast<void>(side), Json(nullptr));
    };
    fields.push_back({{"field", name},
                      {"left", value(compared.left, compared.left.raw)},
                      {"right", value(compared.right, compared.right.raw)},
                      {"left_standard", value(compared.left, compared.left.standard)},
                      {"right_standard", value(compared.right, compared.right.standard)},
                      {"level", hidden ? Json(nullptr) : level},
                      {"weight", hidden ? Json(nullptr) : weight}});
  };
  const auto spoken = compared.waterfall.find("fields");
  if (spoken != compared.waterfall.end() && spoken->is_array()) {
    for (const Json& field : *spoken) {
      if (!field.is_object() || !field.contains("field") || !field["field"].is_string()) continue;
      add(field["field"].get<std::string>(), text_in(field, "level"), bits(field, "weight"));
    }
  }
  // What stands in the source and was not compared.
  for (const Side* side : {&compared.left, &compared.right}) {
    for (const auto& [name, value] : side->raw.items()) {
      if (!told[name] && name != "id") add(name, "not compared", nullptr);
    }
  }
  return fields;
}

Json side_json(const Session& session, OpenCase& open, const Side& side) {
  static_cast<void>(session);
  const bool is_member = !side.member.empty();
  const std::string title = is_member ? fmt::format("Members roll, line {}", side.line)
                            : side.as_of.empty()
                                ? fmt::format("{}, line {}", side.roll, side.line)
                                : fmt::format("Register of {}, line {}", side.as_of, side.line);
  return {{"title", title},
          {"roll", side.roll},
          {"line", side.line},
          {"handle", is_member ? Json(open.handle("member", side.member)) : Json(nullptr)},
          {"as_of", side.as_of.empty() ? Json(nullptr) : Json(side.as_of)}};
}

// One that a member may be, or that may be an entry.
struct Candidate {
  std::string handle, member, title;
  double probability = 0, weight = 0;
  Json fields;
};
// Those that a condition picks, likeliest first.
Answer<std::vector<Candidate>> candidates(OpenCase& open, std::string_view condition, std::int64_t first,
                                          std::int64_t second) {
  std::vector<Candidate> list;
  SERVE_CHECK(for_rows(
      open.database(),
      fmt::format("SELECT m.id, e.roll, e.line, c.probability, c.weight, e.raw, coalesce(r.as_of, '') FROM "
                  "candidates c JOIN members m ON m.number = c.member JOIN entries e ON e.number = c.entry "
                  "LEFT JOIN rolls r ON r.name = e.roll WHERE {} ORDER BY c.probability DESC, c.number LIMIT "
                  "12",
                  condition),
      [&](const Statement& row) {
        const std::string key =
            store::link_key(row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2)));
        const std::string as_of = row.text(6);
        list.push_back({open.handle("link", key), row.text(0),
                        as_of.empty() ? fmt::format("{}, line {}", row.text(1), row.integer(2))
                                      : fmt::format("Register of {}, line {}", as_of, row.integer(2)),
                        row.real(3), static_cast<double>(row.integer(4)) / 1000, object_of(row.text(5))});
      },
      first, second));
  return list;
}

// Other entries that may be this member.
Answer<Json> competitors(Session& session, OpenCase& open, const Compared& compared) {
  SERVE_ASK(const auto others,
            candidates(open, "c.member = ?1 AND c.entry <> ?2", compared.member, compared.entry));
  Json list = Json::array();
  for (const Candidate& other : others) {
    list.push_back({{"handle", other.handle},
                    {"title", other.title},
                    {"probability", other.probability},
                    {"weight", other.weight},
                    {"fields", session.person().sees_people() ? other.fields : Json(nullptr)}});
  }
  return list;
}

// Other members who may be this entry.
Answer<Json> rivals(Session& session, OpenCase& open, const Compared& compared) {
  SERVE_ASK(const auto others,
            candidates(open, "c.entry = ?1 AND c.member <> ?2", compared.entry, compared.member));
  Json list = Json::array();
  for (const Candidate& other : others) {
    list.push_back({{"handle", other.handle},
                    {"member", open.handle("member", other.member)},
                    {"label", for_people(session, other.member)},
                    {"probability", other.probability}});
  }
  return list;
}

}  // namespace

Answer<Json> link(Session& session, const std::string& handle, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no links.");
  SERVE_ASK(const Query query, Query::parse(target, {"blind"}));
  SERVE_ASK(const bool blind, query.flag("blind", false));
  if (session.person().sees_people()) {
    SERVE_ASK(auto checked, session.read());
    SERVE_ASK([[maybe_unused]] const Subject there, subject_of(*checked, handle));
    SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("link", handle));
  }
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, handle));
  const bool pair = subject.kind == "pair";
  if (!pair && subject.kind != "link") return refuse(404, "not-found", "This is neither a link nor a pair.");
  SERVE_ASK(const Compared compared,
            pair ? compared_pair(*open, subject.key) : compared_link(*open, subject.key));
  if (!compared.found) return refuse(404, "not-found", "The link is not in the case now.");
  SERVE_ASK(Json all, decisions_on(session, *open, subject));
  const bool hidden = blind && !decided_by_me(all);
  SERVE_ASK(const std::string state, state_on(*open, subject));
  const auto shown = [hidden](Json value) { return hidden ? Json(nullptr) : std::move(value); };
  Json answer = {{"handle", handle},
                 {"kind", subject.kind},
                 {"blind", hidden},
                 {"left", side_json(session, *open, compared.left)},
                 {"right", side_json(session, *open, compared.right)},
                 {"fields", fields_of(session, compared, hidden)},
                 {"prior", shown(bits(compared.waterfall, "prior"))},
                 {"dependence", shown(bits(compared.waterfall, "dependence"))},
                 {"weight", shown(static_cast<double>(compared.weight) / 1000)},
                 {"probability", shown(compared.probability)},
                 {"relation", shown(pair ? Json(nullptr) : Json(compared.relation))},
                 {"competitors", nullptr},
                 {"rivals", nullptr},
                 {"decisions", nullptr},
                 {"state", state},
                 {"narrowing", nullptr}};
  if (!hidden) {
    answer["competitors"] = Json::array();
    answer["rivals"] = Json::array();
    if (!pair) {
      SERVE_ASK(answer["competitors"], competitors(session, *open, compared));
      SERVE_ASK(answer["rivals"], rivals(session, *open, compared));
    }
    answer["decisions"] = std::move(all);
  }
  if (!hidden) {
    std::int64_t place = -1;
    SERVE_CHECK(for_rows(
        open->database(), "SELECT number FROM queue WHERE kind = ?1 AND key = ?2",
        [&](const Statement& row) { place = row.integer(0); }, subject.kind, subject.key));
    SERVE_ASK(const auto index, session.queue_index(*open));
    const QueueItem* const item = index->find(place);
    answer["narrowing"] = item ? index->narrowing(*item) : 0;
  }
  return answer;
}

}  // namespace scrutineer::serve
