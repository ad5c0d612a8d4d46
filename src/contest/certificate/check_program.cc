#include "contest/certificate/check_program.h"

#include <algorithm>
#include <map>

namespace scrutineer::contest {
namespace {

__extension__ typedef __int128 Wide;

// The program of one suffix, built from the papers by the page's definitions.
class Program {
 public:
  Program(const Certificate& certificate, const CertifiedClaim& claim, const std::vector<Candidate>& suffix)
      : certificate_(certificate), claim_(claim), k_(suffix.size()), most_(claim.low - 1) {
    std::vector<std::size_t> position(certificate.candidates.size(), k_);
    for (std::size_t p = 0; p < k_; ++p) position[suffix[p]] = p;
    std::map<std::pair<std::vector<std::uint32_t>, std::uint32_t>, std::int64_t> signatures;
    std::vector<std::vector<std::int64_t>> votes(k_, std::vector<std::int64_t>(k_, 0));
    for (const CertifiedPaper& paper : certificate.papers) {
      std::vector<std::uint32_t> positions;
      for (const Candidate c : paper.order)
        if (position[c] < k_ && (positions.empty() || position[c] > positions.back()))
          positions.push_back(static_cast<std::uint32_t>(position[c]));
      std::size_t stage = 0;
      for (const std::uint32_t p : positions)
        for (; stage <= p; ++stage) votes[stage][p] += paper.count;
      signatures[{std::move(positions), paper.group}] += paper.count;
    }
    for (std::size_t i = 0; i + 1 < k_; ++i) {
      const bool strict = claim.change && suffix[i] == certificate.winner;
      for (std::size_t c = i + 1; c < k_; ++c)
        stage_rhs_[{i, c}] = (strict ? 1 : 0) - (votes[i][c] - votes[i][i]);
    }
    if (takes_away(claim.means)) {
      for (const auto& [key, count] : signatures) {
        if (key.first.empty() && claim.means != Means::modification) continue;
        std::int64_t most = std::min(count, most_);
        if (!certificate.caps.empty()) most = std::min(most, certificate.caps[key.second]);
        columns_.push_back({{false, key.first, key.second, std::nullopt, 0}, 1, 0, most});
      }
    }
    if (!puts_in(claim.means)) return;
    const std::int64_t cost = claim.means == Means::modification ? 0 : 1;
    for (std::uint32_t to = 0; to < k_; ++to) {
      columns_.push_back({{true, {}, 0, std::nullopt, to}, cost, 0, most_});
      for (std::uint32_t from = 0; from < to; ++from)
        columns_.push_back({{true, {}, 0, from, to}, 0, 0, most_});
    }
  }

  // Does the division prove that no solution costs less than claim.low?
  bool proves(const std::vector<Division>& boxes) {
    std::vector<char> used(boxes.size(), 0);
    return box_proves(boxes, 0, used);
  }

 private:
  struct Column {
    ColumnName name;
    std::int64_t cost, lower, upper;
  };

  bool box_proves(const std::vector<Division>& boxes, std::uint32_t number, std::vector<char>& used) {
    if (number >= boxes.size() || used[number]) return false;  // each box once: the division is a tree
    used[number] = 1;
    const Division& box = boxes[number];
    if (!box.split) return bounded_by(box.rows);
    const auto column = std::find_if(columns_.begin(), columns_.end(), [&](const Column& one_column) {
      const ColumnName& a = one_column.name;
      const ColumnName& b = box.split->column;
      return a.arc == b.arc && a.positions == b.positions && a.group == b.group && a.from == b.from &&
             a.to == b.to;
    });
    if (column == columns_.end()) return false;
    const std::int64_t lower = column->lower;
    const std::int64_t upper = column->upper;
    column->upper = std::min(upper, box.split->at);
    const bool below = box_proves(boxes, box.split->below, used);
    column->upper = upper;
    column->lower = std::max(lower, box.split->at + 1);
    const bool above = below && box_proves(boxes, box.split->above, used);
    column->lower = lower;
    return above;
  }

  bool bounded_by(const std::vector<RowMultiplier>& rows) const {
    std::map<std::pair<std::size_t, std::size_t>, Wide> stage;
    std::vector<Wide> flow(k_, 0);
    std::vector<Wide> cap(std::max<std::size_t>(certificate_.caps.size(), 1), 0);
    Wide balance = 0;
    Wide added = 0;
    Wide bound = 0;
    for (const RowMultiplier& row : rows) {
      const Wide y = row.units;
      if (row.row == RowKind::stage) {
        const auto rhs = stage_rhs_.find({row.a, row.b});
        if (rhs == stage_rhs_.end()) return false;
        stage[{row.a, row.b}] += y;
        bound += y * rhs->second;
      } else if (row.row == RowKind::flow) {
        if (!puts_in(claim_.means) || row.a + 1 >= k_) return false;
        flow[row.a] += y;
      } else if (row.row == RowKind::balance) {
        if (claim_.means != Means::modification) return false;
        balance += y;
      } else if (row.row == RowKind::cap) {
        if (!takes_away(claim_.means) || row.a >= certificate_.caps.size()) return false;
        cap[row.a] += y;
        bound -= y * certificate_.caps[row.a];
      } else {
        if (claim_.means != Means::mixed || !certificate_.most_added) return false;
        added += y;
        bound -= y * *certificate_.most_added;
      }
    }
    // What counting for position c at stages first .. c is worth to the stage rows.
    const auto worth = [&](std::size_t first, std::size_t c) {
      Wide sum = 0;
      for (std::size_t i = first; i < c; ++i) {
        const auto y = stage.find({i, c});
        if (y != stage.end()) sum += y->second;
      }
      for (std::size_t later = c + 1; later < k_; ++later) {
        const auto y = stage.find({c, later});
        if (y != stage.end()) sum -= y->second;
      }
      return sum;
    };
    const bool changes = claim_.means == Means::modification;
    for (const Column& column : columns_) {
      if (column.lower > column.upper) return true;  // nothing in this box
      Wide left = static_cast<Wide>(column.cost) << 32;
      if (column.name.arc) {
        const std::size_t first = column.name.from ? *column.name.from + 1 : 0;
        left -= worth(first, column.name.to);
        if (column.name.to + 1 < k_) left -= flow[column.name.to];
        if (column.name.from) left += flow[*column.name.from];
        if (!column.name.from) left += balance + added;
      } else {
        std::size_t first = 0;
        for (const std::uint32_t p : column.name.positions) {
          left += worth(first, p);
          first = p + 1;
        }
        if (changes) left -= balance;
        if (!certificate_.caps.empty()) left += cap[column.name.group];
      }
      bound += left * (left < 0 ? column.upper : column.lower);
    }
    return bound > static_cast<Wide>(most_) << 32;
  }

  const Certificate& certificate_;
  const CertifiedClaim& claim_;
  const std::size_t k_;
  const std::int64_t most_;  // papers of the solutions that must be shown not to exist, at most
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> stage_rhs_;
  std::vector<Column> columns_;
};

}  // namespace

bool program_proves(const Certificate& certificate, const CertifiedClaim& claim, const SuffixProof& leaf) {
  return Program(certificate, claim, leaf.suffix).proves(leaf.boxes);
}

}  // namespace scrutineer::contest
