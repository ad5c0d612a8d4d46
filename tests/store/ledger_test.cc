#include "store/ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "store/scratch_folder.h"

namespace scrutineer::store {
namespace {

using tests::ScratchFolder;

SigningKey test_key() {
  std::array<unsigned char, 32> seed{};
  for (std::size_t at = 0; at < seed.size(); ++at) seed[at] = static_cast<unsigned char>(at);
  return SigningKey::from_seed(seed);
}

std::vector<LedgerEntry> some_entries() {
  ScratchFolder folder;
  auto database = Sqlite::open(folder.path() / "ledger", SqliteMode::create);
  EXPECT_TRUE(create_ledger(*database));
  const SigningKey key = test_key();
  const std::pair<std::string, std::string> body[] = {{"seed", "20260506"}, {"file", "a \"b\"\n"}};
  EXPECT_TRUE(append(*database, {"2026-05-06T10:00:00Z", "scrutineer 0.1.0", "audit-started", facts(body)}));
  EXPECT_TRUE(append(*database, {"2026-05-06T10:00:05Z", "A. Reviewer", "decision", "{}"}, &key));
  EXPECT_TRUE(append(*database, {"2026-05-06T10:00:05Z", "B. Reviewer", "decision", ""}, &key));
  EXPECT_TRUE(append(*database, {"2026-05-07T10:00:00Z", "scrutineer 0.1.0", "case-written", "{}"}));
  return *entries_of(*database);
}

TEST(Ledger, FactsAreJson) {
  const std::pair<std::string, std::string> body[] = {{"a", "1"}, {"b", "\"\\\n\x01"}};
  EXPECT_EQ(facts(body), "{\"a\":\"1\",\"b\":\"\\\"\\\\\\u000a\\u0001\"}");
  EXPECT_EQ(facts({}), "{}");
}

// The worked example of doc/casefile.md; computed independently with Python's hashlib.blake2b.
TEST(Ledger, EncodingIsTheDocumentedOne) {
  const std::vector<LedgerEntry> entries = some_entries();
  ASSERT_EQ(entries.size(), 4U);
  LedgerEntry first;
  first.number = 1;
  first.note = {"2026-05-06T10:00:00Z", "scrutineer 0.1.0", "audit-started", "{\"seed\":\"20260506\"}"};
  EXPECT_EQ(hex(hash_of(first)), "e00f3603acde3cabc57273cd2dc2eb3c60a4ace45ac7df2434f90eacc4cead1e");
}

// RFC 8032, 7.1, test 2: the same curve and encoding as everyone's.
TEST(Ledger, SignaturesAreEd25519) {
  const auto seed = hash_from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const SigningKey key = SigningKey::from_seed(*seed);
  EXPECT_EQ(hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(hex(key.sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb43"
            "02aeeb00d291612bb0c00");
}

TEST(Ledger, AChainHolds) {
  const auto entries = some_entries();
  const LedgerCheck check = check_ledger(entries);
  EXPECT_TRUE(check.problems.empty()) << check.problems.front();
  EXPECT_EQ(check.entries, 4U);
  EXPECT_EQ(check.signed_entries, 2U);
  EXPECT_EQ(check.signers.size(), 1U);
  EXPECT_EQ(check.head.number, 4U);
  EXPECT_TRUE(check.remarks.empty());
  EXPECT_TRUE(check_ledger({}).problems.empty());
}

// Every byte of everything that is kept, changed in turn.
TEST(Ledger, AnyChangedByteIsSeen) {
  const auto entries = some_entries();
  std::size_t changed = 0;
  const auto expect_seen = [&](const std::vector<LedgerEntry>& tampered, const std::string& what) {
    ++changed;
    EXPECT_FALSE(check_ledger(tampered).problems.empty()) << what;
  };
  for (std::size_t at = 0; at < entries.size(); ++at) {
    const auto texts = {&LedgerNote::at, &LedgerNote::actor, &LedgerNote::kind, &LedgerNote::body};
    for (const auto field : texts) {
      for (std::size_t byte = 0; byte < (entries[at].note.*field).size(); ++byte) {
        auto tampered = entries;
        (tampered[at].note.*field)[byte] = static_cast<char>((tampered[at].note.*field)[byte] ^ 1);
        expect_seen(tampered, "text");
      }
    }
    for (std::size_t byte = 0; byte < 32; ++byte) {
      auto tampered = entries;
      tampered[at].hash[byte] ^= 0x80;
      expect_seen(tampered, "hash");
      tampered = entries;
      tampered[at].previous[byte] ^= 1;
      expect_seen(tampered, "previous");
      if (!entries[at].signer) continue;
      tampered = entries;
      (*tampered[at].signer)[byte] ^= 1;
      expect_seen(tampered, "signer");
    }
    for (std::size_t byte = 0; entries[at].signature && byte < 64; ++byte) {
      auto tampered = entries;
      (*tampered[at].signature)[byte] ^= 1;
      expect_seen(tampered, "signature");
    }
    auto renumbered = entries;
    renumbered[at].number += 1;
    expect_seen(renumbered, "number");
  }
  EXPECT_GT(changed, 600U);
}

TEST(Ledger, DroppingSwappingAndMovingTextAreSeen) {
  const auto entries = some_entries();
  for (std::size_t at = 0; at + 1 < entries.size(); ++at) {
    auto dropped = entries;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(at));
    EXPECT_FALSE(check_ledger(dropped).problems.empty());
    auto swapped = entries;
    std::swap(swapped[at], swapped[at + 1]);
    EXPECT_FALSE(check_ledger(swapped).problems.empty());
  }
  // The same bytes cut at another place are another entry.
  auto moved = entries;
  moved[0].note.actor += moved[0].note.kind.front();
  moved[0].note.kind.erase(0, 1);
  EXPECT_FALSE(check_ledger(moved).problems.empty());
  // A signature may not be taken off, nor put on.
  auto unsigned_ = entries;
  unsigned_[1].signature.reset();
  EXPECT_FALSE(check_ledger(unsigned_).problems.empty());
  unsigned_[1].signer.reset();
  EXPECT_FALSE(check_ledger(unsigned_).problems.empty());
}

TEST(Ledger, ACutEndIsSeenWithAHeadNotedEarlier) {
  const auto entries = some_entries();
  const LedgerHead head = check_ledger(entries).head;
  const std::vector<LedgerEntry> cut(entries.begin(), entries.end() - 1);
  EXPECT_TRUE(check_ledger(cut).problems.empty());  // which is why a head is noted
  EXPECT_FALSE(check_ledger(cut, head).problems.empty());
  EXPECT_TRUE(check_ledger(entries, head).problems.empty());
  EXPECT_TRUE(check_ledger(entries, check_ledger(cut).head).problems.empty());
  EXPECT_FALSE(check_ledger({}, head).problems.empty());
}

TEST(Ledger, TableRefusesChanges) {
  ScratchFolder folder;
  auto database = Sqlite::open(folder.path() / "ledger", SqliteMode::create);
  ASSERT_TRUE(create_ledger(*database));
  ASSERT_TRUE(append(*database, {"2026-05-06T10:00:00Z", "a", "b", "{}"}));
  EXPECT_FALSE(database->execute("UPDATE ledger SET body = ''"));
  EXPECT_FALSE(database->execute("DELETE FROM ledger"));
  EXPECT_FALSE(database->execute(
      "INSERT OR REPLACE INTO ledger SELECT number, at, 'x', kind, body, previous, hash, signer, "
      "signature FROM ledger"));
  EXPECT_FALSE(append(*database, {"yesterday", "a", "b", "{}"}));
  EXPECT_FALSE(append(*database, {"2026-02-30T10:00:00Z", "a", "b", "{}"}));
  EXPECT_FALSE(append(*database, {"2026-02-20T24:00:00Z", "a", "b", "{}"}));
  EXPECT_EQ(*database->integer("SELECT count(*) FROM ledger"), 1);
}

TEST(SigningKeys, AreMadeOnceKeptPrivateAndReadBack) {
  ScratchFolder folder;
  const auto file = folder.path() / "key";
  const auto made = SigningKey::make(file);
  ASSERT_TRUE(made) << made.error().message();
  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(SigningKey::make(file));  // never over another
  const auto read = SigningKey::read(file);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->public_key(), made->public_key());
  EXPECT_EQ(read->sign("x"), made->sign("x"));
  for (const char* text : {"", "scrutineer-signing-key-1 12", "scrutineer-signing-key-2 00", "\xFF\xFE"}) {
    std::ofstream(folder.path() / "bad") << text;
    const auto bad = SigningKey::read(folder.path() / "bad");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().category, ErrorCategory::refused_input);
  }
}

RC_GTEST_PROP(LedgerHash, TwoDifferentEntriesHaveTwoHashes, ()) {
  const auto text = rc::gen::container<std::string>(rc::gen::element('a', 'b', '\0'));
  const auto make = [&] {
    LedgerEntry entry;
    entry.number = *rc::gen::inRange<std::uint64_t>(1, 4);
    entry.note = {*text, *text, *text, *text};
    return entry;
  };
  const LedgerEntry left = make();
  const LedgerEntry right = make();
  const bool same = left.number == right.number && left.note.at == right.note.at &&
                    left.note.actor == right.note.actor && left.note.kind == right.note.kind &&
                    left.note.body == right.note.body;
  RC_ASSERT((hash_of(left) == hash_of(right)) == same);
}

}  // namespace
}  // namespace scrutineer::store
