#include "inquiry/write_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "inquiry/review_queue.h"

namespace scrutineer::inquiry {
namespace {

using rolls::Column;
using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string raw_json(const rolls::Roll& roll, std::size_t row) {
  Json json = Json::object();
  for (const Column column : rolls::all_columns()) {
    const std::string_view cell = roll.text(column, row);
    if (!cell.empty()) json[std::string(rolls::to_string(column))] = std::string(cell);
  }
  for (const auto& [header, column] : roll.extra) {
    if (row < column.size() && !column.is_missing(row)) json[header] = std::string(column[row]);
  }
  return dumped(json);
}

std::string standard_json(const rolls::StandardRoll& roll, std::size_t row) {
  Json json = Json::object();
  const std::pair<const char*, const TextColumn*> columns[] = {
      {"given", &roll.given},       {"middle", &roll.middle},
      {"family", &roll.family},     {"birth_date", &roll.birth_date},
      {"sex", &roll.sex},           {"flat", &roll.flat},
      {"building", &roll.building}, {"number", &roll.number},
      {"street", &roll.street},     {"locality", &roll.locality},
      {"postcode", &roll.postcode}, {"phone", &roll.phone},
      {"email", &roll.email}};
  for (const auto& [name, column] : columns) {
    if (row < column->size() && !column->is_missing(row)) json[name] = std::string((*column)[row]);
  }
  return dumped(json);
}

store::EntryRow entry_of(const rolls::Roll& roll, const rolls::StandardRoll& standard, std::size_t row,
                         const signals::Exhibit& source) {
  return {source.roll,
          source.line,
          display_name(roll, row),
          display_address(roll, row),
          std::string(roll.text(Column::postcode, row)),
          raw_json(roll, row),
          standard_json(standard, row)};
}

std::string waterfall_json(const linkage::PairExplanation& explanation) {
  Json fields = Json::array();
  for (const linkage::FieldEvidence& field : explanation.fields) {
    fields.push_back({{"field", field.field},
                      {"level", field.level},
                      {"left", field.left},
                      {"right", field.right},
                      {"weight", field.weight}});
  }
  return dumped({{"prior", explanation.prior},
                 {"dependence", explanation.dependence},
                 {"total", explanation.total},
                 {"fields", fields}});
}

Status write_signals(store::CaseBuilder& builder, const Outcome& outcome) {
  for (const signals::SignalReport& report : outcome.signals) {
    SCRUTINEER_CHECK(builder.add(store::SignalRow{report.signal, report.key, report.title,
                                                  std::string(1, static_cast<char>(report.tier)),
                                                  report.null_model, report.tested, report.listed}));
  }
  return {};
}

// Entries are numbered as they are added: the members in their order first, then register entries as links
// name them.
Status write_members(store::CaseBuilder& builder, const Audit& audit) {
  const auto& roll = audit.material.sources.members;
  for (std::uint32_t row = 0; row < audit.evidence.members.size(); ++row) {
    const signals::Member& member = audit.evidence.members[row];
    SCRUTINEER_CHECK(builder.add(entry_of(roll.raw, roll.standard, row, member.row)));
    store::MemberDetailRow detail;
    detail.member = row;
    detail.entry = row;
    if (member.address != signals::none) detail.address = member.address;
    if (member.ward != signals::none) detail.ward = audit.evidence.wards[member.ward];
    detail.findings = audit.outcome.members[row].findings.size();
    SCRUTINEER_CHECK(builder.add(detail));
  }
  return {};
}

Status write_ties(store::CaseBuilder& builder, const signals::Evidence& evidence) {
  for (std::uint32_t row = 0; row < evidence.members.size(); ++row) {
    const signals::Member& member = evidence.members[row];
    const std::tuple<const char*, std::uint32_t, const std::vector<std::string>*> ties[] = {
        {"payer", member.payer, &evidence.payers},
        {"recruiter", member.recruiter, &evidence.recruiters},
        {"phone", member.phone, &evidence.phones},
        {"email", member.email, &evidence.emails}};
    for (const auto& [kind, code, keys] : ties) {
      if (code != signals::none) SCRUTINEER_CHECK(builder.add(store::TieRow{kind, (*keys)[code], row}));
    }
  }
  for (const signals::Payment& payment : evidence.payments) {
    if (payment.member != signals::none && payment.payer != signals::none)
      SCRUTINEER_CHECK(builder.add(store::TieRow{"payer", evidence.payers[payment.payer], payment.member}));
  }
  return {};
}

Status write_events(store::CaseBuilder& builder, const signals::Evidence& evidence) {
  std::vector<std::vector<store::MemberEventRow>> events(evidence.members.size());
  for (std::uint32_t row = 0; row < evidence.members.size(); ++row) {
    const signals::Member& member = evidence.members[row];
    const std::tuple<const char*, const char*, std::optional<Date>> days[] = {
        {"signed", "signed the form", member.signed_on},
        {"joined", "joined", member.joined},
        {"keyed", "entered into the records", member.keyed},
        {"registered", "the linked register entry was added", member.registered_on},
        {"left", "left", member.left}};
    for (const auto& [kind, text, day] : days) {
      if (day) events[row].push_back({row, 0, day->iso(), kind, text, member.row.roll, member.row.line, {}});
    }
    if (member.outcome) {
      events[row].push_back({row,
                             0,
                             member.visited_on ? member.visited_on->iso() : "",
                             "visit",
                             std::string(signals::to_string(*member.outcome)),
                             member.visit.roll,
                             member.visit.line,
                             {}});
    }
  }
  for (const signals::Payment& payment : evidence.payments) {
    if (payment.member == signals::none) continue;
    events[payment.member].push_back({payment.member, 0, payment.paid_on ? payment.paid_on->iso() : "",
                                      "payment", payment.method, payment.row.roll, payment.row.line,
                                      payment.amount_pence});
  }
  for (auto& of_member : events) {
    std::stable_sort(of_member.begin(), of_member.end(),
                     [](const auto& a, const auto& b) { return a.day < b.day; });
    for (std::size_t position = 0; position < of_member.size(); ++position) {
      of_member[position].position = position;
      SCRUTINEER_CHECK(builder.add(of_member[position]));
    }
  }
  return {};
}

// The days of the snapshots, oldest first, and for each the bit under which the material keeps it.
std::vector<std::size_t> bits_oldest_first(const ReviewMaterial& material) {
  std::vector<std::size_t> bits(material.dates.size());
  for (std::size_t bit = 0; bit < bits.size(); ++bit) bits[bit] = bit;
  std::stable_sort(bits.begin(), bits.end(),
                   [&](std::size_t a, std::size_t b) { return material.dates[a] < material.dates[b]; });
  return bits;
}

Status write_addresses(store::CaseBuilder& builder, const Audit& audit) {
  const auto& members = audit.evidence.members;
  std::vector<std::uint32_t> first_member(audit.evidence.addresses.size(), signals::none);
  for (std::uint32_t row = 0; row < members.size(); ++row) {
    if (members[row].address != signals::none && first_member[members[row].address] == signals::none)
      first_member[members[row].address] = row;
  }
  const std::vector<std::size_t> bits = bits_oldest_first(audit.material);
  const rolls::Roll& roll = audit.material.sources.members.raw;
  for (std::uint64_t number = 0; number < audit.evidence.addresses.size(); ++number) {
    const signals::Address& address = audit.evidence.addresses[number];
    store::AddressRow row{address.key,
                          "",
                          "",
                          address.electors,
                          address.electors_ever_max,
                          address.members,
                          address.building_units,
                          address.flat_missing};
    if (first_member[number] != signals::none) {
      row.label = display_address(roll, first_member[number]);
      row.postcode = std::string(roll.text(Column::postcode, first_member[number]));
    }
    SCRUTINEER_CHECK(builder.add(row));
    const auto occupants = audit.material.occupants.find(address.key);
    if (occupants == audit.material.occupants.end()) continue;
    std::uint64_t position = 0;
    for (const auto& [name, occupant] : occupants->second) {
      std::string present;
      for (const std::size_t bit : bits) present += (occupant.present >> bit) & 1U ? '1' : '0';
      SCRUTINEER_CHECK(builder.add(store::AddressPersonRow{number, position++, name, occupant.source.roll,
                                                           occupant.source.line, present}));
    }
  }
  return {};
}

Status write_candidates(store::CaseBuilder& builder, const Audit& audit) {
  static const char* const relations[] = {"same-dwelling", "same-building", "other-flat", "other-address",
                                          "not-told"};
  if (audit.snapshots.empty()) return {};
  const auto newest =
      std::find_if(audit.snapshots.begin(), audit.snapshots.end(), [&](const SnapshotLinks& links) {
        return links.roll == audit.material.newest.name && links.as_of == audit.material.newest.date;
      });
  if (newest == audit.snapshots.end()) return {};
  std::map<signals::Exhibit, std::uint64_t> number_of_entry;
  std::uint64_t next = audit.evidence.members.size();
  for (std::uint32_t member = 0; member < newest->members.size(); ++member) {
    for (const EntryLink& link : newest->members[member]) {
      const auto [entry, added] = number_of_entry.emplace(link.source, next);
      if (added) {
        ++next;
        SCRUTINEER_CHECK(builder.add(
            entry_of(audit.material.newest.roll, audit.material.newest_standard, link.entry, link.source)));
      }
      store::CandidateRow row{member,
                              entry->second,
                              link.weight,
                              link.probability,
                              relations[static_cast<std::size_t>(link.relation)],
                              ""};
      if (link.explanation != EntryLink::unexplained)
        row.waterfall = waterfall_json(newest->explanations[link.explanation]);
      SCRUTINEER_CHECK(builder.add(row));
    }
  }
  return {};
}

Status write_pairs(store::CaseBuilder& builder, const Duplicates& duplicates) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> coincidences;
  for (const signals::DuplicatePair& pair : duplicates.pairs)
    coincidences[{pair.first, pair.second}] = pair.expected_coincidences;
  for (std::size_t at = 0; at < duplicates.candidates.size(); ++at) {
    const linkage::Link& link = duplicates.candidates[at];
    const auto expected = coincidences.find({link.left, link.right});
    store::PairRow row{link.left,
                       link.right,
                       link.weight,
                       link.probability,
                       expected == coincidences.end() ? 0 : expected->second,
                       ""};
    if (at < duplicates.explanations.size()) row.waterfall = waterfall_json(duplicates.explanations[at]);
    SCRUTINEER_CHECK(builder.add(row));
  }
  return {};
}

Status write_effects(store::CaseBuilder& builder, const ReviewMaterial& material) {
  for (const DecisionEffect& effect : material.effects) {
    const std::string key = effect.kind == "pair" ? store::pair_key(effect.member, effect.other)
                                                  : store::link_key(effect.member, effect.roll, effect.line);
    SCRUTINEER_CHECK(builder.add(store::EffectRow{effect.decision, effect.kind, key, effect.text,
                                                  effect.entry_says, effect.status_before}));
  }
  return {};
}

}  // namespace

Status write_review(store::CaseBuilder& builder, const Audit& audit) {
  SCRUTINEER_CHECK(write_signals(builder, audit.outcome));
  SCRUTINEER_CHECK(write_members(builder, audit));
  SCRUTINEER_CHECK(write_ties(builder, audit.evidence));
  SCRUTINEER_CHECK(write_events(builder, audit.evidence));
  SCRUTINEER_CHECK(write_addresses(builder, audit));
  SCRUTINEER_CHECK(write_candidates(builder, audit));
  SCRUTINEER_CHECK(write_pairs(builder, audit.material.duplicates));
  SCRUTINEER_CHECK(write_effects(builder, audit.material));
  for (const store::QueueRow& row : review_queue(audit)) SCRUTINEER_CHECK(builder.add(row));
  return {};
}

}  // namespace scrutineer::inquiry
