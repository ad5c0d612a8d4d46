// The members of the branch, honest and otherwise, and everything that is known about each: the row of the
// roll, the truth behind it, and the links of paying, recruiting and joining.
#ifndef SCRUTINEER_SYNTH_MEMBERSHIP_H_
#define SCRUTINEER_SYNTH_MEMBERSHIP_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "synth/calendar.h"
#include "synth/errors.h"
#include "synth/population.h"
#include "synth/synth.h"

namespace scrutineer::synth {

enum class MemberClass : std::uint8_t { single, family, hmo, student, care };
std::string_view to_string(MemberClass kind);

enum class Wrong : std::uint8_t {
  no,
  scattered,     // never lived there; nobody else's doing
  planted_host,  // by the organiser, at a flat whose residents lend the address
  planted_away,  // by the organiser, at an address of strangers
  planted_real,  // by the organiser, in the name of a resident who never joined
};

struct Member {
  std::string id;                // by join date
  std::optional<PersonKey> key;  // nothing for an invented person
  std::uint64_t person = 0;      // numbers people: equal for the two memberships of one person
  Person who;
  PersonName written;
  WrittenAddress address;
  std::uint64_t dwelling = 0;  // of the stated address
  Date joined;
  std::string payer, recruiter, phone, email, birth;
  MemberClass kind = MemberClass::single;
  Wrong wrong = Wrong::no;
  bool head = true;  // the first of a family's members
  bool deceased = false;
  bool payer_planted = false;
  bool lawful = false;                        // recruited by the lawful recruiter
  bool organised = false;                     // recruited by the organiser, honest or planted
  std::optional<std::uint64_t> duplicate_of;  // index of the earlier membership, after sorting

  [[nodiscard]] bool planted() const { return wrong >= Wrong::planted_host; }
  [[nodiscard]] bool eligible() const { return joined <= join_deadline; }
};

class Membership {
 public:
  Membership(const SynthOptions& options, const Population& population, const Geography& geography,
             std::uint64_t dwellings);

  // Members by join date, ids given. Refused as wrong usage if the borough is too small for them.
  Result<std::vector<Member>> draw();
  [[nodiscard]] const Calendar& calendar() const { return calendar_; }
  [[nodiscard]] const std::string& lawful_recruiter() const { return lawful_code_; }
  [[nodiscard]] const std::string& organiser() const { return organiser_code_; }

 private:
  struct Group {  // members of one household, or housemates
    std::vector<Member> members;
  };
  struct Numbers {
    std::uint64_t planted = 0, scattered = 0, duplicates = 0, lawful = 0, honest = 0;
  };
  [[nodiscard]] Numbers numbers() const;

  Status add_honest(std::uint64_t wanted, std::uint64_t lawful);
  std::optional<Group> honest_group(Draw& draw, MemberClass kind, std::uint64_t largest, Date joined);
  bool belongs(Draw& draw, const Person& person, Household household, Unit unit, Date joined) const;
  void add_member(Group& group, Draw& draw, PersonKey key, Person person, std::uint64_t dwelling, Date joined,
                  MemberClass kind);
  void move_some(Draw& draw, Group& group) const;
  void link_honest();
  void give_recruiters(std::vector<Group>& groups);
  void give_payers(std::vector<Group>& groups);
  Status add_planted(std::uint64_t wanted);
  Status add_planted_group(Draw& draw, Wrong how, std::uint64_t size);
  void link_planted(std::size_t first_group);
  void add_scattered(std::uint64_t wanted);
  void add_duplicates(std::uint64_t wanted);
  Person invented(Draw& draw, std::uint64_t dwelling, std::string_view family, Tradition tradition);
  Member written(Draw& draw, Person person, std::uint64_t dwelling, Date joined) const;
  void contact(Draw& draw, Member& member, const std::string& phone) const;
  std::string account();
  std::string phone();

  const SynthOptions& options_;
  const Population& population_;
  const Geography& geography_;
  std::uint64_t dwellings_;
  Calendar calendar_;
  std::vector<std::string> recruiter_codes_;
  std::string lawful_code_, organiser_code_;
  std::vector<Group> groups_;
  std::set<std::uint64_t> used_;  // addresses with members
  std::uint64_t serial_ = 0;      // numbers groups, accounts, phones, invented people
};

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_MEMBERSHIP_H_
