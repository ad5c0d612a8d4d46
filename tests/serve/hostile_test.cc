// What strangers typed stays data: in answers, in exports, in the ledger; and whatever is changed in a case
// is seen.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zip.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"
#include "inquiry/erase_case.h"
#include "serve/review_case.h"
#include "serve/served.h"
#include "serve/spreadsheet.h"
#include "store/case_schema.h"
#include "store/scratch_folder.h"
#include "support/shared_data.h"

namespace scrutineer::serve {
namespace {

using tests::Json;
using tests::Served;

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {"<script>alert(1)</script><img src=x onerror=alert(2)>",
                                                 "'); DROP TABLE members; --",
                                                 "=HYPERLINK(\"http://evil.example\",\"x\")",
                                                 "@SUM(A1:A9)",
                                                 "\xE2\x80\xAE"
                                                 "evil\xE2\x80\xAC \xE2\x81\xA6x",
                                                 "broken \xFF\xC3\x28 bytes",
                                                 "a\r\nSet-Cookie: b=c",
                                                 "../../../etc/passwd",
                                                 std::string(10'000, 'W'),
                                                 "%s%n{}{0}"};
  return texts;
}

TEST(Hostile, TextInEveryFieldRunsNothingAndBreaksNothing) {
  for (const std::string& typed : hostile_texts()) {
    tests::ScratchFolder scratch;
    const auto place = scratch.path() / "case";
    tests::ReviewCase wanted;
    wanted.members = 12;
    wanted.findings = 4;
    wanted.links = 3;
    wanted.typed = typed;
    wanted.title = typed;
    ASSERT_TRUE(tests::build_review_case(place, wanted)) << typed;
    Served served(place, "A", Role::panel, false, 1);
    const auto queue = served.handles("/api/queue?state=all");
    ASSERT_EQ(queue.size(), 7U) << typed;
    std::vector<std::string> paths = {"/api/session", "/api/overview", "/api/persons",  "/api/addresses",
                                      "/api/ledger",  "/api/map",      "/api/calendar", "/api/contest"};
    for (const std::string& handle : queue)
      paths.push_back((handle[0] == 'f' ? "/api/finding/" : "/api/link/") + handle);
    for (const std::string& handle : served.handles("/api/persons")) paths.push_back("/api/person/" + handle);
    for (const std::string& path : paths) {
      const auto reply = served.get(path);
      EXPECT_EQ(reply.status, 200) << path << reply.body;
      EXPECT_FALSE(reply.json().is_discarded()) << path;
      EXPECT_EQ(reply.headers.find("Set-Cookie"), reply.headers.end());
    }
    // Typed by the reviewer too, into every field.
    const Json body = {{"subject", queue.front()},
                       {"decision", "explained"},
                       {"cause", typed},
                       {"reason", typed},
                       {"request", ""}};
    const auto decided = served.post("/api/decisions", body);
    EXPECT_EQ(decided.status, 201) << decided.body;
    for (const char* path : {"/api/exhibits?redact=0", "/api/impact-assessment"}) {
      const std::string html = served.get(path).body;
      EXPECT_EQ(html.find("<script"), std::string::npos) << path;
      EXPECT_EQ(html.find("<img"), std::string::npos) << path;
    }
    auto file = store::CaseFile::open(place, store::SqliteMode::read_only);
    EXPECT_TRUE(store::check_case(*file)->problems.empty());
  }
}

// Cells of a CSV file, as a spreadsheet reads them.
std::vector<std::string> cells_of(const std::string& csv) {
  std::vector<std::string> cells;
  std::string cell;
  bool quoted = false;
  for (std::size_t at = 0; at < csv.size(); ++at) {
    const char letter = csv[at];
    if (quoted && letter == '"' && at + 1 < csv.size() && csv[at + 1] == '"') {
      cell += '"';
      ++at;
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (!quoted && (letter == ',' || letter == '\n' || letter == '\r')) {
      cells.push_back(cell);
      cell.clear();
    } else {
      cell += letter;
    }
  }
  cells.push_back(cell);
  return cells;
}

bool runs(const std::string& cell) {
  return !cell.empty() && std::string("=+@\t\r").find(cell[0]) != std::string::npos;
}

TEST(Hostile, NoCellOfAnExportIsAFormula) {
  for (const std::string& typed : hostile_texts()) {
    tests::ScratchFolder scratch;
    const auto place = scratch.path() / "case";
    tests::ReviewCase wanted;
    wanted.members = 12;
    wanted.findings = 4;
    wanted.links = 2;
    wanted.typed = typed;
    ASSERT_TRUE(tests::build_review_case(place, wanted));
    Served served(place, typed.size() > 100 ? "A" : "=1+1", Role::panel);
    for (const char* list : {"queue", "persons", "addresses", "ledger", "decisions"}) {
      const auto csv = served.get(std::string("/api/export?redact=0&list=") + list);
      ASSERT_EQ(csv.status, 200) << csv.body;
      for (const std::string& cell : cells_of(csv.body.substr(3))) {
        EXPECT_FALSE(runs(cell)) << cell;
        EXPECT_EQ(cell.find("\xE2\x80\xAE"), std::string::npos)
            << "a right-to-left mark that is not shown as one";
      }
      EXPECT_NE(csv.body.find("expected to be innocent"), std::string::npos);
      const auto xlsx = served.get(std::string("/api/export?redact=0&format=xlsx&list=") + list);
      ASSERT_EQ(xlsx.status, 200);
      const auto saved = scratch.path() / "list.xlsx";
      std::ofstream(saved, std::ios::binary) << xlsx.body;
      int error = 0;
      zip_t* const archive = zip_open(saved.c_str(), ZIP_RDONLY, &error);
      ASSERT_NE(archive, nullptr);
      zip_file_t* const sheet = zip_fopen(archive, "xl/worksheets/sheet1.xml", 0);
      ASSERT_NE(sheet, nullptr);
      std::string xml(4 << 20, '\0');
      xml.resize(
          static_cast<std::size_t>(std::max<zip_int64_t>(0, zip_fread(sheet, xml.data(), xml.size()))));
      zip_fclose(sheet);
      zip_discard(archive);
      EXPECT_EQ(xml.find("<f>"), std::string::npos);
      EXPECT_NE(xml.find("<row"), std::string::npos);
    }
  }
}

TEST(Hostile, CellsOfAnyBytesAreText) {
  rc::check("no cell begins a formula, holds a control or a bidirectional mark", [](const std::string& text) {
    const std::string cell = cell_text(text);
    RC_ASSERT(is_valid_utf8(cell) || cell.size() >= 32'000);
    RC_ASSERT(cell.empty() || std::string("=@\t\r").find(cell[0]) == std::string::npos);
    for (const char letter : cell) RC_ASSERT(static_cast<unsigned char>(letter) >= 0x20);
  });
}

// What strangers may have changed: a case of a few rows.
Status small_case(const std::filesystem::path& place) {
  tests::ReviewCase wanted;
  wanted.members = 12;
  wanted.findings = 4;
  wanted.links = 2;
  return tests::build_review_case(place, wanted);
}

// The exit status of the checker in another language.
int other_checker(const std::filesystem::path& folder) {
  const std::string command = "python3 '" + tests::project_file("examples/check_case.py").string() + "' '" +
                              folder.string() + "' > /dev/null 2>&1";
  return std::system(command.c_str());
}

bool holds(const std::filesystem::path& folder) {
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_only);
  if (!file) return false;
  const auto check = store::check_case(*file);
  return check && check->problems.empty();
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Every value that the ledger vouches for, or "refused" where it cannot be read.
std::string rows_of(const std::filesystem::path& folder) {
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_only);
  if (!file) return std::string("refused");
  std::vector<std::string> tables(store::result_tables().begin(), store::result_tables().end());
  tables.insert(tables.end(), {"ledger", "decisions"});
  std::string all;
  for (const std::string& table : tables) {
    auto rows = file->database().prepare("SELECT * FROM " + table);
    if (!rows) return std::string("refused");
    while (true) {
      const auto more = rows->step();
      if (!more) return std::string("refused");
      if (!*more) break;
      for (int column = 0; column < rows->columns(); ++column) all += rows->bytes(column) + "|";
    }
  }
  return all;
}

// Every value of every table that the ledger vouches for, of the ledger itself and of the decisions.
TEST(Tampering, AnyChangeOfAnyValueIsSeen) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(small_case(place));
  {
    auto file = store::CaseFile::open(place, store::SqliteMode::read_write);
    const auto key = store::SigningKey::from_seed({});
    ASSERT_TRUE(
        file->decide({"finding", "f", "open", "", "a reason", "A", {}}, "2026-07-01T09:00:00Z", &key));
    ASSERT_TRUE(file->database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  }
  const auto copy = scratch.path() / "copy";
  std::vector<std::string> tables(store::result_tables().begin(), store::result_tables().end());
  tables.insert(tables.end(), {"ledger", "decisions", "files", "secrets", "states", "handles"});
  rc::check("a changed cell is a problem", [&](std::uint32_t table_pick, std::uint32_t row_pick,
                                               std::uint32_t column_pick) {
    std::filesystem::remove_all(copy);
    std::filesystem::copy(place, copy, std::filesystem::copy_options::recursive);
    auto file = store::CaseFile::open(copy, store::SqliteMode::read_write);
    RC_ASSERT(file.has_value());
    store::Sqlite& database = file->database();
    const std::string table = tables[table_pick % tables.size()];
    const auto rows = *database.integer("SELECT count(*) FROM " + table);
    RC_PRE(rows > 0);
    std::vector<std::string> columns;
    std::vector<std::string> types;
    {
      auto info = database.prepare("SELECT name, type FROM pragma_table_info(?1)");
      info->bind(table);
      while (*info->step()) {
        columns.push_back(info->text(0));
        types.push_back(info->text(1));
      }
    }
    const std::size_t column = column_pick % columns.size();
    // The handles' key changes no statement of the ledger's, only what stands for whom: decisions see it.
    const std::string change = types[column] == "TEXT" ? "coalesce(\"" + columns[column] + "\", '') || 'x'"
                               : types[column] == "BLOB"
                                   ? "zeroblob(coalesce(nullif(length(\"" + columns[column] + "\"), 0), 32))"
                                   : "coalesce(\"" + columns[column] + "\", 0) + 1";
    static_cast<void>(
        database.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; DROP TRIGGER "
                         "ledger_is_never_changed; DROP TRIGGER "
                         "decisions_are_never_changed"));
    auto order = database.prepare("SELECT " + columns[0] + " FROM " + table + " ORDER BY " + columns[0] +
                                  " LIMIT 1 OFFSET ?1");
    order->bind(static_cast<std::int64_t>(row_pick) % rows);
    RC_ASSERT(*order->step());
    const std::string first = order->text(0);
    const Status changed =
        database.execute("UPDATE " + table + " SET \"" + columns[column] + "\" = " + change + " WHERE CAST(" +
                         columns[0] + " AS TEXT) = '" + first + "'");
    const bool none = !changed || *database.integer("SELECT changes()") == 0;
    RC_PRE(!none);
    const auto check = store::check_case(*file);
    RC_ASSERT(!check || !check->problems.empty());
  });
}

// The bytes of the file: what SQLite reads differently is seen, and nothing crashes.
TEST(Tampering, AChangedByteIsSeenOrMeansNothing) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(small_case(place));
  const auto dump = [](const std::filesystem::path& folder) {
    return holds(folder) ? rows_of(folder) : std::string("refused");
  };
  const std::string whole = dump(place);
  ASSERT_NE(whole, "refused");
  const std::string bytes = bytes_of(place / "case.sqlite");
  const auto copy = scratch.path() / "copy";
  std::filesystem::copy(place, copy, std::filesystem::copy_options::recursive);
  std::size_t seen = 0;
  rc::check("another byte is refused, or the case says the same", [&](std::uint32_t where,
                                                                      unsigned char bit) {
    std::string changed = bytes;
    changed[where % changed.size()] = static_cast<char>(changed[where % changed.size()] ^ (1 << (bit % 8)));
    std::ofstream(copy / "case.sqlite", std::ios::binary) << changed;
    const std::string said = dump(copy);
    seen += said == "refused";
    RC_ASSERT(said == "refused" || said == whole);
  });
  EXPECT_GT(seen, 0U);
}

// Every file of the case, not the database alone: a bit turned, a byte more, a byte less, no file at all.
TEST(Tampering, EveryFileIsWatchedByBothCheckers) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(small_case(place));
  ASSERT_TRUE(holds(place));
  ASSERT_EQ(other_checker(place), 0);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("case.sqlite")) names.push_back(name);
  }
  EXPECT_GE(names.size(), 6U);
  std::mt19937 random(8);
  for (const std::string& name : names) {
    const std::string whole = bytes_of(place / name);
    ASSERT_FALSE(whole.empty()) << name;
    const auto put = [&](const std::string& bytes) {
      std::ofstream(place / name, std::ios::binary | std::ios::trunc) << bytes;
    };
    for (int turn = 0; turn < 5; ++turn) {
      std::string changed = whole;
      char& letter = changed[random() % changed.size()];
      letter = static_cast<char>(letter ^ (1 << (random() % 8)));
      put(changed);
      EXPECT_FALSE(holds(place)) << name;
      if (turn == 0) {
        EXPECT_NE(other_checker(place), 0) << name;
      }
    }
    for (const std::string& changed : {whole + " ", whole.substr(1), std::string()}) {
      put(changed);
      EXPECT_FALSE(holds(place)) << name;
    }
    std::filesystem::remove(place / name);
    EXPECT_FALSE(holds(place)) << name;
    EXPECT_NE(other_checker(place), 0) << name;
    put(whole);
  }
  ASSERT_TRUE(holds(place));
}

// The other checker on changed bytes of the database: it says so, or every row that it vouches for is the
// same.
TEST(Tampering, TheOtherCheckerSeesChangedBytesOfTheDatabase) {
  if (std::system("python3 -c 'import sqlite3, hashlib' 2> /dev/null") != 0)
    GTEST_SKIP() << "no python3 here";
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(small_case(place));
  const std::string same = rows_of(place);
  const std::string whole = bytes_of(place / "case.sqlite");
  std::mt19937 random(9);
  int seen = 0;
  for (int turn = 0; turn < 15; ++turn) {
    std::string changed = whole;
    char& letter = changed[random() % changed.size()];
    letter = static_cast<char>(letter ^ (1 << (random() % 8)));
    std::ofstream(place / "case.sqlite", std::ios::binary | std::ios::trunc) << changed;
    if (other_checker(place) != 0) {
      ++seen;
      continue;
    }
    EXPECT_EQ(rows_of(place), same) << turn;
  }
  EXPECT_GT(seen, 0);
}

TEST(Erasure, TakesOutWhatWasNotUpheldAndTheLedgerHolds) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(tests::build_review_case(place, {}));
  std::string upheld;
  {
    Served first(place, "A", Role::panel, false, 1);
    Served second(place, "B", Role::panel, false, 2);
    const auto queue = first.handles("/api/queue?kind=finding");
    upheld = queue[0];
    first.post("/api/replies",
               {{"subject", upheld}, {"kind", "offered"}, {"on", "2026-06-30"}, {"text", "by letter"}});
    first.post("/api/decisions",
               {{"subject", upheld}, {"decision", "upheld"}, {"reason", "Shown at the door."}});
    ASSERT_EQ(second
                  .post("/api/decisions",
                        {{"subject", upheld}, {"decision", "upheld"}, {"reason", "Seen too."}, {"after", 2}})
                  .json()["state"],
              "decided");
    first.post("/api/decisions", {{"subject", queue[1]},
                                  {"decision", "explained"},
                                  {"cause", "a family"},
                                  {"reason", "The Smithers secret."}});
    EXPECT_EQ(inquiry::erase_case(place, *Date::from_iso("2027-02-01"), "A", "2027-02-01T09:00:00Z", nullptr)
                  .error()
                  .category,
              ErrorCategory::refused_input);
    ASSERT_EQ(first.post("/api/retention", {{"date", "2027-01-31"}, {"reason", "The appeal window closes."}})
                  .status,
              201);
  }
  EXPECT_FALSE(
      inquiry::erase_case(place, *Date::from_iso("2027-01-31"), "A", "2027-01-31T09:00:00Z", nullptr));
  const auto key = store::SigningKey::from_seed({});
  const auto erased =
      inquiry::erase_case(place, *Date::from_iso("2027-02-01"), "A", "2027-02-01T09:00:00Z", &key);
  ASSERT_TRUE(erased) << erased.error().message();
  EXPECT_EQ(erased->findings_kept, 1U);
  EXPECT_EQ(erased->members_kept, 3U);
  EXPECT_EQ(erased->findings, 19U);
  EXPECT_EQ(erased->decisions, 1U);
  auto file = store::CaseFile::open(place, store::SqliteMode::read_only);
  ASSERT_TRUE(file);
  const auto check = store::check_case(*file);
  ASSERT_TRUE(check);
  for (const std::string& problem : check->problems) ADD_FAILURE() << problem;
  // Not in any byte of any file of the case.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
    const std::string bytes = bytes_of(entry.path());
    EXPECT_EQ(bytes.find("Smithers secret"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("M00059"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("account 19"), std::string::npos) << entry.path();
  }
  // The other checker agrees, and sees an erasure that was not said.
  EXPECT_EQ(other_checker(place), 0);
  Served after(place, "A", Role::panel, false, 1);
  EXPECT_EQ(after.get("/api/finding/" + upheld).status, 200);
  EXPECT_FALSE(after.get("/api/session").json()["case"]["erased_at"].is_null());
  auto tampered = store::CaseFile::open(place, store::SqliteMode::read_write);
  ASSERT_TRUE(tampered->database().execute(
      "DROP TRIGGER decisions_are_never_changed; UPDATE decisions SET subject_key = '', cause = '', "
      "reason = '', request = '', salt = '', erased = (SELECT erased FROM decisions WHERE erased IS NOT "
      "NULL) WHERE decision = 'upheld'"));
  EXPECT_FALSE(store::check_case(*tampered)->problems.empty());
}

}  // namespace
}  // namespace scrutineer::serve
