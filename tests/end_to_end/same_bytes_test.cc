// The same inputs give the same bytes on any number of threads, and a killed run leaves no half case.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "end_to_end/fictional_inquiry.h"
#include "report/report.h"
#include "support/shared_data.h"

namespace scrutineer::tests {
namespace {

synth::SynthOptions small_branch(const ScratchFolder& folder) {
  synth::SynthOptions options;
  options.out = folder.path() / "inquiry";
  options.electors = 4'000;
  options.members = 300;
  options.seed = 7;
  options.scenario = synth::Scenario::organised;
  return options;
}

TEST(SameBytes, WithOneAndTwoThreads) {
  const ScratchFolder folder("same-bytes");
  const auto options = small_branch(folder);
  const inquiry::Audit one = make_and_audit(options, 1);
  const inquiry::Audit two = make_and_audit(options, 2);
  ASSERT_FALSE(one.outcome.members.empty());
  EXPECT_EQ(report::findings_json(one.outcome), report::findings_json(two.outcome));
  EXPECT_EQ(report::members_csv(one.outcome), report::members_csv(two.outcome));
  EXPECT_EQ(report::report_html(one.outcome), report::report_html(two.outcome));
}

// Runs the program; kills it after `milliseconds` if that is not negative. Its exit status, or -1 if killed.
int run_program(const std::vector<std::string>& arguments, int milliseconds) {
  const pid_t child = fork();
  if (child == 0) {
    if (freopen("/dev/null", "w", stdout) == nullptr || freopen("/dev/null", "w", stderr) == nullptr)
      _exit(127);
    std::vector<char*> argv;
    std::string program = built_program().string();
    argv.push_back(program.data());
    std::vector<std::string> copies = arguments;
    for (std::string& argument : copies) argv.push_back(argument.data());
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  if (milliseconds >= 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    kill(child, SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(KilledRun, LeavesTheLastGoodCaseOrNone) {
  const ScratchFolder folder("killed");
  const auto options = small_branch(folder);
  ASSERT_TRUE(synth::synthesise(options));
  const std::string inquiry = (options.out / "inquiry.toml").string();
  const std::filesystem::path place = folder.path() / "case";
  const std::vector<std::string> audit = {"audit", inquiry, "--out", place.string()};
  // Killed before there ever was a case: either none, or a whole one.
  for (const int after : {5, 40, 120, 250, 400}) {
    run_program(audit, after);
    if (std::filesystem::exists(place)) {
      ASSERT_EQ(run_program({"verify", place.string(), "--no-rerun"}, -1), 0)
          << "killed after " << after << " ms";
      std::filesystem::remove_all(place);
    }
  }
  ASSERT_EQ(run_program(audit, -1), 0);
  const std::string findings = bytes_of(place / "findings.json");
  ASSERT_FALSE(findings.empty());
  // Killed while replacing a case: the case is whole, and its findings are those of the same inputs.
  for (const int after : {5, 40, 120, 250, 400, 550}) {
    run_program(audit, after);
    ASSERT_EQ(run_program({"verify", place.string(), "--no-rerun"}, -1), 0)
        << "killed after " << after << " ms";
    ASSERT_EQ(bytes_of(place / "findings.json"), findings);
  }
  ASSERT_EQ(run_program({"verify", place.string()}, -1), 0);
  // Nothing of the killed runs is left beside the case after a run that ended.
  ASSERT_EQ(run_program(audit, -1), 0);
  std::size_t beside = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++beside;
  EXPECT_EQ(beside, 2U) << "only the inquiry and its case";
}

}  // namespace
}  // namespace scrutineer::tests
