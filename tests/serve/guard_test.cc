// Requests that must not be answered are refused and logged, whatever is wrong with them.
#include "serve/guard.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "serve/request.h"
#include "serve/review_case.h"
#include "serve/served.h"
#include "store/scratch_folder.h"

namespace scrutineer::serve {
namespace {

using tests::Served;

constexpr std::string_view token = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

Asked good() {
  Asked asked;
  asked.method = "GET";
  asked.target = "/api/queue?q=a";
  asked.host = "127.0.0.1:8470";
  static const std::string authorization = "Bearer " + std::string(token);
  asked.authorization = authorization;
  return asked;
}

std::string code_of(const Asked& asked) {
  const auto error = guard(asked, 8470, token);
  return error ? error->code : "";
}

TEST(Guard, LetsItsOwnPageIn) {
  Asked asked = good();
  EXPECT_EQ(code_of(asked), "");
  asked.origin = "http://127.0.0.1:8470";
  asked.fetch_site = "same-origin";
  EXPECT_EQ(code_of(asked), "");
  asked.method = "POST";
  asked.content_type = "application/json; charset=utf-8";
  EXPECT_EQ(code_of(asked), "");
  asked.host = "localhost:8470";
  EXPECT_EQ(code_of(asked), "");
}

TEST(Guard, RefusesEverythingElse) {
  const auto refused = [](const char* code, const std::function<void(Asked&)>& change) {
    Asked asked = good();
    change(asked);
    EXPECT_EQ(code_of(asked), code);
  };
  refused("token", [](Asked& asked) { asked.authorization = {}; });
  refused("token", [](Asked& asked) { asked.authorization = "Bearer "; });
  refused("token",
          [](Asked& asked) { asked.authorization = "Basic 0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"; });
  refused("token",
          [](Asked& asked) { asked.authorization = "Bearer 0123456789abcdefghijklmnopqrstuvwxyzABCDEFH"; });
  refused("host", [](Asked& asked) { asked.host = {}; });
  for (const char* host : {"evil.example", "127.0.0.1", "127.0.0.1:8471", "evil.example:8470",
                           "127.0.0.1:8470.evil.example", ""})
    refused("host", [&](Asked& asked) { asked.host = host; });
  for (const char* origin :
       {"null", "http://evil.example", "https://127.0.0.1:8470", "http://127.0.0.1:84701", ""})
    refused("origin", [&](Asked& asked) { asked.origin = origin; });
  for (const char* site : {"cross-site", "same-site", ""})
    refused("origin", [&](Asked& asked) { asked.fetch_site = site; });
  for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "HEAD"})
    refused("method", [&](Asked& asked) { asked.method = method; });
  refused("content-type", [](Asked& asked) {
    asked.method = "POST";
    asked.content_type = "text/plain";
  });
  refused("bad-request", [](Asked& asked) { asked.repeated_headers = 1; });
  for (const char* target :
       {"/api/../case.sqlite", "/api/%2e%2e/case.sqlite", "//etc/passwd", "/api/files/..", "/a\\b", "api", "",
        "/api/files/%00", "/.git/config", "/api//queue"})
    refused("not-found", [&](Asked& asked) { asked.target = target; });
}

TEST(Guard, NoPathWithAWayOutIsPlain) {
  rc::check("a plain path has no dots at the beginning of a part and nothing to decode",
            [](const std::string& text) {
              if (const auto path = plain_path("/" + text)) {
                RC_ASSERT(path->find('%') == std::string_view::npos);
                RC_ASSERT(path->find("/.") == std::string_view::npos);
                RC_ASSERT(path->size() == 1 || path->find("//") == std::string_view::npos);
              }
            });
}

TEST(Request, QueriesAreStrict) {
  EXPECT_EQ(Query::parse("/a?q=a+b%20c", {"q"})->text("q"), "a b c");
  EXPECT_FALSE(Query::parse("/a?p=1", {"q"}));
  EXPECT_FALSE(Query::parse("/a?q=1&q=2", {"q"}));
  EXPECT_FALSE(Query::parse("/a?q=%", {"q"}));
  EXPECT_FALSE(Query::parse("/a?q=%zz", {"q"}));
  EXPECT_FALSE(Query::parse("/a?q=%00", {"q"}));
  EXPECT_FALSE(Query::parse("/a?q=%FF", {"q"}));
  EXPECT_FALSE(Query::parse("/a?limit=1e3", {"limit"})->whole("limit", 5, 1, 200));
  EXPECT_FALSE(Query::parse("/a?limit=201", {"limit"})->whole("limit", 5, 1, 200));
  EXPECT_EQ(*Query::parse("/a", {"limit"})->whole("limit", 5, 1, 200), 5);
}

TEST(Request, BodiesAreFlatObjectsOfKnownKeys) {
  const auto body = Body::parse(R"({"a":"x","n":3,"f":true,"z":null})", {"a", "n", "f", "z"});
  ASSERT_TRUE(body);
  EXPECT_EQ(*body->text("a"), "x");
  EXPECT_EQ(**body->whole("n"), 3);
  EXPECT_TRUE(*body->flag("f", false));
  EXPECT_FALSE(body->text("z", true));
  EXPECT_FALSE(body->text("n"));
  for (const char* bad : {"", "[]", "3", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":1,\"a\":2}", "{\"b\":1}",
                          "{\"a\":\"x\"", "{\"a\":\"\\u0000\"}", "{\"a\":\"\xFF\"}"})
    EXPECT_FALSE(Body::parse(bad, {"a"})) << bad;
  EXPECT_FALSE(Body::parse("{\"a\":\"" + std::string(20'001, 'x') + "\"}", {"a"}));
  EXPECT_EQ(Body::parse(std::string(longest_body + 1, ' '), {"a"}).error().status, 413);
}

TEST(Request, CursorsBelongToTheirList) {
  rc::check("a cursor reads back in its own list and in no other",
            [](std::int64_t first, std::int64_t second) {
              const std::string text = to_text({first, second}, "one");
              const auto back = cursor_of(text, "one");
              RC_ASSERT(back && *back && (*back)->first == first && (*back)->second == second);
              RC_ASSERT(!cursor_of(text, "other"));
            });
  EXPECT_FALSE(cursor_of("nonsense", "one"));
  EXPECT_FALSE(*cursor_of("", "one"));
}

TEST(Request, NothingTypedIsAnOperatorOfTheIndex) {
  EXPECT_EQ(search_query("a OR b\" NEAR(c)"), "\"a\" * AND \"OR\" * AND \"b\" * AND \"NEAR\" * AND \"c\" *");
  EXPECT_EQ(search_query("  -- ' ; * "), "");
  EXPECT_EQ(search_query("sm", "words"), "{words} : (\"sm\" *)");
}

TEST(Server, RefusesAndLogsWhatIsNotItsOwn) {
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(tests::build_review_case(place, {}));
  std::ofstream(place / "secret.txt") << "not of the case";
  Served served(place, "A");
  httplib::Client stranger("127.0.0.1", served.server().port());
  const auto status = [&](const char* path, const httplib::Headers& headers) {
    const auto result = stranger.Get(path, headers);
    return result ? result->status : 0;
  };
  const std::string right = "Bearer " + served.server().token();
  EXPECT_EQ(status("/api/session", {}), 401);
  EXPECT_EQ(status("/api/session", {{"Authorization", "Bearer wrong"}}), 401);
  EXPECT_EQ(status("/api/session", {{"Authorization", right}, {"Host", "evil.example"}}), 403);
  EXPECT_EQ(status("/api/session", {{"Authorization", right}, {"Origin", "http://evil.example"}}), 403);
  EXPECT_EQ(status("/api/nothing", {{"Authorization", right}}), 404);
  EXPECT_EQ(status("/case.sqlite", {{"Authorization", right}}), 404);
  EXPECT_EQ(status("/api/files/secret.txt", {{"Authorization", right}}), 404);
  EXPECT_EQ(status("/api/files/..%2fcase.sqlite", {{"Authorization", right}}), 404);
  EXPECT_EQ(status("/api/files/case.sqlite", {{"Authorization", right}}), 404);
  EXPECT_EQ(stranger.Put("/api/queue", {{"Authorization", right}}, "{}", "application/json")->status, 405);
  EXPECT_EQ(stranger.Post("/api/queue", {{"Authorization", right}}, "{}", "application/json")->status, 405);
  EXPECT_EQ(stranger.Post("/api/decisions", {{"Authorization", right}}, "{}", "text/plain")->status, 415);
  EXPECT_EQ(
      stranger
          .Post("/api/decisions", {{"Authorization", right}}, std::string(70'000, ' '), "application/json")
          ->status,
      413);
  const auto page = stranger.Get("/");
  EXPECT_EQ(page->status, 200);
  EXPECT_NE(page->get_header_value("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  const std::string log = served.log();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 13);
  EXPECT_EQ(log.find(served.server().token()), std::string::npos);
  EXPECT_NE(log.find("\"code\":\"host\""), std::string::npos);
}

}  // namespace
}  // namespace scrutineer::serve
