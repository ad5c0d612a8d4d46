// The ledger: what was done in an inquiry and in which order, so that nobody, the keeper of the file
// included, can later change an entry, drop one from the middle or slip one in without its being seen.
//
// Entries are numbered from 1 and chained: each holds the hash of the one before it. An entry's hash is
//
//   BLAKE2b-256( text("scrutineer-ledger-1") u64(number) previous text(at) text(actor) text(kind) text(body)
//                text(signer) )
//
// where u64 is 8 bytes, most significant first; text(x) is u64(number of bytes of x) then the bytes;
// `previous` is the 32 bytes of the hash of the entry before, zeros for the first; `signer` is the 32 bytes
// of an Ed25519 public key, or no bytes for an entry that is not signed. A signature is Ed25519 over
// text("scrutineer-ledger-signature-1") hash. Because the signer is hashed, a signature cannot be taken off
// unseen. doc/casefile.md holds the same with a worked example, for someone who writes another checker.
//
// What the chain alone cannot show is that its last entries were cut off, or that a whole new chain was made:
// for that, note the head (number and hash of the last entry) elsewhere, or sign. Times are what the caller
// says they are; nothing here reads a clock.
#ifndef SCRUTINEER_STORE_LEDGER_H_
#define SCRUTINEER_STORE_LEDGER_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::store {

using Hash = std::array<unsigned char, 32>;
using PublicKey = std::array<unsigned char, 32>;
using Signature = std::array<unsigned char, 64>;

std::string hex(std::span<const unsigned char> bytes);
// Of exactly 64 hexadecimal digits; nothing otherwise.
std::optional<Hash> hash_from_hex(std::string_view text);
Hash blake2b(std::string_view bytes);

// A user's Ed25519 key. Its file is one line, "scrutineer-signing-key-1 " and the seed as 64 hexadecimal
// digits; the user keeps it, away from the case. It is wiped from memory when destroyed.
class SigningKey {
 public:
  // Makes a new key and its file, readable by its owner alone. Refused if the file exists.
  static Result<SigningKey> make(const std::filesystem::path& file);
  static Result<SigningKey> read(const std::filesystem::path& file);
  static SigningKey from_seed(const std::array<unsigned char, 32>& seed);  // for tests with known answers
  ~SigningKey();

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Signature sign(std::string_view bytes) const;

 private:
  SigningKey() = default;
  PublicKey public_key_{};
  std::array<unsigned char, 64> secret_{};
};

// What the caller says of an entry.
struct LedgerNote {
  std::string at;     // UTC, "YYYY-MM-DDTHH:MM:SSZ"
  std::string actor;  // who, as they name themselves; "scrutineer 0.1.0" for the program
  std::string kind;   // lower case words with hyphens: "audit-started", "outcomes-read", "decision"
  std::string
      body;  // JSON, kept and hashed byte for byte. No personal data: digests of it (keyed where guessable)
};

struct LedgerEntry {
  std::uint64_t number = 0;
  LedgerNote note;
  Hash previous{};
  Hash hash{};
  std::optional<PublicKey> signer;
  std::optional<Signature> signature;
};

// The head of a ledger: what to note elsewhere. Number 0 and zeros for an empty one.
struct LedgerHead {
  std::uint64_t number = 0;
  Hash hash{};
  bool operator==(const LedgerHead&) const = default;
};

// {"name":"value",...} in the order given, with values as JSON strings: a body.
std::string facts(std::span<const std::pair<std::string, std::string>> named);

// The hash of an entry, from everything in it but `hash` and `signature`.
Hash hash_of(const LedgerEntry& entry);

// Creates the table `ledger` with the triggers that refuse UPDATE and DELETE.
Status create_ledger(Sqlite& database);

// Adds an entry, within the caller's transaction if there is one. Refused if `at` is no such time.
Result<LedgerEntry> append(Sqlite& database, const LedgerNote& note, const SigningKey* key = nullptr);
// Adds entries as they are, signatures included: a new case begins with the ledger of the one it replaces.
Status append_copies(Sqlite& database, std::span<const LedgerEntry> entries);

Result<std::vector<LedgerEntry>> entries_of(Sqlite& database);
Result<LedgerHead> head_of(Sqlite& database);

// Whether a signature is that of this signer on an entry with this hash. Bytes of a wrong length do not hold.
bool signature_holds(std::string_view hash, std::string_view signer, std::string_view signature);

struct LedgerCheck {
  std::uint64_t entries = 0;
  LedgerHead head;
  std::uint64_t signed_entries = 0;
  std::vector<PublicKey> signers;     // distinct, in order of appearance
  std::vector<std::string> problems;  // what does not hold, entry by entry; empty: the chain holds
  std::vector<std::string> remarks;   // a time before that of the entry before it: clocks err, so no problem
};

// Checks numbers, chain, hashes and signatures of all entries, and, if one is given, that a head noted
// earlier is on the chain.
LedgerCheck check_ledger(std::span<const LedgerEntry> entries, const std::optional<LedgerHead>& noted = {});

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_LEDGER_H_
