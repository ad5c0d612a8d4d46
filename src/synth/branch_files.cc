#include "synth/branch_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "synth/output.h"

namespace scrutineer::synth {
namespace {

std::string csv_row(std::initializer_list<std::string_view> fields) {
  std::string row;
  for (const std::string_view field : fields) {
    row += csv_field(field);
    row += ',';
  }
  row.back() = '\n';
  return row;
}

std::string_view yes_no(bool value) {
  return value ? "yes" : "no";
}

}  // namespace

Result<std::uint64_t> write_members(std::span<const Member> members, const Geography& geography,
                                    const std::filesystem::path& file) {
  OutputFile output(file);
  output.write(
      "Membership No,Forename,Middle names,Surname,Date of birth,Address 1,Address 2,Town,Postcode,Joined,"
      "Account,Signed up by,Mobile,Email,Ward\n");
  for (const Member& member : members) {
    const WrittenAddress& address = member.address;
    output.write(csv_row({member.id, member.written.given, member.written.middle, member.written.family,
                          member.birth, address.line1, address.line2, address.town, address.postcode,
                          member.joined.iso(), member.payer, member.recruiter, member.phone, member.email,
                          geography.ward(member.dwelling)}));
  }
  SCRUTINEER_CHECK(output.close());
  return members.size();
}

Result<std::uint64_t> write_payments(std::span<const Member> members, std::uint64_t seed,
                                     const std::filesystem::path& file) {
  OutputFile output(file);
  output.write("id,payer,date,amount,method\n");
  std::uint64_t rows = 0;
  for (const Member& member : members) {
    Draw draw(seed, Stream::payment, member.person, static_cast<std::uint64_t>(member.joined.days()));
    const std::string_view amount = draw.chance(.3) ? "12.00" : "36.00";
    constexpr std::array<std::string_view, 3> methods = {"direct debit", "card", "standing order"};
    const std::string_view method = methods[draw.below(methods.size())];
    const auto delay = static_cast<std::int32_t>(draw.below(4));
    for (int year = 0; year < 10; ++year) {
      const Date paid = member.joined.plus_months(12 * year) + delay;
      if (paid >= newest_snapshot) break;
      output.write(csv_row({member.id, member.payer, paid.iso(), amount, method}));
      ++rows;
    }
  }
  SCRUTINEER_CHECK(output.close());
  return rows;
}

Result<std::uint64_t> write_joins(const Calendar& calendar, const std::filesystem::path& file) {
  OutputFile output(file);
  output.write("date,count\n");
  for (std::size_t day = 0; day < calendar.elsewhere().size(); ++day) {
    output.write(fmt::format("{},{}\n", (first_join + static_cast<std::int32_t>(day)).iso(),
                             calendar.elsewhere()[day]));
  }
  SCRUTINEER_CHECK(output.close());
  return calendar.elsewhere().size();
}

Result<std::uint64_t> write_marked(std::span<const Member> members, const Votes& votes,
                                   const std::filesystem::path& file) {
  OutputFile output(file);
  output.write("id,voted\n");
  std::uint64_t rows = 0;
  for (std::size_t index = 0; index < members.size(); ++index) {
    if (votes[index].empty()) continue;
    output.write(csv_row({members[index].id, "yes"}));
    ++rows;
  }
  SCRUTINEER_CHECK(output.close());
  return rows;
}

std::vector<Standing> standings(std::span<const Member> members, std::span<const Sighting> sightings,
                                const Population& population, unsigned snapshots) {
  std::multimap<PersonKey, const Sighting*> by_person;
  for (const Sighting& sighting : sightings) by_person.emplace(sighting.person, &sighting);
  std::vector<Standing> all(members.size());
  for (std::size_t index = 0; index < members.size(); ++index) {
    const Member& member = members[index];
    if (!member.key) continue;
    Standing& standing = all[index];
    const auto [first, last] = by_person.equal_range(*member.key);
    for (auto found = first; found != last; ++found) {
      const Sighting& sighting = *found->second;
      const bool here = address_of(sighting.dwelling) == address_of(member.dwelling);
      if (here) {  // sightings come by snapshot, so the newest is the last
        standing.ever_at_address = true;
        standing.ever_entry =
            fmt::format("{}:{}", snapshot_file(population, sighting.snapshot).substr(0, 7), sighting.number);
      }
      if (sighting.snapshot + 1 != snapshots || (standing.status == "at-address" && !here)) continue;
      standing.status = here ? "at-address" : "elsewhere";
      standing.entry = sighting.number;
    }
  }
  return all;
}

Result<std::uint64_t> write_truth(std::span<const Member> members, std::span<const Standing> standings,
                                  const Votes& votes, const std::filesystem::path& file) {
  OutputFile output(file);
  output.write(
      "id,person,register_status,ever_at_address,eligible,duplicate_of,planted,scattered,payer_planted,"
      "recruiter_role,household,class,voted_for,entry,ever_entry\n");
  for (std::size_t index = 0; index < members.size(); ++index) {
    const Member& member = members[index];
    const Standing& standing = standings[index];
    const std::string duplicate = member.duplicate_of ? members[*member.duplicate_of].id : std::string();
    output.write(csv_row({member.id, fmt::format("P{:x}", member.person), standing.status,
                          yes_no(standing.ever_at_address), yes_no(member.eligible()), duplicate,
                          yes_no(member.planted()), yes_no(member.wrong == Wrong::scattered),
                          yes_no(member.payer_planted),
                          member.lawful      ? "lawful"
                          : member.organised ? "organiser"
                                             : "",
                          fmt::format("H{}", address_of(member.dwelling)), to_string(member.kind),
                          votes[index], standing.entry, standing.ever_entry}));
  }
  SCRUTINEER_CHECK(output.close());
  return members.size();
}

}  // namespace scrutineer::synth
