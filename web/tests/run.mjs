// Runs a kind of test: node tests/run.mjs unit|e2e. Ends with status 77 (skipped, said so) where what it needs is not there.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const kind = process.argv[2] ?? "";
const folder = join(here, kind);
if (!existsSync(folder)) throw new Error(`no kind of test is named ${kind}`);
if (kind === "e2e") {
  const missing = [join(here, "../node_modules/playwright-core"), join(here, "../node_modules/axe-core"), "/usr/bin/chromium"].filter((path) => !existsSync(path));
  if (missing.length > 0) {
    console.log(`skipped: ${missing.join(", ")} not installed; ./dev test installs them`);
    process.exit(77);
  }
}
const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files.map((name) => join(folder, name))], { stdio: "inherit" });
process.exit(run.status ?? 1);
