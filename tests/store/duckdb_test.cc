#include "store/duckdb.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "store/scratch_folder.h"

namespace scrutineer::store {
namespace {

using tests::ScratchFolder;

Duck opened(const DuckOptions& options = {}) {
  auto duck = Duck::open(options);
  EXPECT_TRUE(duck) << duck.error().message();
  return *std::move(duck);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

std::string first_cell(Duck& duck, std::string_view sql) {
  const auto rows = duck.rows(sql);
  EXPECT_TRUE(rows) << rows.error().message();
  return rows->at(0).at(0).value_or("NULL");
}

TableSource numbers(std::uint64_t rows) {
  return {{{"number", ColumnType::integer},
           {"word", ColumnType::text},
           {"day", ColumnType::date},
           {"half", ColumnType::real},
           {"even", ColumnType::boolean}},
          rows,
          [](std::uint64_t first, std::size_t count, CellWriter& cells) {
            for (std::size_t row = 0; row < count; ++row) {
              const std::uint64_t n = first + row;
              cells.integer(0, row, static_cast<std::int64_t>(n));
              if (n % 7 != 0) cells.text(1, row, "the word of row " + std::to_string(n));
              cells.date(2, row, Date(static_cast<std::int32_t>(n % 20000)));
              cells.real(3, row, static_cast<double>(n) / 2);
              cells.boolean(4, row, n % 2 == 0);
            }
          }};
}

TEST(Duck, SettingsAreThoseGiven) {
  ScratchFolder folder;
  Duck duck = opened({.threads = 2, .memory_bytes = 256ULL << 20, .temp_directory = folder.path()});
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('threads')"), "2");
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('memory_limit')"), "256.0 MiB");
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('temp_directory')"), folder.path().string());
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('autoinstall_known_extensions')"), "false");
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('autoload_known_extensions')"), "false");
  EXPECT_EQ(first_cell(duck, "SELECT current_setting('TimeZone')"), "UTC");
}

// Catch 7: without a folder for it nothing is spilled, least of all into the working directory.
TEST(Duck, SpillsOnlyWhereItWasTold) {
  Duck lean = opened({.threads = 1, .memory_bytes = 40ULL << 20});
  const std::string heavy =
      "CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a FROM range(4000000) r(i) ORDER BY a";
  const auto failed = lean.execute(heavy, {"inquiry.toml", 3, 0});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().category, ErrorCategory::internal) << failed.error().message();
  EXPECT_FALSE(std::filesystem::exists(".tmp"));
  ScratchFolder folder;
  Duck spilling = opened({.threads = 1, .memory_bytes = 100ULL << 20, .temp_directory = folder.path()});
  const auto done = spilling.execute(heavy);
  EXPECT_TRUE(done) << done.error().message();
}

TEST(Duck, NoExtensionIsFetched) {
  Duck duck = opened();
  const auto failed = duck.execute("SELECT * FROM read_xlsx('a.xlsx')", {"inquiry.toml", 1, 0});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().category, ErrorCategory::refused_input);
}

TEST(Duck, AnyTextIsOneLiteralAndOneName) {
  Duck duck = opened();
  EXPECT_TRUE(rc::check([&] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('\'', '"', ';', '-', '\n', '\\', 'a', ' ', '$', '%', '*', '(', '/'));
    RC_ASSERT(first_cell(duck, "SELECT " + quoted_literal(text)) == text);
    if (trimmed(text).empty()) return;
    RC_ASSERT(duck.execute("CREATE OR REPLACE TABLE " + quoted_identifier(text) + " AS SELECT 5 AS " +
                           quoted_identifier(text))
                  .has_value());
    auto scan = duck.scan(Relation::table(text));
    RC_ASSERT(scan.has_value());
    RC_ASSERT(scan->columns().at(0) == text);
  }));
}

TEST(Duck, QuotingAZeroByteCutsNothing) {
  Duck duck = opened();
  EXPECT_EQ(first_cell(duck, "SELECT " + quoted_literal(std::string_view("a\0b", 3))),
            "a\xEF\xBF\xBD"
            "b");
}

// Catch 2: what does not parse is evidence, and comes out as it went in.
TEST(Duck, TextIsNeverTakenForAnythingElse) {
  Duck duck = opened();
  const auto rows = duck.rows("SELECT * FROM (VALUES ('31/02/1980', '007', ' x '), ('1e3', 'true', 'NULL'))");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->at(0), (Duck::Row{"31/02/1980", "007", " x "}));
  EXPECT_EQ(rows->at(1), (Duck::Row{"1e3", "true", "NULL"}));
}

// Catch 4: window functions over a table, with ORDER BY, give rows of the input alone.
TEST(Duck, WindowsOverATableStayWithinIt) {
  Duck duck = opened({.threads = 2});
  ASSERT_TRUE(duck.create_table("t", numbers(100000)));
  EXPECT_EQ(
      first_cell(duck,
                 "SELECT count(*) FROM (SELECT number, lead(number) OVER (ORDER BY number) AS next FROM t) "
                 "WHERE next IS NOT NULL AND next <> number + 1"),
      "0");
}

TEST(Duck, ErrorsSayWhereInTheUsersFile) {
  Duck duck = opened();
  const auto parser = duck.execute("SELECT 1,\n  2 FROMM x y", {"inquiry.toml", 12, 0});
  ASSERT_FALSE(parser);
  EXPECT_EQ(parser.error().category, ErrorCategory::refused_input);
  EXPECT_EQ(parser.error().where.file, "inquiry.toml");
  EXPECT_EQ(parser.error().where.line, 13U);
  EXPECT_GT(parser.error().where.column, 0U);
  const auto binder = duck.query("SELECT nothing", {"inquiry.toml", 0, 0});
  ASSERT_FALSE(binder);
  EXPECT_EQ(binder.error().where.line, 1U) << binder.error().message();
  EXPECT_EQ(binder.error().where.column, 8U) << binder.error().message();
  const auto ours = duck.execute("SELECT nothing");
  ASSERT_FALSE(ours);
  EXPECT_EQ(ours.error().category, ErrorCategory::internal);
}

TEST(Duck, QueryTakesOneSelectOnly) {
  Duck duck = opened();
  for (const char* sql :
       {"CREATE TABLE a (b INT)", "SELECT 1; SELECT 2", "SELECT ?", "", "DROP TABLE x", "SELECT 1) x; --"}) {
    EXPECT_FALSE(duck.query(sql, {"inquiry.toml", 1, 0})) << sql;
  }
  EXPECT_TRUE(duck.query("SELECT 1;"));
  EXPECT_TRUE(duck.query("SELECT 1 -- one"));
  EXPECT_TRUE(duck.query("WITH a AS (SELECT 1 AS x) SELECT * FROM a ;  "));
}

// Catch 3: in streaming mode this shape hangs for ever. Here any query is materialised first.
TEST(Duck, UnionOfJoinsComesToAnEnd) {
  Duck duck = opened({.threads = 2});
  ASSERT_TRUE(duck.create_table("t", numbers(200000)));
  const char* select =
      "SELECT a.number, b.word FROM t a JOIN t b ON a.number = b.number + 1 UNION ALL "
      "SELECT a.number, b.word FROM t a JOIN t b ON a.number = b.number + 2 UNION ALL "
      "SELECT a.number, b.word FROM t a JOIN t b ON a.number = b.number + 3";
  auto scan = duck.query(select);
  ASSERT_TRUE(scan) << scan.error().message();
  std::size_t rows = 0;
  while (true) {
    const auto more = scan->next();
    ASSERT_TRUE(more);
    if (!*more) break;
    rows += scan->chunk().rows();
  }
  EXPECT_EQ(rows, 3U * 200000 - 6);
}

TEST(Duck, StreamKeepsOrderNullsAndEmptyStrings) {
  for (const unsigned threads : {1U, 2U}) {
    Duck duck = opened({.threads = threads});
    ASSERT_TRUE(duck.create_table("t", numbers(300001)));
    auto scan = duck.scan(Relation::table("t"));
    ASSERT_TRUE(scan);
    EXPECT_EQ(scan->columns(), (std::vector<std::string>{"number", "word", "day", "half", "even"}));
    std::uint64_t n = 0;
    while (*scan->next()) {
      const TextChunk& chunk = scan->chunk();
      for (std::size_t row = 0; row < chunk.rows(); ++row, ++n) {
        ASSERT_EQ(chunk.text(0, row), std::to_string(n));
        ASSERT_EQ(chunk.is_null(1, row), n % 7 == 0);
        if (n % 7) {
          ASSERT_EQ(chunk.text(1, row), "the word of row " + std::to_string(n));
        }
        ASSERT_EQ(chunk.text(2, row), Date(static_cast<std::int32_t>(n % 20000)).iso());
        ASSERT_EQ(chunk.text(4, row), n % 2 == 0 ? "true" : "false");
      }
    }
    EXPECT_EQ(n, 300001U);
    EXPECT_FALSE(*scan->next());  // and stays at its end
  }
  Duck duck = opened();
  const auto rows = duck.rows("SELECT '' AS a, NULL AS b");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->at(0).at(0), "");
  EXPECT_EQ(rows->at(0).at(1), std::nullopt);
}

TEST(Duck, ScanOfNamedColumnsAndDroppingItEarly) {
  Duck duck = opened({.threads = 2});
  ASSERT_TRUE(duck.create_table("t", numbers(300000)));
  {
    const std::vector<std::string> columns = {"word", "number"};
    auto scan = duck.scan(Relation::table("t"), columns);
    ASSERT_TRUE(scan);
    ASSERT_TRUE(*scan->next());
    EXPECT_EQ(scan->chunk().text(0, 1), "the word of row 1");
  }
  EXPECT_EQ(first_cell(duck, "SELECT count(*) FROM t"), "300000");
  EXPECT_EQ(first_cell(duck,
                       "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'scrutineer scratch%' AND "
                       "table_name <> 'scrutineer scratch 2'"),
            "0");
}

TEST(Duck, AnErrorInMidStreamIsAnError) {
  Duck duck = opened({.threads = 1});
  ASSERT_TRUE(
      duck.execute("CREATE VIEW v AS SELECT CASE WHEN i = 150000 THEN error('row 150000') ELSE 'x' END AS a "
                   "FROM range(200000) r(i)"));
  auto scan = duck.scan(Relation::table("v"), {"rolls.parquet", 0, 0});
  bool failed = !scan;
  while (scan && !failed) {
    const auto more = scan->next();
    if (!more) {
      failed = true;
      EXPECT_EQ(more.error().category, ErrorCategory::refused_input);
    } else if (!*more) {
      break;
    }
  }
  EXPECT_TRUE(failed);
}

TEST(Duck, ParquetRoundTripIsTheSameBytesOnAnyThreads) {
  ScratchFolder folder;
  std::vector<std::string> written;
  for (const unsigned threads : {1U, 2U, 3U}) {
    Duck duck = opened({.threads = threads});
    const auto file = folder.path() / ("links*[" + std::to_string(threads) + "]?'.parquet");
    const auto done = duck.write_parquet(file, numbers(300000));
    ASSERT_TRUE(done) << done.error().message();
    written.push_back(bytes_of(file));
    const auto ordered = folder.path() / ("ordered" + std::to_string(threads));
    ASSERT_TRUE(duck.create_table("t", numbers(300000)));
    ASSERT_TRUE(duck.write_parquet(ordered, "SELECT number, word FROM t ORDER BY word, number"));
    written.push_back(bytes_of(ordered));
    auto scan = duck.scan(Relation::parquet(file));
    ASSERT_TRUE(scan) << scan.error().message();
    std::uint64_t n = 0;
    while (*scan->next()) {
      for (std::size_t row = 0; row < scan->chunk().rows(); ++row, ++n) {
        ASSERT_EQ(scan->chunk().text(0, row), std::to_string(n));
        ASSERT_EQ(scan->chunk().is_null(1, row), n % 7 == 0);
      }
    }
    EXPECT_EQ(n, 300000U);
  }
  for (std::size_t i = 2; i < written.size(); ++i) EXPECT_EQ(written[i], written[i % 2]) << i;
}

TEST(Duck, ADamagedParquetFileIsRefused) {
  ScratchFolder folder;
  Duck duck = opened();
  const auto file = folder.path() / "roll.parquet";
  ASSERT_TRUE(duck.write_parquet(file, numbers(10000)));
  const std::string whole = bytes_of(file);
  for (const std::size_t keep : {std::size_t{0}, std::size_t{3}, whole.size() / 2, whole.size() - 1}) {
    std::ofstream(file, std::ios::binary).write(whole.data(), static_cast<std::streamsize>(keep));
    const auto scan = duck.scan(Relation::parquet(file), {file.string(), 0, 0});
    ASSERT_FALSE(scan) << keep;
    EXPECT_EQ(scan.error().category, ErrorCategory::refused_input) << scan.error().message();
  }
}

TEST(Duck, ASourceThatFailsOrErrsIsAnError) {
  Duck duck = opened();
  TableSource throwing = numbers(5000);
  throwing.fill = [](std::uint64_t first, std::size_t, CellWriter&) {
    if (first > 0) throw std::runtime_error("no more");
  };
  const auto thrown = duck.create_table("a", throwing);
  ASSERT_FALSE(thrown);
  EXPECT_NE(thrown.error().what.find("no more"), std::string::npos);
  TableSource wrong = numbers(10);
  wrong.fill = [](std::uint64_t, std::size_t, CellWriter& cells) { cells.text(0, 0, "not a number"); };
  EXPECT_FALSE(duck.create_table("b", wrong));
  TableSource outside = numbers(10);
  outside.fill = [](std::uint64_t, std::size_t, CellWriter& cells) { cells.integer(0, 10, 5); };
  EXPECT_FALSE(duck.create_table("c", outside));
  EXPECT_TRUE(duck.create_table("empty", numbers(0)));
  EXPECT_EQ(first_cell(duck, "SELECT count(*) FROM empty"), "0");
}

// Catch 6, as the reason for the rule: integer sums are the same on any number of threads.
TEST(Duck, IntegerSumsDoNotDependOnThreads) {
  std::vector<std::string> sums;
  for (const unsigned threads : {1U, 2U, 4U}) {
    Duck duck = opened({.threads = threads, .preserve_insertion_order = false});
    sums.push_back(first_cell(duck, "SELECT sum(hash(i) % 1000003) FROM range(2000000) r(i)"));
  }
  EXPECT_EQ(sums[0], sums[1]);
  EXPECT_EQ(sums[0], sums[2]);
}

}  // namespace
}  // namespace scrutineer::store
