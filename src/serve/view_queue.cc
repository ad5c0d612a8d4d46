// What is to be decided, in order; filtered and searched as one types.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

constexpr std::int64_t counted_at_most = 10'000;
constexpr std::int64_t fewest_scored = 10;

struct Filter {
  std::optional<QueueKind> kind;
  std::optional<QueueState> state;
  std::optional<bool> listed;
  std::optional<int> signal;
  char tier = 0;
  std::optional<std::vector<std::int64_t>> numbers;  // what the search found, sorted

  [[nodiscard]] bool lets(const QueueItem& item) const {
    return (!kind || item.kind == *kind) && (!state || item.state == *state) &&
           (!listed || item.questions() == *listed) && (!signal || item.signal == *signal) &&
           (tier == 0 || item.tier == tier);
  }
};

Answer<std::vector<std::int64_t>> found_by(const Session& session, OpenCase& open, const std::string& typed) {
  std::vector<std::int64_t> numbers;
  const auto put = [&](const Statement& row) { numbers.push_back(row.integer(0)); };
  if (is_handle(typed)) {
    SERVE_CHECK(for_rows(open.database(),
                         "SELECT q.number FROM handles h JOIN queue q ON q.kind = h.kind AND q.key = h.key "
                         "WHERE h.handle = ?1",
                         put, typed));
    return numbers;
  }
  const std::string search = search_query(typed, session.person().sees_people() ? "words personal" : "words");
  SERVE_CHECK(for_rows(open.database(),
                       "SELECT rowid FROM search_queue WHERE search_queue MATCH ?1 ORDER BY rowid", put,
                       search));
  return numbers;
}

Answer<Filter> filter_of(Session& session, OpenCase& open, const Query& query) {
  Filter filter;
  SERVE_ASK(const std::string kind, query.one_of("kind", {"all", "finding", "link", "pair"}));
  SERVE_ASK(const std::string state,
            query.one_of("state", {"undecided", "awaiting-second", "disagreement", "decided", "all"}));
  SERVE_ASK(const std::string tier, query.one_of("tier", {"", "A", "B", "C"}));
  SERVE_ASK(const std::string listed, query.one_of("listed", {"1", "0", "all"}));
  for (const QueueKind one : {QueueKind::finding, QueueKind::link, QueueKind::pair}) {
    if (kind == to_string(one)) filter.kind = one;
  }
  for (const QueueState one :
       {QueueState::undecided, QueueState::awaiting_second, QueueState::disagreement, QueueState::decided}) {
    if (state == to_string(one)) filter.state = one;
  }
  if (!tier.empty()) filter.tier = tier.front();
  if (listed != "all") filter.listed = listed == "1";
  const std::string signal = query.text("signal");
  if (!signal.empty()) {
    SERVE_CHECK(for_rows(
        open.database(), "SELECT number FROM signals WHERE key = ?1",
        [&](const Statement& row) { filter.signal = static_cast<int>(row.integer(0)); }, signal));
    if (!filter.signal) return refuse(400, "bad-parameter", "There is no signal of this name.", "signal");
  }
  const std::string typed = query.text("q");
  if (is_handle(typed) || !search_query(typed).empty()) {
    SERVE_ASK(filter.numbers, found_by(session, open, typed));
  }
  return filter;
}

// A row with its place: rows stand in the order of their places.
struct Placed {
  std::int64_t first = 0, number = 0;
  [[nodiscard]] bool before(const Placed& other) const {
    return std::tuple(first, number) < std::tuple(other.first, other.number);
  }
};

// What is told of the whole filtered list.
struct Figures {
  std::int64_t total = 0;
  std::int64_t scored = 0;  // links and pairs among them
  double innocent = 0;
  std::pair<std::int64_t, double> entries;
  std::map<int, std::int64_t> signals;
  std::map<std::string, std::int64_t> tiers, states;
};

struct Listed {
  std::vector<Placed> page;  // at most one more than asked for
  Figures figures;
};

// One pass over what the filter lets through. In narrowing's order places are in millionths, the greatest
// first.
Listed listed(const QueueIndex& index, const Filter& filter, const std::string& order, bool blind,
              const std::optional<Cursor>& after, std::size_t wanted) {
  Listed list;
  QueueIndex::Union entries(index);
  const auto take = [&](const QueueItem& item) {
    if (!filter.lets(item)) return;
    Figures& figures = list.figures;
    ++figures.total;
    figures.scored += item.kind != QueueKind::finding;
    figures.innocent += static_cast<double>(item.innocent);
    ++figures.signals[item.signal];
    if (item.tier != 0) ++figures.tiers[std::string(1, item.tier)];
    ++figures.states[std::string(to_string(item.state))];
    entries.add(item);
    const double narrowing = blind ? index.blind_narrowing(item) : index.narrowing(item);
    const Placed place{order == "signal" ? item.signal : -std::llround(narrowing * 1e6), item.number};
    if (!after || Placed{after->first, after->second}.before(place)) list.page.push_back(place);
  };
  if (filter.numbers) {
    for (const std::int64_t number : *filter.numbers) {
      if (const QueueItem* const item = index.find(number)) take(*item);
    }
  } else {
    for (const QueueItem& item : index.items()) take(item);
  }
  list.figures.entries = entries.total();
  const auto end = list.page.begin() + static_cast<std::ptrdiff_t>(std::min(wanted + 1, list.page.size()));
  std::partial_sort(list.page.begin(), end, list.page.end(),
                    [](const Placed& left, const Placed& right) { return left.before(right); });
  list.page.erase(end, list.page.end());
  return list;
}

Answer<Json> facets_of(OpenCase& open, const Figures& figures) {
  Json by_signal = Json::array();
  SERVE_CHECK(for_rows(
      open.database(), "SELECT number, key, title FROM signals ORDER BY number", [&](const Statement& row) {
        const auto found = figures.signals.find(static_cast<int>(row.integer(0)));
        if (found != figures.signals.end())
          by_signal.push_back({{"key", row.text(1)}, {"title", row.text(2)}, {"count", found->second}});
      }));
  const auto plain = [](const std::map<std::string, std::int64_t>& counts) {
    Json facet = Json::array();
    for (const auto& [key, count] : counts) facet.push_back({{"key", key}, {"count", count}});
    return facet;
  };
  return Json{{"signal", by_signal}, {"tier", plain(figures.tiers)}, {"state", plain(figures.states)}};
}

}  // namespace

Answer<Json> queue(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no findings.");
  SERVE_ASK(const Query query, Query::parse(target, {"kind", "state", "listed", "tier", "signal", "q",
                                                     "order", "blind", "limit", "after"}));
  SERVE_ASK(auto open, session.read());
  const std::string name = "queue " + open->generation + query.filters();
  SERVE_ASK(const Filter filter, filter_of(session, *open, query));
  SERVE_ASK(const std::string order, query.one_of("order", {"narrowing", "signal"}));
  SERVE_ASK(const bool blind, query.flag("blind", false));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const auto after, cursor_of(query.text("after"), name));
  Listed list;
  {
    SERVE_ASK(const auto index, session.queue_index(*open));
    list = listed(*index, filter, order, blind, after, static_cast<std::size_t>(limit));
  }
  const bool more = list.page.size() > static_cast<std::size_t>(limit);
  if (more) list.page.pop_back();
  Json rows = Json::array();
  for (const Placed& place : list.page) {
    SERVE_ASK(Json row, queue_row(session, *open, place.number, blind));
    rows.push_back(std::move(row));
  }
  const Figures& figures = list.figures;
  Json answer = {
      {"rows", rows},
      {"next", more ? Json(to_text({list.page.back().first, list.page.back().number}, name)) : Json(nullptr)},
      {"total", std::min(figures.total, counted_at_most)},
      {"total_exact", figures.total <= counted_at_most},
      {"expected_innocent", figures.innocent},
      {"entries", figures.entries.first},
      {"entries_innocent", figures.entries.second}};
  // The figures hang on the scores of links: of few of them they would tell each.
  if (blind && figures.scored > 0 && figures.scored < fewest_scored) {
    answer["expected_innocent"] = nullptr;
    answer["entries_innocent"] = nullptr;
  }
  if (!after) {
    SERVE_ASK(answer["facets"], facets_of(*open, figures));
  }
  return answer;
}

}  // namespace scrutineer::serve
