#include "canvass/canvass_tables.h"

#include <fmt/format.h>

#include <string_view>

namespace scrutineer::canvass {
namespace {

constexpr std::string_view schema = R"sql(
CREATE TABLE canvass_frames (
  number INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  text   TEXT NOT NULL
) STRICT;
CREATE TABLE canvass_outcomes (
  number             INTEGER PRIMARY KEY,
  member             TEXT NOT NULL,
  outcome            TEXT NOT NULL CHECK (outcome IN ('verified', 'denied', 'not-known', 'moved', 'deceased',
                                                      'refused', 'no-contact')),
  visited_at         TEXT NOT NULL,
  interviewer        TEXT NOT NULL,
  second_interviewer TEXT NOT NULL,
  attempt            INTEGER NOT NULL,
  language           TEXT NOT NULL,
  consent            TEXT NOT NULL CHECK (consent IN ('', 'yes', 'no')),
  corrects           INTEGER UNIQUE REFERENCES canvass_outcomes (number),
  reason             TEXT NOT NULL,
  source             TEXT NOT NULL,
  line               INTEGER NOT NULL,
  recorded_by        TEXT NOT NULL,
  ledger_entry       INTEGER NOT NULL REFERENCES ledger (number)
) STRICT;
CREATE TABLE canvass_statements (
  number   INTEGER PRIMARY KEY,
  outcome  INTEGER NOT NULL REFERENCES canvass_outcomes (number),
  question TEXT NOT NULL,
  about    TEXT NOT NULL,
  basis    TEXT NOT NULL CHECK (basis IN ('first-hand', 'about-relative', 'hearsay')),
  speaker  TEXT NOT NULL,
  words    TEXT NOT NULL CHECK (length(words) > 0)
) STRICT;
CREATE TABLE canvass_rejects (
  number       INTEGER PRIMARY KEY,
  source       TEXT NOT NULL,
  line         INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  text         TEXT NOT NULL,
  ledger_entry INTEGER NOT NULL REFERENCES ledger (number)
) STRICT;
CREATE TABLE canvass_transcripts (
  number       INTEGER PRIMARY KEY,
  member       TEXT NOT NULL,
  source       TEXT NOT NULL,
  sha256       TEXT NOT NULL CHECK (length(sha256) = 64),
  text         TEXT NOT NULL,
  recorded_by  TEXT NOT NULL,
  ledger_entry INTEGER NOT NULL REFERENCES ledger (number)
) STRICT;
CREATE TABLE canvass_marks (
  number       INTEGER PRIMARY KEY,
  transcript   INTEGER NOT NULL REFERENCES canvass_transcripts (number),
  first_line   INTEGER NOT NULL CHECK (first_line >= 1),
  last_line    INTEGER NOT NULL CHECK (last_line >= first_line),
  question     TEXT NOT NULL,
  basis        TEXT NOT NULL CHECK (basis IN ('first-hand', 'about-relative', 'hearsay')),
  marked_by    TEXT NOT NULL CHECK (length(marked_by) > 0),
  ledger_entry INTEGER NOT NULL REFERENCES ledger (number)
) STRICT;
CREATE INDEX canvass_outcomes_by_member ON canvass_outcomes (member);
CREATE INDEX canvass_statements_by_outcome ON canvass_statements (outcome);
)sql";

constexpr std::string_view tables[] = {"frames", "outcomes", "statements", "rejects", "transcripts", "marks"};

Status make_append_only(store::Sqlite& database, std::string_view table) {
  return database.execute(
      fmt::format("CREATE TRIGGER canvass_{0}_are_never_changed BEFORE UPDATE ON canvass_{0} "
                  "BEGIN SELECT RAISE(ABORT, 'canvass records are append-only'); END;"
                  "CREATE TRIGGER canvass_{0}_are_never_removed BEFORE DELETE ON canvass_{0} "
                  "BEGIN SELECT RAISE(ABORT, 'canvass records are append-only'); END;"
                  "CREATE TRIGGER canvass_{0}_grow_at_their_end BEFORE INSERT ON canvass_{0} "
                  "WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM canvass_{0}) "
                  "BEGIN SELECT RAISE(ABORT, 'canvass records are append-only'); END;",
                  table));
}

}  // namespace

Result<bool> has_canvass_tables(store::Sqlite& database) {
  SCRUTINEER_TRY(const std::int64_t found,
                 database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'canvass_outcomes'"));
  return found > 0;
}

Status ensure_canvass_tables(store::Sqlite& database) {
  SCRUTINEER_TRY(const bool there, has_canvass_tables(database));
  if (there) return {};
  SCRUTINEER_CHECK(database.execute(schema));
  for (const std::string_view table : tables) SCRUTINEER_CHECK(make_append_only(database, table));
  return {};
}

}  // namespace scrutineer::canvass
