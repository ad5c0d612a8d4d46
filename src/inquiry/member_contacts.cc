#include "inquiry/member_contacts.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/digest.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/sources.h"

namespace scrutineer::inquiry {
namespace {

using rolls::Column;

Result<std::string> single(store::CaseFile& file, const char* sql, const std::string& name) {
  SCRUTINEER_TRY(store::Statement rows, file.database().prepare(sql));
  rows.bind(name);
  SCRUTINEER_TRY(const bool found, rows.step());
  return found ? rows.text(0) : std::string();
}

void add_part(std::string& text, std::string_view part, std::string_view between) {
  if (part.empty()) return;
  if (!text.empty()) text += between;
  text += part;
}

canvass::Contact contact_of(const StandardisedRoll& roll, std::size_t row) {
  const rolls::Roll& raw = roll.raw;
  canvass::Contact contact;
  contact.id = raw.text(Column::id, row);
  contact.name = raw.text(Column::name, row);
  if (contact.name.empty()) {
    for (const Column part : {Column::title, Column::given, Column::middle, Column::family})
      add_part(contact.name, raw.text(part, row), " ");
  }
  std::string house;
  add_part(house, raw.text(Column::house_number, row), " ");
  add_part(house, raw.text(Column::street, row), " ");
  add_part(contact.address, raw.text(Column::address, row), ", ");
  add_part(contact.address, house, ", ");
  add_part(contact.address, raw.text(Column::locality, row), ", ");
  contact.postcode = raw.text(Column::postcode, row);
  contact.locality = roll.standard.locality[row];
  contact.street = roll.standard.street[row];
  contact.number = roll.standard.number[row];
  contact.flat = roll.standard.flat[row];
  return contact;
}

}  // namespace

Result<std::map<std::string, canvass::Contact, std::less<>>> member_contacts(
    store::CaseFile& file, const std::optional<std::filesystem::path>& inquiry) {
  SCRUTINEER_TRY(const std::string recorded,
                 single(file, "SELECT value FROM settings WHERE name = ?1", "inquiry.file"));
  const std::filesystem::path path = inquiry ? *inquiry : (file.folder() / recorded).lexically_normal();
  SCRUTINEER_TRY(const InquiryFile read, read_inquiry_file(path));
  const auto spec = std::find_if(read.rolls.begin(), read.rolls.end(), [](const rolls::RollSpec& one) {
    return one.kind == rolls::RollKind::members;
  });
  if (spec == read.rolls.end()) return refused("names no members roll", {.file = path.string()});
  SCRUTINEER_TRY(const std::string digest,
                 single(file, "SELECT sha256 FROM inputs WHERE role = 'roll' AND name = ?1", spec->name));
  SCRUTINEER_TRY(const std::string now, sha256_of_file(spec->file));
  if (now != digest)
    return refused("is not the file that the case was made from", {.file = spec->file.string()},
                   "the members roll with the SHA-256 " + digest);
  SCRUTINEER_TRY(const StandardisedRoll roll, read_standardised(*spec, {}));
  std::map<std::string, canvass::Contact, std::less<>> contacts;
  for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
    canvass::Contact contact = contact_of(roll, row);
    contacts.emplace(contact.id, std::move(contact));
  }
  SCRUTINEER_TRY(store::Statement households, file.database().prepare("SELECT id, household FROM members"));
  while (true) {
    SCRUTINEER_TRY(const bool more, households.step());
    if (!more) return contacts;
    if (const auto found = contacts.find(households.text(0)); found != contacts.end())
      found->second.household = households.text(1);
  }
}

}  // namespace scrutineer::inquiry
