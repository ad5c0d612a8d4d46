#include "linkage/edge_store.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr Weight class_width = weight_scale / 4;

}  // namespace

std::size_t EdgeStore::class_of(const Link& link) {
  return std::min(static_cast<std::size_t>((-1 - link.weight) / class_width), classes - 1);
}

void EdgeStore::expect(std::size_t edges) {
  edges_.reserve(edges);
}

void EdgeStore::settle() {
  std::uint64_t doubtful = 0;
  for (std::size_t at = 0; at < kept_; ++at) {
    doubtful += pairs_[at];
    if (doubtful > most_doubtful_) kept_ = at;  // and no more than these from now on: counts only grow
  }
}

void EdgeStore::add(std::span<const Link> links) {
  for (const Link& link : links) {
    if (link.weight >= 0) continue;
    ++pairs_[class_of(link)];
    mass_[class_of(link)] += link.probability;
  }
  settle();
  const auto is_kept = [this](const Link& link) { return keeps(link); };
  if (edges_.size() + links.size() > edges_.capacity())
    std::erase_if(edges_, [&](const Link& link) { return !is_kept(link); });
  std::copy_if(links.begin(), links.end(), std::back_inserter(edges_), is_kept);
}

std::vector<Link> EdgeStore::take() {
  std::erase_if(edges_, [this](const Link& link) { return !keeps(link); });
  return std::exchange(edges_, {});
}

std::uint64_t EdgeStore::let_go() const {
  return std::accumulate(pairs_.begin() + static_cast<std::ptrdiff_t>(kept_), pairs_.end(), std::uint64_t{0});
}

double EdgeStore::let_go_mass() const {
  return std::accumulate(mass_.begin() + static_cast<std::ptrdiff_t>(kept_), mass_.end(), 0.0);
}

double EdgeStore::floor() const {
  return let_go() == 0 ? 0.0 : probability_of(-static_cast<Weight>(kept_) * class_width);
}

}  // namespace scrutineer::linkage
