// scrutineer review: the local web app where people look, decide and sign.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/user_key.h"
#include "serve/server.h"

namespace scrutineer::cli {
namespace {

struct ReviewArguments {
  std::string folder, as, role = "panel", key, log;
  bool read_only = false, no_open = false;
  int port = 0;
};

// Opens the address in the browser that the desktop names. Its failing is no error: the address stands on the
// terminal.
void open_browser(const std::string& address) {
  std::string program = "xdg-open";
  std::string argument = address;
  char* const arguments[] = {program.data(), argument.data(), nullptr};
  // What it prints where there is no browser is of no use to anybody.
  posix_spawn_file_actions_t actions;
  if (::posix_spawn_file_actions_init(&actions) != 0) return;
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return;
  std::thread([child] {
    int status = 0;
    ::waitpid(child, &status, 0);
  }).detach();
}

Status run(const ReviewArguments& arguments) {
  const auto role = serve::role_of(arguments.role);
  if (!role) return wrong_usage("there is no role \"" + arguments.role + "\"", "analyst, canvasser or panel");
  serve::Person person;
  person.name = person_or_login(arguments.as);
  person.role = *role;
  person.read_only = arguments.read_only;
  if (!arguments.read_only) {
    SCRUTINEER_TRY(person.key, user_key(person.name, arguments.key));
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> log(nullptr, std::fclose);
  if (!arguments.log.empty()) {
    log.reset(std::fopen(arguments.log.c_str(), "ae"));
    if (!log) return refused("cannot be written to", {arguments.log}, "a place for the log");
  }
  serve::Session session(arguments.folder, std::move(person), utc_now, SCRUTINEER_VERSION);
  SCRUTINEER_TRY(const auto server, serve::Server::bind(session, {arguments.port, log ? log.get() : stderr}));
  // Signals are waited for in a thread of their own, so that stopping is not done inside a handler.
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  std::thread waiting([&] {
    int received = 0;
    sigwait(&set, &received);
    server->stop();
  });
  fmt::print("Review: {}\n", server->address());
  std::fflush(stdout);
  if (!arguments.no_open) open_browser(server->address());
  const Status status = server->run();
  pthread_kill(waiting.native_handle(), SIGINT);  // blocked in every thread: it only ends the wait
  waiting.join();
  return status;
}

}  // namespace

void add_review(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ReviewArguments>();
  CLI::App* command =
      app.add_subcommand("review", "Look, decide and sign in the browser, on this machine alone");
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command->add_option("--as", arguments->as, "Who looks and decides; default: the login name")
      ->type_name("NAME");
  command
      ->add_option("--role", arguments->role,
                   "What that person may see: analyst (handles for people), canvasser (names and addresses "
                   "of the doors drawn), "
                   "panel (both)")
      ->capture_default_str();
  command->add_flag("--read-only", arguments->read_only,
                    "Write nothing, not even looks; people are then shown by handles");
  command->add_option("--port", arguments->port, "Port; default: any that is free")
      ->check(CLI::Range(1, 65535));
  command->add_flag("--no-open", arguments->no_open, "Do not open the browser");
  command
      ->add_option("--key", arguments->key,
                   "The key to sign with; default: the person's own (see scrutineer key)")
      ->type_name("FILE");
  command->add_option("--log", arguments->log, "Where refused requests are logged; default: standard error")
      ->type_name("FILE");
  command->footer(
      "It answers on 127.0.0.1 to whoever has the address printed, and asks nothing of other machines. Two "
      "people who sign\n"
      "start it twice, each with a name of their own. Stop it with Ctrl-C: what was acknowledged is on the "
      "disk.\n\n"
      "Examples:\n"
      "  scrutineer review northmere-case --as \"A. Reviewer\"\n"
      "  scrutineer review northmere-case --as \"D. Walker\" --role canvasser --no-open --port 8470\n");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace scrutineer::cli
