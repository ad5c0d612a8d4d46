// A ceiling of memory changes no answer: what does not fit goes to files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "end_to_end/fictional_inquiry.h"
#include "support/sanitised.h"
#include "support/shared_data.h"

namespace scrutineer::tests {
namespace {

class MemoryCeiling : public testing::Test {
 protected:
  void SetUp() override {
    if (sanitised) GTEST_SKIP() << "a sanitizer's memory has no ceiling";
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  // True if the program succeeded.
  [[nodiscard]] bool run(const std::string& arguments) const {
    const std::string command = built_program().string() + " " + arguments + " >" + path("log") + " 2>&1";
    if (std::system(command.c_str()) == 0) return true;
    ADD_FAILURE() << command << "\n" << bytes_of(path("log"));
    return false;
  }

 private:
  ScratchFolder folder_{"memory-ceiling"};
};

// 200,000 rows take some 90 MB without a ceiling, of which 80 MiB leave four fifths.
TEST_F(MemoryCeiling, ADedupeUnderItWritesTheSameBytes) {
  ASSERT_TRUE(run("synth --roll 200000 --out " + path("roll.csv")));
  const auto dedupe = [&](const std::string& name, const std::string& more) {
    return run("dedupe " + path("roll.csv") + " --out " + path(name) + " --pairs " + path("pairs-" + name) +
               more);
  };
  ASSERT_TRUE(dedupe("free.csv", ""));
  ASSERT_TRUE(dedupe("under.csv", " --memory 80M"));
  EXPECT_GT(bytes_of(path("pairs-free.csv")).size(), 1'000'000U);
  EXPECT_EQ(bytes_of(path("under.csv")), bytes_of(path("free.csv")));
  EXPECT_EQ(bytes_of(path("pairs-under.csv")), bytes_of(path("pairs-free.csv")));
}

// Twice 200,000 rows take some 150 MB, of which 112 MiB leave four fifths.
TEST_F(MemoryCeiling, ALinkUnderItWritesTheSameBytes) {
  for (const std::string part : {"left", "right"})
    ASSERT_TRUE(run("synth --roll 200000 --part " + part + " --out " + path(part)));
  const auto link = [&](const std::string& name, const std::string& more) {
    return run("link " + path("left") + " " + path("right") + " --out " + path(name) + more);
  };
  ASSERT_TRUE(link("free.csv", ""));
  ASSERT_TRUE(link("under.csv", " --memory 112M"));
  EXPECT_GT(bytes_of(path("free.csv")).size(), 1'000'000U);
  EXPECT_EQ(bytes_of(path("under.csv")), bytes_of(path("free.csv")));
}

// What cannot be done is refused, and says how to go on.
TEST_F(MemoryCeiling, ThatNoRunFitsUnderIsRefused) {
  ASSERT_TRUE(run("synth --roll 1000 --out " + path("roll.csv")));
  const std::string command = built_program().string() + " dedupe " + path("roll.csv") + " --out " +
                              path("out.csv") + " --memory 1M 2>" + path("log");
  EXPECT_NE(std::system(command.c_str()), 0);
  EXPECT_NE(bytes_of(path("log")).find("64M or more"), std::string::npos) << bytes_of(path("log"));
}

}  // namespace
}  // namespace scrutineer::tests
