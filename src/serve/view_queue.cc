// What is to be decided, in order; filtered and searched as one types.
#include <fmt/format.h>

#include <map>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

constexpr std::int64_t counted_at_most = 10'000;

// A filter as SQL over `queue q LEFT JOIN states s`, with its values.
struct Filter {
  std::string from = "queue q LEFT JOIN states s ON s.queue = q.number";
  std::string where = "1";
  std::string search;  // ?1, if the index is asked
};

Answer<Filter> filter_of(Session& session, OpenCase& open, const Query& query) {
  Filter filter;
  SERVE_ASK(const std::string kind, query.one_of("kind", {"all", "finding", "link", "pair"}));
  SERVE_ASK(const std::string state,
            query.one_of("state", {"undecided", "awaiting-second", "disagreement", "decided", "all"}));
  SERVE_ASK(const std::string tier, query.one_of("tier", {"", "A", "B", "C"}));
  // Chosen from fixed words above: safe in the text of a statement.
  if (kind != "all") filter.where += fmt::format(" AND q.kind = '{}'", kind);
  if (state == "undecided") filter.where += " AND (s.state IS NULL OR s.state = 'undecided')";
  if (state != "undecided" && state != "all") filter.where += fmt::format(" AND s.state = '{}'", state);
  if (!tier.empty()) filter.where += fmt::format(" AND q.tier = '{}'", tier);
  const std::string signal = query.text("signal");
  if (!signal.empty()) {
    SERVE_TRY(Statement row, open.database().prepare("SELECT number FROM signals WHERE key = ?1"));
    SERVE_TRY(const bool found, row.bind(signal).step());
    if (!found) return refuse(400, "bad-parameter", "There is no signal of this name.", "signal");
    filter.where += fmt::format(" AND q.signal = {}", row.integer(0));
  }
  const std::string typed = query.text("q");
  if (is_handle(typed)) {
    SERVE_TRY(Statement row,
              open.database().prepare("SELECT q.number FROM handles h JOIN queue q ON q.kind = h.kind AND "
                                      "q.key = h.key WHERE h.handle = ?1"));
    SERVE_TRY(const bool found, row.bind(typed).step());
    filter.where += fmt::format(" AND q.number = {}", found ? row.integer(0) : -1);
    return filter;
  }
  filter.search = search_query(typed, session.person().sees_people() ? "words personal" : "words");
  if (!filter.search.empty()) {
    filter.from =
        "search_queue x CROSS JOIN queue q ON q.number = x.rowid LEFT JOIN states s ON s.queue = q.number";
    filter.where += " AND x.search_queue MATCH ?1";
  }
  return filter;
}

template <typename Each>
Status filtered(OpenCase& open, const Filter& filter, const std::string& select, const std::string& tail,
                const Each& each) {
  const std::string sql =
      fmt::format("SELECT {} FROM {} WHERE {} {}", select, filter.from, filter.where, tail);
  if (filter.search.empty()) return for_rows(open.database(), sql, each);
  return for_rows(open.database(), sql, each, filter.search);
}

// Total, innocents and facets of the whole filtered list: counted once for each state of the ledger.
Answer<Json> figures(Session& session, OpenCase& open, const Filter& filter, const std::string& list) {
  SERVE_ASK(const std::uint64_t head, ledger_number(open));
  const std::string question = "queue " + open.generation + list;
  if (auto known = session.remembered(question, head)) return *std::move(known);
  std::int64_t total = 0;
  double innocent = 0;
  std::map<std::int64_t, std::int64_t> signals;
  std::map<std::string, std::int64_t> tiers;
  std::map<std::string, std::int64_t> states;
  SERVE_CHECK(filtered(open, filter,
                       "q.signal, q.tier, coalesce(s.state, 'undecided'), count(*), sum(q.expected_innocent)",
                       "GROUP BY 1, 2, 3", [&](const Statement& row) {
                         signals[row.integer(0)] += row.integer(3);
                         if (!row.text(1).empty()) tiers[row.text(1)] += row.integer(3);
                         states[row.text(2)] += row.integer(3);
                         total += row.integer(3);
                         innocent += row.real(4);
                       }));
  Json by_signal = Json::array();
  SERVE_CHECK(for_rows(
      open.database(), "SELECT number, key, title FROM signals ORDER BY number", [&](const Statement& row) {
        const auto found = signals.find(row.integer(0));
        if (found != signals.end())
          by_signal.push_back({{"key", row.text(1)}, {"title", row.text(2)}, {"count", found->second}});
      }));
  const auto plain = [](const std::map<std::string, std::int64_t>& counts) {
    Json facet = Json::array();
    for (const auto& [key, count] : counts) facet.push_back({{"key", key}, {"count", count}});
    return facet;
  };
  Json answer = {{"total", std::min(total, counted_at_most)},
                 {"total_exact", total <= counted_at_most},
                 {"expected_innocent", innocent},
                 {"facets", {{"signal", by_signal}, {"tier", plain(tiers)}, {"state", plain(states)}}}};
  session.remember(question, head, answer);
  return answer;
}

}  // namespace

Answer<Json> queue(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no findings.");
  SERVE_ASK(const Query query,
            Query::parse(target, {"kind", "state", "tier", "signal", "q", "order", "limit", "after"}));
  SERVE_ASK(auto open, session.read());
  const std::string list = "queue " + open->generation + query.filters();
  SERVE_ASK(const Filter filter, filter_of(session, *open, query));
  SERVE_ASK(const std::string order, query.one_of("order", {"narrowing", "signal"}));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const auto after, cursor_of(query.text("after"), list));
  std::string tail;
  if (after && order == "narrowing") tail += fmt::format("AND q.number > {} ", after->second);
  if (after && order == "narrowing" && !filter.search.empty())
    tail += fmt::format("AND x.rowid > {} ", after->second);
  if (after && order == "signal")
    tail += fmt::format("AND (q.signal, q.number) > ({}, {}) ", after->first, after->second);
  tail += order == "signal"       ? "ORDER BY q.signal, q.number "
          : filter.search.empty() ? "ORDER BY q.number "
                                  : "ORDER BY x.rowid ";
  tail += fmt::format("LIMIT {}", limit + 1);
  std::vector<Cursor> places;
  SERVE_CHECK(filtered(*open, filter, "q.signal, q.number", tail, [&](const Statement& row) {
    places.push_back({row.integer(0), row.integer(1)});
  }));
  const bool more = places.size() > static_cast<std::size_t>(limit);
  if (more) places.pop_back();
  Json rows = Json::array();
  for (const Cursor& place : places) {
    SERVE_ASK(Json row, queue_row(session, *open, place.second));
    rows.push_back(std::move(row));
  }
  SERVE_ASK(Json counted, figures(session, *open, filter, list));
  Json answer = {{"rows", rows},
                 {"next", more ? Json(to_text(places.back(), list)) : Json(nullptr)},
                 {"total", counted["total"]},
                 {"total_exact", counted["total_exact"]},
                 {"expected_innocent", counted["expected_innocent"]}};
  if (!after) answer["facets"] = counted["facets"];
  return answer;
}

}  // namespace scrutineer::serve
