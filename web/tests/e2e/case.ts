// A fictional case, its server, and a browser: what the tests of the whole app stand on.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type Browser, type BrowserContext, type Page, type Request } from "playwright-core";

export const program = process.env["SCRUTINEER_BINARY"] ?? join(import.meta.dirname, "../../../build/bin/scrutineer");
export const shots = process.env["SCRUTINEER_SCREENSHOTS"] ?? join(import.meta.dirname, "../../../build/screenshots");

// Text that would act if anything took it for more than text. The last holds a right-to-left override and 10 kB.
export const hostile = [
  `<script>window.ran=1</script>`,
  `<img src=x onerror="window.ran=1">`,
  `'; DROP TABLE members;--`,
  `=HYPERLINK("javascript:window.ran=1","x")`,
  `\u202Egnp.exe\u2066<svg onload=window.ran=1>`,
  `{{constructor.constructor('window.ran=1')()}}`,
  `long ${"x".repeat(10_000)}`,
];

function run(args: string[]): string {
  const done = spawnSync(program, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${done.status}\n${done.stderr}`);
  return done.stdout;
}

function csvLine(cells: string[]): string {
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}

export function csvCells(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const found = /^(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/.exec(rest);
    if (!found) throw new Error(`not a CSV line: ${line}`);
    cells.push(found[1] !== undefined ? found[1].replaceAll('""', '"') : (found[2] ?? ""));
    if (found[3] === "") return cells;
    rest = rest.slice(found[0].length);
  }
}

export interface Case {
  folder: string;
  names: string[]; // of members, which an analyst may never see
}

// A small borough with an organised pattern in it, hostile text in every text column of some members, audited, and doors
// drawn. Wards have shapes.
export function makeCase(): Case {
  const scratch = mkdtempSync(join(tmpdir(), "scrutineer-app-"));
  const inquiry = join(scratch, "inquiry");
  run(["synth", "--out", inquiry, "--scenario", "organised", "--electors", "6000", "--members", "400", "--seed", "7"]);
  const file = join(inquiry, "members.csv");
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const columns = csvCells(head);
  const at = (pattern: RegExp) => columns.findIndex((column) => pattern.test(column));
  const texts = columns.flatMap((column, number) => (/name|street|address|addr|locality|payer|account|recruiter|signed up|email|method|note|ward/i.test(column) ? [number] : []));
  const given = at(/first|given|forename/i);
  const family = at(/last|family|surname/i);
  const names = lines.slice(0, 200).flatMap((line) => {
    const cells = csvCells(line);
    return [`${cells[given]} ${cells[family]}`];
  });
  const changed = lines.map((line, number) => {
    const text = hostile[number % 40];
    if (text === undefined) return line;
    const cells = csvCells(line);
    for (const column of texts) cells[column] = text;
    return csvLine(cells);
  });
  writeFileSync(file, `${[head, ...changed].join("\n")}\n`);
  const folder = join(inquiry, "case");
  run(["audit", join(inquiry, "inquiry.toml"), "--out", folder]);
  run(["canvass", "draw", folder, "--seed", "dice 5 1 3", "--doors", "30", "--out", join(scratch, "doors.csv")]);
  return { folder, names };
}

export class Server {
  address = "";
  port = 0;
  private process: ChildProcess;
  readonly exited: Promise<void>;

  private constructor(process: ChildProcess) {
    this.process = process;
    this.exited = new Promise((resolve) => process.once("exit", () => resolve()));
  }

  static async start(folder: string, options: string[]): Promise<Server> {
    const child = spawn(program, ["review", folder, "--no-open", ...options], { stdio: ["ignore", "pipe", "pipe"] });
    const server = new Server(child);
    let said = "";
    let complained = "";
    child.stderr?.on("data", (chunk: Buffer) => (complained += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (status) => reject(new Error(`scrutineer review ended with ${status}: ${complained}`)));
      child.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const found = /^Review: (http:\/\/127\.0\.0\.1:(\d+)\/#token=\S+)/m.exec(said);
        if (!found) return;
        server.address = found[1]!;
        server.port = Number(found[2]);
        resolve();
      });
    });
    child.removeAllListeners("exit");
    child.once("exit", () => undefined);
    return server;
  }

  get token(): string {
    return this.address.split("#token=")[1] ?? "";
  }

  async ask<T>(path: string): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/${path}`, { headers: { Authorization: `Bearer ${this.token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async kill(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.process.once("exit", () => resolve()));
    this.process.kill(signal);
    await gone;
  }
}

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-background-networking"] });
}

// What must be empty at the end of every test: errors of pages, and requests to anywhere but the program.
export class Watch {
  readonly problems: string[] = [];

  on(page: Page): void {
    page.on("pageerror", (error) => this.problems.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      // The browser itself reports every answer of 4xx and a server that is gone; those are looked at by the tests.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) this.problems.push(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      this.problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const open = new Set<Request>();
    asked.set(page, open);
    page.on("requestfinished", (request) => open.delete(request));
    page.on("requestfailed", (request) => open.delete(request));
    page.on("request", (request) => {
      if (!request.url().endsWith("/api/events")) open.add(request);
      if (!/^(http:\/\/127\.0\.0\.1:\d+\/|blob:http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) this.problems.push(`outside request: ${request.url()}`);
    });
  }
}

export async function newPage(browser: Browser, watch: Watch, options: Parameters<Browser["newContext"]>[0] = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  watch.on(page);
  return { context, page };
}

export async function open(page: Page, server: Server, place = ""): Promise<void> {
  await page.goto(server.address);
  await page.locator("main#main").waitFor();
  if (place) await visit(page, place);
  else await settled(page);
}

// Goes to a view and waits until nothing is being loaded.
export async function visit(page: Page, place: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, `#/${place}`);
  await settled(page);
}

// What a page has asked the program for and not yet been answered; the stream of events never ends and is left out.
const asked = new WeakMap<Page, Set<Request>>();

export async function settled(page: Page): Promise<void> {
  for (let quiet = 0, turn = 0; quiet < 3 && turn < 1000; ++turn) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    quiet = asked.get(page)?.size ? 0 : quiet + 1;
  }
  await page.waitForFunction(() => !/Loading …/.test(document.body.innerText));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
