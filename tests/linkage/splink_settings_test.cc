// Settings as Splink publishes them, versions 4 and 5.
#include "linkage/splink_settings.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "linkage/levels.h"
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

}  // namespace
}  // namespace scrutineer::linkage
