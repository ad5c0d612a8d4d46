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

// What the linker is asked: the fields it compares and how.
struct Question {
  std::vector<Field> fields;
  linkage::LinkOptions options;
};

Question question_at_address(const rolls::StandardRoll& members, const rolls::StandardRoll& entries,
                             const linkage::Model& model, const RegisterLinkOptions& options) {
  Question question{name_fields(members, entries), {}};
  auto& [fields, link] = question;
  link.model = model;
  for (const auto& [name, left, right] :
       {std::tuple("unit", &members.unit_key, &entries.unit_key),
        std::tuple("building", &members.building_key, &entries.building_key)}) {
    if (!has_values(*left) || !has_values(*right)) continue;
    link.blocking_fields.push_back(fields.size());
    fields.push_back({name, Role::exact, left, right});
  }
  link.threads = options.threads;
  link.memory = options.memory;
  link.seed = options.seed;
  link.threshold = floor_probability;
  link.u_among_candidates = true;
  link.keep_per_left = candidates_kept;
  return question;
}

// The same unit or building, as their keys say: what the first model judges.
bool same_key(const rolls::StandardRoll& members, std::size_t member, const rolls::StandardRoll& entries,
              std::size_t entry) {
  return (!members.unit_key.is_missing(member) && members.unit_key[member] == entries.unit_key[entry]) ||
         (!members.building_key.is_missing(member) &&
          members.building_key[member] == entries.building_key[entry]);
}

// Of each member, the probability that none of the links found at the address holds.
std::vector<double> not_at_address(std::size_t members, const std::vector<linkage::Link>& near) {
  std::vector<double> open(members, 1.0);
  for (const linkage::Link& link : near) open[link.left] = std::max(0.0, open[link.left] - link.probability);
  return open;
}

Question question_anywhere(const rolls::StandardRoll& members, const rolls::StandardRoll& entries,
                           const linkage::Model& model, const RegisterLinkOptions& options) {
  Question question{name_fields(members, entries), {}};
  auto& [fields, link] = question;
  const std::size_t first_of_address = fields.size();
  add_if_both(fields, "flat", Role::number, members.flat, entries.flat);
  add_if_both(fields, "number", Role::number, members.number, entries.number);
  add_if_both(fields, "street", Role::text, members.street, entries.street);
  add_if_both(fields, "postcode", Role::code, members.postcode, entries.postcode);
  link.model = model;
  link.threads = options.threads;
  link.memory = options.memory;
  link.seed = options.seed;
  link.threshold = floor_probability;
  link.keep_per_left = candidates_kept;
  link.competing = true;
  link.movable_fields.resize(fields.size() - first_of_address);
  std::iota(link.movable_fields.begin(), link.movable_fields.end(), first_of_address);
  link.leave_out = [&members, &entries](std::uint32_t member, std::uint32_t entry) {
    return same_key(members, member, entries, entry);
  };
  return question;
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
    if (!judged_near && same_key(members, link.left, entries, link.right)) return;
    links[link.left].push_back(
        {link.right, snapshot.source(link.right), relation, link.weight, link.probability, judged_near});
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
    bool decided;
    double probability;
    AddressRelation relation;
    std::uint32_t member;
    std::uint32_t entry;
  };
  std::vector<Claim> claims;
  for (std::uint32_t member = 0; member < links.size(); ++member) {
    for (const EntryLink& link : links[member]) {
      claims.push_back({link.decided, link.probability, link.relation, member, link.entry});
    }
  }
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tuple(!a.decided, !at_address(a.relation), -a.probability, a.member, a.entry) <
           std::tuple(!b.decided, !at_address(b.relation), -b.probability, b.member, b.entry);
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

// What people decided: an entry that is not the member is kept at probability 0, so that it can still be
// looked at; one that is stands first, as good as certain, and what else the member might have been on this
// register is at most a doubt.
void apply_decided(std::vector<std::vector<EntryLink>>& links, const std::vector<DecidedLink>& decided,
                   const rolls::StandardRoll& members, const RegisterSnapshot& snapshot,
                   const rolls::StandardRoll& entries) {
  constexpr linkage::Weight decided_weight = 20 * linkage::weight_scale;
  for (const DecidedLink& decision : decided) {
    auto& of_member = links[decision.member];
    EntryLink link{decision.entry, snapshot.source(decision.entry),
                   address_relation(members, decision.member, entries, decision.entry), decided_weight,
                   1 - 0x1p-20};
    for (auto at = of_member.begin(); at != of_member.end(); ++at) {
      if (at->entry != decision.entry) continue;
      link.near = at->near;
      of_member.erase(at);
      break;
    }
    if (!decision.link) {
      link.weight = -decided_weight;
      link.probability = 0;
      of_member.push_back(link);
      continue;
    }
    link.decided = true;
    for (EntryLink& other : of_member) other.probability = std::min(other.probability, claimed_by_another);
    of_member.insert(of_member.begin(), link);
  }
}

// Explains links under the model that judged them.
Status explain_links(SnapshotLinks& result, const Question& near, const Question& anywhere,
                     const RegisterModels& models, std::size_t members, std::size_t entries) {
  constexpr std::size_t explain_all = 200'000;
  for (const bool is_near : {true, false}) {
    const linkage::Model& model = is_near ? models.at_address : models.anywhere;
    if (model.empty()) continue;
    std::vector<linkage::Link> pairs;
    std::vector<EntryLink*> explained;
    for (std::uint32_t member = 0; member < result.members.size(); ++member) {
      for (EntryLink& link : result.members[member]) {
        const bool wanted = members <= explain_all || link.probability < 0.95;
        if (!wanted || link.near != is_near) continue;
        pairs.push_back({member, link.entry, link.weight, link.probability});
        explained.push_back(&link);
      }
    }
    if (pairs.empty()) continue;
    const Question& question = is_near ? near : anywhere;
    SCRUTINEER_TRY(auto explanations,
                   linkage::explain_pairs(question.fields, members, entries, model, question.options, pairs));
    for (std::size_t at = 0; at < explanations.size(); ++at) {
      explained[at]->explanation = static_cast<std::uint32_t>(result.explanations.size());
      result.explanations.push_back(std::move(explanations[at]));
    }
  }
  return {};
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
  const Question near_question = question_at_address(members, entries, models.at_address, options);
  Question anywhere_question = question_anywhere(members, entries, models.anywhere, options);
  linkage::LinkResult near;
  if (!near_question.options.blocking_fields.empty()) {  // else there are no addresses on one side
    SCRUTINEER_TRY(near,
                   linkage::link(near_question.fields, members.rows, entries.rows, near_question.options));
  }
  anywhere_question.options.open = not_at_address(members.rows, near.links);
  SCRUTINEER_TRY(linkage::LinkResult anywhere, linkage::link(anywhere_question.fields, members.rows,
                                                             entries.rows, anywhere_question.options));
  result.members = merged(members, snapshot, entries, near.links, anywhere.links);
  apply_decided(result.members, options.decided, members, snapshot, entries);
  share_out(result.members, same_person);
  count_dwellings(members, snapshot, entries, result);
  if (models.at_address.empty()) models.at_address = std::move(near.model);
  if (models.anywhere.empty()) models.anywhere = std::move(anywhere.model);
  if (options.explain) {
    SCRUTINEER_CHECK(
        explain_links(result, near_question, anywhere_question, models, members.rows, entries.rows));
  }
  result.at_address = std::move(near.diagnostics);
  result.anywhere = std::move(anywhere.diagnostics);
  return result;
}

}  // namespace scrutineer::inquiry
