// The tables behind the review app, and what is derived from them when a case is written: handles, the search
// index and the state of every subject.
#ifndef SCRUTINEER_STORE_REVIEW_SCHEMA_H_
#define SCRUTINEER_STORE_REVIEW_SCHEMA_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::store {

// 32 random bytes that are in no other case and leave it only with the case itself.
using Secret = std::array<unsigned char, 32>;

Status create_review_tables(Sqlite& database);

// The secrets of a case: the key of its handles, and the salt of the digests that its ledger holds.
struct CaseSecrets {
  Secret handles{};
  Secret digests{};
};
CaseSecrets new_secrets();
Result<CaseSecrets> secrets_of(Sqlite& database);
Status keep_secrets(Sqlite& database, const CaseSecrets& secrets);

// What stands for a subject wherever its key must not: a letter, a hyphen and 16 characters of Crockford's
// base 32 (80 bits of a keyed BLAKE2b of kind and key). The same key gives the same handle in every audit.
std::string handle_of(const Secret& key, std::string_view kind, std::string_view subject_key);
// "member" -> 'm', "finding" f, "link" l, "pair" d, "address" a, "payer" p, "recruiter" r, "phone" t, "email"
// e, "household" h; anything else x.
char handle_letter(std::string_view kind);

// The key of a link or pair, as decisions hold it: a JSON array.
std::string link_key(std::string_view member, std::string_view roll, std::uint64_t line);
std::string pair_key(std::string_view first, std::string_view second);

// A decision as far as the state of its subject depends on it.
struct Said {
  std::int64_t number = 0;
  std::string decision, person;
  std::optional<std::int64_t> replaces;
};

// What decisions on one subject, oldest first, come to: each person's newest that was not undone counts.
struct SubjectState {
  std::string state = "undecided";  // or awaiting-second, disagreement, decided
  std::string decision;             // what all who decided say, where they agree; else empty
  std::string newest;               // the newest that was not undone, "open" included; empty if there is none
};
SubjectState state_of(std::span<const Said> said);

// Fills the table `handles` anew from the subjects that are there.
Status fill_handles(Sqlite& database, const Secret& key);
// Fills the search index anew from queue, members and entries.
Status fill_search(Sqlite& database);
// Fills `states` anew from the decisions.
Status fill_states(Sqlite& database);
// What does not hold in the tables derived from the rest: a handle that is not that of its subject, a state
// that the decisions do not give. At most one line for each table.
Status check_derived(Sqlite& database, std::vector<std::string>& problems);
// Computes the state of one subject after a decision: "undecided", "awaiting-second", "disagreement",
// "decided".
Result<std::string> refresh_state(Sqlite& database, std::string_view kind, std::string_view key);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_REVIEW_SCHEMA_H_
