#include "store/review_schema.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "store/ledger.h"

namespace scrutineer::store {
namespace {

constexpr std::string_view review_schema = R"sql(
CREATE TABLE signals (
  number     INTEGER PRIMARY KEY,
  key        TEXT NOT NULL,
  title      TEXT NOT NULL,
  tier       TEXT NOT NULL,
  null_model TEXT NOT NULL,
  tested     INTEGER NOT NULL,
  listed     INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
  number   INTEGER PRIMARY KEY,
  roll     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  name     TEXT NOT NULL,
  address  TEXT NOT NULL,
  postcode TEXT NOT NULL,
  raw      TEXT NOT NULL,
  standard TEXT NOT NULL
) STRICT;
CREATE TABLE member_details (
  member   INTEGER PRIMARY KEY REFERENCES members (number),
  entry    INTEGER NOT NULL REFERENCES entries (number),
  address  INTEGER,
  ward     TEXT NOT NULL,
  findings INTEGER NOT NULL
) STRICT;
CREATE TABLE member_events (
  member       INTEGER NOT NULL REFERENCES members (number),
  position     INTEGER NOT NULL,
  day          TEXT NOT NULL,
  kind         TEXT NOT NULL,
  text         TEXT NOT NULL,
  roll         TEXT NOT NULL,
  line         INTEGER NOT NULL,
  amount_pence INTEGER,
  PRIMARY KEY (member, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE ties (
  kind   TEXT NOT NULL,
  key    TEXT NOT NULL,
  member INTEGER NOT NULL REFERENCES members (number),
  PRIMARY KEY (kind, key, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE addresses (
  number            INTEGER PRIMARY KEY,
  key               TEXT NOT NULL,
  label             TEXT NOT NULL,
  postcode          TEXT NOT NULL,
  electors          INTEGER NOT NULL,
  electors_ever_max INTEGER NOT NULL,
  members           INTEGER NOT NULL,
  building_units    INTEGER NOT NULL,
  flat_missing      INTEGER NOT NULL
) STRICT;
CREATE TABLE address_people (
  address  INTEGER NOT NULL REFERENCES addresses (number),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  roll     TEXT NOT NULL,
  line     INTEGER NOT NULL,
  present  TEXT NOT NULL,
  PRIMARY KEY (address, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE candidates (
  number      INTEGER PRIMARY KEY,
  member      INTEGER NOT NULL REFERENCES members (number),
  entry       INTEGER NOT NULL REFERENCES entries (number),
  weight      INTEGER NOT NULL,
  probability REAL NOT NULL,
  relation    TEXT NOT NULL,
  waterfall   TEXT NOT NULL
) STRICT;
CREATE TABLE pairs (
  number                INTEGER PRIMARY KEY,
  first                 INTEGER NOT NULL REFERENCES members (number),
  second                INTEGER NOT NULL REFERENCES members (number),
  weight                INTEGER NOT NULL,
  probability           REAL NOT NULL,
  expected_coincidences REAL NOT NULL,
  waterfall             TEXT NOT NULL
) STRICT;
CREATE TABLE queue (
  number            INTEGER PRIMARY KEY,
  kind              TEXT NOT NULL CHECK (kind IN ('finding', 'link', 'pair')),
  key               TEXT NOT NULL,
  signal            INTEGER NOT NULL,
  tier              TEXT NOT NULL,
  text              TEXT NOT NULL,
  probability       REAL,
  weight            INTEGER NOT NULL,
  questions         INTEGER NOT NULL,
  narrowing         REAL NOT NULL,
  openness          REAL NOT NULL,
  expected_innocent REAL NOT NULL,
  words             TEXT NOT NULL,
  personal_words    TEXT NOT NULL
) STRICT;
CREATE TABLE queue_members (
  queue  INTEGER NOT NULL REFERENCES queue (number),
  member INTEGER NOT NULL REFERENCES members (number),
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  PRIMARY KEY (queue, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE effects (
  number       INTEGER PRIMARY KEY,
  decision     INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_key  TEXT NOT NULL,
  text         TEXT NOT NULL,
  entry_says   TEXT NOT NULL,
  status_before TEXT NOT NULL
) STRICT;
)sql";

// What is derived from the above, and from decisions: of no weight as evidence.
constexpr std::string_view derived_schema = R"sql(
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY CHECK (name IN ('handles', 'digests')),
  value BLOB NOT NULL CHECK (length(value) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE handles (
  handle TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  key    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE states (
  subject_kind TEXT NOT NULL,
  subject_key  TEXT NOT NULL,
  queue        INTEGER,
  state        TEXT NOT NULL CHECK (state IN ('undecided', 'awaiting-second', 'disagreement', 'decided')),
  PRIMARY KEY (subject_kind, subject_key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX states_by_queue ON states (queue) WHERE queue IS NOT NULL;
)sql";

constexpr std::string_view indices = R"sql(
CREATE UNIQUE INDEX IF NOT EXISTS entries_by_line ON entries (roll, line);
CREATE INDEX IF NOT EXISTS member_details_by_address ON member_details (address);
CREATE INDEX IF NOT EXISTS member_details_questioned ON member_details (member) WHERE findings > 0;
CREATE INDEX IF NOT EXISTS ties_by_member ON ties (member, kind);
CREATE INDEX IF NOT EXISTS addresses_by_key ON addresses (key);
CREATE INDEX IF NOT EXISTS candidates_by_member ON candidates (member);
CREATE INDEX IF NOT EXISTS candidates_by_entry ON candidates (entry);
CREATE INDEX IF NOT EXISTS pairs_by_first ON pairs (first, second);
CREATE INDEX IF NOT EXISTS pairs_by_second ON pairs (second);
CREATE INDEX IF NOT EXISTS queue_by_key ON queue (kind, key);
CREATE INDEX IF NOT EXISTS queue_by_signal ON queue (signal, number);
CREATE INDEX IF NOT EXISTS queue_by_kind ON queue (kind, number);
CREATE INDEX IF NOT EXISTS queue_by_tier ON queue (tier, number);
CREATE INDEX IF NOT EXISTS queue_figures ON queue (number, kind, signal, tier, questions, expected_innocent);
)sql";

constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";

std::string json_text(std::string_view text) {
  const std::pair<std::string, std::string> one[] = {{"", std::string(text)}};
  const std::string object = facts(one);  // {"":"..."}
  return object.substr(4, object.size() - 5);
}

Status put_handles(Sqlite& database, std::string_view kind, std::string_view keys, const Secret& secret,
                   std::vector<std::pair<std::string, std::string>>& made) {
  SCRUTINEER_TRY(Statement rows, database.prepare(keys));
  SCRUTINEER_TRY(Statement insert, database.prepare("INSERT OR IGNORE INTO handles VALUES (?1, ?2, ?3)"));
  made.clear();
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    std::string key = rows.text(0);
    made.emplace_back(handle_of(secret, kind, key), std::move(key));
  }
  // In the order of the handles, so that the tree grows at its end within each kind.
  std::sort(made.begin(), made.end());
  for (const auto& [handle, key] : made) SCRUTINEER_CHECK(insert.bind(handle, kind, key).run());
  return {};
}

Status put_state(Sqlite& database, std::string_view kind, std::string_view key, const std::string& state) {
  SCRUTINEER_TRY(
      Statement insert,
      database.prepare("INSERT OR REPLACE INTO states VALUES (?1, ?2, (SELECT min(number) FROM queue "
                       "WHERE kind = ?1 AND key = ?2), ?3)"));
  return insert.bind(kind, key, state).run();
}

// All decisions on a subject, oldest first.
Result<std::vector<Said>> said_on(Sqlite& database, std::string_view kind, std::string_view key) {
  SCRUTINEER_TRY(Statement rows,
                 database.prepare("SELECT number, decision, person, replaces FROM decisions WHERE "
                                  "subject_kind = ?1 AND subject_key = ?2 ORDER BY number"));
  rows.bind(kind, key);
  std::vector<Said> said;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return said;
    said.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.optional_integer(3)});
  }
}

}  // namespace

SubjectState state_of(std::span<const Said> said) {
  std::set<std::int64_t> undone;
  for (const Said& one : said) {
    if (one.replaces) undone.insert(*one.replaces);
  }
  SubjectState now;
  std::map<std::string_view, std::string_view> newest;  // person -> decision
  for (const Said& one : said) {
    if (one.decision == "undone" || one.decision == "heard" || one.decision == "offered") continue;
    if (undone.contains(one.number)) continue;
    newest[one.person] = one.decision;
    now.newest = one.decision;
  }
  std::set<std::string_view> kinds;
  std::size_t upheld = 0;
  for (const auto& [person, decision] : newest) {
    if (decision != "open") kinds.insert(decision);
    upheld += decision == "upheld";
  }
  if (kinds.size() > 1) now.state = "disagreement";
  if (kinds.size() != 1) return now;
  now.decision = *kinds.begin();
  now.state = upheld == 1 ? "awaiting-second" : "decided";
  return now;
}

Status create_review_tables(Sqlite& database) {
  SCRUTINEER_CHECK(database.execute(review_schema));
  return database.execute(derived_schema);
}

CaseSecrets new_secrets() {
  CaseSecrets secrets;
  randombytes_buf(secrets.handles.data(), secrets.handles.size());
  randombytes_buf(secrets.digests.data(), secrets.digests.size());
  return secrets;
}

Result<CaseSecrets> secrets_of(Sqlite& database) {
  CaseSecrets secrets;
  for (const auto& [name, secret] :
       {std::pair("handles", &secrets.handles), std::pair("digests", &secrets.digests)}) {
    SCRUTINEER_TRY(Statement row, database.prepare("SELECT value FROM secrets WHERE name = ?1"));
    SCRUTINEER_TRY(const bool found, row.bind(name).step());
    const std::string bytes = found ? row.bytes(0) : std::string();
    if (bytes.size() != secret->size()) {
      return refused(fmt::format("lacks its secret \"{}\"", name), {database.file().string()});
    }
    std::copy(bytes.begin(), bytes.end(), secret->begin());
  }
  return secrets;
}

Status keep_secrets(Sqlite& database, const CaseSecrets& secrets) {
  SCRUTINEER_TRY(Statement insert, database.prepare("INSERT OR REPLACE INTO secrets VALUES (?1, ?2)"));
  SCRUTINEER_CHECK(insert.bind("handles", Bytes(secrets.handles)).run());
  return insert.bind("digests", Bytes(secrets.digests)).run();
}

char handle_letter(std::string_view kind) {
  static constexpr std::pair<std::string_view, char> letters[] = {
      {"member", 'm'}, {"finding", 'f'},   {"link", 'l'},  {"pair", 'd'},  {"address", 'a'},
      {"payer", 'p'},  {"recruiter", 'r'}, {"phone", 't'}, {"email", 'e'}, {"household", 'h'}};
  for (const auto& [name, letter] : letters) {
    if (name == kind) return letter;
  }
  return 'x';
}

std::string handle_of(const Secret& key, std::string_view kind, std::string_view subject_key) {
  std::string bytes(kind);
  bytes += '\0';
  bytes += subject_key;
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), key.data(), key.size());
  std::string handle{handle_letter(kind), '-'};
  for (std::size_t at = 0; at < 16; ++at) {  // 5 bits a letter, 10 bytes in all
    const std::size_t bit = at * 5;
    const unsigned two = static_cast<unsigned>(hash[bit / 8] << 8U) | hash[bit / 8 + 1];
    handle += base32[(two >> (11 - bit % 8)) & 31U];
  }
  return handle;
}

std::string link_key(std::string_view member, std::string_view roll, std::uint64_t line) {
  return fmt::format("[{},{},{}]", json_text(member), json_text(roll), line);
}

std::string pair_key(std::string_view first, std::string_view second) {
  return fmt::format("[{},{}]", json_text(first), json_text(second));
}

Status fill_handles(Sqlite& database, const Secret& key) {
  std::vector<std::pair<std::string, std::string>> made;
  const std::pair<std::string_view, std::string_view> sources[] = {
      {"member", "SELECT id FROM members"},
      {"finding", "SELECT id FROM findings"},
      {"link", "SELECT key FROM queue WHERE kind = 'link'"},
      {"pair", "SELECT key FROM queue WHERE kind = 'pair'"},
      {"address", "SELECT key FROM addresses"},
      {"payer", "SELECT DISTINCT key FROM ties WHERE kind = 'payer'"},
      {"recruiter", "SELECT DISTINCT key FROM ties WHERE kind = 'recruiter'"},
      {"phone", "SELECT DISTINCT key FROM ties WHERE kind = 'phone'"},
      {"email", "SELECT DISTINCT key FROM ties WHERE kind = 'email'"}};
  for (const auto& [kind, keys] : sources) SCRUTINEER_CHECK(put_handles(database, kind, keys, key, made));
  // Candidate links that are not in the queue can be looked at too.
  SCRUTINEER_TRY(
      Statement rows,
      database.prepare("SELECT m.id, e.roll, e.line FROM candidates c JOIN members m ON m.number = "
                       "c.member JOIN entries e ON e.number = c.entry"));
  SCRUTINEER_TRY(Statement insert, database.prepare("INSERT OR IGNORE INTO handles VALUES (?1, 'link', ?2)"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    const std::string subject =
        link_key(rows.text(0), rows.text(1), static_cast<std::uint64_t>(rows.integer(2)));
    SCRUTINEER_CHECK(insert.bind(handle_of(key, "link", subject), subject).run());
  }
  return {};
}

Status fill_search(Sqlite& database) {
  return database.execute(fmt::format(R"sql(
    {}
    DROP TABLE IF EXISTS search_queue;
    DROP TABLE IF EXISTS search_members;
    DROP TABLE IF EXISTS search_addresses;
    CREATE VIRTUAL TABLE search_queue USING fts5 (words, personal, content = '', prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE search_members USING fts5 (words, content = '', prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE search_addresses USING fts5 (words, content = '', prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 2');
    INSERT INTO search_queue (rowid, words, personal) SELECT number, words, personal_words FROM queue ORDER BY number;
    INSERT INTO search_members (rowid, words)
      SELECT m.number, m.id || ' ' || substr(e.name, 1, 400) || ' ' || substr(e.address, 1, 400) || ' ' || e.postcode
      FROM members m JOIN member_details d ON d.member = m.number JOIN entries e ON e.number = d.entry
      WHERE m.id <> '' ORDER BY m.number;
    INSERT INTO search_addresses (rowid, words)
      SELECT number, substr(label, 1, 400) || ' ' || postcode FROM addresses WHERE key <> '' ORDER BY number;
  )sql",
                                      indices));
}

Status fill_states(Sqlite& database) {
  SCRUTINEER_CHECK(database.execute("DELETE FROM states"));
  SCRUTINEER_TRY(Statement rows, database.prepare("SELECT DISTINCT subject_kind, subject_key FROM decisions "
                                                  "WHERE subject_kind <> 'case' AND subject_key <> ''"));
  std::vector<std::pair<std::string, std::string>> subjects;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) break;
    subjects.emplace_back(rows.text(0), rows.text(1));
  }
  for (const auto& [kind, key] : subjects) SCRUTINEER_CHECK(refresh_state(database, kind, key));
  return {};
}

Status check_derived(Sqlite& database, std::vector<std::string>& problems) {
  SCRUTINEER_TRY(const CaseSecrets secrets, secrets_of(database));
  SCRUTINEER_TRY(Statement handles, database.prepare("SELECT handle, kind, key FROM handles"));
  while (true) {
    SCRUTINEER_TRY(const bool more, handles.step());
    if (!more) break;
    if (handle_of(secrets.handles, handles.text(1), handles.text(2)) == handles.text(0)) continue;
    problems.emplace_back("a handle is not that of its subject");
    break;
  }
  SCRUTINEER_TRY(Statement states,
                 database.prepare("SELECT s.subject_kind, s.subject_key, s.state, s.queue IS (SELECT "
                                  "min(number) FROM queue WHERE kind = s.subject_kind AND key = "
                                  "s.subject_key) FROM states s"));
  while (true) {
    SCRUTINEER_TRY(const bool more, states.step());
    if (!more) break;
    SCRUTINEER_TRY(const std::vector<Said> said, said_on(database, states.text(0), states.text(1)));
    if (states.integer(3) != 0 && !said.empty() && state_of(said).state == states.text(2)) continue;
    problems.emplace_back("the state of a subject is not what the decisions on it give");
    break;
  }
  SCRUTINEER_TRY(const std::int64_t missing,
                 database.integer("SELECT count(*) FROM decisions d WHERE d.subject_kind <> 'case' AND "
                                  "d.subject_key <> '' AND NOT EXISTS (SELECT 1 FROM states s WHERE "
                                  "s.subject_kind = d.subject_kind AND s.subject_key = d.subject_key)"));
  if (missing != 0) problems.emplace_back("a decision's subject has no state");
  return {};
}

Result<std::string> refresh_state(Sqlite& database, std::string_view kind, std::string_view key) {
  SCRUTINEER_TRY(const std::vector<Said> said, said_on(database, kind, key));
  std::string state = state_of(said).state;
  SCRUTINEER_CHECK(put_state(database, kind, key, state));
  return state;
}

}  // namespace scrutineer::store
