// The inquiry file and the note that all of it is invented.
#include <fmt/format.h>

#include "synth/branch_files.h"
#include "synth/output.h"

namespace scrutineer::synth {

Status write_inquiry(const SynthOptions& options, const Population& population,
                     const std::filesystem::path& file) {
  std::string text = fmt::format(
      "# A fictional inquiry, written by scrutineer synth. Nobody in it exists.\n"
      "[inquiry]\n"
      "title = \"Selection of a candidate, Northmere (invented)\"\n"
      "freeze_date = {}\n"
      "min_membership_days = {}\n"
      "seed = {}\n"
      "base_rate = {{ off_register = [0.09, 0.15], never_registered = [0.04, 0.10], collected_households = "
      "3, "
      "note = \"assumed for an inner-city branch: the model of this invented borough, where no treasurer or "
      "carer "
      "pays for more than six households\" }}\n\n",
      freeze_date.iso(), min_membership_days, options.seed & 0x7FFFFFFFFFFFFFFFULL);
  text += fmt::format(
      "[[roll]]\nname = \"members\"\nkind = \"members\"\nfile = \"members.csv\"\nas_of = {}\n"
      "columns = {{ id = \"Membership No\", given = \"Forename\", middle = \"Middle names\", family = "
      "\"Surname\", "
      "birth_date = \"Date of birth\", address = [\"Address 1\", \"Address 2\"], locality = \"Town\", "
      "postcode = \"Postcode\", joined = \"Joined\", payer = \"Account\", recruiter = \"Signed up by\", "
      "phone = \"Mobile\", email = \"Email\", ward = \"Ward\" }}\n\n",
      newest_snapshot.iso());
  for (unsigned snapshot = 0; snapshot < options.snapshots; ++snapshot) {
    const std::string name = snapshot_file(population, snapshot);
    // The only dates of a register are those on which attainers come of age, day first.
    text += fmt::format(
        "[[roll]]\nname = \"register-{}\"\nkind = \"register\"\nfile = \"register/{}\"\nas_of = {}\n"
        "date_format = \"dmy\"\n\n",
        name.substr(0, 7), name, population.date(population.epoch_of_snapshot(snapshot)).iso());
  }
  text += fmt::format(
      "[[roll]]\nname = \"payments\"\nkind = \"payments\"\nfile = \"payments.csv\"\nas_of = {}\n"
      "columns = {{ id = \"id\", payer = \"payer\", paid_on = \"date\", amount = \"amount\", method = "
      "\"method\" }}\n\n"
      "[[roll]]\nname = \"joins-elsewhere\"\nkind = \"joins\"\nfile = \"joins.csv\"\nas_of = {}\n"
      "columns = {{ date = \"date\", count = \"count\" }}\n\n"
      "[[roll]]\nname = \"doorstep\"\nkind = \"canvass\"\nfile = \"canvass.csv\"\nas_of = 2026-07-01\n"
      "columns = {{ id = \"id\", outcome = \"outcome\", visited_on = \"visited\", arm = \"arm\", "
      "visitor = \"visitor\", attempts = \"attempts\" }}\n\n"
      "[contest]\nballots = \"ballots.blt\"\nrule = \"irv\"\nmarked = \"marked-register.csv\"\n",
      newest_snapshot.iso(), newest_snapshot.iso());
  return write_file(file, text);
}

Status write_readme(const SynthOptions& options, const SynthSummary& summary,
                    const std::filesystem::path& file) {
  std::string text = fmt::format(
      "ALL OF THIS IS INVENTED. Every person, address, postcode, account and telephone number was put "
      "together at\n"
      "random by \"scrutineer synth\". A likeness to anyone living or dead is chance. Postcodes use areas "
      "that no\n"
      "post office serves, telephone numbers begin with digits that none has, e-mail addresses end in "
      "example.org.\n\n"
      "scenario {}, seed {}, {} electors asked for ({} in the newest snapshot), {} members\n\n",
      to_string(options.scenario), options.seed, options.electors, summary.electors, summary.members);
  for (const auto& [name, rows] : summary.files) text += fmt::format("{:<26} {} rows\n", name, rows);
  text += R"(
Audit it with:  scrutineer audit inquiry.toml
Then compare with truth.csv, which the audit does not read:
  register_status   what is truly in the newest snapshot about this person: at the address given, elsewhere,
                    or nowhere; `entry` is the number of that entry
  ever_at_address   the same over all snapshots; `ever_entry` names the newest
  eligible          joined by the freeze date less the days of membership asked for
  duplicate_of      the earlier membership of the same person
  planted           a paper member of the organiser (scenario organised)
  scattered         a wrong entry that nobody organised
  payer_planted     paid for by one of the organiser's accounts
  recruiter_role    signed up by the lawful recruiter, all of whose members are real and pay for themselves, or by
                    the organiser, who also signed up honest members
  household         equal for members at one address
  class, voted_for  single, family, hmo, student, care; first preference

How it was made: 76 % of honest members live alone or are the only member at home, 20 % are families who share an
account, a telephone, a recruiter and a day, 4 % shared houses. Some 45 % came without a recruiter, the rest through
twelve of unequal size. Treasurers and carers pay for 5 %, at most six households to an account. Members joined over
three years, 8 % at six stalls, 5 % in the last week before the deadline, 4 % after it. People move, register late,
stay on the register after they left, and are written differently on different lists.
)";
  return write_file(file, text);
}

}  // namespace scrutineer::synth
