// The fast comparators against the textbook's, and the bounds that let work be skipped.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "linkage/edit_distance.h"
#include "linkage/jaro_winkler.h"
#include "reference/string_similarity.h"

namespace scrutineer::linkage {
namespace {

// Short words over few letters, so that they often agree; and, now and then, longer than a machine word.
rc::Gen<std::string> word() {
  return rc::gen::oneOf(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcde"))),
      rc::gen::resize(90, rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcz -'9")))),
      rc::gen::container<std::string>(rc::gen::inRange('a', static_cast<char>('z' + 1))));
}

// A word and what one typing error makes of it.
std::string with_error(std::string text) {
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      text.insert(at, 1, *rc::gen::inRange('a', 'f'));
      break;
    case 1:
      if (at < text.size()) text.erase(at, 1);
      break;
    case 2:
      if (at < text.size()) text[at] = *rc::gen::inRange('a', 'f');
      break;
    default:
      if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      break;
  }
  return text;
}

RC_GTEST_PROP(JaroWinkler, AgreesWithTheTextbook, ()) {
  const std::string left = *word();
  const std::string right = *rc::gen::oneOf(word(), rc::gen::just(left));
  RC_ASSERT(jaro_winkler(left, right) == reference::jaro_winkler(left, right));
}

RC_GTEST_PROP(JaroWinkler, IsNeverAboveItsBound, ()) {
  const std::string left = *word();
  const std::string right = *rc::gen::oneOf(word(), rc::gen::just(with_error(left)));
  RC_ASSERT(jaro_winkler_bound(letter_mask(left), letter_mask(right)) >= jaro_winkler(left, right));
}

RC_GTEST_PROP(JaroWinkler, OneErrorInThreeLettersLeavesSeventyTwoHundredths, ()) {
  const std::string left =
      *rc::gen::suchThat(word(), [](const std::string& text) { return text.size() >= 3; });
  const std::string right = with_error(left);
  RC_PRE(right.size() >= 3);
  RC_ASSERT(jaro_winkler(left, right) >= 0.72);
}

TEST(JaroWinkler, PublishedValues) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 5e-5);  // Winkler 1990
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 5e-5);
  EXPECT_NEAR(jaro_winkler("araf", "arif"), 0.867, 5e-4);  // the naming pairs that one threshold gets wrong
  EXPECT_NEAR(jaro_winkler("hussein", "hussain"), 0.943, 5e-4);
  EXPECT_NEAR(jaro_winkler("hussain", "hossain"), 0.914, 5e-4);
  EXPECT_NEAR(jaro_winkler("mohammed", "muhammad"), 0.850, 5e-4);
  EXPECT_NEAR(jaro_winkler("md", "mohammed"), 0.5875, 1e-12);
  // Three letters out of order count as one transposition (whole ones, as in Winkler's own program).
  EXPECT_NEAR(jaro_winkler("choudhury", "chowdhury"), 0.919, 5e-4);
  EXPECT_NEAR(jaro_winkler("begum", "bibi"), 0.535, 5e-4);
  EXPECT_EQ(jaro_winkler("", ""), 1.0);
  EXPECT_EQ(jaro_winkler("", "a"), 0.0);
}

TEST(JaroWinkler, AtTheEndOfAMachineWord) {
  for (const std::size_t length : {63U, 64U, 65U, 128U}) {
    const std::string left = std::string(length - 1, 'a') + "b";
    const std::string right = "b" + std::string(length - 1, 'a');
    EXPECT_EQ(jaro_winkler(left, right), reference::jaro_winkler(left, right)) << length;
    EXPECT_EQ(osa_distance(left, right), reference::osa_distance(left, right)) << length;
  }
}

RC_GTEST_PROP(OptimalStringAlignment, AgreesWithTheTextbook, ()) {
  const std::string left = *word();
  const std::string right = *rc::gen::oneOf(word(), rc::gen::just(with_error(with_error(left))));
  RC_ASSERT(osa_distance(left, right) == reference::osa_distance(left, right));
}

RC_GTEST_PROP(OptimalStringAlignment, OneEditIsToldWithoutATable, ()) {
  const std::string left = *word();
  const std::string right =
      *rc::gen::oneOf(word(), rc::gen::just(with_error(left)), rc::gen::just(with_error(with_error(left))));
  RC_ASSERT(within_one_edit(left, right) == (reference::osa_distance(left, right) <= 1));
}

RC_GTEST_PROP(OptimalStringAlignment, FewEditsLeaveLettersInCommon, ()) {
  const std::string left = *word();
  const std::string right = *rc::gen::oneOf(word(), rc::gen::just(with_error(with_error(left))));
  const std::size_t longer = std::max(left.size(), right.size());
  RC_ASSERT(common_letters_bound(letter_mask(left), letter_mask(right)) + osa_distance(left, right) >=
            longer);
}

}  // namespace
}  // namespace scrutineer::linkage
