// Asking the server. Every request carries the session's token; a write carries a text of its own (`request`) so that
// sending it again after a lost answer never writes twice.
import type { Decision } from "./types.ts";

const tokenKey = "scrutineer-token";

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly decisions: Decision[];

  constructor(status: number, code: string, message: string, field: string | null = null, decisions: Decision[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.decisions = decisions;
  }

  // Whether the request may not have reached the server, or its answer not us.
  get lost(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

export function keepToken(token: string): void {
  sessionStorage.setItem(tokenKey, token);
}

function headers(): Record<string, string> {
  return { Authorization: `Bearer ${sessionStorage.getItem(tokenKey) ?? ""}` };
}

export type Query = Record<string, string | number | null | undefined>;

export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/${path}${text ? `?${text}` : ""}`;
}

async function ask(address: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { ...init, cache: "no-store" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "no-answer", "The program does not answer. Nothing is lost: start it again with scrutineer review.");
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as {
      error: { code: string; message: string; field?: string; decisions?: Decision[] };
      decisions?: Decision[];
    };
    const decisions = body.decisions ?? body.error.decisions ?? [];
    return new ApiError(answer.status, body.error.code, body.error.message, body.error.field ?? null, decisions);
  } catch {
    return new ApiError(answer.status, "unreadable", `The program answered with status ${answer.status}.`);
  }
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const answer = await ask(addressOf(path, query), signal ? { headers: headers(), signal } : { headers: headers() });
  return (await answer.json()) as T;
}

export async function post<T>(path: string, body: Record<string, unknown>): Promise<T> {
  const answer = await ask(addressOf(path), {
    method: "POST",
    headers: { ...headers(), "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

export async function file(path: string, query: Query = {}): Promise<{ blob: Blob; name: string }> {
  const answer = await ask(addressOf(path, query), { headers: headers() });
  const named = /filename="([^"]*)"/.exec(answer.headers.get("Content-Disposition") ?? "");
  return { blob: await answer.blob(), name: named?.[1] ?? path.replaceAll("/", "-") };
}

export async function stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const answer = await ask(addressOf(path), { headers: headers(), signal });
  if (!answer.body) throw new ApiError(0, "no-answer", "The stream of changes ended.");
  return answer.body;
}

export function newRequest(): string {
  return crypto.randomUUID();
}
