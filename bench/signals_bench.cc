// How long the signals take: 10,000 members, 1 million electors, 9,999 permutations for every test that
// permutes, each signal by itself and all together, and the same for fewer and more members to show how it
// grows. Every optional input is given, so that every signal has something to do.
//
//   signals_bench [members, default 10000]
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "signals/branch.h"
#include "signals/optional_inputs.h"
#include "signals/signal.h"

namespace {

using namespace scrutineer;

signals::Evidence everything(std::uint32_t members) {
  signals::Evidence evidence = tests::make_branch({.seed = 1,
                                                   .members = members,
                                                   .carers = members / 80,
                                                   .planted_payers = 3,
                                                   .planted_day = 30,
                                                   .canvass = true});
  const double scale = 1e6 / 41000;
  for (auto& [electors, addresses] : evidence.register_occupancy)
    addresses = static_cast<std::uint64_t>(static_cast<double>(addresses) * scale);
  evidence.electors = 1000000;
  tests::add_optional_inputs(evidence, 1);
  return evidence;
}

double seconds_of(const signals::Signal& signal, const signals::Evidence& evidence, std::string& said) {
  const auto begin = std::chrono::steady_clock::now();
  const auto result = signal.run(evidence, {.permutations = 9999});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  const auto* report = std::get_if<signals::SignalReport>(&result);
  said = report ? fmt::format("{} tested, {} listed", report->tested, report->listed)
                : "not run: " + std::get<signals::Absent>(result).needs;
  return taken.count();
}

}  // namespace

int main(int count, char** arguments) {
  const long given = count > 1 ? std::strtol(arguments[1], nullptr, 10) : 0;
  const auto members = static_cast<std::uint32_t>(given > 0 ? given : 10000);
  const std::vector<std::uint32_t> sizes = {members / 4, members / 2, members, 2 * members};
  std::vector<signals::Evidence> of;
  for (const std::uint32_t size : sizes) of.push_back(everything(size));
  fmt::print("9,999 permutations, 1 million electors; seconds\n{:<30}", "members");
  for (const auto& evidence : of) fmt::print("{:>10}", evidence.members.size());
  fmt::print("\n");
  std::vector<double> total(of.size(), 0.0);
  for (const signals::Signal& signal : signals::registry()) {
    fmt::print("{:<30}", fmt::format("{:>2} {}", signal.number, signal.key));
    std::string said;
    std::string at_members;
    for (std::size_t s = 0; s < of.size(); ++s) {
      const double seconds = seconds_of(signal, of[s], said);
      if (sizes[s] == members) at_members = said;
      total[s] += seconds;
      fmt::print("{:>10.2f}", seconds);
    }
    fmt::print("  {}\n", at_members);
    std::fflush(stdout);
  }
  fmt::print("{:<30}", "all signals");
  for (const double seconds : total) fmt::print("{:>10.2f}", seconds);
  fmt::print("\n{:<30}", "microseconds a member");
  for (std::size_t s = 0; s < of.size(); ++s)
    fmt::print("{:>10.0f}", 1e6 * total[s] / static_cast<double>(of[s].members.size()));
  fmt::print("\n");
  return 0;
}
