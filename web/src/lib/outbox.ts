// Writes that were not acknowledged. A decision is kept, as it was sent, from before it is sent until the server has
// answered: in the tab's own storage, which outlives a reload and a killed server but not the tab. Sent again it is
// written once, since the server knows its `request`.

export interface Pending {
  path: string;
  body: Record<string, unknown>;
  label: string;
}

export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "scrutineer-outbox";

export function pendingIn(store: Store): Pending[] {
  try {
    const list: unknown = JSON.parse(store.getItem(key) ?? "[]");
    return Array.isArray(list) ? (list as Pending[]).filter((item) => typeof item?.body?.["request"] === "string") : [];
  } catch {
    return [];
  }
}

export function keep(store: Store, pending: Pending): void {
  const others = pendingIn(store).filter((item) => item.body["request"] !== pending.body["request"]);
  store.setItem(key, JSON.stringify([...others, pending]));
}

export function drop(store: Store, request: unknown): void {
  store.setItem(key, JSON.stringify(pendingIn(store).filter((item) => item.body["request"] !== request)));
}
