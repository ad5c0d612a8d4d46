// Arrays under a ceiling of memory. Each test that sets a ceiling does so in a process of its own.
#include "base/scratch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/sanitised.h"

namespace scrutineer {
namespace {

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
  if (tests::sanitised) GTEST_SKIP();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("scratch-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  EXPECT_EXIT(fill_beyond_a_ceiling(folder), testing::ExitedWithCode(0), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

[[noreturn]] void allocate_beyond_a_ceiling() {
  limit_memory(memory_in_use() + 64 * mebibyte);
  void* const bytes = std::malloc(256 * mebibyte);
  std::_Exit(bytes == nullptr ? 0 : 1);
}

TEST(ScratchArrayDeathTest, TheCeilingIsHard) {
  if (tests::sanitised) GTEST_SKIP();
  EXPECT_EXIT(allocate_beyond_a_ceiling(), testing::ExitedWithCode(0), "");
}

// Containers grow past the ceiling into files: what they hold is what was put in, memory keeps to the
// ceiling, and blocks made before the ceiling, small ones and aligned ones are given back as they were made.
[[noreturn]] void containers_beyond_a_ceiling(const std::filesystem::path& folder) {
  struct alignas(64) Wide {
    std::array<std::uint64_t, 8> words{};
  };
  ::setenv("TMPDIR", folder.c_str(), 1);
  auto before = std::make_unique<std::vector<char>>(16 * mebibyte, 'b');
  const std::uint64_t ceiling = memory_in_use() + 64 * mebibyte;
  limit_memory(ceiling);
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> small;
  bool right = true;
  for (std::uint64_t at = 0; at < 24 * mebibyte; ++at) {
    numbers.push_back(at * at);
    if (at % 4096 == 0) small.emplace_back(100, static_cast<char>('a' + at % 26));
  }
  std::vector<Wide> wide(2 * mebibyte);
  right = right && reinterpret_cast<std::uintptr_t>(wide.data()) % alignof(Wide) == 0;
  wide.back().words[7] = 7;
  right = right && memory_in_use() <= ceiling && before->back() == 'b' && wide.back().words[7] == 7;
  before.reset();
  relieve_memory();
  for (std::uint64_t at = 0; at < numbers.size(); ++at) right = right && numbers[at] == at * at;
  for (std::size_t at = 0; at < small.size(); ++at)
    right = right && small[at] == std::string(100, static_cast<char>('a' + at * 4096 % 26));
  right = right && std::filesystem::is_empty(folder);
  std::_Exit(right ? 0 : 1);
}

TEST(ScratchArrayDeathTest, ContainersGoToNamelessFilesBeyondACeiling) {
  if (tests::sanitised) GTEST_SKIP();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("containers-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  EXPECT_EXIT(containers_beyond_a_ceiling(folder), testing::ExitedWithCode(0), "");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace scrutineer
