// Who lives where, half-year by half-year. Nothing is stored: a household is known by the place and the
// half-year in which it began, and where it is at any time follows from events that are hashes of place and
// half-year:
//   turnover: the household leaves the area and another takes the place;
//   a chain: eight places of one kind in one town hand on their households in a ring, so that people move
//   within the borough and can be found elsewhere on the register.
// An event of a chain comes before a turnover of the same half-year. Epoch 0 is two half-years before the
// oldest snapshot, so that the oldest already holds names gone stale.
#ifndef SCRUTINEER_SYNTH_POPULATION_H_
#define SCRUTINEER_SYNTH_POPULATION_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "synth/geography.h"
#include "synth/people.h"

namespace scrutineer::synth {

using Unit = std::uint64_t;                           // dwelling * 8 + room
using Household = std::uint64_t;                      // unit * 256 + epoch in which it began there
using PersonKey = std::uint64_t;                      // household * 16 + place in it
inline constexpr Date newest_snapshot = Date(20605);  // 2026-06-01
inline constexpr unsigned epochs_before = 2;

constexpr std::uint64_t dwelling_of(Unit unit) {
  return unit / 8;
}
constexpr Household household_of(PersonKey person) {
  return person / 16;
}

struct Occupant {
  Household household = 0;
  unsigned arrived = 0;  // epoch; 0 also for those there before
};

// A name on the register at one dwelling.
struct Entry {
  PersonKey key = 0;
  Person person;
};

class Population {
 public:
  Population(std::uint64_t seed, unsigned snapshots);

  [[nodiscard]] unsigned epochs() const { return epochs_; }
  [[nodiscard]] unsigned newest() const { return epochs_ - 1; }
  [[nodiscard]] unsigned epoch_of_snapshot(unsigned snapshot) const { return snapshot + epochs_before; }
  [[nodiscard]] Date date(unsigned epoch) const { return dates_[epoch]; }
  // The last epoch that began by the day; 0 for days before all.
  [[nodiscard]] unsigned epoch_on(Date day) const;

  [[nodiscard]] Occupant occupant(Unit unit, unsigned epoch) const;
  // Where the household lives then; nothing once it has left the area.
  [[nodiscard]] std::optional<Unit> whereabouts(Household household, unsigned epoch) const;
  void people(Household household, std::vector<Person>& people) const;
  [[nodiscard]] Person person(PersonKey key) const;

  // The register's entries at a dwelling at an epoch of a snapshot: residents who register, after their lag,
  // and former residents whose names are stale. Attainers from 16.
  void entries(std::uint64_t dwelling, unsigned epoch, std::vector<Entry>& entries) const;
  // The same people by their keys alone.
  void entry_keys(std::uint64_t dwelling, unsigned epoch, std::vector<PersonKey>& keys) const;

 private:
  struct Ring {  // a unit's place among the units of its kind and town
    std::uint64_t domain;
    std::uint64_t position;
  };
  [[nodiscard]] Ring ring_of(Unit unit) const;
  [[nodiscard]] Unit unit_at(Unit like, std::uint64_t position) const;
  [[nodiscard]] Permutation permutation(Unit unit) const;
  [[nodiscard]] bool chain_moves(const Ring& ring, DwellingKind kind, unsigned epoch) const;
  [[nodiscard]] bool turns_over(Unit unit, unsigned epoch) const;
  // Calls found(key, person) for each entry of the dwelling.
  template <typename Found>
  void for_each_entry(std::uint64_t dwelling, unsigned epoch, const Found& found) const;
  template <typename Found>
  void for_each_entry_of(Household household, unsigned since_arrival, std::optional<unsigned> since_left,
                         unsigned epoch, const Found& found) const;

  std::uint64_t seed_;
  unsigned epochs_;
  std::vector<Date> dates_;             // of epochs
  std::vector<Date> oldest_attainers_;  // birth date of those who are 16 that day
};

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_POPULATION_H_
