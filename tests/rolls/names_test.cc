#include "rolls/names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "rolls/generic_names.h"

namespace scrutineer::rolls {
namespace {

struct Case {
  std::string_view name;
  std::string_view given;
  std::string_view middle;
  std::string_view family;
  std::string_view title = "";
  std::string_view generic = "";
};

TEST(Names, WholeNames) {
  const std::vector<Case> cases = {
      {"SMITH, John Paul", "john", "paul", "smith"},
      {"Smith, Mr John", "john", "", "smith", "mr"},
      {"Smith, John, OBE", "john", "", "smith"},
      {"John Smith, OBE", "john", "", "smith"},
      {"John Smith, Jnr", "john", "", "smith", "jnr"},
      {"SMITH, Mr", "", "", "smith", "mr"},
      {"John Paul Smith", "john", "paul", "smith"},
      {"John Paul SMITH", "john", "paul", "smith"},
      {"SMITH John Paul", "john", "paul", "smith"},
      {"JOHN PAUL SMITH", "john", "paul", "smith"},
      {"Ana DE LA CRUZ", "ana", "", "de la cruz"},
      {"Smith", "", "", "smith"},
      {"J.R. Smith", "j", "r", "smith"},
      {"J. R. R. Tolkien", "j", "r r", "tolkien"},
      {"Maria van der Berg", "maria", "", "van der berg"},
      {"Ahmad bin Abdullah", "ahmad", "", "bin abdullah", "", "bin"},
      {"Seán O'Neill", "sean", "", "oneill"},
      {"O’NEILL, Seán", "sean", "", "oneill"},
      {"Mary-Jane Smith-Jones", "mary jane", "", "smith jones"},
      {"The Rt Hon Sir John Smith KC MP", "john", "", "smith", "hon sir"},
      {"Dr. Prof John Smith PhD", "john", "", "smith", "dr prof"},
      {"Cllr Mrs Anne Smith", "anne", "", "smith", "cllr mrs"},
      {"Mr & Mrs J Smith", "j", "", "smith", "mr mrs"},
      {"Robert (Bob) Smith", "robert", "bob", "smith"},
      {"Robert \"Bob\" Smith", "robert", "bob", "smith"},
      {"Robert 'Bob' Smith", "robert", "bob", "smith"},
      {"Mary Smith (née Jones)", "mary", "jones", "smith"},
      {"Mary Smith (L)", "mary", "", "smith"},
      {"Rahim @ Karim", "", "karim", "rahim"},
      {"Kumar s/o Raman", "kumar", "", "raman"},
      {"Lord", "", "", "lord"},
      {"Lord Jones", "lord", "", "jones"},
      {"Master John Smith III", "john", "", "smith", "master iii"},
      {"n/a", "", "", ""},
      {"Md. Rahim Miah", "md", "rahim", "miah", "", "md miah"},
      {"Mohammed Rahim Miah", "mohammed", "rahim", "miah", "", "md miah"},
      {"Mohammed Ali", "mohammed", "", "ali"},
      {"Mst Fatema Begum", "mst", "fatema", "begum", "", "mst begum"},
      {"Mosammat Fatema Khatun", "mosammat", "fatema", "khatun", "", "mst khatun"},
      {"Begum", "", "", "begum", "", "begum"},
      {"Miss Begum", "", "", "begum", "miss", "begum"},
      {"Gurpreet Kaur Singh", "gurpreet", "kaur", "singh", "", "kaur singh"},
      {"Nur Uddin", "nur", "", "uddin", "", "uddin"},
      {"Mia Smith", "mia", "", "smith"},
      {"Mc Donald, Ann", "ann", "", "mcdonald"},
      {"Saint Clair, Ann", "ann", "", "st clair"},
      {"  ", "", "", ""},
      {",", "", "", ""},
      {"(((", "", "", ""},
  };
  for (const Case& c : cases) {
    const StandardName name = standard_name({.name = c.name});
    EXPECT_EQ(name.given, c.given) << c.name;
    EXPECT_EQ(name.middle, c.middle) << c.name;
    EXPECT_EQ(name.family, c.family) << c.name;
    EXPECT_EQ(name.title, c.title) << c.name;
    EXPECT_EQ(name.generic, c.generic) << c.name;
  }
}

TEST(Names, SeparateColumns) {
  const auto name = standard_name({.given = "Dr John Paul",
                                   .middle = "George",
                                   .family = "O Brien Jnr",
                                   .title = "Mr.",
                                   .suffix = "OBE"});
  EXPECT_EQ(name.given, "john");
  EXPECT_EQ(name.middle, "paul george");
  EXPECT_EQ(name.family, "obrien");
  EXPECT_EQ(name.title, "mr dr jnr");
  EXPECT_EQ(standard_name({.given = "Fatema", .family = "BEGUM"}).generic, "begum");
  EXPECT_EQ(standard_name({.given = "Fatema", .family = "BEGUM"}).family, "begum");
  EXPECT_EQ(standard_name({.family = "SMITH, John"}), standard_name({.name = "SMITH, John"}));
  EXPECT_EQ(standard_name({.given = "unknown", .family = "Smith"}).given, "");
}

TEST(Names, PublishedPairsShareTheirGenericWords) {
  // METHODS.md 6.2: interchangeable or respelt words whose strings are far apart.
  const auto canonical = [](std::string_view word) { return generic_name(word)->canonical; };
  EXPECT_EQ(canonical("miah"), canonical("mia"));
  EXPECT_EQ(canonical("miah"), canonical("meah"));
  EXPECT_EQ(standard_name({.name = "MD KARIM UDDIN"}).generic,
            standard_name({.name = "MOHAMMED KARIM UDDIN"}).generic);
  for (const std::string_view word : {"begum", "bibi", "khatun"})
    EXPECT_EQ(generic_name(word)->kind, GenericKind::honorific);
  // Names that differ by one vowel may be two people: neither is generic, both stay as they are.
  EXPECT_NE(standard_name({.name = "ARAF ALI"}), standard_name({.name = "ARIF ALI"}));
  EXPECT_FALSE(generic_name("ali"));
  EXPECT_FALSE(generic_name("hussain"));
}

RC_GTEST_PROP(Names, AnyTextGivesWordsOfLettersAndDigits,
              (const std::string& whole, const std::string& family)) {
  const auto name = standard_name({.name = whole, .given = "", .family = family});
  for (const std::string& part : {name.given, name.middle, name.family, name.title, name.generic}) {
    RC_ASSERT(part.find("  ") == std::string::npos);
    RC_ASSERT(part.empty() || (part.front() != ' ' && part.back() != ' '));
    for (const char c : part) RC_ASSERT((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ');
  }
}

RC_GTEST_PROP(Names, OrderAndCaseDoNotMatter, ()) {
  const auto word = [] {
    return *rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')),
                         [](std::string s) { return "k" + s + "xo"; });
  };
  const std::string given = word();
  const std::string middle = word();
  const std::string family = word();
  const auto upper = [](std::string text) {
    for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
    return text;
  };
  const auto capital = [](std::string text) {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  };
  const auto expected = standard_name({.given = given, .middle = middle, .family = family});
  for (const std::string& whole :
       {upper(family) + ", " + capital(given) + " " + capital(middle),
        capital(given) + " " + capital(middle) + " " + upper(family),
        upper(family) + " " + capital(given) + " " + capital(middle), given + " " + middle + " " + family,
        capital(family) + "," + capital(given) + "  " + capital(middle)}) {
    RC_ASSERT(standard_name({.name = whole}) == expected);
  }
}

}  // namespace
}  // namespace scrutineer::rolls
