// A list that is loaded page by page as it is scrolled.
import { get, type Query } from "./api.ts";
import type { Facets, Page } from "./types.ts";

// Enough for any list a person reads; a longer one wants a filter, and the browser's elements have a greatest height.
const most = 100_000;
// What is asked for as one types is little more than a screen holds; what is scrolled to comes in larger pieces.
const firstPage = 40;
const furtherPage = 150;

export class Paged<Row> {
  rows = $state.raw<Row[]>([]);
  total = $state(0);
  exact = $state(true);
  expectedInnocent = $state<number | null | undefined>(undefined);
  entries = $state<number | undefined>(undefined);
  entriesInnocent = $state<number | null | undefined>(undefined);
  facets = $state.raw<Facets | null>(null);
  loading = $state(false);
  error = $state("");
  ready = $state(false);
  private next: string | null = null;
  private path = "";
  private query: Query = {};
  private asking: AbortController | null = null;
  get atEnd(): boolean {
    return this.next === null || this.rows.length >= most;
  }

  get cut(): boolean {
    return this.next !== null && this.rows.length >= most;
  }

  async ask(path: string, query: Query): Promise<void> {
    this.path = path;
    this.query = query;
    this.asking?.abort();
    await this.page(null);
  }

  async more(): Promise<void> {
    if (this.loading || this.atEnd) return;
    await this.page(this.next);
  }

  private async page(after: string | null): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    this.loading = true;
    try {
      const page = await get<Page<Row>>(this.path, { ...this.query, limit: after === null ? firstPage : furtherPage, after }, asking.signal);
      if (this.asking !== asking) return;
      this.rows = after === null ? page.rows : [...this.rows, ...page.rows];
      this.next = page.next;
      this.total = page.total;
      this.exact = page.total_exact;
      if (after === null) {
        this.expectedInnocent = page.expected_innocent;
        this.entries = page.entries;
        this.entriesInnocent = page.entries_innocent;
        this.facets = page.facets ?? null;
      }
      this.error = "";
      this.ready = true;
    } catch (error) {
      if (this.asking !== asking) return;
      this.error = error instanceof Error ? error.message : String(error);
      if (after === null) this.rows = [];
      this.next = null;
      this.ready = true;
    }
    this.loading = false;
  }

  replace(at: number, row: Row): void {
    const rows = this.rows.slice();
    rows[at] = row;
    this.rows = rows;
  }
}
