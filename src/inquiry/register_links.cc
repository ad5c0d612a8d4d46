#include "inquiry/register_links.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace scrutineer::inquiry {
namespace {

using linkage::Field;
using linkage::Role;

// Below this probability a candidate is not worth keeping even as a doubt.
constexpr double floor_probability = 0.02;
constexpr std::size_t candidates_kept = 6;
// Probability left to a member whose candidate another member fits better: a doubt, neither way a statement.
constexpr double claimed_by_another = 0.4;

bool has_values(const TextColumn& column) {
  return std::any_of(column.codes().begin(), column.codes().end(),
                     [](std::uint32_t code) { return code != TextColumn::missing; });
}

void add_if_both(std::vector<Field>& fields, const char* name, Role role, const TextColumn& left,
                 const TextColumn& right) {
  if (has_values(left) && has_values(right)) fields.push_back({name, role, &left, &right});
}

std::vector<Field> name_fields(const rolls::StandardRoll& members, const rolls::StandardRoll& entries) {
  std::vector<Field> fields;
  add_if_both(fields, "given", Role::given_name, members.given, entries.given);
  add_if_both(fields, "middle", Role::middle_name, members.middle, entries.middle);
  add_if_both(fields, "family", Role::family_name, members.family, entries.family);
  add_if_both(fields, "sex", Role::category, members.sex, entries.sex);
  add_if_both(fields, "birth_date", Role::date, members.birth_date, entries.birth_date);
  return fields;
}

Result<linkage::LinkResult> link_at_address(const rolls::StandardRoll& members,
                                            const rolls::StandardRoll& entries, const linkage::Model& model,
                                            const RegisterLinkOptions& options) {
  std::vector<Field> fields = name_fields(members, entries);
  linkage::LinkOptions link;
  link.model = model;
  for (const auto& [name, left, right] :
       {std::tuple("unit", &members.unit_key, &entries.unit_key),
        std::tuple("building", &members.building_key, &entries.building_key)}) {
    if (!has_values(*left) || !has_values(*right)) continue;
    link.blocking_fields.push_back(fields.size());
    fields.push_back({name, Role::exact, left, right});
  }
  if (link.blocking_fields.empty()) return linkage::LinkResult{};  // no addresses on one side
  link.threads = options.threads;
  link.memory = options.memory;
  link.seed = options.seed;
  link.threshold = floor_probability;
  link.u_among_candidates = true;
  link.keep_per_left = candidates_kept;
  return linkage::link(fields, members.rows, entries.rows, link);
}

Result<linkage::LinkResult> link_anywhere(const rolls::StandardRoll& members,
                                          const rolls::StandardRoll& entries, const linkage::Model& model,
                                          const RegisterLinkOptions& options) {
  std::vector<Field> fields = name_fields(members, entries);
  add_if_both(fields, "flat", Role::number, members.flat, entries.flat);
  add_if_both(fields, "number", Role::number, members.number, entries.number);
  add_if_both(fields, "street", Role::text, members.street, entries.street);
  add_if_both(fields, "postcode", Role::code, members.postcode, entries.postcode);
  linkage::LinkOptions link;
  link.model = model;
  link.threads = options.threads;
  link.memory = options.memory;
  link.seed = options.seed;
  link.threshold = floor_probability;
  link.keep_per_left = candidates_kept;
  return linkage::link(fields, members.rows, entries.rows, link);
}

bool at_address(AddressRelation relation) {
  return relation == AddressRelation::same_dwelling || relation == AddressRelation::same_building;
}

// Merges the two models' candidates: what the first judged (the same building) is not judged again.
std::vector<std::vector<EntryLink>> merged(const rolls::StandardRoll& members,
                                           const RegisterSnapshot& snapshot,
                                           const rolls::StandardRoll& entries,
                                           const std::vector<linkage::Link>& near,
                                           const std::vector<linkage::Link>& anywhere) {
  std::vector<std::vector<EntryLink>> links(members.rows);
  const auto add = [&](const linkage::Link& link, bool judged_near) {
    const auto relation = address_relation(members, link.left, entries, link.right);
    const bool same_key = (!members.unit_key.is_missing(link.left) &&
                           members.unit_key[link.left] == entries.unit_key[link.right]) ||
                          (!members.building_key.is_missing(link.left) &&
                           members.building_key[link.left] == entries.building_key[link.right]);
    if (!judged_near && same_key) return;
    links[link.left].push_back(
        {link.right, snapshot.source(link.right), relation, link.weight, link.probability});
  };
  for (const linkage::Link& link : near) add(link, true);
  for (const linkage::Link& link : anywhere) add(link, false);
  for (auto& of_member : links) {
    std::sort(of_member.begin(), of_member.end(), [](const EntryLink& a, const EntryLink& b) {
      return std::tuple(!at_address(a.relation), -a.probability, a.relation, a.entry) <
             std::tuple(!at_address(b.relation), -b.probability, b.relation, b.entry);
    });
  }
  return links;
}

// Gives each entry to the one likeliest member. To the others it is at most a doubt: they may be that person
// listed twice, or a father and son of one name of whom the register holds one. Members held to be one person
// share it.
void share_out(std::vector<std::vector<EntryLink>>& links, const std::vector<std::uint32_t>& same_person) {
  struct Claim {
    double probability;
    AddressRelation relation;
    std::uint32_t member;
    std::uint32_t entry;
  };
  std::vector<Claim> claims;
  for (std::uint32_t member = 0; member < links.size(); ++member) {
    for (const EntryLink& link : links[member]) {
      claims.push_back({link.probability, link.relation, member, link.entry});
    }
  }
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tuple(!at_address(a.relation), -a.probability, a.member, a.entry) <
           std::tuple(!at_address(b.relation), -b.probability, b.member, b.entry);
  });
  std::unordered_map<std::uint32_t, std::uint32_t> person_of_entry;
  std::unordered_map<std::uint32_t, std::uint32_t> entry_of_person;
  for (const Claim& claim : claims) {
    if (claim.probability < 0.5) continue;
    const std::uint32_t person = same_person[claim.member];
    if (entry_of_person.contains(person)) continue;
    if (person_of_entry.emplace(claim.entry, person).second) entry_of_person.emplace(person, claim.entry);
  }
  for (std::uint32_t member = 0; member < links.size(); ++member) {
    for (EntryLink& link : links[member]) {
      const auto owner = person_of_entry.find(link.entry);
      if (owner == person_of_entry.end() || owner->second == same_person[member]) continue;
      link.probability = std::min(link.probability, claimed_by_another);
    }
  }
}

// Counts the register at the members' dwellings and buildings, and how full all dwellings are.
void count_dwellings(const rolls::StandardRoll& members, const RegisterSnapshot& snapshot,
                     const rolls::StandardRoll& entries, SnapshotLinks& result) {
  const std::vector<std::uint32_t> unit_electors = entries.unit_key.counts();
  for (std::size_t code = 1; code < unit_electors.size(); ++code) ++result.occupancy[unit_electors[code]];
  // Building of each unit, to count the units of a building.
  const std::vector<std::uint32_t> building_electors = entries.building_key.counts();
  std::vector<std::uint32_t> building_units(building_electors.size(), 0);
  std::vector<bool> seen(unit_electors.size(), false);
  for (std::size_t row = 0; row < entries.rows; ++row) {
    const std::uint32_t unit = entries.unit_key.code(row);
    if (unit == TextColumn::missing || seen[unit]) continue;
    seen[unit] = true;
    ++building_units[entries.building_key.code(row)];
  }
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> members_of_unit;
  result.electors_at_dwelling.assign(members.rows, 0);
  result.electors_at_building.assign(members.rows, 0);
  result.units_in_building.assign(members.rows, 0);
  result.dwelling_rows.resize(members.rows);
  for (std::uint32_t row = 0; row < members.rows; ++row) {
    if (!members.unit_key.is_missing(row)) {
      const std::uint32_t unit = entries.unit_key.pool().find(members.unit_key[row]);
      if (unit != StringPool::absent) {
        result.electors_at_dwelling[row] = unit_electors[unit];
        members_of_unit[unit].push_back(row);
      }
    }
    if (!members.building_key.is_missing(row)) {
      const std::uint32_t building = entries.building_key.pool().find(members.building_key[row]);
      if (building != StringPool::absent) {
        result.electors_at_building[row] = building_electors[building];
        result.units_in_building[row] = building_units[building];
      }
    }
  }
  for (std::size_t row = 0; row < entries.rows; ++row) {
    const auto found = members_of_unit.find(entries.unit_key.code(row));
    if (entries.unit_key.is_missing(row) || found == members_of_unit.end()) continue;
    for (const std::uint32_t member : found->second) {
      auto& rows = result.dwelling_rows[member];
      if (rows.size() < SnapshotLinks::rows_kept) rows.push_back(snapshot.source(row));
    }
  }
}

}  // namespace

Result<SnapshotLinks> link_to_register(const rolls::StandardRoll& members, const RegisterSnapshot& snapshot,
                                       const rolls::StandardRoll& entries,
                                       const std::vector<std::uint32_t>& same_person, RegisterModels& models,
                                       const RegisterLinkOptions& options) {
  SnapshotLinks result;
  result.as_of = snapshot.date;
  result.roll = snapshot.name;
  result.entries = entries.rows;
  SCRUTINEER_TRY(linkage::LinkResult near, link_at_address(members, entries, models.at_address, options));
  SCRUTINEER_TRY(linkage::LinkResult anywhere, link_anywhere(members, entries, models.anywhere, options));
  result.members = merged(members, snapshot, entries, near.links, anywhere.links);
  share_out(result.members, same_person);
  count_dwellings(members, snapshot, entries, result);
  if (models.at_address.empty()) models.at_address = std::move(near.model);
  if (models.anywhere.empty()) models.anywhere = std::move(anywhere.model);
  result.at_address = std::move(near.diagnostics);
  result.anywhere = std::move(anywhere.diagnostics);
  return result;
}

}  // namespace scrutineer::inquiry
