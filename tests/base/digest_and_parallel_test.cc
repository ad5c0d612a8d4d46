#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "base/digest.h"
#include "base/parallel.h"
#include "base/result.h"

namespace scrutineer {
namespace {

TEST(Digest, KnownAnswer) {  // FIPS 180-4, example "abc"
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, ADirectoryIsRefused) {
  const auto digest = sha256_of_file("/");
  ASSERT_FALSE(digest);
  EXPECT_EQ(digest.error().category, ErrorCategory::refused_input);
  EXPECT_NE(digest.error().message().find("directory"), std::string::npos);
}

TEST(Parallel, EveryChunkRunsOnce) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> seen(1000);
    parallel_for(threads, seen.size(), [&](std::size_t chunk) { ++seen[chunk]; });
    for (const auto& count : seen) EXPECT_EQ(count.load(), 1);
  }
}

TEST(Parallel, AnExceptionArrives) {
  EXPECT_THROW(parallel_for(4, 100,
                            [](std::size_t chunk) {
                              if (chunk == 37) throw std::runtime_error("37");
                            }),
               std::runtime_error);
}

TEST(ResultTest, MessageNamesThePlace) {
  const Error error =
      refused("column \"Surnam\" is not in the header", {"members.csv", 1, 14}, "\"Surname\"").error();
  EXPECT_EQ(error.message(),
            "members.csv:1:14: column \"Surnam\" is not in the header; expected \"Surname\"");
}

}  // namespace
}  // namespace scrutineer
