// Settings as Splink publishes them, versions 4 and 5.
#include "linkage/splink_settings.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "linkage/levels.h"
#include "linkage/splink_margins.h"
#include "linkage/splink_model.h"
#include "linkage/splink_sql.h"

namespace scrutineer::linkage {
namespace {

constexpr const char* settings_text = R"json({
 "link_type": "dedupe_only",
 "probability_two_random_records_match": 0.0005,
 "unique_id_column_name": "id",
 "comparisons": [
  {"output_column_name": "first_name", "comparison_description": "JaroWinklerAtThresholds", "comparison_levels": [
   {"sql_condition": "\"first_name_l\" IS NULL OR \"first_name_r\" IS NULL", "label_for_charts": "null", "is_null_level": true},
   {"sql_condition": "\"first_name_l\" = \"first_name_r\"", "label_for_charts": "Exact", "m_probability": 0.7, "u_probability": 0.01, "tf_adjustment_column": "first_name"},
   {"sql_condition": "jaro_winkler_similarity(\"first_name_l\", \"first_name_r\") >= 0.88", "label_for_charts": "JW", "m_probability": 0.2, "u_probability": 0.02},
   {"sql_condition": "ELSE", "label_for_charts": "rest", "m_probability": 0.1, "u_probability": 0.97}]},
  {"output_column_name": "dob", "comparison_levels": [
   {"sql_condition": "dob_l IS NULL OR dob_r IS NULL", "label_for_charts": "null", "is_null_level": true},
   {"sql_condition": "dob_l = dob_r", "label_for_charts": "Exact", "m_probability": 0.9, "u_probability": 0.001},
   {"sql_condition": "levenshtein(dob_l, dob_r) <= 1", "label_for_charts": "one", "m_probability": 0.05, "u_probability": 0.01},
   {"sql_condition": "ABS(EPOCH(try_strptime(\"dob_l\", '%Y-%m-%d')) - EPOCH(try_strptime(\"dob_r\", '%Y-%m-%d'))) <= 31557600.0", "label_for_charts": "a year", "m_probability": 0.03, "u_probability": 0.02},
   {"sql_condition": "ELSE", "label_for_charts": "rest", "m_probability": 0.02, "u_probability": 0.969}]}
 ],
 "blocking_rules_to_generate_predictions": [
  {"blocking_rule": "(l.\"first_name\" = r.\"first_name\") AND (SUBSTRING(l.dob, 1, 4) = SUBSTRING(r.dob, 1, 4))", "sql_dialect": "duckdb"},
  "l.first_name = r.surname and l.surname = r.first_name",
  {"blocking_rule": "levenshtein(l.dob, r.dob) < 2", "sql_dialect": "duckdb"}
 ]
})json";

TEST(SplinkSettings, AreTakenOverAndWhatIsNotIsNamed) {
  const auto settings = splink_settings(settings_text, "settings.json");
  ASSERT_TRUE(settings.has_value()) << settings.error().message();
  EXPECT_EQ(settings->link_type, "dedupe_only");
  EXPECT_EQ(settings->unique_id, "id");
  EXPECT_EQ(settings->prior, 0.0005);
  ASSERT_EQ(settings->comparisons.size(), 2U);
  EXPECT_EQ(settings->comparisons[0].columns, std::vector<std::string>{"first_name"});
  ASSERT_EQ(settings->comparisons[0].levels.size(), 3U);
  EXPECT_EQ(settings->comparisons[0].levels[1].strength, 0.88);
  EXPECT_EQ(role_of_column(*settings, "first_name"), Role::given_name);
  EXPECT_EQ(role_of_column(*settings, "dob"), Role::date);
  ASSERT_EQ(settings->rules.size(), 2U);
  EXPECT_EQ(settings->rules[0].parts.size(), 2U);
  EXPECT_EQ(settings->rules[0].parts[1].prefix, 4U);
  EXPECT_EQ(settings->rules[1].parts[0].right, "surname");
  ASSERT_EQ(settings->not_taken.size(), 1U);
  EXPECT_NE(settings->not_taken[0].find("levenshtein(l.dob, r.dob) < 2"), std::string::npos);
}

TEST(SplinkSettings, SharesOutTheProbabilitiesOfItsLevels) {
  const auto settings = splink_settings(settings_text, "settings.json");
  ASSERT_TRUE(settings.has_value());
  TextColumn names, dates;
  const std::vector<Field> fields = {{"given", Role::given_name, &names, &names},
                                     {"birth_date", Role::date, &dates, &dates}};
  const std::vector<std::string> columns = {"first_name", "dob"};
  std::vector<std::string> notes;
  const auto model = model_of_settings(*settings, fields, columns, notes);
  ASSERT_TRUE(model.has_value());
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(model->prior, 0.0005);
  const std::vector<double>& name = model->fields[0].m;
  EXPECT_NEAR(name[level_same], 0.7, 1e-9);
  EXPECT_NEAR(name[name_level::typing_error] + name[name_level::variant], 0.2, 1e-9);
  EXPECT_NEAR(name[name_level::initial_agrees] + name[name_level::initial_differs], 1, 1e-9);
  const std::vector<double>& date = model->fields[1].m;
  EXPECT_NEAR(date[level_same], 0.9, 1e-9);
  EXPECT_NEAR(date[date_level::one_digit], 0.05, 1e-9);
  EXPECT_NEAR(std::accumulate(date.begin() + 1, date.begin() + 8, 0.0), 1, 1e-9);
  EXPECT_TRUE(model_from_json(to_json(*model), "model.json").has_value());
}

TEST(SplinkSettings, WithoutProbabilitiesThereIsNoModel) {
  std::string text = settings_text;
  for (std::size_t at = 0; (at = text.find("m_probability")) != std::string::npos;)
    text.replace(at, 13, "unknown");
  const auto settings = splink_settings(text, "settings.json");
  ASSERT_TRUE(settings.has_value());
  TextColumn names;
  const std::vector<Field> fields = {{"given", Role::given_name, &names, &names}};
  const std::vector<std::string> columns = {"first_name"};
  std::vector<std::string> notes;
  EXPECT_FALSE(model_of_settings(*settings, fields, columns, notes).has_value());
  EXPECT_FALSE(notes.empty());
}

TEST(SplinkSql, ReadsWhatSplinksLibraryWrites) {
  using Kind = SplinkLevel::Kind;
  EXPECT_EQ(read_level("\"a_l\" = \"a_r\"").kind, Kind::exact);
  EXPECT_EQ(read_level("\"fore_l\" = \"sur_r\" AND \"fore_r\" = \"sur_l\"").kind, Kind::swapped);
  EXPECT_EQ(read_level("(\"fore_l\" = \"fore_r\") AND (\"sur_l\" = \"sur_r\")").kind, Kind::exact);
  EXPECT_EQ(read_level("damerau_levenshtein(\"a_l\", \"a_r\") <= 2").strength, .85);
  EXPECT_EQ(
      read_level("NULLIF(regexp_extract(\"p_l\", '^[A-Za-z]{1,2}', 0), '') = NULLIF(regexp_extract(\"p_r\", "
                 "'^[A-Za-z]{1,2}', 0), '')")
          .kind,
      Kind::part);
  EXPECT_EQ(read_level("ELSE").kind, Kind::rest);
  EXPECT_EQ(read_level("cast(acos(sin(radians(\"lat_l\"))) as float) <= 10").kind, Kind::not_taken);
  EXPECT_EQ(read_rule("SUBSTR(l.\"surname\",1,3) = SUBSTR(r.\"surname\",1,3)")[0].prefix, 3U);
  EXPECT_TRUE(read_rule("l.a = r.a OR l.b = r.b").empty());
  EXPECT_TRUE(read_rule("l.a = l.b").empty());
}

RC_GTEST_PROP(SplinkSql, CrashesOnNothing, (const std::string& text)) {
  (void)read_level(text);
  (void)read_rule(text);
  (void)splink_settings(text, "any");
}

TEST(SplinkSettings, RefusesWhatIsNone) {
  EXPECT_FALSE(splink_settings("{", "x").has_value());
  EXPECT_FALSE(splink_settings("{}", "x").has_value());
  EXPECT_FALSE(splink_settings(R"({"comparisons": [7]})", "x").has_value());
  EXPECT_FALSE(splink_settings(R"({"comparisons": [{"comparison_levels": [{}]}]})", "x").has_value());
}

SplinkComparison comparison_of(std::vector<std::pair<std::string, double>> levels,
                               const std::string& null_level) {
  std::string text = R"({"comparisons": [{"output_column_name": "c", "comparison_levels": [)";
  text += R"({"sql_condition": ")" + null_level + R"(", "is_null_level": true})";
  for (const auto& [sql, m] : levels)
    text += R"(, {"sql_condition": ")" + sql + R"(", "m_probability": )" + std::to_string(m) + "}";
  const auto settings = splink_settings(text + "]}]}", "x");
  EXPECT_TRUE(settings.has_value()) << settings.error().message() << text;
  return settings ? settings->comparisons.front() : SplinkComparison{};
}

constexpr const char* both_null = "(a_l IS NULL OR a_r IS NULL) AND (b_l IS NULL OR b_r IS NULL)";

double m_at(const std::vector<ColumnLevel>& levels, double strength, bool swapped = false) {
  for (const ColumnLevel& level : levels) {
    if (level.strength == strength && level.swapped == swapped) return level.m;
  }
  return -1;
}

double total(const std::vector<ColumnLevel>& levels) {
  return std::accumulate(levels.begin(), levels.end(), 0.0,
                         [](double sum, const ColumnLevel& level) { return sum + level.m; });
}

TEST(SplinkMargins, OfLevelsThatTellBothColumnsAreSums) {
  const SplinkComparison comparison = comparison_of(
      {{"a_l = a_r AND b_l = b_r", .6}, {"b_l = b_r", .15}, {"a_l = a_r", .2}, {"ELSE", .05}}, both_null);
  std::vector<std::string> notes;
  EXPECT_NEAR(m_at(column_levels(comparison, "a", notes), 1), .8, 1e-9);
  EXPECT_NEAR(m_at(column_levels(comparison, "b", notes), 1), .75, 1e-9);
  EXPECT_NEAR(m_at(column_levels(comparison, "b", notes), 0), .25, 1e-9);
  // .8 * .75 = .6, and so on: nothing is lost.
  EXPECT_TRUE(notes.empty()) << notes.front();
}

TEST(SplinkMargins, NameThatTheDependenceOfColumnsIsLost) {
  const SplinkComparison comparison = comparison_of(
      {{"a_l = a_r AND b_l = b_r", .7}, {"b_l = b_r", .05}, {"a_l = a_r", .05}, {"ELSE", .2}}, both_null);
  std::vector<std::string> notes;
  EXPECT_NEAR(m_at(column_levels(comparison, "a", notes), 1), .75, 1e-9);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("depend on each other"), std::string::npos);
  (void)column_levels(comparison, "b", notes);
  EXPECT_EQ(notes.size(), 1U) << "told once a comparison";
}

// Splink's ForenameSurnameComparison.
std::vector<std::pair<std::string, double>> forename_surname(std::vector<double> m) {
  return {{"(a_l = a_r) AND (b_l = b_r)", m[0]},
          {"a_l = b_r AND a_r = b_l", m[1]},
          {"(jaro_winkler(a_l, a_r) >= 0.92) AND (jaro_winkler(b_l, b_r) >= 0.92)", m[2]},
          {"(jaro_winkler(a_l, a_r) >= 0.88) AND (jaro_winkler(b_l, b_r) >= 0.88)", m[3]},
          {"b_l = b_r", m[4]},
          {"a_l = a_r", m[5]},
          {"ELSE", m[6]}};
}

TEST(SplinkMargins, SwappedNamesAreALevelOfTheirOwn) {
  const SplinkComparison comparison =
      comparison_of(forename_surname({.6, .04, .1, .05, .12, .05, .04}), both_null);
  EXPECT_EQ(comparison.columns, (std::vector<std::string>{"a", "b"}));
  std::vector<std::string> notes;
  for (const char* column : {"a", "b"}) {
    const auto levels = column_levels(comparison, column, notes);
    EXPECT_NEAR(m_at(levels, .86, true), .04, 1e-9);
    EXPECT_NEAR(total(levels), 1, 1e-9);
    // At least the levels that say that it is the same, at most those and the ones that leave it open.
    const double alone = column[0] == 'a' ? .05 : .12;
    EXPECT_GE(m_at(levels, 1), .6 + alone);
    EXPECT_LE(m_at(levels, 1), .6 + alone + .15);
  }
  ASSERT_FALSE(notes.empty());
  EXPECT_NE(notes[0].find("(jaro_winkler(a_l, a_r) >= 0.92) AND (jaro_winkler(b_l, b_r) >= 0.92)"),
            std::string::npos);
}

// The theorem that the shares rest on: levels that come of independent columns are given back exactly.
RC_GTEST_PROP(SplinkMargins, FitLevelsOfIndependentColumns, ()) {
  const auto share = [] { return *rc::gen::inRange(5, 100) / 100.0; };
  std::vector<double> a = {share() + 1, share(), share(), share()};
  std::vector<double> b = {share() + 1, share(), share(), share()};
  for (auto* margin : {&a, &b}) {
    const double sum = std::accumulate(margin->begin(), margin->end(), 0.0);
    for (double& one : *margin) one /= sum;
  }
  const double swapped = *rc::gen::inRange(0, 20) / 100.0;
  const double both = a[0] * b[0];
  const double near = (a[0] + a[1]) * (b[0] + b[1]) - both;
  const double wide = (a[0] + a[1] + a[2]) * (b[0] + b[1] + b[2]) - near - both;
  const double only_b = b[0] * a[3];
  const double only_a = a[0] * b[3];
  std::vector<double> m = {both, 0, near, wide, only_b, only_a, 1 - both - near - wide - only_b - only_a};
  for (double& one : m) one *= 1 - swapped;
  m[1] = swapped;
  const SplinkComparison comparison = comparison_of(forename_surname(m), both_null);
  std::vector<std::string> notes;
  const auto levels_a = column_levels(comparison, "a", notes, 0);
  const auto levels_b = column_levels(comparison, "b", notes, 0);
  RC_ASSERT(std::abs(total(levels_a) - 1) < 1e-5);
  RC_ASSERT(std::abs(total(levels_b) - 1) < 1e-5);
  const double same = m_at(levels_a, 1) * m_at(levels_b, 1) / (1 - swapped);
  RC_ASSERT(std::abs(same - m[0]) < 2e-3);
  RC_ASSERT(std::none_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find("depend on each other") != std::string::npos;
  }));
}

// Columns that depend on each other may be likeliest with a degree of nothing: no pair there could ever link.
RC_GTEST_PROP(SplinkMargins, LeaveNoOpenDegreeToNothing, ()) {
  std::vector<double> m;
  for (int level = 0; level < 7; ++level) m.push_back(*rc::gen::inRange(1, 100));
  const double sum = std::accumulate(m.begin(), m.end(), 0.0);
  for (double& one : m) one /= sum;
  const SplinkComparison comparison = comparison_of(forename_surname(m), both_null);
  std::vector<std::string> notes;
  for (const char* column : {"a", "b"}) {
    const auto levels = column_levels(comparison, column, notes);
    RC_ASSERT(std::abs(total(levels) - 1) < 1e-5);
    // Two of the three cells of "both alike by .92" have this column at that degree.
    RC_ASSERT(m_at(levels, .92) > .03 * m[2]);
  }
}

TEST(SplinkMargins, WhatIsToldOfAllColumnsTogetherIsSharedEvenly) {
  const SplinkComparison comparison =
      comparison_of({{"a_l = a_r AND b_l = b_r", .81}, {"ELSE", .19}}, both_null);
  std::vector<std::string> notes;
  EXPECT_NEAR(m_at(column_levels(comparison, "a", notes, 0), 1), .9, 1e-4);
  EXPECT_NEAR(m_at(column_levels(comparison, "b", notes, 0), 1), .9, 1e-4);
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find("do not decide the m of \"a\", \"b\"") != std::string::npos;
  }));
}

TEST(SplinkMargins, CodesOfSoundAndJoinedNamesAreReadAsTheirColumns) {
  const auto phonetic = splink_settings(
      R"json({"comparisons": [{"output_column_name": "n", "comparison_levels": [
        {"sql_condition": "\"n_l\" IS NULL OR \"n_r\" IS NULL", "is_null_level": true},
        {"sql_condition": "\"n_l\" = \"n_r\"", "m_probability": 0.6},
        {"sql_condition": "jaro_winkler_similarity(\"n_l\", \"n_r\") >= 0.88", "m_probability": 0.2},
        {"sql_condition": "array_length(list_intersect(\"n_dm_l\", \"n_dm_r\")) >= 1", "m_probability": 0.15},
        {"sql_condition": "ELSE", "m_probability": 0.05}]}]})json",
      "x");
  ASSERT_TRUE(phonetic.has_value());
  EXPECT_EQ(phonetic->comparisons[0].columns, std::vector<std::string>{"n"});
  std::vector<std::string> notes;
  EXPECT_NEAR(m_at(column_levels(phonetic->comparisons[0], "n", notes), .85), .15, 1e-9);
  ASSERT_EQ(phonetic->not_taken.size(), 1U);
  EXPECT_NE(phonetic->not_taken[0].find("list_intersect(\"n_dm_l\", \"n_dm_r\")"), std::string::npos);
  auto levels = forename_surname({.6, .04, .1, .05, .12, .05, .04});
  levels[0].first = "ab_l = ab_r";
  const SplinkComparison joined = comparison_of(levels, both_null);
  EXPECT_EQ(joined.columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_NEAR(m_at(column_levels(joined, "a", notes), .86, true), .04, 1e-9);
}

TEST(SplinkMargins, SqlThatIsNotUnderstoodGoesToTheLevelsBelowIt) {
  const SplinkComparison comparison =
      comparison_of({{"p_l = p_r", .7}, {"acos(sin(lat_l) * sin(long_r)) <= 1", .2}, {"ELSE", .1}},
                    "p_l IS NULL OR p_r IS NULL");
  EXPECT_EQ(comparison.columns, std::vector<std::string>{"p"});
  std::vector<std::string> notes;
  const auto levels = column_levels(comparison, "p", notes);
  EXPECT_NEAR(m_at(levels, 1), .7, 1e-6);
  EXPECT_NEAR(m_at(levels, 0), .3, 1e-6);
}

// The dialects' forms of one condition say the same.
TEST(SplinkSql, ReadsTheDialectsAlike) {
  const auto strength = [](const std::string& sql) { return read_level(sql).strength; };
  EXPECT_EQ(strength("jaro_winkler(`a_l`, `a_r`) >= 0.9"), .9);
  EXPECT_EQ(strength("jaro_sim(`a_l`, `a_r`) >= 0.9"), .9);
  EXPECT_EQ(strength("LOWER(\"a_l\") = LOWER(\"a_r\")"), 1);
  EXPECT_EQ(strength("CAST(a_l AS TEXT) = CAST(a_r AS TEXT)"), 1);
  EXPECT_EQ(strength("a_l::text == a_r::text"), 1);
  EXPECT_EQ(strength("NULLIF(a_l, '') = NULLIF(a_r, '')"), 1);
  EXPECT_EQ(strength("try_strptime(a_l, '%Y-%m-%d') = try_strptime(a_r, '%Y-%m-%d')"), 1);
  EXPECT_EQ(strength("levenshtein(CAST(a_l AS TEXT), CAST(a_r AS TEXT)) <= 1"), .93);
  EXPECT_EQ(strength("levenshtein(a_l, a_r) < 2"), .93);
  EXPECT_EQ(strength("soundex(a_l) = soundex(a_r)"), .85);
  for (const char* month : {"ABS(EPOCH(a_l) - EPOCH(a_r)) <= 2629800.0",
                            "abs(datediff(`a_l`, `a_r`)) <= floor(2629800.0 / 86400)",
                            "ABS(EXTRACT(EPOCH FROM a_l) - EXTRACT(EPOCH FROM a_r))<= 2629800.0"})
    EXPECT_EQ(strength(month), .85) << month;
  EXPECT_EQ(strength("abs(date_diff('month', strptime(a_l, '%Y-%m-%d'), strptime(a_r, '%Y-%m-%d'))) <= 1"),
            .85);
  EXPECT_EQ(strength("abs(date_diff('year', strptime(a_l, '%Y-%m-%d'), strptime(a_r, '%Y-%m-%d'))) <= 1"),
            .79);
  EXPECT_EQ(strength("ceil(abs(datediff(to_date(a_l), to_date(a_r))/365.25)) <= 10"), .1);
  EXPECT_EQ(strength("levenshtein(a_l::VARCHAR, a_r::VARCHAR) <= 2"), .85);
  EXPECT_EQ(read_level("`first name_l` = `first name_r`").columns, std::vector<std::string>{"first name"});
  EXPECT_EQ(read_level("\"First_l\" = \"First_r\"").columns, std::vector<std::string>{"First"});
  EXPECT_EQ(read_level("substr(a_l, 1, 3) = substr(a_r, 1, 2)").kind, SplinkLevel::Kind::not_taken);
  EXPECT_EQ(read_level("a_l = 'x' AND a_r = 'x'").kind, SplinkLevel::Kind::not_taken);
  EXPECT_EQ(read_level("a_l = a_r OR levenshtein(a_l, a_r) <= 1").strength, .93);
}

TEST(SplinkSql, ReadsRulesAndNamesWhatItWidens) {
  std::vector<std::string> wider;
  const auto either = read_rules("(l.`a` = r.`a`) OR (l.b = r.b AND l.c = r.c)", wider);
  ASSERT_EQ(either.size(), 2U);
  EXPECT_EQ(either[1].parts.size(), 2U);
  EXPECT_TRUE(wider.empty());
  EXPECT_EQ(read_rules("l.a = r.a and l.a is not null", wider).size(), 1U);
  EXPECT_TRUE(wider.empty());
  EXPECT_EQ(read_rules("l.a = r.a and levenshtein(l.b, r.b) <= 1", wider).size(), 1U);
  EXPECT_EQ(wider, std::vector<std::string>{"levenshtein(l.b, r.b) <= 1"});
  EXPECT_TRUE(read_rules("levenshtein(l.b, r.b) <= 1", wider).empty());
  EXPECT_EQ(read_rule("lower(l.\"First name\") = lower(r.\"First name\")")[0].left, "First name");
  EXPECT_EQ(read_rule("substr(CAST(l.dob AS TEXT), 1, 4) = substr(CAST(r.dob AS TEXT), 1, 4)")[0].prefix, 4U);
}

TEST(SplinkSettings, SaysWhereAFileIsWrong) {
  const auto message = [](const char* text) {
    const auto settings = splink_settings(text, "s.json");
    return settings ? std::string("taken") : settings.error().message();
  };
  constexpr const char* expected = "; expected settings that Splink 3, 4 or 5 saved (save_model_to_json)";
  EXPECT_EQ(message("{\n  \"a\": ,\n}"), std::string("s.json:2:8: not JSON") + expected);
  EXPECT_EQ(message("{}"), std::string("s.json:1:1: no \"comparisons\"") + expected);
  EXPECT_EQ(message("{\"x\": \"}\\\"\",\n \"comparison_columns\": []}"),
            std::string("s.json:2:24: settings of Splink 2 (\"comparison_columns\")") + expected);
  EXPECT_EQ(message("{\"comparisons\":\n [{\"comparison_levels\":\n  [{\"sql_condition\": \"ELSE\",\n"
                    "    \"m_probability\": 3}]}]}"),
            std::string("s.json:4:22: \"m_probability\" is not a probability") + expected);
  EXPECT_EQ(message("{\"comparisons\": [{\"comparison_levels\": [{\"sql_condition\": \"ELSE\"}]}],\n"
                    "\"blocking_rules_to_generate_predictions\": [\"l.a = r.a\",\n 7]}"),
            std::string("s.json:3:2: a blocking rule is neither SQL nor has a \"blocking_rule\"") + expected);
}

TEST(SplinkSettings, NameTheSettingsThatHaveNoCounterpart) {
  const auto settings = splink_settings(
      R"json({"comparisons": [{"output_column_name": "a", "comparison_levels": [
        {"sql_condition": "a_l = a_r", "m_probability": 0.9, "tf_adjustment_column": "a",
         "tf_adjustment_weight": 0.5, "tf_minimum_u_value": 0.001},
        {"sql_condition": "ELSE", "m_probability": "level not observed in training dataset"}]}],
       "retain_matching_columns": true, "additional_columns_to_retain": ["b"], "blocking_rules": [],
       "blocking_rules_to_generate_predictions": [
         {"blocking_rule": "l.a = r.a", "salting_partitions": 4},
         {"blocking_rule": "l.t = r.t", "arrays_to_explode": ["t"]}]})json",
      "x");
  ASSERT_TRUE(settings.has_value()) << settings.error().message();
  EXPECT_EQ(settings->comparisons[0].levels[1].m, 1e-6);
  EXPECT_EQ(settings->rules.size(), 1U);
  const std::string all =
      std::accumulate(settings->not_taken.begin(), settings->not_taken.end(), std::string(),
                      [](const std::string& a, const std::string& b) { return a + "\n" + b; });
  EXPECT_EQ(settings->not_taken.size(), 4U) << all;
  for (const char* part :
       {"tf_adjustment_weight", "tf_minimum_u_value", "\"blocking_rules\"", "not exploded"})
    EXPECT_NE(all.find(part), std::string::npos) << part;
}

TEST(SplinkSettings, LevelsThatTrainingMissedGetWhatTheOthersLeave) {
  const auto settings = splink_settings(
      R"json({"comparisons": [{"output_column_name": "a", "comparison_levels": [
        {"sql_condition": "a_l = a_r", "m_probability": 0.7},
        {"sql_condition": "levenshtein(a_l, a_r) <= 1"},
        {"sql_condition": "ELSE", "m_probability": 0.1}]}]})json",
      "x");
  ASSERT_TRUE(settings.has_value());
  EXPECT_NEAR(settings->comparisons[0].levels[1].m.value_or(0), .2, 1e-12);
  ASSERT_EQ(settings->not_taken.size(), 1U);
  EXPECT_NE(settings->not_taken[0].find("no m for levenshtein(a_l, a_r) <= 1"), std::string::npos);
}

// The m of a column of this role under these levels and a prior of 1 in 1000.
std::vector<double> m_of(const std::string& column, Role role,
                         const std::vector<std::pair<std::string, double>>& levels,
                         const std::string& null_level) {
  SplinkSettings settings;
  settings.prior = .001;
  settings.comparisons.push_back(comparison_of(levels, null_level));
  TextColumn values;
  const std::vector<Field> fields = {{column, role, &values, &values}};
  const std::vector<std::string> columns = {column};
  std::vector<std::string> notes;
  const auto model = model_of_settings(settings, fields, columns, notes);
  EXPECT_TRUE(model.has_value());
  return model ? model->fields[0].m : std::vector<double>{};
}

TEST(SplinkSettings, OfOneColumnAreSharedOutAsEver) {
  const auto m = m_of("a", Role::family_name,
                      {{"a_l = a_r", .6},
                       {"damerau_levenshtein(a_l, a_r) <= 1", .1},
                       {"damerau_levenshtein(a_l, a_r) <= 2", .1},
                       {"damerau_levenshtein(a_l, a_r) <= 3", .1},
                       {"ELSE", .1}},
                      "a_l IS NULL OR a_r IS NULL");
  const std::vector<double> expected = {0, .6, .1, .05, .025, .025, .1, .1, .95, .05};
  ASSERT_EQ(m.size(), expected.size());
  for (std::size_t level = 0; level < m.size(); ++level)
    EXPECT_NEAR(m[level], expected[level], 1e-9) << level;
}

TEST(SplinkSettings, PartsOfAPostcodeGoToTheLevelsThatTheyMean) {
  const auto equal = [](const std::string& pattern) {
    return "NULLIF(regexp_extract(p_l, '" + pattern + "', 0), '') = NULLIF(regexp_extract(p_r, '" + pattern +
           "', 0), '')";
  };
  const auto m = m_of("p", Role::code,
                      {{"p_l = p_r", .6},
                       {equal("^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]"), .12},
                       {equal("^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?"), .09},
                       {equal("^[A-Za-z]{1,2}"), .08},
                       {"ELSE", .11}},
                      "p_l IS NULL OR p_r IS NULL");
  EXPECT_NEAR(m[code_level::typing_error] + m[code_level::outward], .21, 1e-9);
  EXPECT_NEAR(m[code_level::area], .08, 1e-9);
  EXPECT_NEAR(m[code_level::different], .11, 1e-9);
}

// Whatever the levels, m of the full values sums to 1, and that of the same value is the settings'.
RC_GTEST_PROP(SplinkSettings, KeepMOfTheSameValueAndSumToOne, ()) {
  const std::vector<std::string> conditions = {"jaro_winkler_similarity(a_l, a_r) >= 0.92",
                                               "levenshtein(a_l, a_r) <= 1",
                                               "levenshtein(a_l, a_r) <= 2",
                                               "substr(a_l, 1, 3) = substr(a_r, 1, 3)",
                                               "ABS(EPOCH(a_l) - EPOCH(a_r)) <= 315576000.0",
                                               "jaro_similarity(a_l, a_r) >= 0.6"};
  std::vector<std::pair<std::string, double>> levels = {{"a_l = a_r", *rc::gen::inRange(20, 90)}};
  for (const std::string& condition : conditions) {
    if (*rc::gen::arbitrary<bool>()) levels.emplace_back(condition, *rc::gen::inRange(1, 20));
  }
  levels.emplace_back("ELSE", *rc::gen::inRange(1, 20));
  double sum = 0;
  for (const auto& level : levels) sum += level.second;
  for (auto& level : levels) level.second /= sum;
  const Role role =
      *rc::gen::element(Role::given_name, Role::family_name, Role::date, Role::code, Role::text, Role::number,
                        Role::category, Role::email, Role::full_name, Role::exact);
  const auto m = m_of("a", role, levels, "a_l IS NULL OR a_r IS NULL");
  const bool name = role == Role::given_name || role == Role::family_name;
  const std::size_t full = name ? 8U : role == Role::date ? 8U : m.size();
  RC_ASSERT(std::abs(std::accumulate(m.begin() + 1, m.begin() + static_cast<std::ptrdiff_t>(full), 0.0) - 1) <
            1e-9);
  RC_ASSERT(std::abs(m[level_same] - levels.front().second) < 1e-3);
}

// The table of doc/linkage.md: what Splink's library writes for each comparison, and how much of it is taken
// over.
TEST(SplinkSettings, OfSplinksLibraryAreTakenOverAsTheManualSays) {
  struct Case {
    const char* comparison;
    const char* sql;
    bool taken;
  };
  for (const Case& one : {
           Case{"ExactMatch", "\"a_l\" = \"a_r\"", true},
           Case{"LevenshteinAtThresholds", "levenshtein(\"a_l\", \"a_r\") <= 2", true},
           Case{"DamerauLevenshteinAtThresholds", "damerau_levenshtein(\"a_l\", \"a_r\") <= 1", true},
           Case{"JaroAtThresholds", "jaro_similarity(\"a_l\", \"a_r\") >= 0.9", true},
           Case{"JaroWinklerAtThresholds", "jaro_winkler_similarity(\"a_l\", \"a_r\") >= 0.7", true},
           Case{"JaccardAtThresholds", "jaccard(\"a_l\", \"a_r\") >= 0.9", true},
           Case{"DistanceFunctionAtThresholds", "hamming(\"a_l\", \"a_r\") <= 1", true},
           Case{"DistanceFunctionAtThresholds", "my_distance(\"a_l\", \"a_r\") <= 1", false},
           Case{"CosineSimilarityAtThresholds", "array_cosine_similarity(\"a_l\", \"a_r\") >= 0.9", true},
           Case{"AbsoluteDateDifferenceAtThresholds", "ABS(EPOCH(\"a_l\") - EPOCH(\"a_r\")) <= 259200", true},
           Case{"EmailComparison",
                "jaro_winkler_similarity(NULLIF(regexp_extract(\"a_l\", '^[^@]+', 0), ''), "
                "NULLIF(regexp_extract(\"a_r\", '^[^@]+', 0), '')) >= 0.88",
                true},
           Case{"PostcodeComparison",
                "NULLIF(regexp_extract(\"a_l\", '^[A-Za-z]{1,2}', 0), '') = "
                "NULLIF(regexp_extract(\"a_r\", '^[A-Za-z]{1,2}', 0), '')",
                true},
           Case{"ArrayIntersectAtSizes", "array_length(list_intersect(\"a_l\", \"a_r\")) >= 1", false},
           Case{"PairwiseStringDistanceFunctionAtThresholds",
                "list_min(list_transform(flatten(\"a_l\"), pair -> levenshtein(pair[1], pair[2]))) <= 1",
                false},
           Case{"DistanceInKMAtThresholds", "acos(sin(radians(\"a_l\")) * sin(radians(\"a_r\"))) <= 1",
                false},
       }) {
    EXPECT_EQ(read_level(one.sql).kind != SplinkLevel::Kind::not_taken, one.taken) << one.comparison;
  }
}

}  // namespace
}  // namespace scrutineer::linkage
