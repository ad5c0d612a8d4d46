// A server on a case, and a client that knows its token.
#ifndef SCRUTINEER_TESTS_SERVE_SERVED_H_
#define SCRUTINEER_TESTS_SERVE_SERVED_H_

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "serve/server.h"

namespace scrutineer::tests {

using Json = nlohmann::ordered_json;

struct Reply {
  int status = 0;
  std::string body;
  httplib::Headers headers;
  [[nodiscard]] Json json() const { return Json::parse(body, nullptr, false); }
  [[nodiscard]] std::string code() const {
    const Json parsed = json();
    return parsed.is_object() && parsed.contains("error") ? parsed["error"]["code"].get<std::string>() : "";
  }
};

class Served {
 public:
  Served(const std::filesystem::path& folder, const std::string& name, serve::Role role = serve::Role::panel,
         bool read_only = false, std::optional<unsigned char> key = {}) {
    serve::Person person;
    person.name = name;
    person.role = role;
    person.read_only = read_only;
    if (key) {
      std::array<unsigned char, 32> seed{};
      seed[0] = *key;
      person.key = store::SigningKey::from_seed(seed);
    }
    log_ = std::tmpfile();
    session_ = std::make_unique<serve::Session>(
        folder, std::move(person), [] { return std::string("2026-07-01T09:00:00Z"); }, "0.1.0");
    auto server = serve::Server::bind(*session_, {0, log_});
    EXPECT_TRUE(server) << server.error().message();
    server_ = *std::move(server);
    thread_ = std::thread([this] { EXPECT_TRUE(server_->run()); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
    client_->set_keep_alive(true);
    client_->set_tcp_nodelay(true);
    for (int wait = 0; wait < 500; ++wait) {  // until it listens
      if (get("/api/session").status == 200) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served() {
    client_->stop();
    server_->stop();
    thread_.join();
    std::fclose(log_);
  }

  Reply get(const std::string& path, httplib::Headers headers = {}) {
    headers.emplace("Authorization", "Bearer " + server_->token());
    return reply_of(client_->Get(path.c_str(), headers));
  }
  Reply post(const std::string& path, const Json& body) {
    const httplib::Headers headers = {{"Authorization", "Bearer " + server_->token()}};
    return reply_of(client_->Post(path.c_str(), headers,
                                  body.dump(-1, ' ', false, Json::error_handler_t::replace),
                                  "application/json"));
  }
  static Reply reply_of(const httplib::Result& result) {
    if (!result) return {};
    return {result->status, result->body, result->headers};
  }
  // The handles of the first rows of a list.
  std::vector<std::string> handles(const std::string& path) {
    std::vector<std::string> list;
    const Json json = get(path).json();
    if (json.is_object() && json.contains("rows")) {
      for (const Json& row : json["rows"]) list.push_back(row["handle"].get<std::string>());
    }
    return list;
  }
  std::string log() {
    std::fflush(log_);
    std::rewind(log_);
    std::string text(1 << 20, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), log_));
    return text;
  }
  serve::Server& server() { return *server_; }
  serve::Session& session() { return *session_; }

 private:
  std::FILE* log_ = nullptr;
  std::unique_ptr<serve::Session> session_;
  std::unique_ptr<serve::Server> server_;
  std::thread thread_;
  std::unique_ptr<httplib::Client> client_;
};

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_SERVE_SERVED_H_
