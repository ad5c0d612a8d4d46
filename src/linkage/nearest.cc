#include "linkage/nearest.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "base/parallel.h"
#include "linkage/atoms.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t comparable = 4;       // both sides ask if neither is larger by more than this
constexpr std::size_t frequent_share = 20;  // atoms in more than 1/20 of the rows ...
constexpr std::size_t frequent_least = 50;  // ... and in more than 50 are left out
constexpr double score_scale = 64.0;        // of a bit

// The atoms of each distinct value of each field, as dense numbers.
struct ValueAtoms {
  std::vector<std::vector<std::uint32_t>> starts;  // [field][code]
  std::vector<std::vector<std::uint32_t>> atoms;   // [field]
  std::size_t distinct = 0;

  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t field, std::uint32_t code) const {
    return std::span(atoms[field])
        .subspan(starts[field][code], starts[field][code + 1] - starts[field][code]);
  }
};

// Rows that an atom may have at most to be asked for.
std::size_t most_rows(std::size_t rows, const NearestOptions& options) {
  return std::min<std::size_t>(std::max(rows / frequent_share, frequent_least), options.visits);
}

// Of sorted atoms with repetition (one for each value, weighted by `rows` that hold it) those that are not
// held by far too many rows: a row that holds an atom in several fields is counted several times, hence the
// allowance.
std::vector<std::uint64_t> rare_enough(std::vector<std::pair<std::uint64_t, std::uint32_t>> held,
                                       std::size_t most) {
  constexpr std::size_t allowance = 3;
  std::sort(held.begin(), held.end());
  std::vector<std::uint64_t> atoms;
  for (std::size_t from = 0; from < held.size();) {
    std::size_t to = from;
    std::uint64_t rows = 0;
    for (; to < held.size() && held[to].first == held[from].first; ++to) rows += held[to].second;
    if (rows <= allowance * most) atoms.push_back(held[from].first);
    from = to;
  }
  return atoms;
}

// Only atoms that both tables hold, and not too often, can bring a pair together; the others are dropped
// here.
ValueAtoms value_atoms(std::span<const FieldValues> fields, const NearestOptions& options) {
  ValueAtoms result;
  std::vector<std::vector<std::uint64_t>> hashes(fields.size());
  std::vector<std::pair<std::uint64_t, std::uint32_t>> left;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> right;
  result.starts.resize(fields.size());
  result.atoms.resize(fields.size());
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const FieldValues& values = fields[field];
    result.starts[field].push_back(0);
    for (std::uint32_t code = 0; code < values.distinct(); ++code) {
      const std::size_t before = hashes[field].size();
      add_atoms(values.role, field, values.pool[code], hashes[field]);
      const auto added = std::span(hashes[field]).subspan(before);
      for (const std::uint64_t atom : added) {
        if (values.left_counts[code] > 0) left.emplace_back(atom, values.left_counts[code]);
        if (values.counts_right()[code] > 0) right.emplace_back(atom, values.counts_right()[code]);
      }
      result.starts[field].push_back(static_cast<std::uint32_t>(hashes[field].size()));
    }
  }
  const std::size_t left_rows = fields.front().left.size();
  const std::size_t right_rows = fields.front().same_table ? left_rows : fields.front().right.size();
  const auto mine = rare_enough(std::move(left), most_rows(left_rows, options));
  const auto others = rare_enough(std::move(right), most_rows(right_rows, options));
  std::vector<std::uint64_t> both;
  std::set_intersection(mine.begin(), mine.end(), others.begin(), others.end(), std::back_inserter(both));
  result.distinct = both.size();
  for (std::size_t field = 0; field < fields.size(); ++field) {
    std::uint32_t kept_start = 0;
    std::size_t from = 0;
    for (std::size_t code = 1; code < result.starts[field].size(); ++code) {
      const std::size_t to = result.starts[field][code];
      for (std::size_t at = from; at < to; ++at) {
        const auto found = std::lower_bound(both.begin(), both.end(), hashes[field][at]);
        if (found == both.end() || *found != hashes[field][at]) continue;
        result.atoms[field].push_back(static_cast<std::uint32_t>(found - both.begin()));
      }
      result.starts[field][code - 1] = kept_start;
      kept_start = static_cast<std::uint32_t>(result.atoms[field].size());
      from = to;
    }
    result.starts[field].back() = kept_start;
  }
  return result;
}

// The atoms of each row, each once.
struct RowAtoms {
  std::vector<std::uint64_t> starts;
  std::vector<std::uint32_t> atoms;
  [[nodiscard]] std::size_t rows() const { return starts.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
    return std::span(atoms).subspan(starts[row], starts[row + 1] - starts[row]);
  }
};

RowAtoms row_atoms(std::span<const FieldValues> fields, const ValueAtoms& by_value, std::size_t rows,
                   Side side) {
  RowAtoms result;
  result.starts.reserve(rows + 1);
  result.starts.push_back(0);
  std::vector<std::uint32_t> mine;
  for (std::size_t row = 0; row < rows; ++row) {
    mine.clear();
    for (std::size_t field = 0; field < fields.size(); ++field) {
      const std::uint32_t code =
          side == Side::left ? fields[field].left_code(row) : fields[field].right_code(row);
      const auto atoms = by_value.of(field, code);
      mine.insert(mine.end(), atoms.begin(), atoms.end());
    }
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    result.atoms.insert(result.atoms.end(), mine.begin(), mine.end());
    result.starts.push_back(result.atoms.size());
  }
  return result;
}

// Rows by atom.
class Index {
 public:
  Index(const RowAtoms& rows, std::size_t atoms, const NearestOptions& options)
      : starts_(atoms + 1, 0), scores_(atoms, 0) {
    std::vector<std::uint32_t> counts(atoms, 0);
    for (const std::uint32_t atom : rows.atoms) ++counts[atom];
    const std::size_t most = most_rows(rows.rows(), options);
    for (std::size_t atom = 0; atom < atoms; ++atom) {
      const bool kept = counts[atom] > 0 && counts[atom] <= most;
      largest_ = kept ? std::max(largest_, counts[atom]) : largest_;
      kept_ += static_cast<std::size_t>(kept);
      dropped_ += static_cast<std::size_t>(counts[atom] > most);
      starts_[atom + 1] = starts_[atom] + (kept ? counts[atom] : 0);
      if (kept) {
        const double bits =
            std::log2(static_cast<double>(rows.rows() + 1) / static_cast<double>(counts[atom]));
        scores_[atom] = static_cast<std::uint32_t>(std::lround(bits * score_scale));
      }
    }
    rows_.resize(starts_.back());
    std::vector<std::uint64_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      for (const std::uint32_t atom : rows.of(row)) {
        if (size(atom) > 0) rows_[next[atom]++] = static_cast<std::uint32_t>(row);
      }
    }
  }
  [[nodiscard]] std::uint64_t size(std::uint32_t atom) const { return starts_[atom + 1] - starts_[atom]; }
  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t atom) const {
    return std::span(rows_).subspan(starts_[atom], size(atom));
  }
  [[nodiscard]] std::uint32_t score(std::uint32_t atom) const { return scores_[atom]; }
  [[nodiscard]] std::size_t kept() const { return kept_; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  [[nodiscard]] std::uint32_t largest() const { return largest_; }

 private:
  std::vector<std::uint64_t> starts_;
  std::vector<std::uint32_t> scores_;
  std::vector<std::uint32_t> rows_;
  std::size_t kept_ = 0;
  std::size_t dropped_ = 0;
  std::uint32_t largest_ = 0;
};

// Scratch of one thread.
struct Query {
  std::vector<std::uint32_t> scores;  // by row of the index
  std::vector<std::uint32_t> touched;
  std::vector<std::uint32_t> atoms;
  std::vector<std::uint64_t> ranked;  // score << 32 | ~row
};

// The best rows of the index for one row's atoms, best first.
void ask(const Index& index, std::span<const std::uint32_t> atoms, const NearestOptions& options,
         Query& query) {
  query.atoms.clear();
  for (const std::uint32_t atom : atoms) {
    if (index.size(atom) > 0) query.atoms.push_back(atom);
  }
  std::sort(query.atoms.begin(), query.atoms.end(), [&](std::uint32_t a, std::uint32_t b) {
    return index.size(a) != index.size(b) ? index.size(a) < index.size(b) : a < b;
  });
  std::uint64_t visited = 0;
  for (const std::uint32_t atom : query.atoms) {
    visited += index.size(atom);
    if (visited > options.visits && !query.touched.empty()) break;
    for (const std::uint32_t row : index.of(atom)) {
      if (query.scores[row] == 0) query.touched.push_back(row);
      query.scores[row] += index.score(atom);
    }
  }
  query.ranked.clear();
  for (const std::uint32_t row : query.touched) {
    query.ranked.push_back(static_cast<std::uint64_t>(query.scores[row]) << 32U | (0xFFFFFFFFU - row));
    query.scores[row] = 0;
  }
  query.touched.clear();
  const std::size_t wanted = std::min(options.neighbours + 1, query.ranked.size());  // a row may find itself
  std::partial_sort(query.ranked.begin(), query.ranked.begin() + static_cast<std::ptrdiff_t>(wanted),
                    query.ranked.end(), std::greater<>());
  query.ranked.resize(wanted);
}

void ask_all(const RowAtoms& asking, const Index& index, std::size_t index_rows, bool left_asks,
             bool same_table, const NearestOptions& options, std::vector<PairKey>& pairs) {
  constexpr std::size_t chunk_size = 512;
  const std::size_t chunks = (asking.rows() + chunk_size - 1) / chunk_size;
  std::vector<std::vector<PairKey>> found(chunks);
  std::vector<Query> queries(thread_count(options.threads));
  for (Query& query : queries) query.scores.assign(index_rows, 0);
  parallel_for_worker(options.threads, chunks, [&](std::size_t chunk, unsigned worker) {
    Query& query = queries[worker];
    const std::size_t end = std::min(asking.rows(), (chunk + 1) * chunk_size);
    for (std::size_t row = chunk * chunk_size; row < end; ++row) {
      ask(index, asking.of(row), options, query);
      std::size_t taken = 0;
      for (const std::uint64_t ranked : query.ranked) {
        const auto other = 0xFFFFFFFFU - static_cast<std::uint32_t>(ranked);
        const auto mine = static_cast<std::uint32_t>(row);
        if (taken == options.neighbours) break;
        if (same_table && other == mine) continue;
        ++taken;
        if (same_table) {
          found[chunk].push_back(pair_key(std::min(mine, other), std::max(mine, other)));
        } else {
          found[chunk].push_back(left_asks ? pair_key(mine, other) : pair_key(other, mine));
        }
      }
    }
  });
  for (const auto& of_chunk : found) pairs.insert(pairs.end(), of_chunk.begin(), of_chunk.end());
}

}  // namespace

std::size_t affordable_neighbours(std::size_t wanted, std::size_t asking, std::uint64_t memory) {
  constexpr std::uint64_t usual_memory = std::uint64_t{2} << 30U;
  constexpr std::uint64_t bytes_a_pair = 24;  // found, gathered, and the other half of a radix sort
  const std::uint64_t pairs = (memory > 0 ? memory : usual_memory) / bytes_a_pair;
  return static_cast<std::size_t>(
      std::clamp<std::uint64_t>(pairs / std::max<std::size_t>(asking, 1), 1, wanted));
}

Candidates nearest_neighbours(const Comparison& comparison, const NearestOptions& options) {
  Candidates result;
  const auto fields = comparison.values();
  const bool same = comparison.same_table();
  const ValueAtoms by_value = value_atoms(fields, options);
  const RowAtoms left = row_atoms(fields, by_value, comparison.left_rows(), Side::left);
  const RowAtoms right =
      same ? RowAtoms{{0}, {}} : row_atoms(fields, by_value, comparison.right_rows(), Side::right);
  const bool left_asks = same || comparison.left_rows() <= comparable * comparison.right_rows();
  const bool right_asks = !same && comparison.right_rows() <= comparable * comparison.left_rows();
  BlockReport report;
  report.pass = "nearest neighbours";
  const auto note = [&report](const Index& index) {
    report.keys += index.kept();
    report.split += index.dropped();
    report.largest = std::max<std::uint64_t>(report.largest, index.largest());
  };
  if (left_asks) {
    const RowAtoms& indexed = same ? left : right;
    const Index index(indexed, by_value.distinct, options);
    note(index);
    ask_all(left, index, indexed.rows(), true, same, options, result.pairs);
  }
  if (right_asks) {
    const Index index(left, by_value.distinct, options);
    note(index);
    ask_all(right, index, left.rows(), false, false, options, result.pairs);
  }
  radix_sort_unique(result.pairs);
  report.pairs = result.pairs.size();
  result.blocks.push_back(std::move(report));
  return result;
}

}  // namespace scrutineer::linkage
