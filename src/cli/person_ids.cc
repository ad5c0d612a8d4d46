#include "cli/person_ids.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "cli/judged_pairs.h"

namespace scrutineer::cli {
namespace {

using EarlierIds = std::unordered_map<std::string, std::string>;

Result<EarlierIds> read_earlier(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be read", {file});
  EarlierIds ids;
  std::string line;
  std::uint64_t number = 0;
  while (std::getline(stream, line)) {
    ++number;
    if (trimmed(line).empty()) continue;
    const std::vector<std::string> fields = csv_line(line);
    if (fields.size() != 2 || (number == 1 && fields[1] != "person_id"))
      return refused("not the result of an earlier run", {file, number, 0}, "id,person_id");
    if (number > 1) ids.emplace(fields[0], fields[1]);
  }
  return ids;
}

}  // namespace

Result<std::vector<std::string>> person_ids(const LinkageRoll& roll, std::span<const std::uint32_t> person,
                                            const std::string& earlier) {
  std::vector<std::string> ids(person.size());
  if (earlier.empty()) {
    for (std::size_t row = 0; row < person.size(); ++row) ids[row] = roll.ids.text(person[row]);
    return ids;
  }
  SCRUTINEER_TRY(const EarlierIds before, read_earlier(earlier));
  // Rows that a person and an earlier id have in common, and the first of them.
  struct Claim {
    std::uint64_t rows = 0;
    std::size_t first = 0;
  };
  std::map<std::pair<std::uint32_t, std::string>, Claim> shared;
  std::set<std::string> used;
  for (const auto& [id, person_id] : before) used.insert(person_id);
  for (std::size_t row = 0; row < person.size(); ++row) {
    const auto found = before.find(roll.ids.text(row));
    if (found == before.end()) continue;
    Claim& claim = shared[{person[row], found->second}];
    if (claim.rows++ == 0) claim.first = row;
  }
  std::vector<std::tuple<std::uint64_t, std::size_t, std::uint32_t, std::string>> claims;
  claims.reserve(shared.size());
  for (const auto& [key, claim] : shared) claims.emplace_back(claim.rows, claim.first, key.first, key.second);
  std::sort(claims.begin(), claims.end(), [](const auto& a, const auto& b) {
    if (std::get<0>(a) != std::get<0>(b)) return std::get<0>(a) > std::get<0>(b);
    return std::get<1>(a) < std::get<1>(b);
  });
  std::unordered_map<std::uint32_t, std::string> id_of_person;
  std::set<std::string> given;
  for (const auto& [rows, first, one, id] : claims) {
    if (id_of_person.contains(one) || given.contains(id)) continue;
    id_of_person.emplace(one, id);
    given.insert(id);
  }
  for (std::size_t row = 0; row < person.size(); ++row) {
    const auto [found, added] = id_of_person.try_emplace(person[row]);
    if (added) {
      // The first row's own id, unless someone is or was known by it.
      std::string id = roll.ids.text(person[row]);
      for (std::uint64_t number = 2; used.contains(id) || given.contains(id); ++number)
        id = roll.ids.text(person[row]) + "~" + std::to_string(number);
      given.insert(id);
      found->second = id;
    }
    ids[row] = found->second;
  }
  return ids;
}

}  // namespace scrutineer::cli
