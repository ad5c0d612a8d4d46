// What all views share: who looks, where the app is, what was said to the reader, what is not yet acknowledged.
import { untrack } from "svelte";

import { ApiError, get, keepToken, newRequest, post, stream } from "./api.ts";
import { takeEvents } from "./events.ts";
import { drop, keep, pendingIn, type Pending } from "./outbox.ts";
import { formatRoute, parseRoute, tokenIn, type Route } from "./route.ts";
import type { Decision, Session, Written } from "./types.ts";

interface Note {
  number: number;
  text: string;
  bad: boolean;
}

class App {
  session = $state<Session | null>(null);
  refused = $state("");
  route = $state<Route>(parseRoute(location.hash));
  notes = $state<Note[]>([]);
  connected = $state(true);
  // Grows whenever something was written by someone; views that show it load again.
  revision = $state(0);
  // Others' decisions since the lists were loaded.
  news = $state(0);
  pending = $state<Pending[]>(pendingIn(sessionStorage));
  blind = $state(sessionStorage.getItem("scrutineer-blind") !== "no");
  help = $state(false);
  private numbers = 0;
  private own = new Set<number>();

  say(text: string, bad = false): void {
    const number = ++this.numbers;
    this.notes = [...this.notes.slice(-2), { number, text, bad }];
    setTimeout(() => this.unsay(number), bad ? 12_000 : 5_000);
  }

  unsay(number: number): void {
    this.notes = this.notes.filter((note) => note.number !== number);
  }

  fail(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    if (error instanceof ApiError && error.status === 401) this.refused = error.message;
    else if (error instanceof ApiError && error.status === 0) this.connected = false;
    this.say(error instanceof Error ? error.message : String(error), true);
  }

  setBlind(blind: boolean): void {
    this.blind = blind;
    sessionStorage.setItem("scrutineer-blind", blind ? "yes" : "no");
  }

  // Writes, keeping what is written until it is acknowledged. A refusal is an acknowledgement too.
  async write<T>(path: string, label: string, body: Record<string, unknown>): Promise<T> {
    const item: Pending = { path, label, body: { ...body, request: body["request"] ?? newRequest() } };
    keep(sessionStorage, item);
    try {
      const answer = await post<T>(path, item.body);
      drop(sessionStorage, item.body["request"]);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError && error.lost)) drop(sessionStorage, item.body["request"]);
      throw error;
    } finally {
      this.pending = pendingIn(sessionStorage);
    }
  }

  async decide(body: Record<string, unknown>, label: string): Promise<Written> {
    const written = await this.write<Written>("decisions", label, body);
    this.own.add(written.decision.number);
    this.revision++;
    return written;
  }

  async undo(number?: number): Promise<Decision | null> {
    try {
      const written = await this.write<Written>("undo", "undo", number === undefined ? {} : { number });
      this.own.add(written.decision.number);
      this.revision++;
      this.say(`Decision ${written.decision.replaces ?? ""} is undone; both stay in the ledger.`);
      return written.decision;
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  async sendPending(): Promise<void> {
    for (const item of pendingIn(sessionStorage)) {
      try {
        await this.write(item.path, item.label, item.body);
        this.say(`Saved: ${item.label}.`);
        this.revision++;
      } catch (error) {
        this.fail(error);
        if (error instanceof ApiError && error.lost) return;
      }
    }
  }

  discardPending(): void {
    for (const item of this.pending) drop(sessionStorage, item.body["request"]);
    this.pending = pendingIn(sessionStorage);
  }

  async load(): Promise<void> {
    try {
      this.session = await get<Session>("session");
      this.refused = "";
      this.connected = true;
    } catch (error) {
      this.refused = error instanceof Error ? error.message : String(error);
    }
  }

  start(): void {
    if (takeAddress()) this.route = parseRoute(location.hash);
    addEventListener("hashchange", () => {
      if (takeAddress()) location.reload();
      else this.route = parseRoute(location.hash);
    });
    void this.load().then(() => {
      if (this.pending.length > 0 && this.session && !this.session.read_only) void this.sendPending();
      void this.listen();
    });
  }

  private async listen(): Promise<void> {
    for (let wait = 500; ; wait = Math.min(wait * 2, 5_000)) {
      try {
        const reader = (await stream("events", new AbortController().signal)).getReader();
        if (!this.connected) await this.load();
        this.connected = true;
        wait = 500;
        const decoder = new TextDecoder();
        let buffer = "";
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          const { events, rest } = takeEvents(buffer + decoder.decode(value, { stream: true }));
          buffer = rest;
          for (const event of events) this.heard(event.event, event.data);
        }
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) {
          this.refused = error.message;
          return;
        }
        if (error instanceof ApiError && error.status === 0) this.connected = false;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private heard(event: string, data: string): void {
    const body = JSON.parse(data) as { generation?: string; decision?: number };
    const generation = this.session?.case.generation;
    if (event === "decided" && body.decision !== undefined && !this.own.has(body.decision)) {
      // One's own decision is heard before its answer has come at times; those are told apart a moment later.
      const number = body.decision;
      setTimeout(() => {
        if (!this.own.has(number)) this.news++;
      }, 400);
    }
    if ((event === "generation" || event === "hello") && body.generation && generation && body.generation !== generation) {
      this.say("An audit has written the case anew; what is shown was loaded again.");
      void this.load().then(() => this.revision++);
    }
  }
}

// Takes the token out of the address bar and the history, if there is one.
function takeAddress(): boolean {
  const token = tokenIn(location.hash);
  if (token === null) return false;
  keepToken(token);
  history.replaceState(null, "", formatRoute("overview"));
  return true;
}

export const app = new App();

export function go(view: string, handle = "", query: Record<string, string> = {}): void {
  location.hash = formatRoute(view, handle, query);
}

// Changes the filters in the address without a step in the history. Whoever calls it does not come to depend on the route.
export function refine(query: Record<string, string>): void {
  const { view, handle } = untrack(() => app.route);
  history.replaceState(null, "", formatRoute(view, handle, query));
  app.route = parseRoute(location.hash);
}
