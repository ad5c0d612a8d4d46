#include "serve/queue_index.h"

#include <algorithm>
#include <optional>

#include "serve/rows.h"
#include "store/review_schema.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

QueueKind kind_of(std::string_view name) {
  return name == "finding" ? QueueKind::finding : name == "link" ? QueueKind::link : QueueKind::pair;
}

QueueState queue_state_of(std::string_view name) {
  return name == "awaiting-second" ? QueueState::awaiting_second
         : name == "disagreement"  ? QueueState::disagreement
         : name == "decided"       ? QueueState::decided
                                   : QueueState::undecided;
}

Standing standing_of(QueueKind kind, const store::SubjectState& now) {
  if (now.state != "decided") return Standing::open;
  if (now.decision == "upheld") return Standing::stands;
  if (now.decision == "explained" || now.decision == "corrected") return Standing::cleared;
  const bool pair = kind == QueueKind::pair;
  if (now.decision == "must-link") return pair ? Standing::stands : Standing::cleared;
  if (now.decision == "cannot-link") return pair ? Standing::cleared : Standing::unlinked;
  return Standing::open;  // referred: others will settle it
}

}  // namespace

std::string_view to_string(QueueKind kind) {
  return kind == QueueKind::finding ? "finding" : kind == QueueKind::link ? "link" : "pair";
}

std::string_view to_string(QueueState state) {
  switch (state) {
    case QueueState::awaiting_second:
      return "awaiting-second";
    case QueueState::disagreement:
      return "disagreement";
    case QueueState::decided:
      return "decided";
    case QueueState::undecided:
      break;
  }
  return "undecided";
}

Result<QueueIndex> QueueIndex::load(store::Sqlite& database) {
  QueueIndex index;
  std::vector<double> expected;
  SCRUTINEER_CHECK(for_rows(
      database, "SELECT number, kind, signal, tier, openness, expected_innocent FROM queue ORDER BY number",
      [&](const Statement& row) {
        QueueItem item;
        item.number = row.integer(0);
        item.kind = kind_of(row.text(1));
        item.signal = static_cast<int>(row.integer(2));
        const std::string tier = row.text(3);
        item.tier = tier.empty() ? '\0' : tier.front();
        item.openness = static_cast<float>(row.real(4));
        expected.push_back(row.real(5));
        index.items_.push_back(item);
      }));
  std::size_t at = 0;
  SCRUTINEER_CHECK(for_rows(database,
                            "SELECT queue, member, counts FROM queue_members ORDER BY queue, member",
                            [&](const Statement& row) {
                              const std::int64_t number = row.integer(0);
                              while (at < index.items_.size() && index.items_[at].number < number) ++at;
                              if (at == index.items_.size() || index.items_[at].number != number) return;
                              const auto next = static_cast<std::uint32_t>(index.members_.size());
                              const auto [place, added] = index.place_of_.emplace(row.integer(1), next);
                              if (added) index.members_.emplace_back();
                              Entry& entry = index.members_[place->second];
                              entry.number = row.integer(1);
                              entry.counts = row.integer(2) != 0;
                              QueueItem& item = index.items_[at];
                              if (item.members++ == 0)
                                item.first_member = static_cast<std::uint32_t>(index.named_.size());
                              index.named_.push_back(place->second);
                            }));
  for (at = 0; at < index.items_.size(); ++at) {
    QueueItem& item = index.items_[at];
    const double of = item.kind == QueueKind::finding ? std::max(1U, item.members) : 1;
    item.innocent = item.members == 0 ? 1.0F : static_cast<float>(std::clamp(expected[at] / of, 0.0, 1.0));
    if (!item.questions()) continue;
    for (const std::uint32_t member : index.members_of(item)) {
      index.members_[member].questioned = true;
      index.members_[member].innocent = std::min(index.members_[member].innocent, item.innocent);
    }
    index.count(item, 1);
  }
  SCRUTINEER_CHECK(index.refresh(database));
  return index;
}

void QueueIndex::count(const QueueItem& item, int sign) {
  if (!item.questions()) return;
  const auto step = static_cast<std::uint32_t>(sign);  // -1 wraps around, and back
  for (const std::uint32_t member : members_of(item)) {
    Entry& entry = members_[member];
    switch (item.standing) {
      case Standing::open:
        entry.open += step;
        break;
      case Standing::stands:
        entry.stands += step;
        break;
      case Standing::unlinked:
        entry.unlinked += step;
        break;
      case Standing::cleared:
        if (item.kind == QueueKind::link) entry.linked += step;
        break;
    }
  }
}

Status QueueIndex::refresh(store::Sqlite& database) {
  SCRUTINEER_TRY(const std::int64_t newest,
                 database.integer("SELECT coalesce(max(number), 0) FROM decisions"));
  if (newest <= seen_) return {};
  std::string kind;
  std::string key;
  std::optional<std::int64_t> place;
  std::vector<store::Said> said;
  const auto take_in = [&] {
    if (said.empty()) return;
    const store::SubjectState now = store::state_of(said);
    std::string& before = decided_on_[kind + '\0' + key];
    if (!before.empty() && --decided_[before] == 0) decided_.erase(before);
    before = now.newest;
    if (!before.empty()) ++decided_[before];
    QueueItem* const item = place ? const_cast<QueueItem*>(find(*place)) : nullptr;
    if (item != nullptr) {
      count(*item, -1);
      item->state = queue_state_of(now.state);
      item->standing = standing_of(item->kind, now);
      count(*item, 1);
    }
    said.clear();
  };
  // At first all of them; then those of the subjects on which something is new.
  const char* const which = seen_ == 0
                                ? "d.number > ?1"
                                : "(d.subject_kind, d.subject_key) IN (SELECT subject_kind, subject_key FROM "
                                  "decisions WHERE number > ?1)";
  SCRUTINEER_CHECK(for_rows(
      database,
      std::string("SELECT d.subject_kind, d.subject_key, s.queue, d.number, d.decision, d.person, d.replaces "
                  "FROM decisions d LEFT JOIN states s ON s.subject_kind = d.subject_kind AND s.subject_key "
                  "= d.subject_key WHERE ") +
          which +
          " AND d.subject_kind <> 'case' AND d.erased IS NULL ORDER BY d.subject_kind, d.subject_key, "
          "d.number",
      [&](const Statement& row) {
        if (row.text(0) != kind || row.text(1) != key) {
          take_in();
          kind = row.text(0);
          key = row.text(1);
          place = row.optional_integer(2);
        }
        said.push_back({row.integer(3), row.text(4), row.text(5), row.optional_integer(6)});
      },
      seen_));
  take_in();
  seen_ = newest;
  return {};
}

const QueueItem* QueueIndex::find(std::int64_t number) const {
  const auto found =
      std::lower_bound(items_.begin(), items_.end(), number,
                       [](const QueueItem& item, std::int64_t wanted) { return item.number < wanted; });
  return found != items_.end() && found->number == number ? &*found : nullptr;
}

double QueueIndex::narrowing(const QueueItem& item, double openness) const {
  if (!item.questions() || item.state == QueueState::decided) return 0;
  double sum = 0;
  for (const std::uint32_t member : members_of(item)) {
    const Entry& entry = members_[member];
    if (entry.counts && entry.stands == 0 && entry.open > 0) sum += openness / entry.open;
  }
  return sum;
}

double QueueIndex::narrowing(const QueueItem& item) const {
  return narrowing(item, static_cast<double>(item.openness));
}

double QueueIndex::blind_narrowing(const QueueItem& item) const {
  return narrowing(item, 1);
}

QueueIndex::Entries QueueIndex::entries() const {
  Entries entries;
  for (const Entry& entry : members_) {
    if (!entry.counts || !entry.questioned) continue;
    ++entries.questioned;
    entries.upheld += entry.stands > 0;
    entries.still_questioned +=
        entry.stands > 0 || entry.open > 0 || (entry.unlinked > 0 && entry.linked == 0);
  }
  return entries;
}

double QueueIndex::innocent_share(std::int64_t member) const {
  const auto found = place_of_.find(member);
  return found == place_of_.end() ? 1 : static_cast<double>(members_[found->second].innocent);
}

void QueueIndex::Union::add(const QueueItem& item) {
  for (const std::uint32_t member : index_.members_of(item))
    least_[member] = std::min(least_[member], item.innocent);
}

std::pair<std::int64_t, double> QueueIndex::Union::total() const {
  std::int64_t entries = 0;
  double innocent = 0;
  for (const float share : least_) {
    if (share > 1) continue;
    ++entries;
    innocent += static_cast<double>(share);
  }
  return {entries, innocent};
}

}  // namespace scrutineer::serve
