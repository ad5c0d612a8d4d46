// How the same person and the same address come to be written differently: typing errors, short forms,
// transliteration, order, missing accents, abbreviations. Each function changes its text according to the
// draws it is given and returns it; none invents a different person on purpose.
#ifndef SCRUTINEER_SYNTH_ERRORS_H_
#define SCRUTINEER_SYNTH_ERRORS_H_

#include <string>
#include <string_view>

#include "synth/geography.h"
#include "synth/people.h"

namespace scrutineer::synth {

// Accented letters of the names' tables as plain ones.
std::string without_accents(std::string_view text);
// ASCII capitals, after without_accents.
std::string capitals(std::string_view text);

// One slip of the hand: a letter left out, doubled, swapped with its neighbour or replaced by a neighbour on
// the keyboard. Words of fewer than three letters are left alone; ASCII letters only are touched.
std::string mistyped(Draw& draw, std::string_view text);
// Another spelling or a short form of the name, if the tables have one; else the name.
std::string other_spelling(Draw& draw, std::string_view name);
std::string short_form(Draw& draw, std::string_view name);

// Shares of entries in which a name is written otherwise than it is.
struct NameErrors {
  double typing = 0, short_form = 0, spelling = 0, initial = 0, swapped = 0, middle_lost = 0,
         middle_initial = 0, generic_lost = 0, other_surname = 0, accents_lost = 0;
};
inline constexpr NameErrors clerk_errors = {.typing = .012,
                                            .short_form = .01,
                                            .spelling = .012,
                                            .initial = .002,
                                            .swapped = .004,
                                            .middle_lost = .10,
                                            .middle_initial = .12,
                                            .generic_lost = .05,
                                            .other_surname = 0,
                                            .accents_lost = .15};
inline constexpr NameErrors member_errors = {.typing = .025,
                                             .short_form = .06,
                                             .spelling = .05,
                                             .initial = .008,
                                             .swapped = .01,
                                             .middle_lost = .62,
                                             .middle_initial = .08,
                                             .generic_lost = .35,
                                             .other_surname = .012,
                                             .accents_lost = .5};
PersonName miswritten(Draw& draw, const Person& person, const NameErrors& errors);

// An address as a member writes it on a form.
struct WrittenAddress {
  std::string line1, line2, town, postcode;
};
WrittenAddress written_address(Draw& draw, const Address& address);

// "14 Oak Road", "Mill House, Oak Road" and "Rosewood Court, 14 Oak Road", with "Flat 2" in front where there
// is one.
std::string street_line(const Address& address);
std::string full_line(const Address& address);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_ERRORS_H_
