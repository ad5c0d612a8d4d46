// One thing asked of the server and shown: loading, there, or refused. Asked again when what it depends on changes; what
// is shown stays until the new answer is there.
import { get, type Query } from "./api.ts";

export class Loaded<T> {
  value = $state<T | null>(null);
  error = $state("");
  loading = $state(false);
  private asking: AbortController | null = null;

  async ask(path: string, query: Query = {}, fresh = false): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.loading = true;
    if (fresh) this.value = null;
    try {
      const value = await get<T>(path, query, asking.signal);
      if (this.asking !== asking) return;
      this.value = value;
      this.error = "";
    } catch (error) {
      if (this.asking !== asking) return;
      this.error = error instanceof Error ? error.message : String(error);
      this.value = null;
    }
    this.loading = false;
  }
}
