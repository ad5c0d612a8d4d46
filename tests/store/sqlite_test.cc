#include "store/sqlite.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <vector>

#include "store/scratch_folder.h"

namespace scrutineer::store {
namespace {

using tests::ScratchFolder;

Sqlite created(const std::filesystem::path& file) {
  auto database = Sqlite::open(file, SqliteMode::create);
  EXPECT_TRUE(database) << database.error().message();
  return *std::move(database);
}

TEST(Sqlite, ValuesComeBackAsTheyWere) {
  ScratchFolder folder;
  Sqlite database = created(folder.path() / "values");
  EXPECT_TRUE(rc::check([&](std::int64_t integer, double real, const std::string& text) {
    auto select = database.prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6");
    RC_ASSERT(select.has_value());
    const Bytes bytes(reinterpret_cast<const unsigned char*>(text.data()), text.size());
    select->bind(integer, real, text, bytes, std::optional<std::string>(), true);
    RC_ASSERT(*select->step());
    RC_ASSERT(select->integer(0) == integer);
    RC_ASSERT(select->real(1) == real);
    RC_ASSERT(select->text(2) == text);
    RC_ASSERT(select->bytes(3) == text);
    RC_ASSERT(select->is_null(4));
    RC_ASSERT(select->integer(5) == 1);
  }));
}

TEST(Sqlite, EmptyTextAndEmptyBytesAreNoNulls) {
  ScratchFolder folder;
  Sqlite database = created(folder.path() / "a");
  auto select = database.prepare("SELECT ?1, ?2");
  select->bind(std::string_view(), Bytes());
  ASSERT_TRUE(*select->step());
  EXPECT_FALSE(select->is_null(0));
  EXPECT_FALSE(select->is_null(1));
}

TEST(Sqlite, StrictTablesRefuseWrongTypes) {
  ScratchFolder folder;
  Sqlite database = created(folder.path() / "a");
  ASSERT_TRUE(database.execute("CREATE TABLE t (a INTEGER NOT NULL) STRICT"));
  auto insert = database.prepare("INSERT INTO t VALUES (?1)");
  EXPECT_FALSE(insert->bind("twelve").run());
  EXPECT_FALSE(insert->bind(nullptr).run());
  EXPECT_TRUE(insert->bind(12).run());
  EXPECT_FALSE(insert->bind(1, 2).run());  // one value too many
}

TEST(Sqlite, TransactionWithoutCommitIsNothing) {
  ScratchFolder folder;
  Sqlite database = created(folder.path() / "a");
  ASSERT_TRUE(database.execute("CREATE TABLE t (a INTEGER) STRICT"));
  {
    auto transaction = Transaction::begin(database);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 0);
  auto transaction = Transaction::begin(database);
  ASSERT_TRUE(database.execute("INSERT INTO t VALUES (1)"));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 1);
}

TEST(Sqlite, ReadOnlyCannotWriteAndIsHardened) {
  ScratchFolder folder;
  const auto file = folder.path() / "a b%?#.sqlite";
  {
    Sqlite database = created(file);
    ASSERT_TRUE(database.execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)"));
  }
  auto reading = Sqlite::open(file, SqliteMode::read_only);
  ASSERT_TRUE(reading) << reading.error().message();
  EXPECT_FALSE(reading->execute("INSERT INTO t VALUES (2)"));
  EXPECT_FALSE(
      reading->execute("SELECT \"no such column\" FROM t"));  // a quoted name is never taken for a text
  auto writing = Sqlite::open(file, SqliteMode::read_write);
  ASSERT_TRUE(writing);
  ASSERT_TRUE(writing->execute("INSERT INTO t VALUES (2)"));
  EXPECT_EQ(*reading->integer("SELECT count(*) FROM t"), 2);
}

TEST(Sqlite, WhatIsNoDatabaseIsRefused) {
  ScratchFolder folder;
  const auto file = folder.path() / "notes.txt";
  std::ofstream(file) << std::string(5000, 'x');
  for (const auto& path : {file, folder.path() / "absent", folder.path()}) {
    const auto opened = Sqlite::open(path, SqliteMode::read_only);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().category, ErrorCategory::refused_input) << opened.error().message();
  }
}

}  // namespace
}  // namespace scrutineer::store
