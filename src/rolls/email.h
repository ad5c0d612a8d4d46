// E-mail addresses in one form.
#ifndef SCRUTINEER_ROLLS_EMAIL_H_
#define SCRUTINEER_ROLLS_EMAIL_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

struct EmailReading {
  std::string address;      // lower case; empty if none
  bool unreadable = false;  // the text holds something, but neither an address nor a way of saying "none"
};

// Lower case, outer spaces, "mailto:", a display name and angle brackets taken off. Accepted is the usual
// part of RFC 5321 section 4.1.2: one @, a local part of 1 to 64 bytes without spaces, quotes or doubled
// dots, and a domain of at least two labels of letters, digits and inner hyphens, the last not a number;
// letters beyond ASCII may stand in both (RFC 6531). The local part is lowered too: providers that tell case
// apart are rarer than people who type it wrongly. Tags ("+club") and dots are kept, as dropping them is one
// provider's rule.
EmailReading standard_email(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_EMAIL_H_
