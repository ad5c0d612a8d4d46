// Names of people taken apart and put into one form: words of lower-case ASCII letters and digits separated
// by single spaces, apostrophes removed (O'Neill: oneill), hyphens as spaces, titles and honours taken off.
//
// A whole name is read by the first rule that fits:
//   1. A comma after the surname:  "SURNAME, Forename Middle", also "Surname, Mr John, OBE"; a comma before
//      nothing but honours or Jnr is no such comma ("John Smith, OBE").
//   2. Capitals in mixed case:  "Forename Middle SURNAME" and "SURNAME Forename": the words in capitals.
//   3. Otherwise the last word is the surname, with the particles before it that leave a forename
//      ("Maria van der Berg": van der berg) and all parts of a hyphenated one. A name of one word is a
//      surname.
// In a separate surname column everything is surname but titles in front and honours behind.
//
// In each of them: a nickname, a former name ("nee", "formerly", "aka", "@") or a call name in brackets or
// quotes goes to the end of `middle`, where a comparison of forenames finds it; a single letter in brackets
// is a franchise marker and is dropped; "s/o" and its like are dropped and what follows stays part of the
// name. In the surname Mc, Mac and O' are joined to what follows and Saint is written st.
//
// What it cannot know: which word is the family name where a tradition puts it first and no comma or capitals
// say so (rule 3 takes the last); whether an unhyphenated "Mary Jones Smith" has a middle name or two
// surnames; words of a surname that are also forenames ("Van", "Le") are particles here. A linker should
// therefore also compare forename with surname where the two rolls come from different systems.
#ifndef SCRUTINEER_ROLLS_NAMES_H_
#define SCRUTINEER_ROLLS_NAMES_H_

#include <string>
#include <string_view>

namespace scrutineer::rolls {

// What a row says, UTF-8, any part empty. `name` counts only where given and family are both empty.
struct NameText {
  std::string_view name = {};
  std::string_view given = {};
  std::string_view middle = {};
  std::string_view family = {};
  std::string_view title = {};
  std::string_view suffix = {};
};

struct StandardName {
  std::string given;   // the first forename, or its initial; a hyphenated one whole ("anne marie")
  std::string middle;  // further forenames in order, then nicknames and former names
  std::string family;
  std::string title;    // all titles in order, then jnr, snr, ii, iii: "dr", "rev dr", "mr jnr"
  std::string generic;  // canonical forms of the generic words, in the order given, middle, family
  bool operator==(const StandardName&) const = default;
};

StandardName standard_name(const NameText& text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_NAMES_H_
