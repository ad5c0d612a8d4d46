#include "inquiry/duplicates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "inquiry/duplicate_model.h"

namespace scrutineer::inquiry {
namespace {

using linkage::Field;
using linkage::Role;

// The chance that two entries drawn at random agree in a column, both having a value: the unbiased
// sum of squares of METHODS.md 1.2, and 0 where fewer than two have one.
double chance_agreement(const TextColumn& column) {
  double pairs = 0;
  double told = 0;
  const std::vector<std::uint32_t> counts = column.counts();
  for (std::size_t code = 1; code < counts.size(); ++code) {
    const double n = counts[code];
    told += n;
    pairs += n * (n - 1);
  }
  return told >= 2 ? pairs / (told * (told - 1)) : 0;
}

// Pairs of entries with equal names in the list itself.
double pairs_of_equal_names(const rolls::StandardRoll& members) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> bearers;
  for (std::size_t row = 0; row < members.rows; ++row) {
    if (members.given.is_missing(row) && members.family.is_missing(row)) continue;
    ++bearers[{members.given.code(row), members.family.code(row)}];
  }
  double pairs = 0;
  for (const auto& [name, n] : bearers) pairs += n * (n - 1) / 2;
  return pairs;
}

// How likely two bearers of one name agree as these two do: in birth date if both tell one, else in dwelling,
// else in postcode; 1 if they agree in nothing but the name.
double chance_of(const rolls::StandardRoll& members, std::uint32_t first, std::uint32_t second) {
  for (const TextColumn* column : {&members.birth_date, &members.unit_key, &members.postcode}) {
    if (!column->is_missing(first) && column->code(first) == column->code(second))
      return chance_agreement(*column);
  }
  return 1;
}

// The persons again where people decided about pairs: rows held together by decisions first, then by the
// linker's pairs from the likeliest down, unless that would join two that were told apart. Only rows of
// persons that a decision touches are looked at.
void apply_decided(std::vector<std::uint32_t>& person, const std::vector<linkage::Link>& pairs,
                   const std::vector<DecidedPair>& decided) {
  std::set<std::uint32_t> touched;
  for (const DecidedPair& pair : decided) touched.insert({person[pair.first], person[pair.second]});
  std::map<std::uint32_t, std::set<std::uint32_t>> group;  // smallest row -> rows
  std::map<std::uint32_t, std::uint32_t> group_of;
  for (std::uint32_t row = 0; row < person.size(); ++row) {
    if (!touched.contains(person[row])) continue;
    group[row] = {row};
    group_of[row] = row;
  }
  const auto apart = [&](std::uint32_t one, std::uint32_t other) {
    return std::any_of(decided.begin(), decided.end(), [&](const DecidedPair& pair) {
      if (pair.link) return false;
      const auto first = group_of.at(pair.first);
      const auto second = group_of.at(pair.second);
      return (first == one && second == other) || (first == other && second == one);
    });
  };
  const auto join = [&](std::uint32_t first, std::uint32_t second) {
    const auto one = std::min(group_of.at(first), group_of.at(second));
    const auto other = std::max(group_of.at(first), group_of.at(second));
    if (one == other || apart(one, other)) return;
    for (const std::uint32_t row : group[other]) group_of[row] = one;
    group[one].merge(group[other]);
    group.erase(other);
  };
  for (const DecidedPair& pair : decided) {
    if (pair.link) join(pair.first, pair.second);
  }
  std::vector<linkage::Link> within;
  for (const linkage::Link& link : pairs) {
    if (person[link.left] == person[link.right] && group_of.contains(link.left)) within.push_back(link);
  }
  std::sort(within.begin(), within.end(), [](const linkage::Link& a, const linkage::Link& b) {
    return std::tuple(-a.weight, a.left, a.right) < std::tuple(-b.weight, b.left, b.right);
  });
  for (const linkage::Link& link : within) join(link.left, link.right);
  for (const auto& [row, smallest] : group_of) person[row] = smallest;
}

}  // namespace

Result<Duplicates> find_duplicates(const rolls::StandardRoll& members, const DuplicateOptions& options) {
  std::vector<Field> fields;
  const auto add = [&](const char* name, Role role, const TextColumn& column) {
    if (column.distinct() > 1) fields.push_back({name, role, &column, &column});
  };
  add("given", Role::given_name, members.given);
  add("middle", Role::middle_name, members.middle);
  add("family", Role::family_name, members.family);
  add("birth_date", Role::date, members.birth_date);
  add("sex", Role::category, members.sex);
  // What a household shares but a person keeps only sometimes (street, postcode, phone, e-mail, payer) is
  // left out: it would speak for families.
  add("dwelling", Role::exact, members.unit_key);
  linkage::DedupeOptions dedupe;
  dedupe.threads = options.threads;
  dedupe.memory = options.memory;
  dedupe.seed = options.seed;
  // Twice: once to learn how often values agree by chance, once to score with the stated model.
  SCRUTINEER_TRY(const linkage::DedupeResult learned, linkage::dedupe(fields, members.rows, dedupe));
  if (!learned.model.empty()) dedupe.model = stated_duplicate_model(learned.model, members);
  SCRUTINEER_TRY(linkage::DedupeResult found, linkage::dedupe(fields, members.rows, dedupe));
  Duplicates duplicates;
  duplicates.person = std::move(found.person);
  duplicates.diagnostics = std::move(found.diagnostics);
  // A pair that people hold to be one person is listed as one, whatever the linker thought of it.
  for (const DecidedPair& pair : options.decided) {
    const auto same = [&](const linkage::Link& link) {
      return link.left == pair.first && link.right == pair.second;
    };
    std::erase_if(found.pairs, same);
    if (pair.link) found.pairs.push_back({pair.first, pair.second, 20 * linkage::weight_scale, 1 - 0x1p-20});
  }
  if (!options.decided.empty()) apply_decided(duplicates.person, found.pairs, options.decided);
  std::sort(found.pairs.begin(), found.pairs.end(), [](const linkage::Link& a, const linkage::Link& b) {
    return std::tuple(a.left, -a.weight, a.right) < std::tuple(b.left, -b.weight, b.right);
  });
  if (!found.pairs.empty() && !found.model.empty()) {
    SCRUTINEER_TRY(duplicates.explanations,
                   linkage::explain_pairs(fields, members.rows, members.rows, found.model, {}, found.pairs));
  }
  duplicates.candidates = found.pairs;
  const double equal_names = pairs_of_equal_names(members);
  double likeliest_chance = 0;
  for (const linkage::Link& link : found.pairs) {
    if (duplicates.person[link.left] != duplicates.person[link.right]) continue;
    const double chance = chance_of(members, link.left, link.right);
    likeliest_chance = std::max(likeliest_chance, chance);
    duplicates.pairs.push_back({link.left, link.right, link.probability, equal_names * chance});
  }
  duplicates.expected = equal_names * likeliest_chance;
  return duplicates;
}

}  // namespace scrutineer::inquiry
