// Keeping the likelier of too many doubtful pairs.
#include "linkage/edge_store.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

std::vector<Link> random_links() {
  const auto weights = *rc::gen::container<std::vector<Weight>>(
      rc::gen::oneOf(rc::gen::inRange<Weight>(-7000, 4000), rc::gen::inRange<Weight>(-1100, 200)));
  std::vector<Link> links;
  for (const Weight weight : weights) {
    const auto row = static_cast<std::uint32_t>(links.size());
    links.push_back({row, row + 1, weight, probability_of(weight)});
  }
  return links;
}

RC_GTEST_PROP(EdgeStore, KeepsWholeClassesTheLikelierFirstInWhateverOrderTheyCome, ()) {
  std::vector<Link> links = random_links();
  const auto most = *rc::gen::inRange<std::uint64_t>(0, 40);
  const auto piece = *rc::gen::inRange<std::size_t>(1, 20);
  const auto stored = [&](const std::vector<Link>& in_order, EdgeStore& store) {
    store.expect(*rc::gen::inRange<std::size_t>(0, 60));
    for (std::size_t from = 0; from < in_order.size(); from += piece)
      store.add(std::span(in_order).subspan(from, std::min(piece, in_order.size() - from)));
    return store.take();
  };
  EdgeStore store(most);
  std::vector<Link> kept = stored(links, store);
  // The textbook: classes of a quarter of a bit below even odds, taken whole while they fit.
  const auto class_of = [](const Link& link) { return (-link.weight - 1) / 250; };
  const auto doubtful_up_to = [&](Weight last) {
    return static_cast<std::uint64_t>(std::count_if(links.begin(), links.end(), [&](const Link& link) {
      return link.weight < 0 && class_of(link) <= last;
    }));
  };
  std::vector<Link> expected;
  double mass = 0;
  for (const Link& link : links) {
    if (link.weight >= 0 || doubtful_up_to(class_of(link)) <= most) {
      expected.push_back(link);
    } else {
      mass += link.probability;
    }
  }
  const auto same = [](const Link& a, const Link& b) { return a.left == b.left && a.weight == b.weight; };
  RC_ASSERT(std::equal(kept.begin(), kept.end(), expected.begin(), expected.end(), same));
  RC_ASSERT(store.let_go() == links.size() - expected.size());
  RC_ASSERT(std::abs(store.let_go_mass() - mass) < 1e-9);
  for (const Link& link : kept) RC_ASSERT(link.probability >= store.floor() - 1e-12);

  std::reverse(links.begin(), links.end());
  EdgeStore turned(most);
  std::vector<Link> again = stored(links, turned);
  std::reverse(again.begin(), again.end());
  RC_ASSERT(std::equal(again.begin(), again.end(), kept.begin(), kept.end(), same));
}

}  // namespace
}  // namespace scrutineer::linkage
