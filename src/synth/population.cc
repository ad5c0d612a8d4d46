#include "synth/population.h"

#include <array>
#include <utility>

namespace scrutineer::synth {
namespace {

constexpr std::uint64_t ring_size = 8;
constexpr std::uint64_t patterns_a_town = dwellings_a_town / dwellings_a_segment / pattern_length;
static_assert(patterns_a_town * pattern_length * dwellings_a_segment == dwellings_a_town);
static_assert(patterns_a_town * dwellings_a_segment % ring_size == 0, "every ring is full");

// Share of households that leave the area, and that move within it, in half a year.
struct Mobility {
  double leave, move;
};
constexpr std::array<Mobility, dwelling_kinds> mobility = {{
    {.022, .014},
    {.040, .022},
    {.055, .028},
    {.018, .010},
    {.085, .040},
    {.05, .03},
    {.10, .0},
}};
constexpr double student_autumn = .38;  // leave between June and December

std::uint64_t units_in_domain(DwellingKind kind) {
  return patterns_a_town * segments_of_kind(kind) * dwellings_a_segment * units_of(kind);
}

std::uint64_t index_in_domain(Unit unit, DwellingKind kind) {
  const std::uint64_t dwelling = dwelling_of(unit);
  const std::uint64_t segment = dwelling / dwellings_a_segment;
  const std::uint64_t pattern = segment % (patterns_a_town * pattern_length) / pattern_length;
  const std::uint64_t row = pattern * segments_of_kind(kind) + rank_in_pattern(segment);
  return (row * dwellings_a_segment + dwelling % dwellings_a_segment) * units_of(kind) + unit % 8;
}

}  // namespace

Population::Population(std::uint64_t seed, unsigned snapshots)
    : seed_(seed), epochs_(snapshots + epochs_before) {
  for (unsigned epoch = 0; epoch < epochs_; ++epoch) {
    dates_.push_back(newest_snapshot.plus_months(-6 * static_cast<int>(newest() - epoch)));
    oldest_attainers_.push_back(dates_.back().plus_months(-16 * 12));
  }
}

unsigned Population::epoch_on(Date day) const {
  unsigned epoch = newest();
  while (epoch > 0 && date(epoch) > day) --epoch;
  return epoch;
}

Permutation Population::permutation(Unit unit) const {
  const DwellingKind kind = kind_of(dwelling_of(unit));
  const std::uint64_t town = dwelling_of(unit) / dwellings_a_town;
  return {key_of(seed_, Stream::permutation, town, static_cast<std::uint64_t>(kind)), units_in_domain(kind)};
}

Population::Ring Population::ring_of(Unit unit) const {
  const DwellingKind kind = kind_of(dwelling_of(unit));
  const std::uint64_t town = dwelling_of(unit) / dwellings_a_town;
  return {town * dwelling_kinds + static_cast<std::uint64_t>(kind),
          permutation(unit).forward(index_in_domain(unit, kind))};
}

Unit Population::unit_at(Unit like, std::uint64_t position) const {
  const DwellingKind kind = kind_of(dwelling_of(like));
  const std::uint64_t town = dwelling_of(like) / dwellings_a_town;
  const std::uint64_t index = permutation(like).backward(position);
  const std::uint64_t row = index / units_of(kind) / dwellings_a_segment;
  const std::uint64_t segment =
      town * (dwellings_a_town / dwellings_a_segment) +
      segment_of_rank(kind, row / segments_of_kind(kind), row % segments_of_kind(kind));
  const std::uint64_t dwelling = segment * dwellings_a_segment + index / units_of(kind) % dwellings_a_segment;
  return dwelling * 8 + index % units_of(kind);
}

bool Population::chain_moves(const Ring& ring, DwellingKind kind, unsigned epoch) const {
  return Draw(seed_, Stream::chain, ring.domain, ring.position / ring_size, epoch)
      .chance(mobility[static_cast<std::size_t>(kind)].move);
}

bool Population::turns_over(Unit unit, unsigned epoch) const {
  const DwellingKind kind = kind_of(dwelling_of(unit));
  // June and December alternate back from the newest snapshot, which is one of June.
  const bool autumn = (newest() - epoch) % 2 == 1;
  const double rate = kind == DwellingKind::student && autumn
                          ? student_autumn
                          : mobility[static_cast<std::size_t>(kind)].leave;
  return Draw(seed_, Stream::turnover, unit, epoch).chance(rate);
}

Occupant Population::occupant(Unit unit, unsigned epoch) const {
  const DwellingKind kind = kind_of(dwelling_of(unit));
  std::optional<unsigned> arrived;
  Unit place = unit;
  Ring ring = ring_of(unit);
  for (unsigned back = epoch; back > 0; --back) {
    if (chain_moves(ring, kind, back)) {
      const std::uint64_t base = ring.position - ring.position % ring_size;
      ring.position = base + (ring.position + ring_size - 1) % ring_size;
      place = unit_at(place, ring.position);
      if (!arrived) arrived = back;
    } else if (turns_over(place, back)) {
      return {place * 256 + back, arrived.value_or(back)};
    }
  }
  return {place * 256, arrived.value_or(0)};
}

std::optional<Unit> Population::whereabouts(Household household, unsigned epoch) const {
  Unit place = household / 256;
  const DwellingKind kind = kind_of(dwelling_of(place));
  Ring ring = ring_of(place);
  for (auto next = static_cast<unsigned>(household % 256) + 1; next <= epoch; ++next) {
    if (chain_moves(ring, kind, next)) {
      const std::uint64_t base = ring.position - ring.position % ring_size;
      ring.position = base + (ring.position + 1) % ring_size;
      place = unit_at(place, ring.position);
    } else if (turns_over(place, next)) {
      return std::nullopt;
    }
  }
  return place;
}

void Population::people(Household household, std::vector<Person>& people) const {
  draw_household(seed_, household, kind_of(dwelling_of(household / 256)), date(household % 256), people);
}

Person Population::person(PersonKey key) const {
  std::vector<Person> household;
  people(household_of(key), household);
  return household.at(key % 16);
}

template <typename Found>
void Population::for_each_entry_of(Household household, unsigned since_arrival,
                                   std::optional<unsigned> since_left, unsigned epoch,
                                   const Found& found) const {
  // A household is asked for again at the next epoch: the last few drawn are kept, each thread its own.
  struct Kept {
    std::uint64_t seed = 0;
    unsigned epochs = 0;  // ages hang on it
    Household household = ~Household{0};
    std::vector<Person> residents;
  };
  thread_local std::array<Kept, 32> recent;
  Kept& kept = recent[mixed(household) % recent.size()];
  if (kept.seed != seed_ || kept.epochs != epochs_ || kept.household != household) {
    kept.seed = seed_;
    kept.epochs = epochs_;
    kept.household = household;
    people(household, kept.residents);
  }
  for (std::size_t index = 0; index < kept.residents.size(); ++index) {
    const Person& resident = kept.residents[index];
    if (!resident.registers || resident.lag > since_arrival) continue;
    if (since_left && *since_left >= resident.stale) continue;
    if (resident.birth > oldest_attainers_[epoch]) continue;
    found(household * 16 + index, resident);
  }
}

template <typename Found>
void Population::for_each_entry(std::uint64_t dwelling, unsigned epoch, const Found& found) const {
  constexpr unsigned settled = 255;  // there since before epoch 0: past any lag
  const unsigned units = units_of(kind_of(dwelling));
  for (unsigned room = 0; room < units; ++room) {
    const Unit unit = dwelling * 8 + room;
    const Occupant now = occupant(unit, epoch);
    for_each_entry_of(now.household, now.arrived == 0 ? settled : epoch - now.arrived, std::nullopt, epoch,
                      found);
    Occupant later = now;
    // Whoever left within the last two half-years may still be on it.
    for (unsigned back = 1; back <= 2 && back <= epoch; ++back) {
      if (later.arrived <= epoch - back) continue;  // nobody left between
      const Occupant before = occupant(unit, epoch - back);
      const unsigned here = before.arrived == 0 ? settled : later.arrived - 1 - before.arrived;
      for_each_entry_of(before.household, here, epoch - later.arrived, epoch, found);
      later = before;
    }
  }
}

void Population::entries(std::uint64_t dwelling, unsigned epoch, std::vector<Entry>& entries) const {
  entries.clear();
  for_each_entry(dwelling, epoch, [&](PersonKey key, const Person& person) {
    entries.push_back({key, person});
  });
}

void Population::entry_keys(std::uint64_t dwelling, unsigned epoch, std::vector<PersonKey>& keys) const {
  keys.clear();
  for_each_entry(dwelling, epoch, [&](PersonKey key, const Person&) { keys.push_back(key); });
}

}  // namespace scrutineer::synth
