// The served process is killed between acknowledgements: whatever was acknowledged over HTTP is in the case,
// once. SCRUTINEER_KILLS changes how often (`bench/kills` does it to the program itself, and to audits).
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <random>
#include <string>

#include "serve/review_case.h"
#include "serve/served.h"
#include "store/scratch_folder.h"

namespace scrutineer::serve {
namespace {

using tests::Json;

struct ServedProcess {
  pid_t pid = -1;
  int port = 0;
  std::string token;
};

// A process of its own that serves the case until it is killed.
ServedProcess started(const std::filesystem::path& place) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    Person person;
    person.name = "A";
    person.key = store::SigningKey::from_seed({});
    Session session(
        place, std::move(person), [] { return std::string("2026-07-01T09:00:00Z"); }, "0.1.0");
    auto server = Server::bind(session, {0, nullptr});
    if (!server) _exit(1);
    const std::string line = std::to_string((*server)->port()) + " " + (*server)->token() + "\n";
    if (write(ends[1], line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(1);
    close(ends[1]);
    static_cast<void>((*server)->run());
    _exit(0);
  }
  close(ends[1]);
  std::string line;
  char letter = 0;
  while (read(ends[0], &letter, 1) == 1 && letter != '\n') line += letter;
  close(ends[0]);
  ServedProcess process{child, 0, ""};
  if (const auto space = line.find(' '); space != std::string::npos) {
    process.port = std::stoi(line.substr(0, space));
    process.token = line.substr(space + 1);
  }
  return process;
}

TEST(KilledServer, EveryAcknowledgedDecisionIsThereOnce) {
  const char* const wanted = std::getenv("SCRUTINEER_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 20;
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(tests::build_review_case(place, {}));
  std::vector<std::string> subjects;
  {
    tests::Served served(place, "Nobody", Role::panel, true);
    subjects = served.handles("/api/queue?kind=finding");
  }
  ASSERT_FALSE(subjects.empty());
  std::mt19937 random(20260507);
  std::size_t acknowledged = 0;
  std::map<std::string, int> due;  // request -> times acknowledged
  for (int round = 0; round < kills; ++round) {
    const ServedProcess process = started(place);
    ASSERT_GT(process.port, 0);
    // The killer strikes within the time of some decisions, wherever it falls.
    const pid_t killer = fork();
    if (killer == 0) {
      usleep(5000 + random() % 60000);
      kill(process.pid, SIGKILL);
      _exit(0);
    }
    random.discard(1);
    httplib::Client client("127.0.0.1", process.port);
    client.set_keep_alive(true);
    client.set_connection_timeout(1);
    client.set_read_timeout(2);
    const httplib::Headers headers = {{"Authorization", "Bearer " + process.token}};
    for (int one = 0; one < 10'000; ++one) {
      const std::string request = "r" + std::to_string(round) + "-" + std::to_string(one);
      const Json body = {{"subject", subjects[static_cast<std::size_t>(one) % subjects.size()]},
                         {"decision", "referred"},
                         {"reason", "a reason"},
                         {"after", 1'000'000},
                         {"request", request}};
      const auto result = client.Post("/api/decisions", headers, body.dump(), "application/json");
      if (!result) break;
      ASSERT_EQ(result->status, 201) << result->body;
      ++due[request];
      ++acknowledged;
    }
    int status = 0;
    waitpid(process.pid, &status, 0);
    waitpid(killer, &status, 0);
    auto file = store::CaseFile::open(place, store::SqliteMode::read_write);
    ASSERT_TRUE(file) << file.error().message();
    const auto decisions = file->decisions();
    ASSERT_TRUE(decisions);
    std::map<std::string, int> there;
    for (const store::DecisionRow& decision : *decisions) ++there[decision.request];
    for (const auto& [request, times] : due) ASSERT_EQ(there[request], 1) << request;
    // At most the one that was on its way when the process died is there without having been acknowledged.
    ASSERT_LE(decisions->size(), due.size() + static_cast<std::size_t>(round) + 1);
    if (round % 5 == 4 || round + 1 == kills) {
      const auto check = store::check_case(*file);
      ASSERT_TRUE(check);
      for (const std::string& problem : check->problems) ADD_FAILURE() << problem;
    }
  }
  EXPECT_GT(acknowledged, static_cast<std::size_t>(kills) / 2);
}

}  // namespace
}  // namespace scrutineer::serve
