// A whole inquiry in the browser, as two people and a canvasser would work through it.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { after, before, describe, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import type { Canvass, Decision, Page as Rows, QueueRow } from "../../src/lib/types.ts";
import { launch, makeCase, newPage, open, Server, settled, shot, shots, visit, Watch, type Case } from "./case.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let inquiry: Case;
let browser: Browser;
let first: Server;
let second: Server;
const watch = new Watch();
const started: Server[] = [];

async function serve(...options: string[]): Promise<Server> {
  const server = await Server.start(inquiry.folder, options);
  started.push(server);
  return server;
}

async function queue(server: Server, query: string): Promise<QueueRow[]> {
  return (await server.ask<Rows<QueueRow>>(`queue?limit=200&${query}`)).rows;
}

async function history(server: Server, subject: string): Promise<{ rows: Decision[]; state: string }> {
  return server.ask(`decisions?subject=${subject}`);
}

// Neither a page error, nor a request to elsewhere, nor text that ran.
async function quiet(page: Page): Promise<void> {
  assert.equal(await page.evaluate(() => (globalThis as { ran?: number }).ran), undefined);
  assert.deepEqual(watch.problems, []);
}

async function accessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } };
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((one) => ({ id: one.id, impact: one.impact, where: one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`) }));
  });
  assert.deepEqual(found.filter((one) => one.impact === "serious" || one.impact === "critical"), [], where);
}

before(async () => {
  rmSync(shots, { recursive: true, force: true });
  inquiry = makeCase();
  browser = await launch();
  first = await serve("--as", "A. Reviewer");
  second = await serve("--as", "B. Reviewer");
});

after(async () => {
  await browser?.close();
  for (const server of started) await server.kill("SIGKILL");
  if (inquiry) rmSync(dirname(dirname(inquiry.folder)), { recursive: true, force: true });
});

describe("the review app", { concurrency: 1 }, () => {
  test("opens; the token leaves the address bar and the history", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first);
    assert.doesNotMatch(page.url(), /token/);
    assert.match(await page.title(), /Overview/);
    await page.locator("ol.answers").waitFor();
    assert.equal(await page.locator("ol.answers > li").count(), 6);
    await page.reload();
    await page.locator("ol.answers").waitFor();
    // Without the token nothing is shown, and the page says what to do.
    const { context: stranger, page: other } = await newPage(browser, watch);
    await other.goto(`http://127.0.0.1:${first.port}/`);
    await other.getByRole("alert").waitFor();
    assert.match(await other.locator("body").innerText(), /holds the token/);
    await quiet(page);
    await stranger.close();
    await context.close();
  });

  test("shows every view, narrow and wide, light and dark, without a serious finding of axe", async () => {
    const findings = await queue(first, "kind=finding&state=all");
    const links = [...(await queue(first, "kind=link&state=all")), ...(await queue(first, "kind=pair&state=all"))];
    const persons = (await first.ask<Rows<{ handle: string }>>("persons?questioned=1&limit=1")).rows;
    const addresses = (await first.ask<Rows<{ handle: string }>>("addresses?crowded=1&limit=1")).rows;
    const hub = findings.find((row) => /^[prte]-/.test(row.subject?.handle ?? ""))?.subject?.handle;
    assert.ok(findings[0] && links[0] && persons[0] && addresses[0] && hub, "the case has one of everything");
    const views: Record<string, string> = {
      overview: "overview",
      queue: "queue",
      finding: `finding/${findings[0].handle}`,
      link: `link/${links[0].handle}`,
      persons: "persons",
      person: `person/${persons[0].handle}`,
      addresses: "addresses",
      address: `address/${addresses[0].handle}`,
      "network-start": "network",
      network: `network/${hub}`,
      calendar: "calendar",
      map: "map",
      canvass: "canvass",
      contest: "contest",
      ledger: "ledger",
      export: "export",
    };
    const looks: [number, "light" | "dark", boolean][] = [
      [360, "light", true],
      [768, "dark", false],
      [1280, "dark", true],
      [1920, "light", false],
    ];
    for (const [width, colorScheme, check] of looks) {
      const { context, page } = await newPage(browser, watch, { viewport: { width, height: width < 500 ? 740 : 1000 }, colorScheme });
      await open(page, first);
      for (const [name, place] of Object.entries(views)) {
        const where = `${name} at ${width} px, ${colorScheme}`;
        await visit(page, place);
        assert.equal(await page.locator("main [role=alert]").count(), 0, where);
        assert.ok((await page.locator("main h1").innerText()).length > 2, where);
        if (["calendar", "contest"].includes(name)) {
          await page.locator("svg.plot rect").first().waitFor();
          const widths = await page.locator("svg.plot rect").evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("width"))));
          assert.ok(widths.some((wide) => wide > 0), `${where}: bars that can be seen`);
        }
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${where}: the page is wider than the screen`);
        if (check) await accessible(page, where);
        await shot(page, `${name}-${width}-${colorScheme}`);
        await quiet(page);
      }
      await context.close();
    }
  });

  test("never shows a network without the permutation result", async () => {
    const { context, page } = await newPage(browser, watch);
    const hub = (await queue(first, "kind=finding&state=all")).find((row) => /^[prte]-/.test(row.subject?.handle ?? ""))?.subject?.handle ?? "";
    await open(page, first, `network/${hub}`);
    const chance = await page.getByRole("heading", { name: "What chance would show" }).boundingBox();
    const picture = await page.locator("svg[role=img]").boundingBox();
    assert.ok(chance && picture && (chance.y < picture.y || chance.x < picture.x));
    await context.close();
  });

  test("filters as one types, and moves by keyboard", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first, "queue");
    const all = await page.locator("[role=option]").count();
    assert.ok(all > 3);
    const chosen = () => page.locator('[role=option][aria-selected="true"]').getAttribute("aria-posinset");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await chosen(), "3");
    await page.keyboard.press("k");
    assert.equal(await chosen(), "2");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "queue-search");
    const word = ((await page.locator("[role=option]").first().locator("b").innerText()).match(/[A-Za-z]{4,}/) ?? ["payer"])[0];
    await page.keyboard.type(word.slice(0, 4));
    await page.waitForFunction((text) => location.hash.includes(`q=${text}`), word.slice(0, 4));
    await settled(page);
    await page.keyboard.press("Escape");
    assert.ok((await page.locator("[role=option]").count()) > 0);
    await page.keyboard.press("/");
    await page.keyboard.type("zzzz no such thing");
    await page.getByText("Nothing here.").waitFor();
    assert.match(await page.locator(".innocent").first().innerText(), /innocent/);
    await quiet(page);
    await context.close();
  });

  test("decides by keyboard alone, and undoes", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first, "queue?kind=finding");
    const subject = (await queue(first, "kind=finding&state=undecided"))[0]!.handle;
    await page.locator(".right .second").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("combobox", { name: "Innocent cause" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id.endsWith("-cause"));
    await page.keyboard.type("a carer or a relative pays");
    await page.keyboard.press("Enter"); // without a reason it is refused, and the page says why
    await page.getByText("A decision needs a reason.").waitFor();
    await page.getByLabel("Reason (required)").focus();
    await page.keyboard.type("Seen the mandate. <script>window.ran=1</script>");
    await page.keyboard.press("Enter");
    await page.getByText(/saved as decision \d+/).waitFor();
    let now = await history(first, subject);
    assert.equal(now.state, "decided");
    assert.equal(now.rows.at(-1)!.decision, "explained");
    await page.locator("[role=option]").first().getByText("Decided").waitFor({ timeout: 8000 });
    await page.keyboard.press("u");
    await page.getByText(/is undone/).waitFor();
    now = await history(first, subject);
    assert.equal(now.state, "undecided");
    assert.ok(now.rows.some((decision) => decision.undone), "what was undone is still there");
    await quiet(page);
    await context.close();
  });

  test("hides the score in blind mode until one has decided", async () => {
    const subject = (await queue(first, "kind=link&state=undecided"))[0]?.handle ?? (await queue(first, "kind=pair&state=undecided"))[0]!.handle;
    const { context, page } = await newPage(browser, watch);
    const answers: string[] = [];
    page.on("response", async (response) => {
      if (response.url().includes(`/api/link/${subject}`)) answers.push(await response.text());
    });
    await open(page, first, `link/${subject}`);
    await page.getByText("hidden until you have decided", { exact: false }).first().waitFor();
    assert.equal(await page.getByText("What the program holds").count(), 0);
    assert.ok(answers.length > 0 && answers.every((text) => (JSON.parse(text) as { probability: unknown }).probability === null), "nor does the server tell it");
    await visit(page, "queue?kind=link");
    assert.doesNotMatch(await page.locator("[role=listbox]").innerText(), /probability|narrows|0\.\d/, "nor does the list");
    await visit(page, `link/${subject}`);
    await shot(page, "link-blind-1280-light");
    await page.keyboard.press("1");
    await page.getByLabel("Reason (required)").waitFor();
    await page.waitForFunction(() => document.activeElement?.id.endsWith("-reason"));
    await page.keyboard.type("Same birth date on the form.");
    await page.keyboard.press("Enter");
    await page.getByText("What the program holds").waitFor();
    await page.getByText("Same person, blind").waitFor();
    assert.ok((await history(first, subject)).rows.at(-1)!.blind);
    await shot(page, "link-decided-1280-light");
    await accessible(page, "a link that was decided");
    await quiet(page);
    await context.close();
  });

  test("wants a right of reply and two different people before anything is upheld", async () => {
    const subject = (await queue(first, "kind=finding&state=undecided"))[1]!.handle;
    const uphold = async (page: Page, reason: string) => {
      await page.keyboard.press("3");
      await page.getByLabel("Reason (required)").waitFor();
      await page.waitForFunction(() => document.activeElement?.id.endsWith("-reason"));
      await page.keyboard.type(reason);
      await page.keyboard.press("Enter");
    };
    const a = await newPage(browser, watch);
    await open(a.page, first, `finding/${subject}`);
    await uphold(a.page, "Both rows are of one account.");
    await a.page.locator(".decide form [role=alert]").waitFor();
    assert.equal((await history(first, subject)).rows.length, 0, "refused before a reply");
    await a.page.keyboard.press("Escape");
    await a.page.getByText("Record a right of reply").click();
    await a.page.getByLabel("What was said, or how it was offered").fill("Written to on 3 July; no answer in 14 days.");
    await a.page.getByRole("button", { name: "Record", exact: true }).click();
    await a.page.getByText("Offered on").waitFor();
    await a.page.locator("h1").click();
    await uphold(a.page, "Both rows are of one account.");
    await a.page.getByText(/saved as decision/).waitFor();
    assert.equal((await history(first, subject)).state, "awaiting-second");
    await uphold(a.page, "Once more.");
    await a.page.locator(".decide form [role=alert]").waitFor();
    assert.equal((await history(first, subject)).rows.length, 1, "the same person does not count twice");

    const b = await newPage(browser, watch);
    await open(b.page, second, `finding/${subject}`);
    await b.page.getByText("awaits a second person", { exact: true }).waitFor();
    await uphold(b.page, "Looked at the mandates myself.");
    await b.page.getByText(/saved as decision/).waitFor();
    const now = await history(second, subject);
    assert.equal(now.state, "decided");
    assert.deepEqual(now.rows.map((decision) => decision.person).sort(), ["A. Reviewer", "B. Reviewer"]);
    await a.page.getByText("made by others since").waitFor();
    await shot(b.page, "finding-upheld-1280-light");
    await quiet(a.page);
    await a.context.close();
    await b.context.close();
  });

  test("shows disagreement, with both reasons", async () => {
    const subject = (await queue(first, "kind=finding&state=undecided"))[2]!.handle;
    for (const [server, key, reason] of [[first, "4", "Wants the bank's statement."], [second, "1", ""]] as const) {
      const { context, page } = await newPage(browser, watch);
      await open(page, server, `finding/${subject}`);
      if (reason) {
        await page.keyboard.press(key);
        await page.getByLabel("Reason (required)").fill(reason);
        await page.keyboard.press("Enter");
        await page.getByText(/saved as decision/).waitFor();
      } else {
        await page.keyboard.press("2");
        await page.getByLabel("Innocent cause").fill("a shared account");
        await page.getByLabel("Reason (required)").fill("A couple that has split.");
        await page.keyboard.press("Enter");
        await page.getByText("People disagree").first().waitFor();
        assert.equal(await page.locator(".history > li").count(), 2);
      }
      await context.close();
    }
    assert.equal((await history(first, subject)).state, "disagreement");
  });

  test("takes outcomes at the door on a phone, without findings", async () => {
    const server = await serve("--as", "C. Walker", "--role", "canvasser");
    const { context, page } = await newPage(browser, watch, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await open(page, server);
    await page.getByRole("heading", { name: "Canvass" }).waitFor();
    assert.equal(await page.locator("nav a").count(), 1);
    const door = page.locator(".doors > li").first();
    await door.locator("button.head").tap();
    await shot(page, "door-360-light");
    for (const box of await Promise.all((await door.locator(".outcomes button").all()).map((one) => one.boundingBox()))) assert.ok(box && box.height >= 44, "large enough for a thumb");
    await accessible(page, "a door on a phone");
    await door.getByRole("button", { name: "Verified" }).tap();
    await door.getByLabel("Note").fill("Showed the card. <img src=x onerror=window.ran=1>");
    const before = (await first.ask<Canvass>("canvass")).progress!.visited;
    await door.getByRole("button", { name: "Save: Verified" }).tap();
    await page.getByText(/verified, saved/).waitFor();
    assert.equal((await first.ask<Canvass>("canvass")).progress!.visited, before + 1);
    await page.getByLabel("Doors", { exact: true }).selectOption("visited");
    await settled(page);
    await page.locator(".doors > li").first().getByRole("button", { name: /Correct/ }).tap();
    await page.locator(".doors > li").first().getByRole("button", { name: "Moved away" }).tap();
    await page.locator(".doors > li").first().getByRole("button", { name: "Save: Moved away" }).tap();
    await page.getByText(/moved away, saved/).waitFor();
    const canvass = await first.ask<Canvass>("canvass");
    assert.equal(canvass.progress!.visited, before + 1, "a correction is no second door");
    assert.equal(canvass.progress!.answers.moved, 1);
    assert.doesNotMatch(await page.locator("body").innerText(), /finding|signal|tier/i);
    await quiet(page);
    await context.close();
  });

  test("answers what if, at once", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first, "contest");
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    const outcome = page.locator("#k-outcome b");
    assert.equal(await outcome.getAttribute("data-outcome"), "could-not");
    await page.keyboard.press("End");
    assert.notEqual(await outcome.getAttribute("data-outcome"), "could-not");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("label[for=k]").innerText(), "k = 1");
    await page.waitForFunction(() => (document.querySelector("#k-outcome")?.textContent ?? "").length > 50);
    await quiet(page);
    await context.close();
  });

  test("exports lists with the expected number of innocent rows on top, and no formula in them", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first, "export");
    const save = async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save", exact: true }).click()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    };
    await page.getByLabel("Format").selectOption("csv");
    const redacted = await save();
    assert.match(redacted.name, /\.csv$/);
    assert.match(redacted.text.slice(0, 2000), /innocent/);
    assert.ok(!inquiry.names.slice(40, 60).some((name) => redacted.text.includes(name)), "no name in a redacted list");
    await page.getByLabel("List", { exact: true }).selectOption("persons");
    await page.getByLabel("redacted", { exact: false }).uncheck();
    const full = await save();
    assert.ok(full.text.includes("HYPERLINK"), "the hostile cell is in it");
    assert.doesNotMatch(full.text, /(^|[,;\n])"?[=+@]/, "and is no formula");
    await page.getByLabel("Format").selectOption("xlsx");
    assert.equal((await save()).text.slice(0, 2), "PK");
    await page.getByRole("button", { name: "Exhibits, redacted" }).click();
    await page.locator("iframe").waitFor();
    await shot(page, "export-exhibits-1280-light");
    await quiet(page);
    await context.close();
  });

  test("shows an analyst neither names nor ids", async () => {
    const server = await serve("--as", "D. Analyst", "--role", "analyst");
    const { context, page } = await newPage(browser, watch);
    const answers: string[] = [];
    page.on("response", async (response) => {
      if (/\/api\/(?!events)/.test(response.url())) answers.push(await response.text().catch(() => ""));
    });
    await open(page, server);
    const finding = (await queue(server, "kind=finding&state=all"))[0]!.handle;
    const person = (await server.ask<Rows<{ handle: string }>>("persons?questioned=1&limit=1")).rows[0]!.handle;
    for (const place of ["queue", `finding/${finding}`, "persons", `person/${person}`, "addresses", "ledger", "canvass", "calendar", "map", "contest"]) {
      await visit(page, place);
      assert.equal(await page.locator("main [role=alert]").count(), 0, place);
    }
    const text = answers.join("\n");
    assert.ok(answers.length > 10);
    for (const name of inquiry.names) assert.ok(!text.includes(name), `${name} went to an analyst`);
    await shot(page, "contest-analyst-1280-light");
    await quiet(page);
    await context.close();
  });

  test("checks the ledger from the page", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first, "ledger");
    await page.getByRole("button", { name: "Check the chain and the signatures" }).click();
    await page.getByText("The ledger holds.").waitFor();
    await page.getByLabel("Kind").selectOption("decision");
    await settled(page);
    assert.ok((await page.locator("tbody tr").count()) >= 5);
    await shot(page, "ledger-checked-1280-light");
    await quiet(page);
    await context.close();
  });

  test("loses nothing when the program is killed between two writes", async () => {
    let server = await serve("--as", "A. Reviewer");
    const [one, two] = (await queue(server, "kind=finding&state=undecided")).slice(-2).map((row) => row.handle);
    const { context, page } = await newPage(browser, watch);
    const refer = async (reason: string) => {
      await page.keyboard.press("4");
      await page.getByLabel("Reason (required)").fill(reason);
      await page.keyboard.press("Enter");
    };
    await open(page, server, `finding/${one}`);
    await refer("Before the kill.");
    await page.getByText(/saved as decision/).waitFor();
    await visit(page, `finding/${two}`);
    const port = server.port;
    await server.kill("SIGKILL");
    await refer("After the kill.");
    await page.getByText("not yet acknowledged").waitFor();
    await shot(page, "killed-1280-light");
    server = await serve("--as", "A. Reviewer", "--port", String(port));
    await page.goto(server.address); // only the fragment changes: the app takes the new token and loads itself again
    await page.waitForFunction(() => sessionStorage.getItem("scrutineer-outbox") === "[]");
    for (const [subject, reason] of [[one, "Before the kill."], [two, "After the kill."]]) {
      const { rows } = await history(server, subject!);
      assert.deepEqual(rows.filter((decision) => decision.reason === reason).length, 1, `${reason}: written once`);
    }
    const check = await server.ask<{ problems: string[] }>("ledger/check");
    assert.deepEqual(check.problems, []);
    await quiet(page);
    await context.close();
  });

  test("can be read and left by keyboard alone", async () => {
    const { context, page } = await newPage(browser, watch);
    await open(page, first);
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /To the content/);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    for (const [key, title] of [["q", "Queue"], ["p", "Persons"], ["l", "Ledger"], ["t", "Contest"], ["o", "Overview"]] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.locator("main h1", { hasText: title }).first().waitFor();
      await settled(page);
      assert.match(await page.title(), new RegExp(title));
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await accessible(page, "the list of keys");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await quiet(page);
    await context.close();
  });
});
