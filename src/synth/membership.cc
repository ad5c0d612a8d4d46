#include "synth/membership.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace scrutineer::synth {
namespace {

constexpr std::size_t ordinary_recruiters = 12;
constexpr double share_singles = .76, share_families = .20, share_hmo = .04;  // of members
constexpr double mean_family = 2.3, mean_hmo = 3.6;

}  // namespace

std::string_view to_string(MemberClass kind) {
  constexpr std::array<std::string_view, 5> names = {"single", "family", "hmo", "student", "care"};
  return names[static_cast<std::size_t>(kind)];
}

Membership::Membership(const SynthOptions& options, const Population& population, const Geography& geography,
                       std::uint64_t dwellings)
    : options_(options),
      population_(population),
      geography_(geography),
      dwellings_(dwellings),
      calendar_(options.seed) {
  // Codes in a random order, so that a number tells nothing about the part played.
  const Permutation order(key_of(options.seed, Stream::recruiter), ordinary_recruiters + 2);
  for (std::uint64_t code = 0; code < ordinary_recruiters + 2; ++code) {
    recruiter_codes_.push_back(fmt::format("R{:02}", order.forward(code) + 1));
  }
  lawful_code_ = recruiter_codes_[ordinary_recruiters];
  organiser_code_ = recruiter_codes_[ordinary_recruiters + 1];
}

Membership::Numbers Membership::numbers() const {
  Numbers numbers;
  const std::uint64_t total = options_.members;
  const std::uint64_t wrong = options_.planted.value_or(total / 20);
  if (options_.scenario == Scenario::organised) {
    numbers.planted = wrong;
    numbers.scattered = (total * 3 + 50) / 100;
  } else if (options_.scenario == Scenario::scattered) {
    numbers.scattered = wrong;
  }
  numbers.duplicates = (total * 4 + 500) / 1000;
  numbers.honest = total - numbers.planted - numbers.scattered - numbers.duplicates;
  numbers.lawful = std::min<std::uint64_t>(90, total * 3 / 40);
  return numbers;
}

Result<std::vector<Member>> Membership::draw() {
  const Numbers numbers = this->numbers();
  SCRUTINEER_CHECK(add_honest(numbers.honest, numbers.lawful));
  link_honest();
  SCRUTINEER_CHECK(add_planted(numbers.planted));
  add_scattered(numbers.scattered);
  add_duplicates(numbers.duplicates);
  std::vector<Member> members;
  for (Group& group : groups_) std::ranges::move(group.members, std::back_inserter(members));
  groups_.clear();
  // Ids are given in the order of joining; within a day in the order of the hash of who joined.
  std::ranges::sort(members, {}, [&](const Member& member) {
    return std::tuple(member.joined, key_of(options_.seed, Stream::identity, member.person),
                      member.duplicate_of);
  });
  for (std::size_t index = 0; index < members.size(); ++index) {
    members[index].id = fmt::format("M{:06}", index + 1);
    if (!members[index].duplicate_of) continue;
    const auto earlier = std::ranges::find(members, members[index].person, &Member::person);
    members[index].duplicate_of = static_cast<std::uint64_t>(earlier - members.begin());
  }
  return members;
}

Status Membership::add_honest(std::uint64_t wanted, std::uint64_t lawful) {
  std::uint64_t done = 0;
  std::uint64_t lawful_done = 0;
  constexpr std::array<double, 3> kinds = {share_singles, share_families / mean_family, share_hmo / mean_hmo};
  std::uint64_t failures = 0;
  while (done < wanted) {
    Draw draw(options_.seed, Stream::member, serial_++);
    const bool is_lawful = lawful_done < lawful;
    auto kind = static_cast<MemberClass>(draw.weighted(kinds));
    const std::uint64_t left = (is_lawful ? lawful - lawful_done : wanted - done);
    if (left < 2 || (kind == MemberClass::hmo && (is_lawful || left < 3))) kind = MemberClass::single;
    const Date joined = is_lawful ? calendar_.lawful_days()[draw.below(calendar_.lawful_days().size())]
                                  : calendar_.honest_day(draw);
    std::optional<Group> group = honest_group(draw, kind, left, joined);
    if (!group) {
      if (++failures > 1000) {
        return wrong_usage(fmt::format("{} members do not fit into a borough of {} electors",
                                       options_.members, options_.electors),
                           "--electors at least 10 times --members");
      }
      continue;
    }
    done += group->members.size();
    if (is_lawful) {
      lawful_done += group->members.size();
      for (Member& member : group->members) member.lawful = true;
    }
    groups_.push_back(std::move(*group));
  }
  return {};
}

// Members are settled and registered more often than their neighbours: some candidates are passed over.
bool Membership::belongs(Draw& draw, const Person& person, Household household, Unit unit,
                         Date joined) const {
  if (age_on(person.birth, joined) < 18) return false;
  const double registered = person.registers ? 1 : person.may_register ? .32 : .15;
  const bool stays = population_.whereabouts(household, population_.newest()) == unit;
  return draw.chance(registered * (stays ? 1 : .34));
}

std::optional<Membership::Group> Membership::honest_group(Draw& draw, MemberClass kind, std::uint64_t largest,
                                                          Date joined) {
  const unsigned epoch = population_.epoch_on(joined);
  std::vector<Person> residents;
  for (int attempt = 0; attempt < 400; ++attempt) {
    const std::uint64_t dwelling = draw.below(dwellings_);
    const unsigned units = units_of(kind_of(dwelling));
    const bool rooms = kind_of(dwelling) == DwellingKind::hmo || kind_of(dwelling) == DwellingKind::student;
    if (used_.contains(address_of(dwelling)) ||
        (kind == MemberClass::hmo) != (rooms && kind != MemberClass::single)) {
      continue;
    }
    if (kind == MemberClass::family && units > 1) continue;
    std::uint64_t size = 1;
    if (kind == MemberClass::family) size = draw.chance(.3) ? 3 : 2;
    if (kind == MemberClass::hmo) size = 3 + draw.below(4);
    size = std::min(size, largest);
    Group group;
    const unsigned first_room = kind == MemberClass::single ? static_cast<unsigned>(draw.below(units)) : 0;
    for (unsigned room = first_room; room < units && group.members.size() < size; ++room) {
      const Unit unit = dwelling * 8 + room;
      const Household household = population_.occupant(unit, epoch).household;
      population_.people(household, residents);
      const std::size_t start =
          kind == MemberClass::single && !residents.empty() ? draw.below(residents.size()) : 0;
      for (std::size_t index = start; index < residents.size() && group.members.size() < size; ++index) {
        if (!belongs(draw, residents[index], household, unit, joined)) continue;
        add_member(group, draw, household * 16 + index, residents[index], dwelling, joined, kind);
      }
      if (kind == MemberClass::single) break;
    }
    const std::size_t least = kind == MemberClass::single ? 1 : kind == MemberClass::family ? 2 : 3;
    if (group.members.size() < least) continue;
    used_.insert(address_of(dwelling));
    move_some(draw, group);
    return group;
  }
  return std::nullopt;
}

void Membership::add_member(Group& group, Draw& draw, PersonKey key, Person person, std::uint64_t dwelling,
                            Date joined, MemberClass kind) {
  Draw own(options_.seed, Stream::member_name, key);
  Member member = written(own, std::move(person), dwelling, joined);
  member.key = key;
  member.person = key;
  member.kind = kind;
  if (kind_of(dwelling) == DwellingKind::student) member.kind = MemberClass::student;
  if (kind_of(dwelling) == DwellingKind::care) member.kind = MemberClass::care;
  member.head = group.members.empty();
  // Housemates join on days of their own as often as together.
  if (kind == MemberClass::hmo && !member.head && draw.chance(.5)) {
    member.joined = std::min(join_deadline, joined + static_cast<std::int32_t>(draw.below(60)));
    if (joined > join_deadline) member.joined = joined;
  }
  member.deceased = draw.chance(.003);
  group.members.push_back(std::move(member));
}

// Some who moved within the borough have told the branch: the roll then holds the new address.
void Membership::move_some(Draw& draw, Group& group) const {
  if (!draw.chance(.25)) return;
  for (Member& member : group.members) {
    const auto now = population_.whereabouts(household_of(*member.key), population_.newest());
    if (!now || dwelling_of(*now) == member.dwelling || used_.contains(address_of(dwelling_of(*now))))
      continue;
    member.dwelling = dwelling_of(*now);
    Draw own(options_.seed, Stream::member_address, *member.key, 1);
    member.address = written_address(own, geography_.address(member.dwelling));
  }
}

Member Membership::written(Draw& draw, Person person, std::uint64_t dwelling, Date joined) const {
  Member member;
  member.dwelling = dwelling;
  member.joined = joined;
  member.written = miswritten(draw, person, member_errors);
  member.address = written_address(draw, geography_.address(dwelling));
  if (draw.chance(.6)) {  // a birth date is asked for and often left out; 5 % are placeholders
    member.birth = draw.chance(.05) ? fmt::format("{:04}-01-01", person.birth.year()) : person.birth.iso();
  }
  member.who = std::move(person);
  return member;
}

void Membership::contact(Draw& draw, Member& member, const std::string& phone) const {
  if (draw.chance(.85)) member.phone = phone;
  if (!draw.chance(.7)) return;
  std::string local = capitals(member.who.name.given + "." + member.who.name.family);
  std::erase_if(local, [](char byte) { return byte == ' ' || byte == '\''; });
  for (char& byte : local) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  member.email = fmt::format("{}{}@example.org", local, mixed(member.person ^ options_.seed) % 10'000);
}

std::string Membership::account() {
  return fmt::format("AC{:08}",
                     Permutation(key_of(options_.seed, Stream::payer), 100'000'000).forward(++serial_));
}

// 04 begins no telephone number in the United Kingdom, so nobody is rung up.
std::string Membership::phone() {
  const auto number = Permutation(key_of(options_.seed, Stream::payer, 1), 100'000'000).forward(++serial_);
  return fmt::format("040 {:04} {:04}", number / 10'000, number % 10'000);
}

void Membership::link_honest() {
  for (Group& group : groups_) {
    Draw draw(options_.seed, Stream::payment, group.members.front().person);
    const bool family = group.members.front().kind == MemberClass::family;
    std::string shared_account = account();
    std::string shared_phone = phone();
    for (Member& member : group.members) {
      if (!family && !member.head) {
        shared_account = account();
        shared_phone = phone();
      }
      member.payer = shared_account;
      contact(draw, member, shared_phone);
    }
  }
  give_recruiters(groups_);
  give_payers(groups_);
}

void Membership::give_recruiters(std::vector<Group>& groups) {
  std::array<double, ordinary_recruiters> sizes{};
  for (std::size_t rank = 0; rank < sizes.size(); ++rank) sizes[rank] = 1.0 / static_cast<double>(rank + 2);
  constexpr std::array<double, 3> nobody = {.6, .3, .1};
  constexpr std::array<std::string_view, 3> nobody_names = {"web", "head office", ""};
  // The organiser also signs up honest members, half as many as paper ones.
  std::uint64_t organiser_left = numbers().planted / 2;
  for (Group& group : groups) {
    Draw draw(options_.seed, Stream::recruiter, group.members.front().person);
    std::string recruiter;
    bool organised = false;
    if (group.members.front().lawful) {
      recruiter = lawful_code_;
    } else if (draw.chance(.45)) {
      recruiter = nobody_names[draw.weighted(nobody)];
    } else if (organiser_left >= group.members.size() && draw.chance(.12)) {
      recruiter = organiser_code_;
      organised = true;
      organiser_left -= group.members.size();
    } else {
      recruiter = recruiter_codes_[draw.weighted(sizes)];
    }
    for (Member& member : group.members) {
      member.recruiter = recruiter;
      member.organised = organised;
    }
  }
}

// Three treasurers' accounts of six households each, and carers who pay for two or three households; 5 % of
// members in all. Those of the lawful recruiter pay for themselves.
void Membership::give_payers(std::vector<Group>& groups) {
  std::uint64_t left = options_.members / 20;
  const std::uint64_t treasurers = std::max<std::uint64_t>(3, options_.members / 400);
  std::uint64_t opened = 0;
  std::uint64_t households = 0;  // still to be paid for by the account
  std::string shared;
  const Permutation order(key_of(options_.seed, Stream::payer, 2), std::max<std::size_t>(groups.size(), 1));
  for (std::size_t index = 0; index < groups.size() && left > 0; ++index) {
    Group& group = groups[order.forward(index)];
    if (group.members.front().lawful || group.members.size() > left) continue;
    if (households == 0) {
      shared = account();
      households = opened < treasurers ? 6 : 2 + opened % 2;
      ++opened;
    }
    for (Member& member : group.members) member.payer = shared;
    left -= group.members.size();
    --households;
  }
}

}  // namespace scrutineer::synth
