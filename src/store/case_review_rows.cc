// The rows of the review app, as an audit writes them.
#include "store/case_file.h"

namespace scrutineer::store {

Status CaseBuilder::add(const EntryRow& row) {
  return insert("INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", next_number_["entries"]++,
                row.roll, row.line, row.name, row.address, row.postcode, row.raw, row.standard);
}

Status CaseBuilder::add(const SignalRow& row) {
  return insert("INSERT INTO signals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", row.number, row.key, row.title,
                row.tier, row.null_model, row.tested, row.listed);
}

Status CaseBuilder::add(const MemberDetailRow& row) {
  return insert("INSERT INTO member_details VALUES (?1, ?2, ?3, ?4, ?5)", row.member, row.entry, row.address,
                row.ward, row.findings);
}

Status CaseBuilder::add(const MemberEventRow& row) {
  return insert("INSERT INTO member_events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", row.member, row.position,
                row.day, row.kind, row.text, row.roll, row.line, row.amount_pence);
}

Status CaseBuilder::add(const TieRow& row) {
  return insert("INSERT OR IGNORE INTO ties VALUES (?1, ?2, ?3)", row.kind, row.key, row.member);
}

Status CaseBuilder::add(const AddressRow& row) {
  return insert("INSERT INTO addresses VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                next_number_["addresses"]++, row.key, row.label, row.postcode, row.electors,
                row.electors_ever_max, row.members, row.building_units, row.flat_missing);
}

Status CaseBuilder::add(const AddressPersonRow& row) {
  return insert("INSERT INTO address_people VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row.address, row.position,
                row.name, row.roll, row.line, row.present);
}

Status CaseBuilder::add(const CandidateRow& row) {
  return insert("INSERT INTO candidates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", next_number_["candidates"]++,
                row.member, row.entry, row.weight, row.probability, row.relation, row.waterfall);
}

Status CaseBuilder::add(const PairRow& row) {
  return insert("INSERT INTO pairs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", next_number_["pairs"]++, row.first,
                row.second, row.weight, row.probability, row.expected_coincidences, row.waterfall);
}

Status CaseBuilder::add(const QueueRow& row) {
  const std::int64_t number = next_number_["queue"]++;
  SCRUTINEER_CHECK(
      insert("INSERT INTO queue VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)", number,
             row.kind, row.key, row.signal, row.tier, row.text, row.probability, row.weight, row.questions,
             row.narrowing, row.openness, row.expected_innocent, row.words, row.personal_words));
  for (const QueueMember& member : row.members) {
    SCRUTINEER_CHECK(insert("INSERT OR IGNORE INTO queue_members VALUES (?1, ?2, ?3)", number, member.member,
                            member.counts));
  }
  return {};
}

Status CaseBuilder::add(const EffectRow& row) {
  return insert("INSERT INTO effects VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", next_number_["effects"]++,
                row.decision, row.subject_kind, row.subject_key, row.text, row.entry_says, row.status_before);
}

}  // namespace scrutineer::store
