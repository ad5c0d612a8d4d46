#include "contest/margins/irv_search.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace scrutineer::contest {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t patience = 40;        // suffixes before a witness is sought for its own sake
constexpr std::uint32_t most_divisions = 60;  // programs of one branch and bound

// The least number of papers that lets a candidate with `a` votes have `delta` fewer than none of the
// `others` (papers of the others cannot be made to count less for a): see irv_search.h.
std::int64_t least_to_pass(Means means, std::int64_t a, std::int64_t delta,
                           std::span<const std::int64_t> others) {
  const auto missing = [&](std::int64_t target) {
    std::int64_t sum = 0;
    for (const std::int64_t t : others) sum += std::max<std::int64_t>(0, target - t);
    return sum;
  };
  if (means == Means::addition) return missing(a + delta);
  // One paper, gone or come, moves each difference by at most one, and one of a's own moves all of them.
  if (means == Means::deletion || means == Means::mixed) {
    std::int64_t most = 0;
    for (const std::int64_t t : others) most = std::max(most, a + delta - t);
    return most;
  }
  // r changed papers take at most r from a and give at most r, one each, to the others.
  std::int64_t enough = std::max<std::int64_t>(0, missing(a + delta));
  std::int64_t too_few = -1;
  while (enough - too_few > 1) {
    const std::int64_t r = too_few + (enough - too_few) / 2;
    (missing(a + delta - r) <= r ? enough : too_few) = r;
  }
  return enough;
}

// How far a node has been looked into; each step is taken only while its bound is the least.
enum class Done : std::uint8_t { nothing, outside, program, witness };

// A bound and why it holds; of the node itself, or of an end of its suffix from which it was inherited.
using Proof = std::shared_ptr<const SuffixProof>;

struct Node {
  Suffix suffix;
  std::int64_t bound = 0;
  Proof proof;  // of `bound`, where proofs are kept and it is above 0
  Done done = Done::nothing;
  std::uint64_t number = 0;
};

struct LaterFirst {
  bool operator()(const std::unique_ptr<Node>& a, const std::unique_ptr<Node>& b) const {
    if (a->bound != b->bound) return a->bound > b->bound;
    if (a->done != b->done) return a->done < b->done;
    if (a->suffix.size() != b->suffix.size()) return a->suffix.size() < b->suffix.size();
    return a->number > b->number;
  }
};

class IrvSearch {
 public:
  IrvSearch(const SuffixProblem& problem, const SearchSettings& settings)
      : problem_(problem), profile_(problem.profile), settings_(settings), started_(Clock::now()) {
    for (Candidate c = 0; c < profile_.candidates; ++c)
      if (profile_.standing[c]) standing_.push_back(c);
    first_.assign(profile_.candidates, 0);
    for (std::size_t kind = 0; kind < profile_.kinds(); ++kind)
      first_[profile_.preferences(kind).front()] += profile_.counts[kind];
    limit_ = widest_limit();
  }

  SearchResult run() {
    for (const Candidate c : standing_)
      if (c != problem_.winner) push({c}, 0, nullptr);
    while (!queue_.empty() && queue_.top()->bound < limit_ && in_budget()) {
      if (!found_ && result_.suffixes == patience) first_witness();
      step();
    }
    if (!found_) first_witness();
    std::int64_t low = std::min(limit_, stuck_);
    if (!queue_.empty()) low = std::min(low, queue_.top()->bound);
    result_.low = low;
    if (found_) result_.high = limit_;
    result_.impossible = !found_ && low >= limit_;
    if (settings_.keep_proof && low > 0) close_proof();
    return std::move(result_);
  }

 private:
  // Solutions of this many papers or more do not matter: all papers but one may go; adding one more than all
  // papers for a challenger always elects them; the caps bound the rest.
  std::int64_t widest_limit() const {
    const bool only_goes =
        problem_.means == Means::deletion || (problem_.means == Means::mixed && problem_.most_added == 0);
    std::int64_t limit = profile_.valid + (only_goes ? 0 : problem_.means == Means::modification ? 1 : 3);
    if (!problem_.caps.empty() && (problem_.means != Means::mixed || problem_.most_added))
      limit = std::min(limit, std::accumulate(problem_.caps.begin(), problem_.caps.end(), std::int64_t{1}) +
                                  problem_.most_added.value_or(0));
    return limit;
  }

  bool in_budget() const {
    if (work_ > settings_.work) return false;
    return !settings_.seconds ||
           std::chrono::duration<double>(Clock::now() - started_).count() < *settings_.seconds;
  }

  void push(Suffix suffix, std::int64_t bound, Proof proof) {
    auto node = std::make_unique<Node>();
    node->suffix = std::move(suffix);
    node->bound = bound;
    node->proof = std::move(proof);
    node->number = ++pushed_;
    put_back(std::move(node));
  }

  void prune(const Node& node) {
    if (settings_.keep_proof) ends_.push_back(node.proof);
  }

  // `boxes` of a program; built only where proofs are kept.
  template <typename Boxes>
  Proof proof_of(const Suffix& suffix, Pruned by, Boxes boxes) const {
    if (!settings_.keep_proof) return nullptr;
    return std::make_shared<const SuffixProof>(SuffixProof{suffix, by, boxes()});
  }

  // The ends of the search tree, each once, none within another.
  void close_proof() {
    for (; !queue_.empty(); queue_.pop()) prune(*queue_.top());
    std::map<Suffix, Proof> leaves;
    for (const Proof& proof : ends_)
      if (proof) leaves.try_emplace(proof->suffix, proof);
    for (const auto& [suffix, proof] : leaves) {
      bool within = false;
      for (std::size_t skip = 1; skip < suffix.size(); ++skip)
        within = within ||
                 leaves.contains(Suffix(suffix.begin() + static_cast<std::ptrdiff_t>(skip), suffix.end()));
      if (!within) result_.proof.leaves.push_back(*proof);
    }
  }

  // Some witness, so that a search without end still says how many papers are enough: each rival against the
  // winner when only these two stand, then the whole order of the count with the last two exchanged.
  void first_witness() {
    std::vector<Suffix> suffixes;
    for (const Candidate c : standing_)
      if (c != problem_.winner) suffixes.push_back({problem_.winner, c});
    Suffix order = order_of_the_count();
    std::swap(order[order.size() - 1], order[order.size() - 2]);
    suffixes.push_back(std::move(order));
    for (const Suffix& suffix : suffixes) {
      if (suffix.size() > 2 && found_) continue;
      try_witness(SuffixProgram(problem_, suffix, settings_.change ? Strict::everywhere : Strict::nowhere,
                                limit_, work_),
                  suffix, 0);
    }
  }

  // One order in which the candidates go out; among equals the one with the lower number first, which is as
  // good as any here. The winner is put last, whoever else could be.
  Suffix order_of_the_count() {
    Suffix order;
    std::vector<Candidate> left = standing_;
    while (left.size() > 1) {
      tally(left);
      Candidate out = left.front() == problem_.winner ? left.back() : left.front();
      for (const Candidate c : left)
        if (c != problem_.winner && tally_[c] < tally_[out]) out = c;
      order.push_back(out);
      std::erase(left, out);
    }
    order.push_back(left.front());
    return order;
  }

  std::unique_ptr<Node> pop() {
    // top() is const only to protect the order; the node is taken out at once.
    auto node = std::move(const_cast<std::unique_ptr<Node>&>(queue_.top()));
    queue_.pop();
    return node;
  }

  void put_back(std::unique_ptr<Node> node) {
    if (node->bound < limit_) {
      queue_.push(std::move(node));
    } else {
      prune(*node);
    }
  }

  void step() {
    std::unique_ptr<Node> node = pop();
    ++result_.suffixes;
    tally(node->suffix);
    if (node->done == Done::nothing) {
      if (const std::int64_t bound = outside_bound(); bound > node->bound) {
        node->bound = bound;
        node->proof = proof_of(node->suffix, Pruned::outside, no_boxes);
      }
      node->done = Done::outside;
      if (!is_least(*node)) return put_back(std::move(node));
    }
    if (node->suffix.size() > 1 && node->done != Done::witness) {  // one candidate: nothing to compare
      const SuffixProgram program(problem_, node->suffix,
                                  settings_.change ? Strict::winner_goes : Strict::nowhere, limit_, work_);
      if (node->done == Done::outside) {
        bound_by_program(program, *node);
        node->done = Done::program;
        if (!is_least(*node)) return put_back(std::move(node));
      }
      try_witnesses(program, *node);
      node->done = Done::witness;
      if (!is_least(*node)) return put_back(std::move(node));
    }
    if (node->suffix.size() == standing_.size()) {
      // A whole order that no further candidate can refine: what is left open stays open.
      stuck_ = std::min(stuck_, node->bound);
      prune(*node);
      return;
    }
    expand(*node);
  }

  static std::vector<Division> no_boxes() { return {}; }

  // One pass over the papers: who counts for whom when only the suffix stands, and, for each candidate x
  // outside, how many papers of each member x would take if it stood too.
  void tally(const Suffix& suffix) {
    inside_.assign(profile_.candidates, 0);
    for (const Candidate c : suffix) inside_[c] = 1;
    tally_.assign(profile_.candidates, 0);
    taken_.assign(profile_.candidates, std::vector<std::int64_t>(profile_.candidates, 0));
    gained_.assign(profile_.candidates, 0);
    for (std::size_t kind = 0; kind < profile_.kinds(); ++kind) {
      const auto preferences = profile_.preferences(kind);
      std::size_t at = 0;
      while (at < preferences.size() && !inside_[preferences[at]]) ++at;
      work_ += static_cast<std::int64_t>(at + 1);
      const std::int64_t count = profile_.counts[kind];
      if (at < preferences.size()) tally_[preferences[at]] += count;
      for (std::size_t i = 0; i < at; ++i) {
        gained_[preferences[i]] += count;
        if (at < preferences.size()) taken_[preferences[i]][preferences[at]] += count;
      }
    }
  }

  std::int64_t delta_for(Candidate out) const { return settings_.change && out == problem_.winner ? 1 : 0; }

  std::int64_t outside_bound() {
    std::int64_t bound = 0;
    for (const Candidate x : standing_) {
      if (inside_[x]) continue;
      others_.clear();
      for (const Candidate c : standing_)
        if (inside_[c]) others_.push_back(tally_[c] - taken_[x][c]);
      bound = std::max(bound, least_to_pass(problem_.means, first_[x], delta_for(x), others_));
    }
    return bound;
  }

  void expand(const Node& node) {
    for (const Candidate x : standing_) {
      if (inside_[x]) continue;
      others_.clear();
      for (const Candidate c : standing_)
        if (inside_[c]) others_.push_back(tally_[c] - taken_[x][c]);
      const std::int64_t stage = least_to_pass(problem_.means, gained_[x], delta_for(x), others_);
      Suffix child = {x};
      child.insert(child.end(), node.suffix.begin(), node.suffix.end());
      // A child cannot need less than its parent: a bound that is only inherited is the parent's to prove.
      Proof proof = stage > node.bound ? proof_of(child, Pruned::stage, no_boxes) : node.proof;
      push(std::move(child), std::max(stage, node.bound), std::move(proof));
    }
  }

  // The dual bound of the suffix's program.
  void bound_by_program(const SuffixProgram& program, Node& node) {
    ++result_.programs;
    const ProgramSolution solution = solve(program.program(), static_cast<double>(limit_ - 1) + 0.001, work_);
    std::vector<std::int64_t> multipliers = rounded(solution.multipliers);
    const std::int64_t bound = certified_bound(program.program(), multipliers);
    if (bound <= node.bound) return;
    node.bound = bound;
    node.proof = proof_of(node.suffix, Pruned::program, [&] {
      return std::vector<Division>{{std::nullopt, program.named(multipliers)}};
    });
  }

  static std::vector<Division> named(const SuffixProgram& program, const std::vector<DivisionNode>& nodes) {
    std::vector<Division> boxes;
    for (const DivisionNode& node : nodes) {
      Division box;
      if (node.column) {
        box.split = Division::Split{program.column_name(*node.column), node.at, node.below, node.above};
      } else {
        box.rows = program.named(node.multipliers);
      }
      boxes.push_back(std::move(box));
    }
    return boxes;
  }

  bool is_least(const Node& node) const {
    return node.bound < limit_ && (queue_.empty() || node.bound <= queue_.top()->bound);
  }

  // Whole solutions of the programs of a node that is the least, as witnesses.
  void try_witnesses(const SuffixProgram& program, Node& node) {
    const std::int64_t proved = try_witness(program, node.suffix, node.bound);
    if (proved > node.bound) {
      node.bound = proved;
      node.proof = proof_of(node.suffix, Pruned::program, [&] { return named(program, division_); });
    }
    if (settings_.change && node.bound < limit_) {
      const SuffixProgram strict(problem_, node.suffix, Strict::everywhere, limit_, work_);
      try_witness(strict, node.suffix, node.bound);
    }
  }

  // One valid paper must be left. Where papers may come too, one that was taken away is left instead, and one
  // for the challenger put in: as many papers touched.
  bool leave_a_paper(SuffixProgram::Changed& changed, const Suffix& suffix) const {
    if (!changed.put_in.empty() ||
        std::any_of(changed.counts.begin(), changed.counts.end(), [](std::int64_t n) { return n > 0; }))
      return true;
    if (problem_.means != Means::mixed || problem_.most_added == 0) return false;
    changed.counts.front() = 1;
    changed.put_in.push_back({{suffix.back()}, 1});
    changed.put_groups.push_back(0);
    return true;
  }

  // Counts the best whole solution again and keeps it if it unseats the winner; the proved bound of whole
  // solutions.
  std::int64_t try_witness(const SuffixProgram& program, const Suffix& suffix, std::int64_t enough) {
    const IntegerSearch search = solve_in_integers(program.program(), limit_, enough, most_divisions, work_,
                                                   settings_.keep_proof ? &division_ : nullptr);
    result_.programs += search.programs;
    if (!search.best || search.best->cost >= limit_) return search.proved;
    SuffixProgram::Changed changed = program.apply(*search.best);
    if (!leave_a_paper(changed, suffix)) return search.proved;
    work_ += static_cast<std::int64_t>(profile_.flat.size());
    if (!unseats(profile_, changed.counts, changed.put_in, problem_.winner, settings_.change).value_or(false))
      return search.proved;
    limit_ = search.best->cost;
    found_ = true;
    result_.witness = std::move(changed);
    return search.proved;
  }

  const SuffixProblem problem_;
  const Profile& profile_;
  const SearchSettings settings_;
  const Clock::time_point started_;
  std::vector<Candidate> standing_;
  std::vector<std::int64_t> first_;
  std::int64_t limit_ = 0;  // papers of the best witness, or the widest limit
  bool found_ = false;
  std::int64_t stuck_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t work_ = 0;
  std::uint64_t pushed_ = 0;
  std::priority_queue<std::unique_ptr<Node>, std::vector<std::unique_ptr<Node>>, LaterFirst> queue_;
  SearchResult result_;
  std::vector<Proof> ends_;             // of the search tree, where proofs are kept
  std::vector<DivisionNode> division_;  // of the program divided last
  // Of the suffix looked at:
  std::vector<char> inside_;
  std::vector<std::int64_t> tally_, gained_, others_;
  std::vector<std::vector<std::int64_t>> taken_;  // [outside][inside]
};

}  // namespace

SearchResult search_irv(const SuffixProblem& problem, const SearchSettings& settings) {
  return IrvSearch(problem, settings).run();
}

}  // namespace scrutineer::contest
