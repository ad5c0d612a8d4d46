// Arrays under a ceiling of memory. Each test that sets a ceiling does so in a process of its own.
#include "base/scratch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <new>
#include <utility>
#include <vector>

namespace scrutineer {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitised = true;  // the sanitizer's own memory has no ceiling
#else
constexpr bool sanitised = false;
#endif
constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;

TEST(ScratchArray, LivesInMemoryAndStartsAtZeroWithoutACeiling) {
  ScratchArray<std::uint32_t> array(10'000'000);
  EXPECT_FALSE(array.in_file());
  for (const std::uint32_t value : array) ASSERT_EQ(value, 0U);
  array[9'999'999] = 7;
  const ScratchArray<std::uint32_t> moved = std::move(array);
  EXPECT_EQ(moved.size(), 10'000'000U);
  EXPECT_EQ(moved[9'999'999], 7U);
  EXPECT_EQ(ScratchArray<std::uint32_t>(0).size(), 0U);
}

[[noreturn]] void fill_beyond_a_ceiling(const std::filesystem::path& folder) {
  ::setenv("TMPDIR", folder.c_str(), 1);
  limit_memory(memory_in_use() + 64 * mebibyte);
  ScratchArray<std::uint64_t> array(16 * mebibyte);  // 128 MiB
  bool right = array.in_file() && std::filesystem::is_empty(folder);
  for (std::size_t at = 0; at < array.size(); ++at) {
    right = right && array[at] == 0;
    array[at] = at * at;
  }
  array.put_away();
  for (std::size_t at = 0; at < array.size(); ++at) right = right && array[at] == at * at;
  std::_Exit(right ? 0 : 1);
}

TEST(ScratchArrayDeathTest, GoesToANamelessFileBeyondACeiling) {
  if (sanitised) GTEST_SKIP();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("scratch-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  EXPECT_EXIT(fill_beyond_a_ceiling(folder), testing::ExitedWithCode(0), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

[[noreturn]] void allocate_beyond_a_ceiling() {
  limit_memory(memory_in_use() + 64 * mebibyte);
  try {
    const std::vector<char> bytes(256 * mebibyte, 'x');
    std::_Exit(bytes.back() == 'x' ? 1 : 2);
  } catch (const std::bad_alloc&) {
    std::_Exit(0);
  }
}

TEST(ScratchArrayDeathTest, TheCeilingIsHard) {
  if (sanitised) GTEST_SKIP();
  EXPECT_EXIT(allocate_beyond_a_ceiling(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace scrutineer
