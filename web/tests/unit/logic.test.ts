// The app's logic that needs no browser.
import assert from "node:assert/strict";
import { test } from "node:test";

import { takeEvents } from "../../src/lib/events.ts";
import { layout } from "../../src/lib/forces.ts";
import * as format from "../../src/lib/format.ts";
import { actionOf, isTyping, places } from "../../src/lib/keys.ts";
import { lanesOf } from "../../src/lib/lanes.ts";
import { outcomeAt } from "../../src/lib/outcome.ts";
import { drop, keep, pendingIn } from "../../src/lib/outbox.ts";
import { formatRoute, linkTo, parseRoute, tokenIn, viewOf } from "../../src/lib/route.ts";
import type { TimelineEvent } from "../../src/lib/types.ts";
import { scrollToShow, visibleWindow } from "../../src/lib/virtual.ts";
import { probabilityOf, waterfall } from "../../src/lib/waterfall.ts";
import * as words from "../../src/lib/words.ts";

// A small generator, so that properties are tried on many cases and a failure can be repeated.
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("a route that is written is read back, whatever it holds", () => {
  for (const text of ["queue", "a/b", "ü?&=#%", "%", "<script>", "‮abc", "x".repeat(500)]) {
    const query = { q: text, "k&y": "1" };
    assert.deepEqual(parseRoute(formatRoute("queue", text, query)), { view: "queue", handle: text, query });
  }
  assert.deepEqual(parseRoute(""), { view: "overview", handle: "", query: {} });
  assert.deepEqual(parseRoute("#/%E0%A4%A"), { view: "%E0%A4%A", handle: "", query: {} });
});

test("only a whole token is taken from the address", () => {
  const token = "A".repeat(42) + "_";
  assert.equal(tokenIn(`#token=${token}`), token);
  for (const wrong of ["", "#/queue", "#token=", "#token=short", `#token=${token}&x=1`, `#token=${token}<b>`]) assert.equal(tokenIn(wrong), null);
});

test("every kind of handle has a view", () => {
  const views = { m: "person", f: "finding", l: "link", d: "link", a: "address", p: "network", r: "network", t: "network", e: "network" };
  for (const [letter, view] of Object.entries(views)) assert.equal(viewOf(`${letter}-abc`), view);
  assert.equal(linkTo("m-abc"), "#/person/m-abc");
});

test("events are the same however the stream is cut", () => {
  const stream = 'event: hello\ndata: {"a":1}\n\n: keep-alive\n\nevent: decided\r\ndata: {"b":\r\ndata: 2}\r\n\r\nevent: x\ndata: unfinished';
  const whole = takeEvents(stream);
  assert.deepEqual(whole.events, [
    { event: "hello", data: '{"a":1}' },
    { event: "decided", data: '{"b":\n2}' },
  ]);
  for (let cut = 0; cut <= stream.length; ++cut) {
    const first = takeEvents(stream.slice(0, cut));
    const second = takeEvents(first.rest + stream.slice(cut));
    assert.deepEqual([...first.events, ...second.events], whole.events, `cut at ${cut}`);
  }
});

test("the window holds every row in sight and stays small", () => {
  const random = numbers(1);
  for (let turn = 0; turn < 2000; ++turn) {
    const rows = Math.floor(random.next().value * 1_000_000);
    const rowHeight = 20 + Math.floor(random.next().value * 80);
    const height = 100 + random.next().value * 1500;
    const scrolled = random.next().value * Math.max(0, rows * rowHeight - height);
    const { first, end } = visibleWindow(scrolled, height, rowHeight, rows);
    assert.ok(first >= 0 && end <= rows && first <= end);
    assert.ok(first * rowHeight <= scrolled, "the top is covered");
    assert.ok(end === rows || end * rowHeight >= scrolled + height, "the bottom is covered");
    assert.ok(end - first <= height / rowHeight + 14);
    const row = Math.floor(random.next().value * rows);
    const moved = scrollToShow(row, scrolled, height, rowHeight);
    assert.ok(row * rowHeight >= moved - 1e-6 && (row + 1) * rowHeight <= moved + height + 1e-6, "the chosen row is in sight");
  }
});

test("a waterfall adds up to the match weight and stays on its axis", () => {
  const random = numbers(2);
  for (let turn = 0; turn < 500; ++turn) {
    const fields = Array.from({ length: 8 }, (_, at) => ({ field: `f${at}`, weight: random.next().value * 20 - 10 }));
    const prior = -random.next().value * 20;
    const { steps, low, high } = waterfall(prior, fields, -0.5);
    const sum = prior + fields.reduce((total, field) => total + field.weight, 0) - 0.5;
    assert.ok(Math.abs(steps.at(-1)!.to - sum) < 1e-9);
    steps.forEach((step, at) => {
      assert.equal(step.from, at === 0 ? 0 : steps[at - 1]!.to);
      assert.ok(step.from >= low && step.to >= low && step.from <= high && step.to <= high);
    });
  }
  assert.equal(probabilityOf(0), 0.5);
  assert.ok(Math.abs(probabilityOf(3) - 8 / 9) < 1e-12);
});

test("a network is drawn the same every time, inside its frame, tied nodes nearer", () => {
  const ties: [number, number][] = [];
  for (let node = 1; node < 40; ++node) ties.push([node % 2, node]);
  const once = layout(40, ties, 700, 500);
  assert.deepEqual(once, layout(40, ties, 700, 500));
  for (const { x, y } of once) assert.ok(x >= 0 && x <= 700 && y >= 0 && y <= 500);
  const far = (one: number, other: number) => Math.hypot(once[one]!.x - once[other]!.x, once[one]!.y - once[other]!.y);
  let own = 0;
  let foreign = 0;
  for (let node = 2; node < 40; ++node) {
    own += far(node % 2, node);
    foreign += far(1 - (node % 2), node);
  }
  assert.ok(own < foreign);
  assert.deepEqual(layout(0, [], 100, 100), []);
  assert.equal(layout(1, [[0, 5]], 100, 100).length, 1);
});

test("the outcome for k is that of the last step at or before it", () => {
  const curve = [
    { from: 0, outcome: "could-not" },
    { from: 12, outcome: "undecided" },
    { from: 20, outcome: "could" },
  ];
  for (let k = 0; k < 30; ++k) assert.equal(outcomeAt(curve, k), k < 12 ? "could-not" : k < 20 ? "undecided" : "could");
  assert.equal(outcomeAt([], 3), "undecided");
  assert.equal(outcomeAt(curve.toReversed(), 15), "undecided");
});

test("a letter acts only where nothing is typed and no modifier is held", () => {
  const press = (key: string, held: object = {}) => actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
  assert.deepEqual(press("3"), { kind: "decide", number: 3 });
  assert.deepEqual([press("6"), press("0"), press("Tab"), press("Escape")], [null, null, null, null]);
  for (const key of ["j", "k", "u", "/", "1"]) for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) assert.equal(press(key, held), null);
  assert.ok(isTyping({ tagName: "INPUT" }) && isTyping({ tagName: "TEXTAREA" }) && isTyping({ tagName: "SELECT" }) && isTyping({ tagName: "P", isContentEditable: true }));
  assert.ok(!isTyping({ tagName: "INPUT", type: "checkbox" }) && !isTyping({ tagName: "DIV" }) && !isTyping(null));
  assert.equal(new Set(Object.values(places)).size, Object.keys(places).length);
});

test("what is not acknowledged is kept, once, until it is", () => {
  const held = new Map<string, string>();
  const store = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) };
  const item = (request: string) => ({ path: "decisions", label: request, body: { request, reason: "<b>" } });
  keep(store, item("one"));
  keep(store, item("two"));
  keep(store, item("one"));
  assert.deepEqual(pendingIn(store).map((one) => one.label), ["two", "one"]);
  drop(store, "two");
  assert.deepEqual(pendingIn(store), [item("one")]);
  for (const broken of ["", "{", "null", "7", '[1,null,{"body":{}}]']) {
    held.set("scrutineer-outbox", broken);
    assert.deepEqual(pendingIn(store), []);
  }
});

test("events of a person lie on lanes, in time, inside the line", () => {
  const event = (day: string, kind: string): TimelineEvent => ({ day, kind, text: "", status: null, roll: null, line: null, amount: null });
  const { lanes, years } = lanesOf([event("2024-12-01", "snapshot"), event("2025-12-01", "snapshot"), event("2026-05-06", "freeze"), event("2025-03-01", "payment"), event("not a day", "visit"), event("2025-04-01", "no such kind")]);
  assert.deepEqual(lanes.map((lane) => lane.name), ["Register", "Payments", "Other", "Freeze date"]);
  for (const mark of lanes.flatMap((lane) => lane.marks)) assert.ok(mark.at > 0 && mark.at < 1);
  assert.deepEqual(years.map((mark) => mark.year), [2025, 2026]);
  assert.deepEqual(lanesOf([]), { lanes: [], years: [] });
});

test("numbers are written as they are read", () => {
  assert.deepEqual([41.52, 0.0412, 1234.5, 0, 3.2e-7, 2.5e9].map(format.figure), ["41.5", "0.041", "1,235", "0", "3.2 × 10⁻⁷", "2.5 × 10⁹"]);
  assert.deepEqual([null, undefined, Number.NaN].map((value) => format.figure(value)), ["–", "–", "–"]);
  assert.deepEqual([1, 0.9999, 0.5, 0.0001, 0].map((value) => format.probability(value)), ["1.000", "> 0.999", "0.50", "< 0.001", "0.000"]);
  assert.deepEqual([3.21, -0.4].map((value) => format.bits(value)), ["+3.2", "−0.4"]);
  assert.equal(format.day("2026-05-06"), "6 May 2026");
  assert.equal(format.day("2026-13-06"), "2026-13-06");
  assert.equal(format.moment("2026-05-06T10:00:00Z"), "6 May 2026, 10:00 UTC");
  assert.equal(format.today(new Date(2026, 0, 5)), "2026-01-05");
  assert.match(format.innocentNote("rows", 3.24), /About 3\.2 of these rows/);
  assert.match(format.innocentNote("rows", null), /not counted/);
});

test("each subject takes the decisions that the server takes, five at most", () => {
  assert.deepEqual(words.decisionsFor("f-x"), ["open", "explained", "upheld", "referred", "corrected"]);
  assert.deepEqual(words.decisionsFor("m-x"), words.decisionsFor("f-x"));
  assert.deepEqual(words.decisionsFor("l-x"), ["must-link", "cannot-link", "open", "explained", "referred"]);
  assert.deepEqual(words.decisionsFor("d-x"), words.decisionsFor("l-x"));
  assert.deepEqual(words.decisionsFor("a-x"), ["open", "explained", "referred"]);
});

test("no word of the app is one that may not be said", async () => {
  const { readFileSync, readdirSync } = await import("node:fs");
  const { join } = await import("node:path");
  const root = join(import.meta.dirname, "../../src");
  const forbidden = /\b(frauds?|fraudulent\w*|fakes?|faked|bogus|ghosts?|suspects?|infiltrat\w*)\b/i;
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  assert.ok(files.length > 30);
  for (const file of files) assert.doesNotMatch(readFileSync(join(file.parentPath, file.name), "utf8"), forbidden, file.name);
});

test("nothing puts text into the page as markup, and nothing runs text", async () => {
  const { readFileSync, readdirSync } = await import("node:fs");
  const { join } = await import("node:path");
  const root = join(import.meta.dirname, "../../src");
  for (const file of readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    const text = readFileSync(join(file.parentPath, file.name), "utf8");
    assert.doesNotMatch(text, /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, file.name);
    assert.doesNotMatch(text, /https?:\/\//, file.name);
  }
});
