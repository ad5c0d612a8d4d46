// exhibits.html: one page a finding of tier A, sound, quoting rows, leaving room for the reply.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <string>

#include "report/markup.h"
#include "report/report.h"
#include "report/sample_outcome.h"

namespace scrutineer::report {
namespace {

using report_test::Element;
using report_test::Markup;
using report_test::read_markup;

std::size_t number_of(const Markup& markup, const std::string& name) {
  return static_cast<std::size_t>(
      std::count_if(markup.elements.begin(), markup.elements.end(),
                    [&](const Element& element) { return element.name == name; }));
}

TEST(ExhibitsHtml, HasOnePageForEachListedFindingOfTierA) {
  inquiry::Outcome outcome = report_test::sample_outcome();
  std::size_t pages = 0;
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings)
      pages += finding.tier == signals::Tier::exhibit && (finding.listed || finding.level >= 4) ? 1 : 0;
  }
  ASSERT_GE(pages, 2U);
  const Markup markup = read_markup(exhibits_html(outcome));
  EXPECT_TRUE(markup.problem.empty()) << markup.problem;
  EXPECT_EQ(number_of(markup, "article"), pages);
  EXPECT_EQ(number_of(markup, "a"), pages) << "the first sheet says where each is";
  EXPECT_EQ(number_of(markup, "caption"), number_of(markup, "table"));
  for (const char* said : {"Right of reply", "What would change it", "Who may be told",
                           "The rows as they stood", "ACC-20-44-19", "How it was chosen"})
    EXPECT_NE(markup.text.find(said), std::string::npos) << said;
}

TEST(ExhibitsHtml, SaysSoWhereThereIsNothing) {
  const Markup markup = read_markup(exhibits_html(inquiry::Outcome()));
  EXPECT_EQ(number_of(markup, "article"), 0U);
  EXPECT_NE(markup.text.find("there is nothing to show"), std::string::npos);
}

TEST(ExhibitsHtml, HostileTextStaysTextAndNothingForbiddenIsSaid) {
  const Markup markup =
      read_markup(exhibits_html(report_test::hostile_outcome("<script>alert(1)</script>\"'&")));
  EXPECT_TRUE(markup.problem.empty()) << markup.problem;
  EXPECT_EQ(number_of(markup, "script"), 0U);
  const std::regex forbidden("fraud|fake|bogus|ghost|suspect|infiltrat", std::regex::icase);
  EXPECT_FALSE(std::regex_search(exhibits_html(report_test::sample_outcome()), forbidden));
}

}  // namespace
}  // namespace scrutineer::report
