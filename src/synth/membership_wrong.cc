// Members who should not be on the roll: the organiser's paper members, scattered wrong entries, and those
// who joined twice by mistake.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "synth/membership.h"

namespace scrutineer::synth {
namespace {

constexpr std::uint64_t invented_person = std::uint64_t{1} << 63;
constexpr std::uint64_t households_an_account = 12;  // fewer could not be told from a treasurer's

}  // namespace

// Somebody who was on no register at the address at any time, and who could not be taken for any who was.
Person Membership::invented(Draw& draw, std::uint64_t dwelling, std::string_view family,
                            Tradition tradition) {
  std::vector<PersonName> taken;
  std::vector<Person> residents;
  const std::uint64_t address = address_of(dwelling);
  for (std::uint64_t other = address; other < dwellings_ && address_of(other) == address; ++other) {
    for (unsigned room = 0; room < units_of(kind_of(other)); ++room) {
      for (unsigned epoch = 0; epoch < population_.epochs(); ++epoch) {
        population_.people(population_.occupant(other * 8 + room, epoch).household, residents);
        for (Person& resident : residents) taken.push_back(std::move(resident.name));
      }
    }
  }
  Person person;
  person.tradition = tradition;
  person.female = draw.chance(.5);
  person.birth = newest_snapshot + -static_cast<std::int32_t>(365 * 20 + draw.below(365 * 50));
  person.may_register = person.registers = false;
  for (int attempt = 0; attempt < 50; ++attempt) {
    person.name = draw_name(draw, tradition, person.female, family);
    const auto alike = [&](const PersonName& name) {
      return name.given == person.name.given || name.family == person.name.family ||
             name.given == person.name.family;
    };
    if (std::ranges::none_of(taken, alike)) break;
  }
  return person;
}

// 45 % are placed at host flats, some three to each; 22 % singly at addresses of strangers; 33 % are real
// residents who never joined.
Status Membership::add_planted(std::uint64_t wanted) {
  const std::size_t first_group = groups_.size();
  const std::uint64_t real = wanted / 3;
  const std::uint64_t away = wanted * 22 / 100;
  std::uint64_t hosted = wanted - real - away;
  Draw draw(options_.seed, Stream::planted);
  for (std::uint64_t index = 0; index < real; ++index)
    SCRUTINEER_CHECK(add_planted_group(draw, Wrong::planted_real, 1));
  for (std::uint64_t index = 0; index < away; ++index)
    SCRUTINEER_CHECK(add_planted_group(draw, Wrong::planted_away, 1));
  while (hosted > 0) {
    const std::uint64_t size = std::min<std::uint64_t>(hosted, 2 + draw.below(3));
    SCRUTINEER_CHECK(add_planted_group(draw, Wrong::planted_host, size));
    hosted -= size;
  }
  if (wanted > 0) link_planted(first_group);
  return {};
}

Status Membership::add_planted_group(Draw& draw, Wrong how, std::uint64_t size) {
  const Date joined = calendar_.planted_days()[draw.below(calendar_.planted_days().size())];
  const unsigned epoch = population_.epoch_on(joined);
  std::vector<Person> residents;
  for (int attempt = 0; attempt < 4000; ++attempt) {
    const std::uint64_t dwelling = draw.below(dwellings_);
    const DwellingKind kind = kind_of(dwelling);
    if (units_of(kind) > 1 || used_.contains(address_of(dwelling))) continue;
    if (how == Wrong::planted_host && kind != DwellingKind::block && kind != DwellingKind::converted)
      continue;
    const Household household = population_.occupant(dwelling * 8, epoch).household;
    population_.people(household, residents);
    if (residents.empty()) continue;
    Group group;
    if (how == Wrong::planted_real) {
      const std::size_t index = draw.below(residents.size());
      const bool stays = population_.whereabouts(household, population_.newest()) == dwelling * 8;
      if (!stays || !residents[index].registers || age_on(residents[index].birth, joined) < 18) continue;
      Draw own(options_.seed, Stream::member_name, household * 16 + index);
      Member member = written(own, residents[index], dwelling, joined);
      member.key = member.person = household * 16 + index;
      group.members.push_back(std::move(member));
    }
    while (group.members.size() < size) {
      Member member = written(draw, invented(draw, dwelling, "", draw_tradition(draw)), dwelling, joined);
      member.person = invented_person + ++serial_;
      group.members.push_back(std::move(member));
    }
    for (Member& member : group.members) member.wrong = how;
    used_.insert(address_of(dwelling));
    groups_.push_back(std::move(group));
    return {};
  }
  return wrong_usage(fmt::format("{} planted members do not fit into a borough of {} electors",
                                 options_.planted.value_or(options_.members / 20), options_.electors),
                     "more --electors or fewer --planted");
}

// One organiser; one to three accounts, of at least twelve households each where there are so many; now and
// then two telephones for all.
void Membership::link_planted(std::size_t first_group) {
  Draw draw(options_.seed, Stream::planted, 1);
  const std::uint64_t households = groups_.size() - first_group;
  const std::uint64_t accounts = std::clamp<std::uint64_t>(households / households_an_account, 1, 3);
  // Some pay for themselves, as far as the accounts keep their twelve households.
  std::uint64_t own =
      std::min(households / 8, households - std::min(households, accounts * households_an_account));
  std::vector<std::string> payers;
  for (std::uint64_t index = 0; index < accounts; ++index) payers.push_back(account());
  const bool shared_phones = draw.chance(.25);
  const std::string phones[2] = {phone(), phone()};
  for (std::size_t index = first_group; index < groups_.size(); ++index) {
    Group& group = groups_[index];
    const bool pays_itself = own > 0 && group.members.front().wrong == Wrong::planted_real;
    if (pays_itself) --own;
    const std::string household_account = pays_itself ? account() : payers[index % accounts];
    for (Member& member : group.members) {
      member.payer = household_account;
      member.payer_planted = !pays_itself;
      member.organised = draw.chance(.8);
      member.recruiter = member.organised ? organiser_code_ : draw.chance(.6) ? "web" : "head office";
      contact(draw, member, shared_phones ? phones[draw.below(2)] : phone());
    }
  }
}

// Each for itself: an own account, an ordinary recruiter or none, any day. Three in ten take their family
// with them.
void Membership::add_scattered(std::uint64_t wanted) {
  Draw draw(options_.seed, Stream::scattered);
  while (wanted > 0) {
    const std::uint64_t dwelling = draw.below(dwellings_);
    if (units_of(kind_of(dwelling)) > 1 || !used_.insert(address_of(dwelling)).second) continue;
    const std::uint64_t size = std::min<std::uint64_t>(wanted, draw.chance(.3) ? 2 + draw.below(2) : 1);
    const Tradition tradition = draw_tradition(draw);
    const std::string family = size > 1 ? draw_family_name(draw, tradition, false) : std::string();
    const Date joined = calendar_.honest_day(draw);
    const std::string payer = account();
    const std::string shared_phone = phone();
    std::string recruiter = draw.chance(.6) ? "web" : "head office";
    if (!draw.chance(.45)) recruiter = recruiter_codes_[draw.below(recruiter_codes_.size() - 2)];
    Group group;
    for (std::uint64_t index = 0; index < size; ++index) {
      Member member = written(draw, invented(draw, dwelling, family, tradition), dwelling, joined);
      member.person = invented_person + ++serial_;
      member.kind = size > 1 ? MemberClass::family : MemberClass::single;
      member.head = index == 0;
      member.wrong = Wrong::scattered;
      member.payer = payer;
      member.recruiter = recruiter;
      contact(draw, member, shared_phone);
      group.members.push_back(std::move(member));
    }
    wanted -= size;
    groups_.push_back(std::move(group));
  }
}

// The same person on a second form some months later, written anew.
void Membership::add_duplicates(std::uint64_t wanted) {
  Draw draw(options_.seed, Stream::identity);
  std::set<std::uint64_t> twice;
  for (int attempt = 0; wanted > 0 && attempt < 1'000'000; ++attempt) {
    Group& group = groups_[draw.below(groups_.size())];
    const Member first = group.members.front();
    if (first.wrong != Wrong::no || first.lawful || first.joined + 30 > join_deadline) continue;
    if (!twice.insert(first.person).second) continue;
    const auto room = static_cast<std::uint64_t>(join_deadline - first.joined);
    const Date joined = first.joined + static_cast<std::int32_t>(15 + draw.below(room - 14));
    Member second = written(draw, first.who, first.dwelling, joined);
    second.key = first.key;
    second.person = first.person;
    second.kind = first.kind;
    second.payer = first.payer;
    second.recruiter = "web";
    second.phone = first.phone;
    second.email = first.email;
    second.birth = first.birth.empty() ? second.birth : first.birth;
    second.duplicate_of = 0;  // the index is known after sorting
    group.members.push_back(std::move(second));
    --wanted;
  }
}

}  // namespace scrutineer::synth
