#include "inquiry/review_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "store/review_schema.h"

namespace scrutineer::inquiry {
namespace {

constexpr double settled = 0.95;
constexpr double second_best = 0.3;

// An item with the rows of the members it questions; `share` is how open it is.
struct Item {
  store::QueueRow row;
  std::vector<std::uint32_t> members;
  double share = 1;  // QueueRow::openness
};

double openness(double probability) {
  return 1 - std::abs(2 * probability - 1);
}

class Queue {
 public:
  explicit Queue(const Audit& audit) : audit_(audit) {
    for (std::uint32_t row = 0; row < audit.evidence.members.size(); ++row)
      row_of_id_.emplace(audit.evidence.members[row].id, row);
  }

  void add_findings();
  void add_links();
  void add_pairs();
  std::vector<store::QueueRow> rows();

 private:
  [[nodiscard]] std::string words_of(std::uint32_t row) const {
    const rolls::Roll& roll = audit_.material.sources.members.raw;
    return audit_.evidence.members[row].id + " " + display_name(roll, row) + " " +
           display_address(roll, row) + " " + std::string(roll.text(rolls::Column::postcode, row)) + " ";
  }
  // Only entries that may have voted stand against the margin.
  [[nodiscard]] bool counts(std::uint32_t row) const {
    return audit_.evidence.members[row].eligible && (!audit_.voted || (*audit_.voted)[row]);
  }

  const Audit& audit_;
  std::unordered_map<std::string, std::uint32_t> row_of_id_;
  std::vector<Item> items_;
};

void Queue::add_findings() {
  constexpr std::size_t members_searched = 50;
  for (const signals::SignalReport& report : audit_.outcome.signals) {
    if (report.tier == signals::Tier::unused) continue;
    for (const signals::Finding& finding : report.findings) {
      Item item;
      item.row.kind = "finding";
      item.row.key = finding.id;
      item.row.signal = finding.signal;
      item.row.tier = std::string(1, static_cast<char>(finding.tier));
      item.row.text = finding.text;
      item.row.expected_innocent = finding.expected_innocent;
      item.row.words = report.title + " " + report.key;
      item.row.personal_words = finding.text + " " + finding.subject.key + " ";
      for (const std::string& id : finding.members) {
        const auto found = row_of_id_.find(id);
        if (found == row_of_id_.end()) continue;
        item.members.push_back(found->second);
        if (item.members.size() <= members_searched) item.row.personal_words += words_of(found->second);
      }
      // Context says nothing of an entry, and what is not listed questions none.
      if (!finding.listed || finding.tier == signals::Tier::context) item.share = 0;
      items_.push_back(std::move(item));
    }
  }
}

void Queue::add_links() {
  for (const SnapshotLinks& snapshot : audit_.snapshots) {
    if (snapshot.roll != audit_.material.newest.name || snapshot.as_of != audit_.material.newest.date)
      continue;
    for (std::uint32_t member = 0; member < snapshot.members.size(); ++member) {
      const auto& links = snapshot.members[member];
      if (!links.empty() && (links.front().decided || links.front().probability >= settled)) continue;
      for (std::size_t at = 0; at < links.size(); ++at) {
        const EntryLink& link = links[at];
        const double least = at == 0 ? 1 - settled : second_best;
        if (link.probability < least || link.probability >= settled) continue;
        Item item;
        item.row.kind = "link";
        item.row.key =
            store::link_key(audit_.evidence.members[member].id, link.source.roll, link.source.line);
        item.row.text = fmt::format("{}, line {}, is this member with probability {:.2f}", link.source.roll,
                                    link.source.line, link.probability);
        item.row.probability = link.probability;
        item.row.weight = link.weight;
        item.row.expected_innocent = link.probability;
        item.row.words = "uncertain link " + link.source.roll;
        item.row.personal_words = words_of(member);
        item.members = {member};
        item.share = openness(link.probability);
        items_.push_back(std::move(item));
      }
    }
  }
}

void Queue::add_pairs() {
  for (const linkage::Link& link : audit_.material.duplicates.candidates) {
    if (link.probability >= settled) continue;
    Item item;
    item.row.kind = "pair";
    item.row.key =
        store::pair_key(audit_.evidence.members[link.left].id, audit_.evidence.members[link.right].id);
    item.row.text = fmt::format("two members are one person with probability {:.2f}", link.probability);
    item.row.probability = link.probability;
    item.row.weight = link.weight;
    item.row.expected_innocent = 1 - link.probability;
    item.row.words = "uncertain pair members listed twice";
    item.row.personal_words = words_of(link.left) + words_of(link.right);
    item.members = {link.right};  // of two entries of one person one is too many
    item.share = openness(link.probability);
    items_.push_back(std::move(item));
  }
}

std::vector<store::QueueRow> Queue::rows() {
  std::vector<double> questioned(audit_.evidence.members.size(), 0);
  for (const Item& item : items_) {
    if (item.share <= 0) continue;
    for (const std::uint32_t member : item.members) ++questioned[member];
  }
  for (Item& item : items_) {
    item.row.openness = item.share;
    for (const std::uint32_t member : item.members) {
      item.row.members.push_back({member, counts(member)});
      if (!counts(member)) continue;
      ++item.row.questions;
      if (item.share > 0) item.row.narrowing += item.share / questioned[member];
    }
  }
  std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
    return std::tuple(-a.row.narrowing, a.row.signal, a.row.kind, a.row.key) <
           std::tuple(-b.row.narrowing, b.row.signal, b.row.kind, b.row.key);
  });
  std::vector<store::QueueRow> rows;
  rows.reserve(items_.size());
  for (Item& item : items_) rows.push_back(std::move(item.row));
  return rows;
}

}  // namespace

std::vector<store::QueueRow> review_queue(const Audit& audit) {
  Queue queue(audit);
  queue.add_findings();
  queue.add_links();
  queue.add_pairs();
  return queue.rows();
}

}  // namespace scrutineer::inquiry
