// A user of Splink starts from their settings: the program links by their m, and says what it left.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "end_to_end/fictional_inquiry.h"
#include "support/shared_data.h"

namespace scrutineer::tests {
namespace {

class SplinkStart : public testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  // What the program wrote to either stream.
  [[nodiscard]] std::string said(const std::string& arguments, bool succeeds) const {
    const std::string command = built_program().string() + " " + arguments + " >" + path("log") + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()) == 0, succeeds) << command << "\n" << bytes_of(path("log"));
    return bytes_of(path("log"));
  }

 private:
  ScratchFolder folder_{"splink-start"};
};

constexpr const char* settings_text = R"json({
 "link_type": "dedupe_only",
 "probability_two_random_records_match": 0.001,
 "comparisons": [
  {"output_column_name": "names", "comparison_levels": [
   {"sql_condition": "(`Given_l` IS NULL OR `Given_r` IS NULL) AND (`Family_l` IS NULL OR `Family_r` IS NULL)", "is_null_level": true},
   {"sql_condition": "`both_l` = `both_r`", "m_probability": 0.8},
   {"sql_condition": "`Given_l` = `Family_r` AND `Given_r` = `Family_l`", "m_probability": 0.02},
   {"sql_condition": "(jaro_winkler(`Given_l`, `Given_r`) >= 0.9) AND (jaro_winkler(`Family_l`, `Family_r`) >= 0.9)", "m_probability": 0.09},
   {"sql_condition": "`Family_l` = `Family_r`", "m_probability": 0.05},
   {"sql_condition": "`Given_l` = `Given_r`", "m_probability": 0.03},
   {"sql_condition": "ELSE", "m_probability": 0.01}]},
  {"output_column_name": "birth", "comparison_levels": [
   {"sql_condition": "BIRTH_l = BIRTH_r", "m_probability": 0.9},
   {"sql_condition": "my_dates(BIRTH_l, BIRTH_r) < 3", "m_probability": 0.05},
   {"sql_condition": "ELSE", "m_probability": 0.05}]}],
 "blocking_rules_to_generate_predictions": [
  {"blocking_rule": "l.`Family` = r.`Family` OR (substr(l.`Given`, 1, 2) = substr(r.`Given`, 1, 2) AND l.birth = r.birth)", "salting_partitions": 4}]
})json";

TEST_F(SplinkStart, LinksByTheirModelAndSaysWhatItLeft) {
  std::string roll =
      "Id,Given,Family,Birth\n"
      "1,Maren,Oldacre,1951-02-03\n2,Oldacre,Maren,1951-02-03\n3,Maren,Oldacre,1951-02-03\n"
      "4,Tobias,Quillfeather,1962-11-30\n5,Tobbias,Quillfeather,1962-11-30\n6,Selma,Brackwater,1973-07-07\n"
      "7,Edwin,Brackwater,1944-01-19\n";
  // Others, so that names have frequencies.
  const std::vector<std::string> starts = {"Bal", "Cor", "Dun", "Fal", "Gre",
                                           "Hos", "Jor", "Kes", "Lam", "Nor"};
  const std::vector<std::string> ends = {"ander", "bick", "cote", "dale",   "edge",
                                         "ford",  "gill", "holt", "ingham", "kirk"};
  for (std::size_t row = 0; row < 400; ++row) {
    roll += std::to_string(100 + row) + "," + starts[row % 10] + ends[row * 7 / 10 % 10] + "," +
            starts[row * 3 / 7 % 10] + ends[row * 9 / 4 % 10] + ",19" + std::to_string(20 + row % 70) + "-0" +
            std::to_string(1 + row % 9) + "-1" + std::to_string(row / 3 % 10) + "\n";
  }
  write("roll.csv", roll);
  write("settings.json", settings_text);
  const std::string dedupe = "dedupe " + path("roll.csv") + " --id Id --out " + path("people.csv") +
                             " --splink-settings " + path("settings.json") + " --show-model";
  const std::string log = said(dedupe, true);
  EXPECT_NE(log.find("Scored with a saved model"), std::string::npos) << log;
  EXPECT_NE(log.find("among the other names          0.02"), std::string::npos) << log;
  EXPECT_NE(log.find("no level here stands for my_dates(BIRTH_l, BIRTH_r) < 3"), std::string::npos) << log;
  EXPECT_NE(log.find("`both_l` = `both_r` is read as agreement of all its columns"), std::string::npos)
      << log;
  const std::string people = bytes_of(path("people.csv"));
  for (const char* row : {"\n1,1", "\n3,1", "\n4,4", "\n5,4", "\n6,6", "\n7,7"})
    EXPECT_NE(people.find(row), std::string::npos) << row << " is not in\n" << people;
}

TEST_F(SplinkStart, RefusesWhatIsNoneWithItsPlace) {
  write("roll.csv", "Id,Given,Family\n1,Maren,Oldacre\n2,Selma,Brackwater\n");
  const std::string dedupe = "dedupe " + path("roll.csv") + " --id Id --out " + path("people.csv") +
                             " --splink-settings " + path("settings.json");
  write("settings.json", "{\"comparisons\":\n [}");
  EXPECT_NE(said(dedupe, false).find("settings.json:2:3: not JSON"), std::string::npos);
  write("settings.json", settings_text);
  const std::string log = said(dedupe, false);
  EXPECT_NE(log.find("the settings compare a column \"birth\" that is not in both rolls"), std::string::npos)
      << log;
}

}  // namespace
}  // namespace scrutineer::tests
