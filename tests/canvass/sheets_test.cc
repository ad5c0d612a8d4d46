#include "canvass/sheets.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace scrutineer::canvass {
namespace {

Contact contact(const std::string& id, const std::string& street, const std::string& number,
                const std::string& household) {
  return {id, "Name of " + id, number + " " + street, "N1 1AA", "town", street, number, "", household};
}

std::size_t times(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

TEST(Sheets, FollowTheStreetUpOneSideAndDownTheOther) {
  const auto sheets =
      sheets_of({contact("a", "high street", "4", "h1"), contact("b", "high street", "11", "h2"),
                 contact("c", "high street", "2", "h3"), contact("d", "high street", "3", "h4"),
                 contact("e", "abbey road", "9", "h5")});
  std::string order;
  for (const Sheet& sheet : sheets) order += sheet.members.front().id;
  EXPECT_EQ(order, "edbac");
}

TEST(Sheets, OnePageAHouseholdFourMembersAPage) {
  std::vector<Contact> contacts;
  for (int i = 0; i < 6; ++i) contacts.push_back(contact(std::to_string(i), "high street", "4", "h"));
  contacts.push_back(contact("x", "high street", "8", ""));
  contacts.push_back(contact("y", "high street", "8", ""));
  const auto sheets = sheets_of(contacts);
  ASSERT_EQ(sheets.size(), 4U);
  std::size_t members = 0;
  for (const Sheet& sheet : sheets) members += sheet.members.size();
  EXPECT_EQ(members, 8U);
  const std::vector<Interview> languages = {*interview_in("en"), *interview_in("fr")};
  EXPECT_EQ(times(sheets_html(sheets, languages, {"T", "O", "C"}), "<section class=\"page\""), 8U);
  EXPECT_EQ(times(phone_csv(sheets), "\n"), 9U);
}

// Each language has every text (or it would be refused), says whether its wording was checked, keeps the
// places to be filled in, and is written from the side its script is.
TEST(Interviews, EveryLanguageIsWhole) {
  const auto languages = built_in_languages();
  for (const char* wanted : {"en", "fr", "de", "ar", "zh-Hans"})
    EXPECT_NE(std::find(languages.begin(), languages.end(), wanted), languages.end()) << wanted;
  const Interview english = *interview_in("en");
  for (const std::string& language : languages) {
    const auto found = interview_in(language);
    ASSERT_TRUE(found) << language;
    EXPECT_EQ(found->right_to_left, language == "ar");
    EXPECT_NE(found->checked.find("checked"), std::string::npos) << language;
    EXPECT_EQ(times(found->introduction, "{organisation}"), 1U) << language;
    for (std::size_t i = 0; i < english.questions.size(); ++i)
      EXPECT_EQ(times(found->questions[i], "{member}"), times(english.questions[i], "{member}"))
          << language << ' ' << i;
    for (std::size_t i = 0; i < english.leaflet.size(); ++i)
      for (const char* place : {"{organisation}", "{contact}"})
        EXPECT_EQ(times(found->leaflet[i].second, place), times(english.leaflet[i].second, place))
            << language << ' ' << i;
    std::vector<std::string> outcomes(found->outcomes.begin(), found->outcomes.end());
    std::sort(outcomes.begin(), outcomes.end());
    EXPECT_EQ(std::unique(outcomes.begin(), outcomes.end()), outcomes.end()) << language;
  }
}

TEST(Sheets, TypedTextIsDataAndNothingOfTheDrawIsThere) {
  Contact one = contact("=1+1", "high street", "4", "h");
  one.name = "<script>alert(1)</script>\x07 & \"Zoë\"";
  const auto sheets = sheets_of({one});
  const std::vector<Interview> languages = {*interview_in("en")};
  const std::string html = sheets_html(sheets, languages, {"<i>", "{contact}", "<b>"});
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(html.find('\x07'), std::string::npos);
  for (const char* word : {"arm", "signal", "finding", "twice", "revisit", "targeted", "e-value"})
    EXPECT_EQ(html.substr(html.find("<body>")).find(word), std::string::npos) << word;
  EXPECT_EQ(phone_csv(sheets).find(",=1+1"), std::string::npos);
  EXPECT_NE(leaflet_html(languages, {"T", "The <Society>", "c"}).find("The &lt;Society&gt;"),
            std::string::npos);
}

// Every language asks the same questions in the same order and suggests no answer.
TEST(Interview, LanguagesAreWholeAndAlike) {
  std::size_t languages = 0;
  for (const std::string_view text : built_in_interviews()) {
    const auto interview = parse_interview(text, "built in");
    ASSERT_TRUE(interview) << interview.error().message();
    EXPECT_EQ(interview->questions.size(), 10U);
    // In the question mark of the language's own script.
    const std::string mark = interview->language == "ar"        ? "؟"
                             : interview->language == "zh-Hans" ? "？"
                                                                : "?";
    for (const std::string& question : interview->questions)
      EXPECT_NE(question.find(mark), std::string::npos) << question;
    EXPECT_EQ(interview->leaflet.size(), 5U);
    ++languages;
  }
  EXPECT_GE(languages, 3U);
  EXPECT_FALSE(interview_in("xx"));
  EXPECT_FALSE(interview_in("nowhere.json"));
  EXPECT_FALSE(parse_interview("{\"language\":\"en\"}", "x"));
  EXPECT_FALSE(parse_interview("[]", "x"));
}

}  // namespace
}  // namespace scrutineer::canvass
