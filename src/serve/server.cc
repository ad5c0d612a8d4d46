#include "serve/server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "serve/guard.h"
#include "serve/views.h"
#include "web/assets.h"

namespace scrutineer::serve {
namespace {

constexpr std::size_t threads = 16;
constexpr int most_streams = 8;

constexpr const char* content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put_headers(httplib::Response& response) {
  response.set_header("Content-Security-Policy", content_policy);
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
}

std::optional<std::string_view> header(const httplib::Request& request, const char* name,
                                       std::size_t& repeated) {
  const auto range = request.headers.equal_range(name);
  if (range.first == range.second) return std::nullopt;
  if (std::next(range.first) != range.second) ++repeated;
  return range.first->second;
}

// Whether a coding is accepted: named in the list and not with weight 0.
bool accepts(const httplib::Request& request, std::string_view coding) {
  const std::string all = ascii_lower(request.get_header_value("Accept-Encoding"));
  for (const std::string_view part : split(all, ',')) {
    const auto semicolon = part.find(';');
    if (trimmed(part.substr(0, semicolon)) != coding) continue;
    const std::string_view weight =
        semicolon == std::string_view::npos ? "" : trimmed(part.substr(semicolon + 1));
    return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" && weight != "q=0.000";
  }
  return false;
}

using View = std::function<Answer<Json>(std::string_view target)>;
using OfHandle = Answer<Json> (*)(Session&, const std::string&);
using Act = Answer<Json> (*)(Session&, std::string_view, bool&);

class HttpServer : public Server {
 public:
  HttpServer(Session& session, const ServerOptions& options)
      : session_(session), log_(options.log), token_(new_token()) {}

  Status bind_port(int port);
  [[nodiscard]] int port() const override { return port_; }
  [[nodiscard]] const std::string& token() const override { return token_; }
  Status run() override;
  void stop() override {
    stopping_ = true;
    session_.wake();
    server_.stop();
  }

 private:
  void set_up();
  void answer(const httplib::Request& request, httplib::Response& response);
  void answer_api(const httplib::Request& request, std::string_view path, httplib::Response& response);
  Answer<Json> get(std::string_view path, std::string_view target);
  Answer<Json> post(std::string_view path, std::string_view body, bool& created);
  Answer<Download> download(std::string_view path, std::string_view target);
  void send_asset(const httplib::Request& request, std::string_view path, httplib::Response& response);
  void stream_events(httplib::Response& response);
  void send_error(const httplib::Request& request, const ApiError& error, httplib::Response& response);
  void log_refused(const httplib::Request& request, int status, const std::string& code);

  Session& session_;
  std::FILE* log_;
  std::string token_;
  httplib::Server server_;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> streams_ = 0;
  std::mutex log_mutex_;
};

Status HttpServer::bind_port(int port) {
  set_up();
  port_ = port == 0 ? server_.bind_to_any_port("127.0.0.1")
                    : (server_.bind_to_port("127.0.0.1", port) ? port : -1);
  if (port_ <= 0)
    return refused(fmt::format("port {} cannot be had on 127.0.0.1", port), {}, "a free port, or none named");
  return {};
}

void HttpServer::set_up() {
  server_.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server_.set_tcp_nodelay(true);  // without it each answer waits for an acknowledgement
  server_.set_socket_options([](int socket) {
    int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  server_.set_payload_max_length(longest_body);
  server_.set_keep_alive_max_count(10'000);
  server_.set_read_timeout(10);
  server_.set_write_timeout(10);
  // Everything is answered here: the library's own routing decodes paths, which ours never need.
  server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    // A body that is still to be read is read by the route below.
    if (request.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
    answer(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  server_.Post(".*", [this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
  });
  server_.set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty()) return;
    put_headers(response);
    const int status = response.status;
    const char* code = status == 413 ? "too-large" : status == 404 ? "not-found" : "bad-request";
    send_error(request, {status, code, "The request cannot be understood.", {}, {}}, response);
  });
  server_.set_exception_handler(
      [this](const httplib::Request& request, httplib::Response& response, std::exception_ptr) {
        send_error(request, {500, "internal", "An internal error.", {}, {}}, response);
      });
}

void HttpServer::log_refused(const httplib::Request& request, int status, const std::string& code) {
  if (!log_) return;
  const std::string_view target =
      request.target.empty() ? std::string_view(request.path) : std::string_view(request.target);
  const std::string path = printable(target.substr(0, target.find('?')), 200);
  const Json line = {{"at", session_.now()},
                     {"status", status},
                     {"code", code},
                     {"method", printable(request.method, 20)},
                     {"path", path}};
  const std::scoped_lock lock(log_mutex_);
  fmt::print(log_, "{}\n", text_of(line));
  std::fflush(log_);
}

void HttpServer::send_error(const httplib::Request& request, const ApiError& error,
                            httplib::Response& response) {
  Json inner = {{"code", error.code}, {"message", error.message}};
  if (!error.field.empty()) inner["field"] = error.field;
  std::string body = "{\"error\":" + text_of(inner) + (error.more.empty() ? "" : "," + error.more) + "}";
  response.status = error.status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(body, "application/json");
  log_refused(request, error.status, error.code);
}

void HttpServer::answer(const httplib::Request& request, httplib::Response& response) {
  put_headers(response);
  Asked asked;
  asked.method = request.method;
  asked.target = request.target;
  std::size_t& repeated = asked.repeated_headers;
  asked.host = header(request, "Host", repeated);
  asked.origin = header(request, "Origin", repeated);
  asked.fetch_site = header(request, "Sec-Fetch-Site", repeated);
  asked.authorization = header(request, "Authorization", repeated);
  asked.content_type = header(request, "Content-Type", repeated);
  if (const auto error = guard(asked, port_, token_)) {
    send_error(request, *error, response);
    return;
  }
  const std::string_view path = *plain_path(request.target);
  if (path == "/api" || path.starts_with("/api/")) {
    answer_api(request, path, response);
  } else {
    send_asset(request, path, response);
  }
}

void HttpServer::send_asset(const httplib::Request& request, std::string_view path,
                            httplib::Response& response) {
  const web::Asset* const asset = web::find_asset(path);
  if (!asset) {
    send_error(request, {404, "not-found", "There is no such path.", {}, {}}, response);
    return;
  }
  response.set_header("ETag", std::string(asset->etag));
  response.set_header("Cache-Control", "no-cache");
  response.set_header("Vary", "Accept-Encoding");
  if (request.get_header_value("If-None-Match") == asset->etag) {
    response.status = 304;
    return;
  }
  std::string_view bytes = asset->bytes;
  if (!asset->brotli.empty() && accepts(request, "br")) {
    bytes = asset->brotli;
    response.set_header("Content-Encoding", "br");
  } else if (!asset->gzip.empty() && accepts(request, "gzip")) {
    bytes = asset->gzip;
    response.set_header("Content-Encoding", "gzip");
  }
  response.status = 200;
  response.set_content(std::string(bytes), std::string(asset->content_type));
}

void HttpServer::answer_api(const httplib::Request& request, std::string_view path,
                            httplib::Response& response) {
  response.set_header("Cache-Control", "no-store");
  if (path == "/api/events" && request.method == "GET") {
    stream_events(response);
    return;
  }
  const bool is_download = path == "/api/export" || path == "/api/exhibits" ||
                           path == "/api/impact-assessment" || path.starts_with("/api/files/");
  if (is_download && request.method == "GET") {
    auto file = download(path, request.target);
    if (!file) {
      send_error(request, file.error(), response);
      return;
    }
    response.status = 200;
    response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file->name));
    response.set_content(file->bytes, file->content_type);
    return;
  }
  bool created = false;
  const auto json = request.method == "GET" ? get(path, request.target) : post(path, request.body, created);
  if (!json) {
    send_error(request, json.error(), response);
    return;
  }
  response.status = created ? 201 : 200;
  response.set_content(text_of(*json), "application/json");
}

// Paths that end in a handle.
const std::pair<std::string_view, OfHandle> handle_views[] = {{"/api/finding/", finding},
                                                              {"/api/address/", address}};

Answer<Json> HttpServer::get(std::string_view path, std::string_view target) {
  static const std::map<std::string_view, Answer<Json> (*)(Session&)> plain = {
      {"/api/session", session_view}, {"/api/overview", overview},
      {"/api/calendar", calendar},    {"/api/map", map},
      {"/api/canvass", canvass},      {"/api/contest", contest},
      {"/api/files", files},          {"/api/ledger/check", ledger_check}};
  static const std::map<std::string_view, Answer<Json> (*)(Session&, std::string_view)> queried = {
      {"/api/queue", queue},         {"/api/persons", persons},        {"/api/addresses", addresses},
      {"/api/network", network},     {"/api/ledger", ledger},          {"/api/canvass/doors", canvass_doors},
      {"/api/decisions", decisions}, {"/api/contest/what-if", what_if}};
  static const std::string_view writes[] = {"/api/undo", "/api/replies", "/api/retention",
                                            "/api/canvass/visits"};
  if (const auto view = plain.find(path); view != plain.end()) {
    SERVE_ASK([[maybe_unused]] const Query none, Query::parse(target, {}));
    return view->second(session_);
  }
  if (const auto view = queried.find(path); view != queried.end()) return view->second(session_, target);
  for (const auto& [prefix, view] : handle_views) {
    if (!path.starts_with(prefix)) continue;
    SERVE_ASK([[maybe_unused]] const Query none, Query::parse(target, {}));
    return view(session_, std::string(path.substr(prefix.size())));
  }
  constexpr std::string_view person_prefix = "/api/person/";
  if (path.starts_with(person_prefix))
    return person(session_, std::string(path.substr(person_prefix.size())), target);
  constexpr std::string_view link_prefix = "/api/link/";
  if (path.starts_with(link_prefix))
    return link(session_, std::string(path.substr(link_prefix.size())), target);
  if (std::find(std::begin(writes), std::end(writes), path) != std::end(writes))
    return refuse(405, "method", "This is only to be written to.");
  return refuse(404, "not-found", "There is no such path.");
}

Answer<Json> HttpServer::post(std::string_view path, std::string_view body, bool& created) {
  static const std::map<std::string_view, Act> acts = {{"/api/decisions", decide},
                                                       {"/api/undo", undo},
                                                       {"/api/replies", reply},
                                                       {"/api/retention", retention}};
  if (const auto act = acts.find(path); act != acts.end()) return act->second(session_, body, created);
  if (path == "/api/canvass/visits") return record_visit(session_, body);
  const auto readable = get(path, path);
  return readable || readable.error().status != 404 ? refuse(405, "method", "This is only to be read.")
                                                    : refuse(404, "not-found", "There is no such path.");
}

Answer<Download> HttpServer::download(std::string_view path, std::string_view target) {
  if (path == "/api/export") return export_list(session_, target);
  if (path == "/api/exhibits") return exhibits(session_, target);
  SERVE_ASK([[maybe_unused]] const Query none, Query::parse(target, {}));
  if (path == "/api/impact-assessment") return impact_assessment(session_);
  return case_file(session_, std::string(path.substr(std::string_view("/api/files/").size())));
}

// One stream: the ledger is looked at when this process writes, and twice a second for what others write.
class Events {
 public:
  Events(Session& session, const std::atomic<bool>& stopping) : session_(session), stopping_(stopping) {}

  // The next piece of text to send; nothing at the end.
  std::optional<std::string> next() {
    if (!greeted_) return greeting();
    for (int waits = 0; waits < 20; ++waits) {
      if (stopping_) return std::nullopt;
      session_.wait(500);
      auto open = session_.read();
      if (!open) continue;  // the case is being replaced
      const auto head = ledger_of(**open);
      if (!head) continue;
      std::string text;
      if ((*open)->generation != generation_) {
        generation_ = (*open)->generation;
        text += fmt::format("event: generation\ndata: {{\"generation\":\"{}\"}}\n\n", generation_);
      }
      if (*head > last_) {
        text += fmt::format("event: ledger\ndata: {{\"from\":{},\"to\":{}}}\n\n", last_ + 1, *head);
        text += decided(**open, last_);
        last_ = *head;
      }
      if (!text.empty()) return text;
    }
    return ": keep-alive\n\n";
  }

 private:
  static std::optional<std::int64_t> ledger_of(OpenCase& open) {
    const auto head = open.database().integer("SELECT coalesce(max(number), 0) FROM ledger");
    return head ? std::optional(*head) : std::nullopt;
  }
  std::string greeting() {
    greeted_ = true;
    auto open = session_.read();
    if (!open) return ": the case is being replaced\n\n";
    generation_ = (*open)->generation;
    last_ = ledger_of(**open).value_or(0);
    return fmt::format("event: hello\ndata: {{\"generation\":\"{}\",\"ledger\":{}}}\n\n", generation_, last_);
  }
  static std::string decided(OpenCase& open, std::int64_t after) {
    std::string text;
    auto rows = open.database().prepare(
        "SELECT body FROM ledger WHERE kind = 'decision' AND number > ?1 ORDER BY number LIMIT 100");
    if (!rows) return text;
    rows->bind(after);
    while (true) {
      const auto more = rows->step();
      if (!more || !*more) return text;
      const Json body = Json::parse(rows->text(0), nullptr, false);
      if (!body.is_object() || !body.contains("subject") || !body.contains("decision")) continue;
      const std::string number = body["decision"].is_string() ? body["decision"].get<std::string>() : "0";
      text +=
          "event: decided\ndata: " +
          text_of({{"subject", body["subject"]}, {"decision", std::strtoll(number.c_str(), nullptr, 10)}}) +
          "\n\n";
    }
  }

  Session& session_;
  const std::atomic<bool>& stopping_;
  bool greeted_ = false;
  std::string generation_;
  std::int64_t last_ = 0;
};

void HttpServer::stream_events(httplib::Response& response) {
  if (streams_.fetch_add(1) >= most_streams) {
    --streams_;
    response.status = 503;
    response.set_content("{\"error\":{\"code\":\"busy\",\"message\":\"There are too many streams.\"}}",
                         "application/json");
    return;
  }
  auto events = std::make_shared<Events>(session_, stopping_);
  response.status = 200;
  response.set_chunked_content_provider(
      "text/event-stream",
      [events](std::size_t, httplib::DataSink& sink) {
        const auto text = events->next();
        if (!text) {
          sink.done();
          return true;
        }
        return sink.write(text->data(), text->size());
      },
      [this](bool) { --streams_; });
}

Status HttpServer::run() {
  if (!server_.listen_after_bind()) return internal_error("the server stopped unasked");
  return {};
}

}  // namespace

std::string Server::address() const {
  return fmt::format("http://127.0.0.1:{}/#token={}", port(), token());
}

Result<std::unique_ptr<Server>> Server::bind(Session& session, const ServerOptions& options) {
  // Opened once before anything is promised: a folder that is no case is refused here.
  SCRUTINEER_TRY(
      [[maybe_unused]] const store::CaseFile there,
      store::CaseFile::open(session.folder(), session.person().read_only ? store::SqliteMode::read_only
                                                                         : store::SqliteMode::read_write));
  auto server = std::make_unique<HttpServer>(session, options);
  SCRUTINEER_CHECK(server->bind_port(options.port));
  if (!session.person().read_only) {
    const std::pair<std::string, std::string> named[] = {
        {"role", std::string(to_string(session.person().role))}};
    if (auto noted = session.note("review-opened", store::facts(named)); !noted)
      return internal_error(noted.error().message);
  }
  return server;
}

}  // namespace scrutineer::serve
