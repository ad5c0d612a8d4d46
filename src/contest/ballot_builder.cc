#include "contest/ballot_builder.h"

#include <algorithm>
#include <limits>

namespace scrutineer::contest {
namespace {

constexpr std::int64_t greatest_total = 9'000'000'000'000'000;  // below 2^53: doubles hold every whole vote
constexpr std::uint32_t most_decimals = 9;

std::uint64_t hash_of(std::span<const Candidate> flat, std::uint32_t group) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ group;
  for (const Candidate value : flat) {
    hash = (hash ^ value) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 29;
  }
  hash *= 0xBF58476D1CE4E5B9ULL;
  return hash ^ (hash >> 32);
}

}  // namespace

Result<Weight> parse_weight(std::string_view text) {
  Weight weight{0, 0};
  bool point = false;
  bool digits = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return refused("weight is not a number", {}, "a whole number or a decimal");
    digits = true;
    if (point && ++weight.decimals > most_decimals)
      return refused("weight has more than 9 decimals", {}, "at most 9 decimals");
    weight.units = weight.units * 10 + (c - '0');
    if (weight.units > greatest_total) return refused("weight is too great", {}, "at most 9000000000000000");
  }
  if (!digits) return refused("weight is not a number", {}, "a whole number or a decimal");
  while (weight.decimals > 0 && weight.units % 10 == 0) {
    weight.units /= 10;
    --weight.decimals;
  }
  if (weight.units == 0) weight.decimals = 0;
  return weight;
}

Status BallotBuilder::rescale(std::uint32_t decimals) {
  while (decimals_ < decimals) {
    if (total_ > greatest_total / 10) return refused("the weights together are too great to be exact");
    for (Kind& kind : kinds_) kind.count *= 10;
    total_ *= 10;
    ++decimals_;
  }
  return {};
}

void BallotBuilder::grow() {
  const std::size_t size = slots_.empty() ? 1024 : slots_.size() * 2;
  slots_.assign(size, Slot{0, 0});
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const Kind& kind = kinds_[i];
    const std::uint64_t hash = hash_of({pool_.data() + kind.begin, kind.length}, kind.group);
    std::size_t at = hash & (size - 1);
    while (slots_[at].kind != 0) at = (at + 1) & (size - 1);
    slots_[at] = {static_cast<std::uint32_t>(i + 1), static_cast<std::uint32_t>(hash >> 32)};
  }
}

BallotBuilder::Kind& BallotBuilder::kind_of(std::span<const Candidate> flat, std::uint32_t group) {
  if (kinds_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(flat, group);
  const std::uint32_t tag = static_cast<std::uint32_t>(hash >> 32);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].kind != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag != tag) continue;
    Kind& kind = kinds_[slots_[at].kind - 1];
    if (kind.group == group && kind.length == flat.size() &&
        std::equal(flat.begin(), flat.end(), pool_.begin() + static_cast<std::ptrdiff_t>(kind.begin)))
      return kind;
  }
  slots_[at] = {static_cast<std::uint32_t>(kinds_.size() + 1), tag};
  kinds_.push_back({pool_.size(), static_cast<std::uint32_t>(flat.size()), group, 0});
  pool_.insert(pool_.end(), flat.begin(), flat.end());
  return kinds_.back();
}

Status BallotBuilder::add(std::span<const Candidate> flat, Weight weight, std::uint32_t group) {
  if (weight.units == 0) return {};
  SCRUTINEER_CHECK(rescale(weight.decimals));
  std::int64_t units = weight.units;
  for (std::uint32_t d = weight.decimals; d < decimals_; ++d) {
    if (units > greatest_total / 10) return refused("the weights together are too great to be exact");
    units *= 10;
  }
  if (units > greatest_total - total_) return refused("the weights together are too great to be exact");
  // A rank end after another one (or at the start) is an empty rank; at the end of the paper it says nothing.
  std::size_t length = flat.size();
  while (length > 0 && flat[length - 1] == rank_end && (length == 1 || flat[length - 2] == rank_end))
    --length;
  kind_of(flat.first(length), group).count += units;
  total_ += units;
  return {};
}

std::uint32_t BallotBuilder::group_of(std::string_view name) {
  const auto [place, is_new] =
      group_numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(groups_.size()));
  if (is_new) groups_.emplace_back(name);
  return place->second;
}

void BallotBuilder::finish(Ballots& ballots) {
  ballots.weight_scale = 1;
  for (std::uint32_t d = 0; d < decimals_; ++d) ballots.weight_scale *= 10;
  if (!groups_.empty()) ballots.groups = std::move(groups_);
  ballots.ballots.clear();
  ballots.ballots.reserve(kinds_.size());
  for (const Kind& kind : kinds_) {
    Ballot& ballot = ballots.ballots.emplace_back();
    ballot.count = kind.count;
    ballot.group = kind.group;
    std::vector<Candidate> rank;
    for (std::size_t i = kind.begin; i < kind.begin + kind.length; ++i) {
      if (pool_[i] != rank_end) {
        rank.push_back(pool_[i]);
        continue;
      }
      ballot.ranks.push_back(std::move(rank));
      rank.clear();
    }
  }
  *this = BallotBuilder();
}

}  // namespace scrutineer::contest
