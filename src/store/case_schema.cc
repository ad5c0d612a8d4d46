#include "store/case_schema.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <bit>

#include "store/ledger.h"
#include "store/review_schema.h"

namespace scrutineer::store {
namespace {

constexpr std::string_view sources_schema = R"sql(
CREATE TABLE settings (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE inputs (
  number INTEGER PRIMARY KEY,
  role   TEXT NOT NULL,
  name   TEXT NOT NULL,
  file   TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes  INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;
CREATE TABLE rolls (
  number           INTEGER PRIMARY KEY,
  name             TEXT NOT NULL UNIQUE,
  kind             TEXT NOT NULL,
  as_of            TEXT,
  layout           TEXT NOT NULL,
  encoding         TEXT NOT NULL,
  delimiter        TEXT NOT NULL,
  physical_records INTEGER NOT NULL,
  header_records   INTEGER NOT NULL,
  blank_records    INTEGER NOT NULL,
  rows             INTEGER NOT NULL,
  rejected         INTEGER NOT NULL,
  value_problems   INTEGER NOT NULL,
  CONSTRAINT nothing_is_lost CHECK (physical_records = rows + rejected + header_records + blank_records)
) STRICT;
CREATE TABLE roll_columns (
  roll     TEXT NOT NULL REFERENCES rolls (name),
  column   TEXT NOT NULL,
  position INTEGER NOT NULL,
  header   TEXT NOT NULL,
  PRIMARY KEY (roll, column, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE roll_notes (
  roll     TEXT NOT NULL REFERENCES rolls (name),
  position INTEGER NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (roll, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejects (
  number    INTEGER PRIMARY KEY,
  roll      TEXT NOT NULL REFERENCES rolls (name),
  line      INTEGER NOT NULL,
  column    INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  text      TEXT NOT NULL,
  raw_bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE value_problems (
  number INTEGER PRIMARY KEY,
  roll   TEXT NOT NULL REFERENCES rolls (name),
  row    INTEGER NOT NULL,
  line   INTEGER NOT NULL,
  column TEXT NOT NULL,
  text   TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
)sql";

constexpr std::string_view results_schema = R"sql(
CREATE TABLE members (
  number             INTEGER PRIMARY KEY CHECK (number >= 0),
  id                 TEXT NOT NULL,
  line               INTEGER NOT NULL,
  eligible           INTEGER NOT NULL CHECK (eligible IN (0, 1)),
  ineligible_because TEXT NOT NULL,
  register_status    TEXT NOT NULL CHECK (register_status IN ('at-address', 'elsewhere', 'not-found', 'unclear')),
  match_probability  REAL NOT NULL CHECK (match_probability BETWEEN 0 AND 1),
  ever_at_address    INTEGER NOT NULL CHECK (ever_at_address IN (0, 1)),
  first_seen         TEXT,
  last_seen          TEXT,
  duplicate_of       TEXT NOT NULL,
  household          TEXT NOT NULL
) STRICT;
CREATE INDEX members_by_id ON members (id);
CREATE INDEX members_by_household ON members (household);
CREATE TABLE member_timeline (
  member   INTEGER NOT NULL REFERENCES members (number),
  snapshot INTEGER NOT NULL,
  status   TEXT NOT NULL,
  PRIMARY KEY (member, snapshot)
) STRICT, WITHOUT ROWID;
CREATE TABLE findings (
  id                TEXT PRIMARY KEY,
  signal            INTEGER NOT NULL,
  key               TEXT NOT NULL,
  tier              TEXT NOT NULL CHECK (tier IN ('A', 'B', 'C', 'X')),
  subject_kind      TEXT NOT NULL,
  subject_key       TEXT NOT NULL,
  observed          REAL,
  expected          REAL,
  expected_low      REAL,
  p                 REAL CHECK (p BETWEEN 0 AND 1),
  e                 REAL CHECK (e >= 0),
  listed            INTEGER NOT NULL CHECK (listed IN (0, 1)),
  level             INTEGER NOT NULL CHECK (level BETWEEN 0 AND 5),
  text              TEXT NOT NULL,
  expected_innocent REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_members (
  finding  TEXT NOT NULL REFERENCES findings (id),
  position INTEGER NOT NULL,
  member   TEXT NOT NULL,
  PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_members_by_member ON finding_members (member);
CREATE TABLE finding_explanations (
  finding  TEXT NOT NULL REFERENCES findings (id),
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE exhibits (
  finding  TEXT NOT NULL REFERENCES findings (id),
  position INTEGER NOT NULL,
  roll     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE conclusions (
  kind     TEXT PRIMARY KEY CHECK (kind IN ('verdict', 'impact')),
  outcome  TEXT NOT NULL,
  sentence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE conclusion_lines (
  kind     TEXT NOT NULL REFERENCES conclusions (kind),
  position INTEGER NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('because', 'would-need', 'condition')),
  text     TEXT NOT NULL,
  PRIMARY KEY (kind, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (
  name   TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes  INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view decisions_schema = R"sql(
CREATE TABLE decisions (
  number       INTEGER PRIMARY KEY,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('finding', 'link', 'pair', 'member', 'address', 'case')),
  subject_key  TEXT NOT NULL,
  decision     TEXT NOT NULL CHECK (decision IN ('open', 'explained', 'upheld', 'referred', 'corrected', 'must-link',
                                                 'cannot-link', 'undone', 'heard', 'offered', 'retention')),
  cause        TEXT NOT NULL,
  reason       TEXT NOT NULL CHECK (length(reason) > 0 OR erased IS NOT NULL),
  person       TEXT NOT NULL CHECK (length(person) > 0),
  replaces     INTEGER REFERENCES decisions (number),
  ledger_entry INTEGER NOT NULL UNIQUE REFERENCES ledger (number),
  blind        INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
  request      TEXT NOT NULL DEFAULT '',
  salt         TEXT NOT NULL DEFAULT '',
  erased       INTEGER REFERENCES ledger (number)
) STRICT;
CREATE INDEX decisions_by_subject ON decisions (subject_kind, subject_key);
CREATE UNIQUE INDEX decisions_by_request ON decisions (person, request) WHERE request <> '';
CREATE INDEX decisions_by_person ON decisions (person, number);
CREATE INDEX looks_by_subject ON ledger (body) WHERE kind = 'look';
CREATE INDEX ledger_by_kind ON ledger (kind, number);
)sql";

constexpr std::string_view decisions_triggers = R"sql(
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_are_never_removed BEFORE DELETE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_grow_at_their_end BEFORE INSERT ON decisions
  WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM decisions)
  BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
)sql";

// Each with the columns its rows are ordered by, which identify a row.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> ordered_tables = {{
    {"settings", "name"},
    {"inputs", "number"},
    {"rolls", "number"},
    {"roll_columns", "roll, column, position"},
    {"roll_notes", "roll, position"},
    {"rejects", "number"},
    {"value_problems", "number"},
    {"members", "number"},
    {"member_timeline", "member, snapshot"},
    {"findings", "id"},
    {"finding_members", "finding, position"},
    {"finding_explanations", "finding, position"},
    {"exhibits", "finding, position"},
    {"conclusions", "kind"},
    {"conclusion_lines", "kind, position"},
    {"signals", "number"},
    {"entries", "number"},
    {"member_details", "member"},
    {"member_events", "member, position"},
    {"ties", "kind, key, member"},
    {"addresses", "number"},
    {"address_people", "address, position"},
    {"candidates", "number"},
    {"pairs", "number"},
    {"queue", "number"},
    {"queue_members", "queue, member"},
    {"effects", "number"},
}};

void put_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xFFU);
}

// One row: its number of columns, then for each value 'n', or 'i' with 8 bytes, 'r' with the 8 bytes of an
// IEEE double, or 't' with length and bytes. Numbers with the most significant byte first.
std::string encoded_row(const Statement& row, const std::string& types) {
  std::string bytes;
  const int columns = row.columns();
  put_number(bytes, static_cast<std::uint64_t>(columns));
  for (int column = 0; column < columns; ++column) {
    const char type = row.is_null(column) ? 'n' : types[static_cast<std::size_t>(column)];
    bytes += type;
    if (type == 'i') put_number(bytes, static_cast<std::uint64_t>(row.integer(column)));
    if (type == 'r') put_number(bytes, std::bit_cast<std::uint64_t>(row.real(column)));
    if (type == 't') {
      const std::string text = row.text(column);
      put_number(bytes, text.size());
      bytes += text;
    }
  }
  return bytes;
}

// The declared types of a table's columns, which a strict table keeps to.
Result<std::string> types_of(Sqlite& database, std::string_view table) {
  SCRUTINEER_TRY(Statement columns, database.prepare("SELECT type FROM pragma_table_info(?1) ORDER BY cid"));
  columns.bind(table);
  std::string types;
  while (true) {
    SCRUTINEER_TRY(const bool more, columns.step());
    if (!more) return types;
    const std::string type = columns.text(0);
    types += type == "INTEGER" ? 'i' : type == "REAL" ? 'r' : 't';
  }
}

Result<std::string> table_digest(Sqlite& database, std::string_view table, std::string_view order,
                                 const Secret& salt) {
  SCRUTINEER_TRY(const std::string types, types_of(database, table));
  SCRUTINEER_TRY(Statement rows, database.prepare(fmt::format("SELECT * FROM {} ORDER BY {}", table, order)));
  crypto_generichash_state state;
  crypto_generichash_init(&state, salt.data(), salt.size(), 32);
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    if (static_cast<std::size_t>(rows.columns()) != types.size()) {
      return refused(fmt::format("the table {} is not that of a case", table), {database.file().string()});
    }
    const std::string bytes = encoded_row(rows, types);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  Hash hash{};
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hex(hash);
}

}  // namespace

Status create_case_tables(Sqlite& database) {
  SCRUTINEER_CHECK(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                                case_application_id, case_version)));
  SCRUTINEER_CHECK(database.execute(sources_schema));
  SCRUTINEER_CHECK(database.execute(results_schema));
  SCRUTINEER_CHECK(create_review_tables(database));
  SCRUTINEER_CHECK(create_ledger(database));
  SCRUTINEER_CHECK(database.execute(decisions_schema));
  return database.execute(decisions_triggers);
}

Status check_case_version(Sqlite& database) {
  SCRUTINEER_TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
  if (application != case_application_id) {
    return refused("is not a case of Scrutineer", {database.file().string()});
  }
  SCRUTINEER_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version != case_version) {
    return refused(fmt::format("is a case of version {}", version), {database.file().string()},
                   fmt::format("version {}: audit the inquiry again, into another folder", case_version));
  }
  return {};
}

std::span<const std::string_view> result_tables() {
  static const auto names = [] {
    std::array<std::string_view, ordered_tables.size()> list;
    for (std::size_t at = 0; at < list.size(); ++at) list[at] = ordered_tables[at].first;
    return list;
  }();
  return names;
}

Result<std::vector<std::pair<std::string, std::string>>> table_digests(Sqlite& database) {
  SCRUTINEER_TRY(const CaseSecrets secrets, secrets_of(database));
  std::vector<std::pair<std::string, std::string>> digests;
  for (const auto& [table, order] : ordered_tables) {
    SCRUTINEER_TRY(std::string digest, table_digest(database, table, order, secrets.digests));
    digests.emplace_back(table, std::move(digest));
  }
  return digests;
}

Result<std::string> file_digest(Sqlite& database, std::string_view sha256) {
  SCRUTINEER_TRY(const CaseSecrets secrets, secrets_of(database));
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(sha256.data()),
                     sha256.size(), secrets.digests.data(), secrets.digests.size());
  return hex(hash);
}

Status lift_decision_triggers(Sqlite& database) {
  return database.execute(
      "DROP TRIGGER decisions_are_never_changed; DROP TRIGGER decisions_are_never_removed; "
      "DROP TRIGGER decisions_grow_at_their_end");
}

Status restore_decision_triggers(Sqlite& database) {
  return database.execute(decisions_triggers);
}

}  // namespace scrutineer::store
