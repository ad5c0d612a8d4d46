#include "linkage/block_rules.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/parallel.h"
#include "base/text.h"
#include "linkage/fixed_point.h"
#include "linkage/phonetics.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t most_parts = 6;
constexpr std::size_t chunk_rows = std::size_t{1} << 16;

struct NamedTransform {
  std::string_view name;
  Transform transform;
};
constexpr auto transforms = std::to_array<NamedTransform>({{"year", Transform::year},
                                                           {"month", Transform::month},
                                                           {"prefix", Transform::prefix},
                                                           {"soundex", Transform::soundex},
                                                           {"outward", Transform::outward}});

std::unexpected<Error> no_rule(std::string_view text, std::string_view part, std::span<const Field> fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return wrong_usage(
      "\"" + printable(part) + "\" of the blocking rule \"" + printable(text) + "\" is no part",
      "a field (" + join(names, ", ") + "), or year(), month(), prefixN(), soundex() or outward() of one");
}

// "prefix3(family)" into its transform, length and field.
bool parse_part(std::string_view text, std::span<const Field> fields, BlockPart& part) {
  std::string_view field = text;
  const std::size_t open = text.find('(');
  if (open != std::string_view::npos) {
    if (!text.ends_with(')')) return false;
    field = trimmed(text.substr(open + 1, text.size() - open - 2));
    std::string_view name = trimmed(text.substr(0, open));
    const std::size_t digits = std::min(name.find_first_of("0123456789"), name.size());
    const std::string_view number = name.substr(digits);
    name = name.substr(0, digits);
    const auto found = std::find_if(transforms.begin(), transforms.end(),
                                    [&](const NamedTransform& one) { return one.name == name; });
    if (found == transforms.end() || number.empty() == (found->transform == Transform::prefix)) return false;
    part.transform = found->transform;
    if (!number.empty()) {
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), part.length);
      if (error != std::errc() || end != number.data() + number.size() || part.length == 0) return false;
    }
  }
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (fields[at].name != field) continue;
    part.field = at;
    const bool date = part.transform == Transform::year || part.transform == Transform::month;
    return !date || fields[at].role == Role::date;
  }
  return false;
}

}  // namespace

Result<BlockRule> parse_block_rule(std::string_view text, std::span<const Field> fields) {
  BlockRule rule;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t plus = std::min(text.find('+', from), text.size());
    const std::string_view piece = trimmed(text.substr(from, plus - from));
    BlockPart part;
    if (!parse_part(piece, fields, part)) return no_rule(text, piece, fields);
    rule.parts.push_back(part);
    from = plus + 1;
  }
  if (rule.parts.size() > most_parts)
    return wrong_usage("a blocking rule has too many parts", "at most " + std::to_string(most_parts));
  return rule;
}

std::string to_string(const BlockRule& rule, std::span<const FieldValues> values) {
  std::string text;
  for (const BlockPart& part : rule.parts) {
    if (!text.empty()) text += rule.unordered ? "&" : "+";
    const std::string& field = values[part.field].name;
    if (part.transform == Transform::whole) {
      text += field;
      continue;
    }
    const auto found = std::find_if(transforms.begin(), transforms.end(), [&](const NamedTransform& one) {
      return one.transform == part.transform;
    });
    text += found->name;
    if (part.transform == Transform::prefix) text += std::to_string(part.length);
    text += "(" + field + ")";
  }
  return text;
}

std::uint64_t part_of_value(const BlockPart& part, std::string_view value) {
  const auto hash = [](std::string_view text) { return text.empty() ? 0 : hash_bytes(text) | 1U; };
  switch (part.transform) {
    case Transform::whole:
      return hash(value);
    case Transform::year:
      return value.size() >= 4 ? hash(value.substr(0, 4)) : 0;
    case Transform::month:
      return value.size() >= 6 ? hash(value.substr(0, 6)) : 0;
    case Transform::prefix:
      return value.size() >= part.length ? hash(value.substr(0, part.length)) : 0;
    case Transform::soundex: {
      const std::uint32_t sound = soundex(value);
      return sound == 0 ? 0 : mixed(17, sound) | 1U;
    }
    case Transform::outward:
      return value.size() > 3 ? hash(value.substr(0, value.size() - 3)) : 0;
  }
  return 0;
}

std::vector<std::uint64_t> parts_by_code(const FieldValues& values, const BlockPart& part) {
  std::vector<std::uint64_t> hashes(values.distinct(), 0);
  for (std::uint32_t code = 1; code < hashes.size(); ++code)
    hashes[code] = part_of_value(part, values.pool[code]);
  return hashes;
}

std::vector<std::uint64_t> rule_keys(const Comparison& comparison, const BlockRule& rule, unsigned threads) {
  const std::size_t left_rows = comparison.left_rows();
  const std::size_t rows = left_rows + (comparison.same_table() ? 0 : comparison.right_rows());
  std::vector<std::vector<std::uint64_t>> hashes(rule.parts.size());
  parallel_for(threads, rule.parts.size(), [&](std::size_t at) {
    hashes[at] = parts_by_code(comparison.values()[rule.parts[at].field], rule.parts[at]);
  });
  std::vector<std::uint64_t> keys(rows);
  parallel_for(threads, (rows + chunk_rows - 1) / chunk_rows, [&](std::size_t chunk) {
    const std::size_t end = std::min(rows, (chunk + 1) * chunk_rows);
    for (std::size_t row = chunk * chunk_rows; row < end; ++row) {
      std::uint64_t key = 0x9E37U;
      bool told = true;
      for (std::size_t at = 0; at < rule.parts.size(); ++at) {
        const FieldValues& values = comparison.values()[rule.parts[at].field];
        const std::uint32_t code =
            row < left_rows ? values.left_code(row) : values.right_code(row - left_rows);
        const std::uint64_t hash = hashes[at][code];
        told = told && hash != 0;
        key = rule.unordered ? key + mixed(hash, 1) : mixed(key, hash);
      }
      keys[row] = told ? (mixed(key, 2) | 1U) : 0;
    }
  });
  return keys;
}

}  // namespace scrutineer::linkage
