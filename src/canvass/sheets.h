// What goes out of the door: walk sheets (one page a household), the leaflet, and the same doors as a CSV for
// phones.
//
// Sheets are blind: they hold who is to be asked for and where, never an arm, a signal, an e-value, which
// design it is, the order drawn or which doors are visited twice. They stand in the order of a walk: by
// locality and street, up the odd side and down the even one, flats in order.
#ifndef SCRUTINEER_CANVASS_SHEETS_H_
#define SCRUTINEER_CANVASS_SHEETS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "canvass/interview.h"

namespace scrutineer::canvass {

// A member as those who call need to know them.
struct Contact {
  std::string id;
  std::string name;
  std::string address;  // as the members roll has it, without the postcode
  std::string postcode;
  std::string locality;  // standardised, for the order alone; may be empty
  std::string street;
  std::string number;  // "12a"
  std::string flat;
  std::string household;  // members of one household share it; empty: alone
};

// One page: members drawn at one household, at most four; a fifth begins a further page of the same
// household.
struct Sheet {
  std::vector<Contact> members;
  unsigned part = 1, parts = 1;
};
std::vector<Sheet> sheets_of(std::vector<Contact> contacts);

struct Letterhead {
  std::string title;         // of the inquiry
  std::string organisation;  // who asks
  std::string contact;       // where to object or ask
};

// An HTML document that prints one A4 page a sheet, in each of the languages in turn on its own page: names
// and addresses of any length and script are fitted in, not cut.
std::string sheets_html(std::span<const Sheet> sheets, std::span<const Interview> interviews,
                        const Letterhead& head);
// One A4 page a language.
std::string leaflet_html(std::span<const Interview> interviews, const Letterhead& head);
// "sheet,name,address,postcode," and the columns of a form that `canvass record` reads, with id filled in.
std::string phone_csv(std::span<const Sheet> sheets);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_SHEETS_H_
