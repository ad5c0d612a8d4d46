// The review app's server on a case of a million entries and a hundred thousand findings: how long views and
// actions take, and ten reviewers at once, of whom no decision may be lost or doubled. MEMBERS, FINDINGS,
// EACH (decisions a reviewer) change the size. Times are those of whole requests over HTTP on this machine,
// the median and the worst of some repetitions.
#include <fmt/format.h>
#include <httplib.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "serve/review_case.h"
#include "serve/server.h"

namespace {

using namespace scrutineer;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value ? std::strtoull(value, nullptr, 10) : otherwise;
}

// A reviewer's own server and browser.
struct Reviewer {
  Reviewer(const std::filesystem::path& place, const std::string& name) {
    serve::Person person;
    person.name = name;
    std::array<unsigned char, 32> seed{};
    std::copy_n(name.begin(), std::min<std::size_t>(name.size(), 32), seed.begin());
    person.key = store::SigningKey::from_seed(seed);
    session = std::make_unique<serve::Session>(
        place, std::move(person), [] { return std::string("2026-07-01T09:00:00Z"); }, "0.1.0");
    auto bound = serve::Server::bind(*session, {0, nullptr});
    if (!bound) {
      fmt::print(stderr, "{}\n", bound.error().message());
      std::exit(1);
    }
    server = *std::move(bound);
    thread = std::thread([this] { static_cast<void>(server->run()); });
    client = std::make_unique<httplib::Client>("127.0.0.1", server->port());
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
    client->set_read_timeout(60);
    headers = {{"Authorization", "Bearer " + server->token()}};
    for (int wait = 0; wait < 500; ++wait) {
      if (const auto up = client->Get("/"); up && up->status == 200) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  ~Reviewer() {
    client->stop();
    server->stop();
    thread.join();
  }
  Json get(const std::string& path) {
    const auto result = client->Get(path.c_str(), headers);
    if (!result || result->status != 200) {
      fmt::print("{}: status {} {}\n", path, result ? result->status : 0, result ? result->body : "");
      return Json::object();
    }
    return Json::parse(result->body, nullptr, false);
  }
  int post(const std::string& path, const Json& body) {
    const auto result = client->Post(path.c_str(), headers, body.dump(), "application/json");
    return result ? result->status : 0;
  }

  std::unique_ptr<serve::Session> session;
  std::unique_ptr<serve::Server> server;
  std::thread thread;
  std::unique_ptr<httplib::Client> client;
  httplib::Headers headers;
};

std::string encoded(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '+');
  return text;
}

// Of this process, server and client alike: what an action costs however many others are at work.
double processor_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void time(const std::string& what, int repetitions, const std::function<void(int)>& act) {
  std::vector<double> times;
  std::vector<double> processor;
  for (int at = 0; at < repetitions; ++at) {
    const auto start = Clock::now();
    const double before = processor_milliseconds();
    act(at);
    processor.push_back(processor_milliseconds() - before);
    times.push_back(milliseconds_since(start));
  }
  std::sort(times.begin(), times.end());
  std::sort(processor.begin(), processor.end());
  fmt::print("{:<48} {:>9.1f} ms median {:>9.1f} ms worst; processor {:>7.1f} ms median {:>7.1f} ms worst\n",
             what, times[times.size() / 2], times.back(), processor[processor.size() / 2], processor.back());
}

void views_and_actions(const std::filesystem::path& place) {
  const auto start = Clock::now();
  Reviewer one(place, "One");
  Json queue;
  one.get("/api/session");
  one.get("/api/overview");
  fmt::print("{:<48} {:>9.1f} ms\n", "from starting the server to the first view", milliseconds_since(start));
  time("queue, first page, counted for the first time", 1, [&](int) { queue = one.get("/api/queue"); });
  time("queue, first page", 20, [&](int) { queue = one.get("/api/queue"); });
  std::string after;
  time("queue, next page", 50, [&](int) {
    const Json page = one.get("/api/queue?" + after);
    after = page["next"].is_string() ? "after=" + page["next"].get<std::string>() : "";
  });
  static const char* const typed[] = {"p",    "pa",  "pay",     "M0",         "M00",
                                      "M001", "smi", "account", "account 99", "zzz"};
  time("queue, search as one types (each letter)", 10,
       [&](int at) { one.get(std::string("/api/queue?q=") + encoded(typed[at])); });
  time("queue, filter", 6, [&](int at) {
    static const char* const filters[] = {"tier=A",        "tier=B",
                                          "kind=link",     "signal=payer-households",
                                          "state=decided", "state=all&order=signal"};
    one.get(std::string("/api/queue?") + filters[at]);
  });
  std::vector<std::string> persons;
  time("members, first page", 10, [&](int) {
    persons.clear();
    const Json page = one.get("/api/persons");
    for (const Json& row : page["rows"]) persons.push_back(row["handle"]);
  });
  static const char* const names[] = {"a",   "ad",         "ada",      "s",  "sm",
                                      "smi", "smithers12", "cedar 12", "n1", "M00999"};
  time("members, search as one types (each letter)", 10,
       [&](int at) { one.get(std::string("/api/persons?q=") + encoded(names[at])); });
  time("member", 40,
       [&](int at) { one.get("/api/person/" + persons[static_cast<std::size_t>(at) % persons.size()]); });
  std::vector<std::string> findings;
  for (const Json& row : queue["rows"]) {
    if (row["kind"] == "finding") findings.push_back(row["handle"]);
  }
  time("finding", 40,
       [&](int at) { one.get("/api/finding/" + findings[static_cast<std::size_t>(at) % findings.size()]); });
  time("network around a finding", 20, [&](int at) {
    one.get("/api/network?depth=2&around=" + findings[static_cast<std::size_t>(at) % findings.size()]);
  });
  const Json links = one.get("/api/queue?kind=link");
  time("link, side by side", 20, [&](int at) {
    one.get("/api/link/" +
            links["rows"][static_cast<std::size_t>(at) % links["rows"].size()]["handle"].get<std::string>());
  });
  time("addresses, crowded", 5, [&](int) { one.get("/api/addresses?crowded=1"); });
  time("ledger", 20, [&](int) { one.get("/api/ledger"); });
  time("decision (on the disk when answered)", 40, [&](int at) {
    const Json body = {{"subject", findings[static_cast<std::size_t>(at) % findings.size()]},
                       {"decision", "referred"},
                       {"reason", "r"},
                       {"after", 1'000'000}};
    if (one.post("/api/decisions", body) != 201) fmt::print("a decision was refused\n");
  });
  time("undo", 20, [&](int) { one.post("/api/undo", Json::object()); });
  time("queue, first page, after a decision", 10, [&](int at) {
    const Json body = {{"subject", findings[static_cast<std::size_t>(at)]},
                       {"decision", "open"},
                       {"reason", "r"},
                       {"after", 1'000'000}};
    one.post("/api/decisions", body);
    one.get("/api/queue");
  });
  time("overview, after a decision", 5, [&](int at) {
    const Json body = {{"subject", findings[static_cast<std::size_t>(at)]},
                       {"decision", "open"},
                       {"reason", "r"},
                       {"after", 1'000'000}};
    one.post("/api/decisions", body);
    one.get("/api/overview");
  });
}

void ten_at_once(const std::filesystem::path& place, std::size_t each) {
  constexpr int reviewers = 10;
  std::vector<std::thread> people;
  std::vector<std::vector<double>> times(reviewers);
  std::vector<std::size_t> acknowledged(reviewers, 0);
  auto before = store::CaseFile::open(place, store::SqliteMode::read_only);
  const std::size_t present = before->decisions()->size();
  const auto start = Clock::now();
  for (int person = 0; person < reviewers; ++person) {
    people.emplace_back([&, person] {
      Reviewer reviewer(place, fmt::format("Reviewer {}", person));
      Json page = reviewer.get("/api/queue?limit=200");
      for (std::size_t at = 0; at < each; ++at) {
        const Json body = {{"subject", page["rows"][at % page["rows"].size()]["handle"]},
                           {"decision", at % 2 ? "referred" : "explained"},
                           {"cause", "a family"},
                           {"reason", fmt::format("decision {}", at)},
                           {"after", 1'000'000'000},
                           {"request", fmt::format("r{}", at)}};
        const auto begin = Clock::now();
        acknowledged[static_cast<std::size_t>(person)] += reviewer.post("/api/decisions", body) == 201;
        times[static_cast<std::size_t>(person)].push_back(milliseconds_since(begin));
        if (at % 5 == 0)
          reviewer.post("/api/decisions", body);  // as if the connection had been lost: the same act again
      }
    });
  }
  for (std::thread& person : people) person.join();
  const double seconds = milliseconds_since(start) / 1000;
  std::vector<double> all;
  std::size_t sum = 0;
  for (int person = 0; person < reviewers; ++person) {
    all.insert(all.end(), times[static_cast<std::size_t>(person)].begin(),
               times[static_cast<std::size_t>(person)].end());
    sum += acknowledged[static_cast<std::size_t>(person)];
  }
  std::sort(all.begin(), all.end());
  auto file = store::CaseFile::open(place, store::SqliteMode::read_only);
  const std::size_t now = file->decisions()->size();
  fmt::print(
      "ten reviewers at once: {} decisions in {:.1f} s ({:.0f} a second), median {:.1f} ms, 95 % {:.1f} ms, "
      "worst {:.1f} ms\n",
      sum, seconds, static_cast<double>(sum) / seconds, all[all.size() / 2], all[all.size() * 95 / 100],
      all.back());
  fmt::print("  acknowledged {}, in the case {}: lost {}, doubled {}\n", sum, now - present,
             sum > now - present ? sum - (now - present) : 0, now - present > sum ? now - present - sum : 0);
  const auto check = store::check_ledger(*store::entries_of(file->database()));
  fmt::print("  the ledger: {} entries, {} signed, {} problems\n", check.entries, check.signed_entries,
             check.problems.size());
}

}  // namespace

int main(int arguments, char** argument) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // what was measured stands, even if the rest is cut short
  if (sodium_init() < 0) return 1;
  std::string pattern = (std::filesystem::temp_directory_path() / "review-bench-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) return 1;
  const std::filesystem::path folder = pattern;
  // A place given is where the case is left, for the part of the bench that runs in a browser.
  const auto place = arguments > 1 ? std::filesystem::path(argument[1]) : folder / "case";
  tests::ReviewCase wanted;
  wanted.members = setting("MEMBERS", 1'000'000);
  wanted.findings = setting("FINDINGS", 100'000);
  wanted.links = setting("LINKS", 10'000);
  const auto start = Clock::now();
  if (const Status built = tests::build_review_case(place, wanted); !built) {
    fmt::print(stderr, "{}\n", built.error().message());
    return 1;
  }
  fmt::print("{} members, {} findings, {} uncertain links: case written in {:.1f} s, {} MB\n", wanted.members,
             wanted.findings, wanted.links, milliseconds_since(start) / 1000,
             std::filesystem::file_size(place / "case.sqlite") / 1'000'000);
  views_and_actions(place);
  ten_at_once(place, setting("EACH", 200));
  const auto verifying = Clock::now();
  auto file = store::CaseFile::open(place, store::SqliteMode::read_only);
  const auto check = store::check_case(*file);
  fmt::print("the whole case checked in {:.1f} s: {} problems\n", milliseconds_since(verifying) / 1000,
             check ? check->problems.size() : 999);
  std::error_code none;
  std::filesystem::remove_all(folder, none);
  return 0;
}
