#include "store/ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/date.h"
#include "base/text.h"

namespace scrutineer::store {
namespace {

constexpr std::string_view key_file_mark = "scrutineer-signing-key-1 ";
constexpr std::string_view chain_mark = "scrutineer-ledger-1";
constexpr std::string_view signature_mark = "scrutineer-ledger-signature-1";

static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32 &&
              crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64);

void put_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xFFU);
}

void put_text(std::string& bytes, std::string_view text) {
  put_number(bytes, text.size());
  bytes += text;
}

template <std::size_t N>
std::string_view view_of(const std::array<unsigned char, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

template <std::size_t N>
std::optional<std::array<unsigned char, N>> array_of(std::string_view bytes) {
  if (bytes.size() != N) return std::nullopt;
  std::array<unsigned char, N> result{};
  std::memcpy(result.data(), bytes.data(), N);
  return result;
}

std::string bytes_to_sign(const Hash& hash) {
  std::string bytes;
  put_text(bytes, signature_mark);
  bytes += view_of(hash);
  return bytes;
}

bool is_time(std::string_view at) {
  if (at.size() != 20 || at[10] != 'T' || at[13] != ':' || at[16] != ':' || at[19] != 'Z') return false;
  if (!Date::from_iso(at.substr(0, 10))) return false;
  const auto pair = [at](std::size_t position, int highest) {
    const char tens = at[position];
    const char ones = at[position + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return false;
    return (tens - '0') * 10 + (ones - '0') <= highest;
  };
  return pair(11, 23) && pair(14, 59) && pair(17, 60);  // 60: a leap second
}

std::optional<Bytes> optional_bytes(const auto& array) {
  if (!array) return std::nullopt;
  return Bytes(*array);
}

Status insert(Sqlite& database, const LedgerEntry& entry) {
  SCRUTINEER_TRY(
      Statement statement,
      database.prepare("INSERT INTO ledger (number, at, actor, kind, body, previous, hash, signer, "
                       "signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  return statement
      .bind(entry.number, entry.note.at, entry.note.actor, entry.note.kind, entry.note.body,
            Bytes(entry.previous), Bytes(entry.hash), optional_bytes(entry.signer),
            optional_bytes(entry.signature))
      .run();
}

Result<LedgerEntry> entry_at(Statement& row, const std::string& file) {
  LedgerEntry entry;
  entry.number = static_cast<std::uint64_t>(row.integer(0));
  entry.note = {row.text(1), row.text(2), row.text(3), row.text(4)};
  const auto previous = array_of<32>(row.bytes(5));
  const auto hash = array_of<32>(row.bytes(6));
  const bool wrong_length = !previous || !hash || (!row.is_null(7) && row.bytes(7).size() != 32) ||
                            (!row.is_null(8) && row.bytes(8).size() != 64);
  if (wrong_length) {
    return refused(
        fmt::format("entry {} of the ledger has a hash, key or signature of the wrong length", entry.number),
        {file});
  }
  entry.previous = *previous;
  entry.hash = *hash;
  entry.signer = array_of<32>(row.bytes(7));
  entry.signature = array_of<64>(row.bytes(8));
  return entry;
}

void check_signature(const LedgerEntry& entry, LedgerCheck& check) {
  if (!entry.signer && !entry.signature) return;
  if (!entry.signer || !entry.signature) {
    check.problems.push_back(
        fmt::format("entry {}: {}", entry.number,
                    entry.signer ? "its signature is missing" : "a signature without a signer"));
    return;
  }
  if (!signature_holds(view_of(entry.hash), view_of(*entry.signer), view_of(*entry.signature))) {
    check.problems.push_back(fmt::format("entry {}: its signature does not hold", entry.number));
    return;
  }
  ++check.signed_entries;
  if (std::find(check.signers.begin(), check.signers.end(), *entry.signer) == check.signers.end()) {
    check.signers.push_back(*entry.signer);
  }
}

}  // namespace

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  Hash hash{};
  std::size_t read = 0;
  const char* end = nullptr;
  if (text.size() != 64 ||
      sodium_hex2bin(hash.data(), hash.size(), text.data(), text.size(), nullptr, &read, &end) != 0 ||
      read != 32) {
    return std::nullopt;
  }
  return hash;
}

Hash blake2b(std::string_view bytes) {
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hash;
}

// ---------------------------------------------------------------- keys

SigningKey SigningKey::from_seed(const std::array<unsigned char, 32>& seed) {
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key_.data(), key.secret_.data(), seed.data());
  return key;
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(std::string_view bytes) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), secret_.data());
  return signature;
}

Result<SigningKey> SigningKey::make(const std::filesystem::path& file) {
  if (sodium_init() < 0) return internal_error("no source of random numbers");
  std::array<unsigned char, 32> seed{};
  randombytes_buf(seed.data(), seed.size());
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return refused(fmt::format("a signing key cannot be made here ({})", std::strerror(errno)),
                   {file.string()}, "a file that does not exist, in a folder that may be written");
  }
  std::string line = std::string(key_file_mark) + hex(seed) + "\n";
  const bool written = ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(descriptor) == 0;
  ::close(descriptor);
  sodium_memzero(line.data(), line.size());
  SigningKey key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  if (!written) {
    ::unlink(file.c_str());
    return internal_error("the signing key could not be written", {file.string()});
  }
  return key;
}

Result<SigningKey> SigningKey::read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be opened for reading", {file.string()}, "a signing key");
  std::string line;
  line.resize(256);
  stream.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(stream.gcount()));
  const std::string_view text = trimmed(line);
  std::optional<Hash> seed;
  if (text.starts_with(key_file_mark)) seed = hash_from_hex(text.substr(key_file_mark.size()));
  if (!seed) {
    sodium_memzero(line.data(), line.size());
    return refused("is not a signing key", {file.string(), 1, 0},
                   fmt::format("\"{}\" and 64 hexadecimal digits", key_file_mark));
  }
  SigningKey key = from_seed(*seed);
  sodium_memzero(seed->data(), seed->size());
  sodium_memzero(line.data(), line.size());
  return key;
}

// ---------------------------------------------------------------- entries

std::string facts(std::span<const std::pair<std::string, std::string>> named) {
  const auto quoted = [](std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
      if (letter == '"' || letter == '\\') {
        result += '\\';
        result += letter;
      } else if (static_cast<unsigned char>(letter) < 0x20) {
        result += fmt::format("\\u{:04x}", static_cast<unsigned char>(letter));
      } else {
        result += letter;
      }
    }
    return result + "\"";
  };
  std::string body = "{";
  for (const auto& [name, value] : named) {
    if (body.size() > 1) body += ",";
    body += quoted(name) + ":" + quoted(value);
  }
  return body + "}";
}

Hash hash_of(const LedgerEntry& entry) {
  std::string bytes;
  put_text(bytes, chain_mark);
  put_number(bytes, entry.number);
  bytes += view_of(entry.previous);
  put_text(bytes, entry.note.at);
  put_text(bytes, entry.note.actor);
  put_text(bytes, entry.note.kind);
  put_text(bytes, entry.note.body);
  put_text(bytes, entry.signer ? view_of(*entry.signer) : std::string_view());
  return blake2b(bytes);
}

Status create_ledger(Sqlite& database) {
  return database.execute(R"sql(
    CREATE TABLE ledger (
      number    INTEGER PRIMARY KEY CHECK (number > 0),
      at        TEXT NOT NULL,
      actor     TEXT NOT NULL,
      kind      TEXT NOT NULL,
      body      TEXT NOT NULL,
      previous  BLOB NOT NULL CHECK (length(previous) = 32),
      hash      BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      signer    BLOB CHECK (length(signer) = 32),
      signature BLOB CHECK (length(signature) = 64)
    ) STRICT;
    CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_grows_at_its_end BEFORE INSERT ON ledger
      WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM ledger)
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  )sql");
}

Result<LedgerEntry> append(Sqlite& database, const LedgerNote& note, const SigningKey* key) {
  if (!is_time(note.at)) {
    return internal_error(fmt::format("\"{}\" is not a time for the ledger (YYYY-MM-DDTHH:MM:SSZ)", note.at));
  }
  SCRUTINEER_TRY(const LedgerHead head, head_of(database));
  LedgerEntry entry{.number = head.number + 1,
                    .note = note,
                    .previous = head.hash,
                    .hash = {},
                    .signer = {},
                    .signature = {}};
  if (key) entry.signer = key->public_key();
  entry.hash = hash_of(entry);
  if (key) entry.signature = key->sign(bytes_to_sign(entry.hash));
  SCRUTINEER_CHECK(insert(database, entry));
  return entry;
}

Status append_copies(Sqlite& database, std::span<const LedgerEntry> entries) {
  for (const LedgerEntry& entry : entries) SCRUTINEER_CHECK(insert(database, entry));
  return {};
}

Result<std::vector<LedgerEntry>> entries_of(Sqlite& database) {
  SCRUTINEER_TRY(Statement statement,
                 database.prepare("SELECT number, at, actor, kind, body, previous, hash, signer, "
                                  "signature FROM ledger ORDER BY number"));
  std::vector<LedgerEntry> entries;
  while (true) {
    SCRUTINEER_TRY(const bool more, statement.step());
    if (!more) return entries;
    SCRUTINEER_TRY(LedgerEntry entry, entry_at(statement, database.file().string()));
    entries.push_back(std::move(entry));
  }
}

Result<LedgerHead> head_of(Sqlite& database) {
  SCRUTINEER_TRY(Statement statement,
                 database.prepare("SELECT number, hash FROM ledger ORDER BY number DESC LIMIT 1"));
  SCRUTINEER_TRY(const bool found, statement.step());
  LedgerHead head;
  if (!found) return head;
  head.number = static_cast<std::uint64_t>(statement.integer(0));
  const auto hash = array_of<32>(statement.bytes(1));
  if (!hash) return refused("the ledger's last hash has the wrong length", {database.file().string()});
  head.hash = *hash;
  return head;
}

bool signature_holds(std::string_view hash, std::string_view signer, std::string_view signature) {
  const auto of = array_of<32>(hash);
  const auto key = array_of<32>(signer);
  const auto sign = array_of<64>(signature);
  if (!of || !key || !sign) return false;
  const std::string bytes = bytes_to_sign(*of);
  return crypto_sign_verify_detached(sign->data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                     bytes.size(), key->data()) == 0;
}

LedgerCheck check_ledger(std::span<const LedgerEntry> entries, const std::optional<LedgerHead>& noted) {
  LedgerCheck check;
  bool noted_found = !noted || noted->number == 0;
  const LedgerEntry* before = nullptr;
  for (const LedgerEntry& entry : entries) {
    const std::uint64_t due = before ? before->number + 1 : 1;
    if (entry.number != due) {
      check.problems.push_back(fmt::format("entry {} stands where entry {} should", entry.number, due));
    }
    if (entry.previous != (before ? before->hash : Hash{})) {
      check.problems.push_back(fmt::format("entry {}: it does not follow the entry before it", entry.number));
    }
    if (hash_of(entry) != entry.hash) {
      check.problems.push_back(
          fmt::format("entry {}: its content does not agree with its hash", entry.number));
    }
    check_signature(entry, check);
    if (before && entry.note.at < before->note.at) {
      check.remarks.push_back(fmt::format("entry {} is dated {}, before the entry that precedes it",
                                          entry.number, printable(entry.note.at)));
    }
    if (noted && entry.number == noted->number) noted_found = entry.hash == noted->hash;
    before = &entry;
  }
  check.entries = entries.size();
  if (before) check.head = {before->number, before->hash};
  if (!noted_found) {
    check.problems.push_back(
        fmt::format("the head noted earlier (entry {}) is not on this chain", noted->number));
  }
  return check;
}

}  // namespace scrutineer::store
