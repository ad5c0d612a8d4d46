// Killed runs: whatever the moment, the case opens, is whole, and every acknowledged decision is in it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "store/case_file.h"
#include "store/sample_case.h"
#include "store/scratch_folder.h"

namespace scrutineer::store {
namespace {

namespace fs = std::filesystem;
using tests::build_sample_case;
using tests::ScratchFolder;

// Runs `work` in a process of its own; it must not return.
pid_t started(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  return child;
}

void killed_after(pid_t child, unsigned microseconds) {
  usleep(microseconds);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
}

// The version of a whole case, or 0 with failures reported.
std::uint64_t version_of(const fs::path& place) {
  auto file = CaseFile::open(place, SqliteMode::read_write);
  EXPECT_TRUE(file) << file.error().message();
  if (!file) return 0;
  const auto check = check_case(*file);
  EXPECT_TRUE(check) << check.error().message();
  if (!check) return 0;
  for (const std::string& problem : check->problems) ADD_FAILURE() << problem;
  auto row = file->database().prepare("SELECT value FROM settings WHERE name = 'inquiry.seed'");
  EXPECT_TRUE(*row->step());
  const auto version = std::stoull(row->text(0));
  EXPECT_EQ(*file->database().integer("SELECT count(*) FROM members WHERE household LIKE '%v" +
                                      std::to_string(version) + "'"),
            300);
  return version;
}

TEST(KilledRuns, AuditsLeaveTheLastGoodCase) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  ASSERT_TRUE(build_sample_case(place, 1));
  // Kills fall anywhere in the first two and a half builds, however fast the machine is.
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(build_sample_case(place, 1));
  const auto one_build = static_cast<unsigned>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin)
          .count());
  std::mt19937 random(20260506);
  std::uint64_t version = 1;
  std::size_t replaced = 0;
  for (int round = 0; round < 60; ++round) {
    const pid_t child = started([&] {
      for (std::uint64_t next = version + 1;; ++next) {
        if (!build_sample_case(place, next)) _exit(1);
      }
    });
    killed_after(child, static_cast<unsigned>(random() % (one_build * 5 / 2 + 1)));
    const std::uint64_t found = version_of(place);
    ASSERT_GE(found, version);
    replaced += found > version;
    version = found;
  }
  EXPECT_GT(replaced, 0U);
  // The next run clears away what the killed ones left.
  ASSERT_TRUE(build_sample_case(place, version + 1));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

// The way of file systems that cannot exchange two folders: between two renames there is none, and it is put
// back.
TEST(KilledRuns, TheOldFolderIsPutBackWhereItWasMovedAside) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  const auto write = [&](const std::string& name) {
    auto swap = FolderSwap::begin(place);
    ASSERT_TRUE(swap) << swap.error().message();
    { std::ofstream(swap->building() / name) << name; }
    ASSERT_TRUE(swap->commit(false));
  };
  write("1");
  EXPECT_TRUE(fs::exists(place / "1"));
  write("2");
  EXPECT_TRUE(fs::exists(place / "2"));
  EXPECT_FALSE(fs::exists(place / "1"));
  fs::rename(place, folder.path() / ".case.replaced-abcdef");  // as a run killed between the two leaves it
  fs::create_directory(folder.path() / ".case.building-abcdef");
  ASSERT_TRUE(recover_folder(place));
  EXPECT_TRUE(fs::exists(place / "2"));
  fs::rename(place, folder.path() / ".case.replaced-abcdef");
  write("3");
  EXPECT_TRUE(fs::exists(place / "3"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);

  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const pid_t child = started([&] {
      while (true) {
        auto swap = FolderSwap::begin(place);
        if (!swap) _exit(1);
        for (int file = 0; file < 3; ++file) std::ofstream(swap->building() / std::to_string(file)) << file;
        if (!swap->commit(false)) _exit(1);
      }
    });
    killed_after(child, random() % 3000);
    ASSERT_TRUE(recover_folder(place));
    ASSERT_TRUE(fs::exists(place)) << round;
    const auto files = std::distance(fs::directory_iterator(place), fs::directory_iterator());
    ASSERT_TRUE(files == 3 || fs::exists(place / "3")) << round;
  }
}

TEST(KilledRuns, EveryAcknowledgedDecisionIsThere) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  ASSERT_TRUE(build_sample_case(place, 1));
  std::mt19937 random(11);
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 80; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t reviewer = started([&] {
      auto file = CaseFile::open(place, SqliteMode::read_write);
      if (!file) _exit(1);
      while (true) {
        const auto number =
            file->decide({"finding", "f1", "open", "", "a reason", "A", {}}, "2026-05-07T09:00:00Z");
        if (!number) _exit(1);
        if (write(pipe_ends[1], &*number, sizeof(*number)) != sizeof(*number)) _exit(1);
      }
    });
    // Meanwhile audits replace the case under the reviewer.
    const pid_t auditor = started([&] {
      for (std::uint64_t version = 2;; ++version) {
        if (!build_sample_case(place, version)) _exit(1);
      }
    });
    killed_after(reviewer, random() % 60000);
    killed_after(auditor, 0);
    close(pipe_ends[1]);
    std::int64_t number = 0;
    while (read(pipe_ends[0], &number, sizeof(number)) == sizeof(number)) {
      EXPECT_EQ(number, acknowledged + 1);
      acknowledged = number;
    }
    close(pipe_ends[0]);
    ASSERT_GT(version_of(place), 0U) << round;
    auto file = CaseFile::open(place, SqliteMode::read_only);
    const auto present = static_cast<std::int64_t>(file->decisions()->size());
    ASSERT_GE(present, acknowledged) << round;
    ASSERT_LE(present, acknowledged + 1) << round;  // one may have been written and not yet acknowledged
    acknowledged = present;
  }
  EXPECT_GT(acknowledged, 0);
}

}  // namespace
}  // namespace scrutineer::store
