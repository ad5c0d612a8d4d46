#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>
#include <set>

#include "base/text.h"
#include "impact/verdict.h"
#include "markup.h"
#include "report/html.h"
#include "report/report.h"
#include "sample_outcome.h"

namespace scrutineer::report {
namespace {

using report_test::Element;
using report_test::Markup;
using report_test::read_markup;

// Texts that people have put into lists, by accident or not.
const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "</style><script>alert(1)</script>",
      "</title></head><body onload=alert(1)>",
      "]]><!-- --><![CDATA[ x",
      "&lt;b&gt; &amp;amp; &#x3c;script&#x3e; &nosuch;",
      "\u202Eesrever \u200F\u2066 mark",
      std::string("nul \0 bell \a esc \x1b[31m", 20),
      "ill-formed \xff\xfe \xc3\x28 \xed\xa0\x80",
      "=HYPERLINK(\"http://example.org\",\"x\")",
      "javascript:alert(1)",
      "url(http://example.org/x.png)",
      "{{braces}} {0} %s %n",
      "two\nlines\r\nand a \t tab",
      std::string(10240, 'x'),
      std::string(5000, '<') + "é",
      "",
  };
  return texts;
}

void expect_sound(const Markup& markup) {
  EXPECT_EQ(markup.problem, "");
  std::set<std::string> ids;
  for (const Element& element : markup.elements) {
    EXPECT_NE(element.name, "script");
    EXPECT_NE(element.name, "img");
    EXPECT_NE(element.name, "link");
    EXPECT_NE(element.name, "iframe");
    for (const auto& [name, value] : element.attributes) {
      EXPECT_FALSE(name.starts_with("on")) << name;
      EXPECT_NE(name, "style");
      EXPECT_NE(name, "src");
      if (name == "href") {
        EXPECT_TRUE(value.starts_with("#")) << value;
      }
      if (name == "id") {
        EXPECT_TRUE(ids.insert(value).second) << value << " is given twice";
      }
    }
  }
  for (const Element& element : markup.elements) {
    for (const char* pointing : {"href", "aria-labelledby"}) {
      const auto found = element.attributes.find(pointing);
      if (found == element.attributes.end()) continue;
      for (const std::string_view one : words(found->second)) {
        const std::string id(one.starts_with("#") ? one.substr(1) : one);
        EXPECT_TRUE(ids.contains(id)) << element.name << " points at " << id;
      }
    }
  }
}

std::size_t number_of(const Markup& markup, const std::string& name) {
  std::size_t number = 0;
  for (const Element& element : markup.elements) number += element.name == name ? 1 : 0;
  return number;
}

TEST(ReportHtml, IsWellFormedAndNeedsNothingElse) {
  const std::string html = report_html(report_test::sample_outcome());
  const Markup markup = read_markup(html);
  expect_sound(markup);
  EXPECT_TRUE(is_valid_utf8(html));
  EXPECT_EQ(markup.style.find("url("), std::string::npos);
  EXPECT_EQ(markup.style.find("@import"), std::string::npos);
  EXPECT_EQ(markup.style.find('<'), std::string::npos);
  // The only address in the file is the name of the SVG and XHTML vocabularies.
  const std::regex address("(https?:)?//(?!www\\.w3\\.org/)");
  EXPECT_FALSE(std::regex_search(html, address));
}

TEST(ReportHtml, PolicyAllowsItsOwnStyleAlone) {
  const Markup markup = read_markup(report_html(report_test::sample_outcome()));
  std::string policy;
  for (const Element& element : markup.elements) {
    const auto found = element.attributes.find("http-equiv");
    if (found != element.attributes.end()) policy = element.attributes.at("content");
  }
  EXPECT_TRUE(std::regex_match(
      policy,
      std::regex(
          "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'")))
      << policy;
}

TEST(ReportHtml, CanBeReadByAScreenReader) {
  const Markup markup = read_markup(report_html(report_test::sample_outcome()));
  EXPECT_EQ(number_of(markup, "main"), 1U);
  EXPECT_EQ(number_of(markup, "nav"), 1U);
  EXPECT_EQ(number_of(markup, "h1"), 1U);
  EXPECT_EQ(number_of(markup, "caption"), number_of(markup, "table"));
  EXPECT_GE(number_of(markup, "table"), 10U);
  EXPECT_EQ(number_of(markup, "svg"), 9U);
  EXPECT_EQ(number_of(markup, "desc"), 9U);
  int level = 1;
  for (const Element& element : markup.elements) {
    if (element.name == "th") {
      EXPECT_TRUE(element.attributes.contains("scope"));
    }
    if (element.name == "svg") {
      EXPECT_EQ(element.attributes.at("role"), "img");
    }
    if (element.name.size() == 2 && element.name[0] == 'h' && element.name != "hr") {
      const int here = element.name[1] - '0';
      EXPECT_LE(here, level + 1) << "a heading level is skipped";
      level = here;
    }
  }
}

TEST(ReportHtml, SixAnswersComeFirstAndEveryListSaysHowManyAreInnocent) {
  const Markup markup = read_markup(report_html(report_test::sample_outcome()));
  EXPECT_NE(markup.text.find("Of 1,183 eligible members, 1,042 (88.1%) are on the register"),
            std::string::npos);
  EXPECT_LT(markup.text.find("How sure."), markup.text.find("The conditions of the rule"));
  std::size_t answers = 0;
  for (std::size_t at = 0; (at = markup.text.find("How sure.", at)) != std::string::npos; ++at) ++answers;
  EXPECT_EQ(answers, 6U);
  EXPECT_NE(markup.text.find("Of these 34 rows about 0.8 are expected to be innocent."), std::string::npos);
  EXPECT_NE(markup.text.find("Of these 141 rows about 106 to 177 are expected to be innocent"),
            std::string::npos);
  EXPECT_NE(markup.text.find("would have multiplied its stake by 5,310"), std::string::npos);
  EXPECT_NE(markup.text.find("Could not be evaluated"), std::string::npos);
  EXPECT_NE(markup.text.find("A telephone or e-mail column in the members roll."), std::string::npos);
}

TEST(ReportHtml, TellsEachConditionOnceAndWhetherSettingsCameFirst) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  outcome.verdict.conditions = {{"canvass", "visits drawn at random", "744 visits", true}};
  const std::string told = impact::in_words(outcome.verdict.conditions.front());
  outcome.verdict.because = {told, "Linked groups move house more than others."};
  outcome.chronology.sentence = "Said by the ledger.";
  for (const bool before : {true, false}) {
    outcome.chronology.before_outcomes = before;
    const Markup markup = read_markup(report_html(outcome));
    EXPECT_EQ(markup.text.find(told), std::string::npos) << "the table gives it";
    EXPECT_NE(markup.text.find("Linked groups move house"), std::string::npos);
    EXPECT_EQ(markup.text.find("outcomes were read is not shown") == std::string::npos, before);
  }
}

TEST(ReportHtml, SaysNothingThatMayNotBeSaid) {
  const std::regex forbidden("fraud|fake|bogus|ghost|suspect|infiltrat", std::regex::icase);
  for (const inquiry::Outcome& outcome : {report_test::sample_outcome(), inquiry::Outcome()}) {
    EXPECT_FALSE(std::regex_search(report_html(outcome), forbidden));
    EXPECT_FALSE(std::regex_search(findings_json(outcome), forbidden));
  }
}

TEST(ReportHtml, KeysOfPayersAndAddressesAndRawRecordsAreNotShown) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  for (signals::SignalReport& report : outcome.signals) {
    for (signals::Finding& finding : report.findings) finding.text += " Seen: " + finding.subject.key;
  }
  const std::string html = report_html(outcome);
  EXPECT_EQ(html.find("ACC-20-44-19"), std::string::npos);
  EXPECT_EQ(html.find("high street"), std::string::npos);
  EXPECT_NE(html.find("Seen: payer no. 2"), std::string::npos);
  EXPECT_EQ(html.find("must not be shown"), std::string::npos);
  EXPECT_EQ(html.find("31/02/1980"), std::string::npos) << "a date of birth is personal";
  EXPECT_NE(html.find("00/05/2024"), std::string::npos) << "a joining date may be quoted";
}

TEST(ReportHtml, HostileTextStaysText) {
  for (const std::string& text : hostile_texts()) {
    SCOPED_TRACE(printable(text, 60));
    const std::string html = report_html(report_test::hostile_outcome(text));
    EXPECT_TRUE(is_valid_utf8(html));
    const Markup markup = read_markup(html);
    expect_sound(markup);
    EXPECT_EQ(markup.style.find('<'), std::string::npos);
    EXPECT_EQ(html.find("\u202E"), std::string::npos);
    EXPECT_EQ(html.find('\0'), std::string::npos);
    EXPECT_LT(html.size(), 4U << 20U);
  }
}

RC_GTEST_PROP(ReportHtml, AnyTextStaysText, (const std::string& text)) {
  const std::string html = report_html(report_test::hostile_outcome(text));
  const Markup markup = read_markup(html);
  RC_ASSERT(markup.problem.empty());
  RC_ASSERT(number_of(markup, "script") == 0U);
}

TEST(ReportHtml, AnEmptyOutcomeStillAnswersSixTimes) {
  const Markup markup = read_markup(report_html(inquiry::Outcome()));
  expect_sound(markup);
  EXPECT_NE(markup.text.find("No electoral register"), std::string::npos) << markup.text.substr(0, 2000);
  EXPECT_NE(markup.text.find("Not drawn, and what each would need"), std::string::npos);
}

TEST(ReportHtml, LongListsAreCutAndSaySo) {
  const std::string html = report_html(report_test::large_outcome(10000, 500));
  expect_sound(read_markup(html));
  EXPECT_LT(html.size(), 2U << 20U);
  EXPECT_NE(html.find("more are left out here; all are in members.csv."), std::string::npos);
  EXPECT_NE(html.find("more are left out here; all are in findings.json."), std::string::npos);
}

TEST(ReportHtml, SameOutcomeSameBytes) {
  EXPECT_EQ(report_html(report_test::sample_outcome()), report_html(report_test::sample_outcome()));
}

TEST(CssString, IsPlainOrEscaped) {
  EXPECT_EQ(css_string("Abc 12", 90), "\"Abc 12\"");
  EXPECT_EQ(css_string("a, b", 90), "\"a\\00002C  b\"");
  EXPECT_EQ(css_string("é", 90), "\"\\0000E9 \"");
  EXPECT_EQ(css_string("𝒜\"</style>", 90).find_first_of("<>/𝒜"), std::string::npos);
  EXPECT_EQ(css_string("abcdef", 3), "\"abc\\00002E \\00002E \\00002E \"");
}

TEST(WellFormed, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(well_formed("caf\xC3\xA9"), "caf\xC3\xA9");
  EXPECT_EQ(well_formed("a\xFF\x62"), "a\xEF\xBF\xBD\x62");
  EXPECT_EQ(well_formed("\xC3"), "\xEF\xBF\xBD");
  EXPECT_EQ(shortened("caf\xC3\xA9s", 4), "caf...");
}

RC_GTEST_PROP(WellFormed, AlwaysIsAndKeepsWhatWas, (const std::string& text)) {
  RC_ASSERT(is_valid_utf8(well_formed(text)));
  if (is_valid_utf8(text)) RC_ASSERT(well_formed(text) == text);
}

}  // namespace
}  // namespace scrutineer::report
