// Rolls from Parquet files and from queries.
#include "rolls/table_reader.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "rolls/support.h"
#include "store/duckdb.h"

namespace scrutineer::rolls {
namespace {

using tests::spec_of;
using tests::TemporaryFolder;
using tests::texts;
using Texts = std::vector<std::string>;

#define ASSERT_READ(roll) ASSERT_TRUE(roll) << (roll).error().message()

void write_parquet(const std::filesystem::path& file, const std::string& select) {
  auto duck = store::Duck::open({});
  ASSERT_TRUE(duck);
  ASSERT_TRUE(duck->write_parquet(file, select));
}

constexpr const char* people =
    "SELECT * FROM (VALUES (1, 'Smith', DATE '2026-05-06', 1.50), (2, NULL, NULL, 2.25)) AS t(\"Member No\", "
    "surname, "
    "joined, amount)";

TEST(TableReader, ReadsParquetAsText) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "roll.parquet";
  write_parquet(spec.file, people);
  const auto roll = read_roll(spec);
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "2"}));
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"Smith", ""}));
  EXPECT_EQ(texts(*roll, Column::joined), (Texts{"2026-05-06", ""}));
  EXPECT_EQ(roll->text(Column::amount, 0), "1.50");
  EXPECT_EQ(roll->lines, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(roll->account.physical_records, 2U);
  EXPECT_EQ(roll->recognition.encoding, "Parquet");
}

TEST(TableReader, AnswersAQueryOnParquet) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "roll.parquet";
  write_parquet(spec.file, people);
  spec.query = "SELECT \"Member No\" AS id, upper(surname) AS surname FROM roll WHERE amount < 2;\n";
  const auto roll = read_roll(spec);
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"SMITH"}));
  spec.query = "SELECT nonsense FROM roll";
  const auto wrong = read_roll(spec);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().category, ErrorCategory::refused_input);
}

TEST(TableReader, AQueryReadsNothingButItsFile) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "roll.parquet";
  write_parquet(spec.file, people);
  const auto other = folder.path() / "other.parquet";
  write_parquet(other, people);
  for (const std::string& query : {"SELECT * FROM '" + other.string() + "'",
                                   "SELECT content AS id FROM read_text('" + other.string() + "')",
                                   "COPY roll TO '" + (folder.path() / "out.csv").string() + "'"}) {
    spec.query = query;
    const auto roll = read_roll(spec);
    ASSERT_FALSE(roll) << query;
    EXPECT_EQ(roll.error().category, ErrorCategory::refused_input) << roll.error().message();
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out.csv"));
}

TEST(TableReader, AnswersAQueryOnADuckDatabase) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "members.duckdb";
  {
    auto duck = store::Duck::open({});
    ASSERT_TRUE(duck);
    ASSERT_TRUE(duck->execute("ATTACH '" + spec.file.string() + "' AS made; CREATE TABLE made.people AS " +
                              std::string(people) + "; DETACH made"));
  }
  const auto unasked = read_roll(spec);
  ASSERT_FALSE(unasked);
  EXPECT_NE(unasked.error().message().find("DuckDB database"), std::string::npos);
  spec.query = "SELECT * FROM people";
  const auto roll = read_roll(spec);
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "2"}));
}

TEST(TableReader, AnswersAQueryOnAnSqliteDatabase) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "members.sqlite";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(spec.file.c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, "CREATE TABLE p(id, surname); INSERT INTO p VALUES (1,'Smith'),(2,NULL),(3,x'ff')",
               nullptr, nullptr, nullptr);
  sqlite3_close(database);
  spec.query = "SELECT id, surname FROM p ORDER BY id";
  const auto roll = read_roll(spec);
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"Smith", ""}));
  EXPECT_EQ(roll->rejects.size(), 1U);
  for (const char* query :
       {"DELETE FROM p", "SELECT 1; SELECT 2", "ATTACH 'x.sqlite' AS x", "SELECT nonsense FROM p", ""}) {
    spec.query = query;
    EXPECT_FALSE(read_roll(spec)) << query;
  }
}

TEST(TableReader, RefusesADamagedParquetFileAndAQueryOnText) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.write("roll.parquet", "PAR1 and then nothing");
  auto roll = read_roll(spec);
  ASSERT_FALSE(roll);
  EXPECT_EQ(roll.error().category, ErrorCategory::refused_input) << roll.error().message();
  spec.file = folder.write("roll.csv", "id\n1\n");
  spec.query = "SELECT 1 AS id";
  roll = read_roll(spec);
  ASSERT_FALSE(roll);
  EXPECT_EQ(roll.error().category, ErrorCategory::refused_input);
}

}  // namespace
}  // namespace scrutineer::rolls
