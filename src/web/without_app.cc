// What a program built with SCRUTINEER_WEB=OFF serves in place of the review app.
#include <array>

#include "web/assets.h"

namespace scrutineer::web {
namespace {

constexpr std::string_view page = R"html(<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Scrutineer</title></head>
<body>
<h1>This program was built without the review app</h1>
<p>It was configured with <code>SCRUTINEER_WEB=OFF</code>, which leaves out the pages that <code>scrutineer
review</code> shows. Build it with <code>./dev build</code>, or configure it with <code>-DSCRUTINEER_WEB=ON</code>.</p>
<p>The case is as good as any: <code>report.html</code> in its folder can be read, <code>scrutineer explain</code>
says what is held about a person, <code>scrutineer verify</code> checks it, and the server answers programs as
<code>doc/review-api.md</code> describes.</p>
</body>
</html>
)html";

constexpr std::array<Asset, 1> all = {{{"/", "text/html; charset=utf-8", "\"without-app\"", page, {}, {}}}};

}  // namespace

std::span<const Asset> assets() {
  return all;
}

}  // namespace scrutineer::web
