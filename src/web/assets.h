// The review app's files, embedded in the program: what `scrutineer review` sends to the browser.
//
// They are built from web/ by CMake (vite, then web/embed.mjs writes the bytes as a source file) and have
// fixed names. A program configured with SCRUTINEER_WEB=OFF holds one plain page that says so, and needs no
// Node to build. All of it is constant and shared between threads without care.
#ifndef SCRUTINEER_WEB_ASSETS_H_
#define SCRUTINEER_WEB_ASSETS_H_

#include <span>
#include <string_view>

namespace scrutineer::web {

struct Asset {
  std::string_view path;          // "/", "/assets/app.js": as the browser asks for it
  std::string_view content_type;  // with its charset
  std::string_view etag;          // of the bytes, quoted as the header wants it
  std::string_view bytes;         // as they are
  std::string_view gzip;          // the same, for a browser that accepts "gzip"; empty if that is not shorter
  std::string_view brotli;        // the same, for one that accepts "br"; empty if that is not shorter
};

// All of them, sorted by path. "/" is always there.
std::span<const Asset> assets();

// The file at exactly this path (no query, no decoding), or null.
const Asset* find_asset(std::string_view path);

}  // namespace scrutineer::web

#endif  // SCRUTINEER_WEB_ASSETS_H_
