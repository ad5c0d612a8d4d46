// Writes the built pages as a C++ source file: node embed.mjs FOLDER FILE.cc
// Each file as it is, and compressed where that is shorter; the names and order are those of src/web/assets.h.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

// A string literal of any bytes. Every byte that is not plain is three octal digits, so that no digit after it
// can join it.
function literal(bytes) {
  let text = "";
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c && byte !== 0x3f;
    text += plain ? String.fromCharCode(byte) : "\\" + byte.toString(8).padStart(3, "0");
  }
  return `{"${text}", ${bytes.length}}`;
}

const [folder, target] = process.argv.slice(2);
const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => relative(folder, join(file.parentPath, file.name)))
  .map((name) => {
    const type = types[name.slice(name.lastIndexOf("."))];
    if (type === undefined) throw new Error(`${name}: no content type is known for this kind of file`);
    return { path: name === "index.html" ? "/" : `/${name}`, type, bytes: readFileSync(join(folder, name)) };
  })
  .sort((left, right) => (left.path < right.path ? -1 : 1));

const none = Buffer.alloc(0);
const shorter = (packed, bytes) => (packed.length < bytes.length ? packed : none);
const rows = entries.map(({ path, type, bytes }) => {
  const gzip = shorter(gzipSync(bytes, { level: 9 }), bytes);
  const brotli = shorter(
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    bytes,
  );
  const etag = `\\"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}\\"`;
  return `    {"${path}", "${type}", "${etag}",\n     ${literal(bytes)},\n     ${literal(gzip)},\n     ${literal(brotli)}},\n`;
});

writeFileSync(
  target,
  `// Made from web/ by web/embed.mjs; not to be edited.
#include <array>

#include "web/assets.h"

namespace scrutineer::web {
namespace {

constexpr std::array<Asset, ${entries.length}> all = {{
${rows.join("")}}};

}  // namespace

std::span<const Asset> assets() { return all; }

}  // namespace scrutineer::web
`,
);
