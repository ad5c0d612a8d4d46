// Times of views and actions as the reader has them, in Chromium: node tests/bench/views.ts CASE. From the key or the click to
// the first frame that shows what it was for. Each is done several times; the median and the worst are printed. Decisions are
// made in the case, so give it one of its own.
import type { Page } from "playwright-core";

import { launch, newPage, open, Server, settled, Watch } from "../e2e/case.ts";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/bench/views.ts CASE");
  process.exit(2);
}

const turns = Number(process.env["TURNS"] ?? 15);

function line(what: string, times: number[]): void {
  const sorted = times.toSorted((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(`${what.padEnd(58)} median ${median.toFixed(0).padStart(6)} ms   worst ${(sorted.at(-1) ?? 0).toFixed(0).padStart(6)} ms   of ${sorted.length}`);
}

// Acts, and waits inside the page for the first frame in which `there` holds: the clock is the page's own, so that the
// time for talking to the browser is not counted.
async function timed(page: Page, there: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate((condition) => {
    const holds = new Function(`return (${condition})`) as () => boolean;
    const state = globalThis as unknown as { began: number; took: Promise<number> };
    state.began = 0;
    const begin = (event: Event) => (state.began ||= event.timeStamp);
    for (const kind of ["keydown", "pointerdown", "input", "hashchange"]) addEventListener(kind, begin, { capture: true, once: true });
    state.took = new Promise((resolve, reject) => {
      const look = (now: number) => (state.began && holds() ? resolve(now - state.began) : requestAnimationFrame(look));
      requestAnimationFrame(look);
      setTimeout(() => reject(new Error(`not within 20 s: ${condition}`)), 20_000);
    });
  }, there);
  await act();
  return page.evaluate(() => (globalThis as unknown as { took: Promise<number> }).took);
}

async function repeat(what: string, page: Page, there: (turn: number) => string, act: (turn: number) => Promise<void>, between?: () => Promise<void>): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; ++turn) {
    times.push(await timed(page, there(turn), () => act(turn)));
    await settled(page);
    await between?.();
  }
  line(what, times);
}

const go = (page: Page, place: string) => page.evaluate((fragment) => {
  location.hash = fragment;
}, `#/${place}`);
const chosen = `document.querySelector('[role=option][aria-selected=true]')?.getAttribute('aria-posinset')`;

const watch = new Watch();
const browser = await launch();
const server = await Server.start(folder, ["--as", "A. Reviewer"]);
try {
  // The first view: from asking for the page, with nothing kept from before, to what there is to decide.
  const firsts: number[] = [];
  for (let turn = 0; turn < 5; ++turn) {
    const { context, page } = await newPage(browser, watch);
    await page.goto(server.address);
    await page.locator("#left").waitFor();
    firsts.push(await page.evaluate(() => performance.now()));
    await context.close();
  }
  line("first view: the overview, from asking for the page", firsts);

  const { page } = await newPage(browser, watch);
  await open(page, server);
  const views: [string, string, string][] = [
    ["queue", "queue", "document.querySelector('[role=option]') && document.querySelector('.right .second')"],
    ["persons", "persons", "document.querySelector('[role=option]')"],
    ["addresses", "addresses", "document.querySelector('[role=option]')"],
    ["calendar", "calendar", "document.querySelector('svg.plot') || /no day of joining/.test(document.body.innerText)"],
    ["map", "map", "document.querySelector('main h1')?.textContent === 'Map' && document.querySelector('main p')"],
    ["canvass", "canvass", "document.querySelector('main h1')?.textContent === 'Canvass' && document.querySelector('main p') && !/Loading …/.test(document.body.innerText)"],
    ["contest", "contest", "document.querySelector('main h1')?.textContent === 'Contest' && !/Loading …/.test(document.body.innerText)"],
    ["ledger", "ledger", "document.querySelector('tbody tr')"],
    ["overview", "overview", "document.querySelector('#left')"],
  ];
  const times = new Map<string, number[]>(views.map(([name]) => [name, []]));
  for (let turn = 0; turn < 5; ++turn) {
    for (const [name, place, there] of views) {
      times.get(name)?.push(await timed(page, there, () => go(page, place)));
      await settled(page);
    }
  }
  for (const [name] of views) line(`view: ${name}`, times.get(name) ?? []);

  await go(page, "queue");
  await settled(page);
  await page.locator(".right .second").waitFor();
  await repeat("action: j, the next row is chosen", page, (turn) => `${chosen} === '${turn + 2}'`, () => page.keyboard.press("j"));
  await repeat("action: 4, the form of a decision is there", page, () => "document.activeElement?.id.endsWith('-reason')", () => page.keyboard.press("4"), () => page.keyboard.press("Escape"));
  const readForm = async () => {
    for (const button of await page.getByRole("button", { name: "Close this message" }).all()) await button.click().catch(() => undefined);
    await page.keyboard.press("4");
    await page.getByLabel("Reason (required)").fill("Measured.");
  };
  await readForm();
  await repeat(
    "action: Enter, the decision is on the disk and shown",
    page,
    () => "/saved as decision/.test(document.querySelector('.notes')?.textContent ?? '')",
    () => page.keyboard.press("Enter"),
    readForm,
  );
  await page.keyboard.press("Escape");
  for (const button of await page.getByRole("button", { name: "Close this message" }).all()) await button.click().catch(() => undefined);
  await repeat(
    "action: u, undone and shown",
    page,
    () => "/is undone/.test(document.querySelector('.notes')?.textContent ?? '')",
    () => page.keyboard.press("u"),
    async () => {
      for (const button of await page.getByRole("button", { name: "Close this message" }).all()) await button.click().catch(() => undefined);
    },
  );
  await page.keyboard.press("/");
  // The first page of rows is another array of elements after each letter; the count over the list tells it apart.
  const remember = () =>
    page.evaluate(() => {
      (globalThis as unknown as { before: string | null }).before = document.querySelector(".innocent")?.textContent ?? "";
    });
  await remember();
  await repeat(
    "action: a letter is typed, the list is filtered",
    page,
    () => "document.querySelector('.innocent')?.textContent !== globalThis.before",
    (turn) => page.keyboard.press(turn % 2 === 0 ? "7" : "Backspace"),
    remember,
  );
  await go(page, "persons");
  await settled(page);
  await page.locator("[role=listbox]").focus();
  const scrolls: number[] = [];
  for (let turn = 0; turn < turns; ++turn) {
    scrolls.push(await timed(page, `Number(${chosen}) > ${turn * 8 + 1}`, () => page.keyboard.press("PageDown").then(() => undefined)));
    await settled(page);
  }
  line("action: Page Down in a million persons", scrolls);
  const rows = await page.locator("[role=option]").count();
  console.log(`rows in the page at that moment: ${rows}`);
  console.log(watch.problems.length === 0 ? "0 page errors, 0 requests to elsewhere" : watch.problems.join("\n"));
} finally {
  await server.kill();
  await browser.close();
}
