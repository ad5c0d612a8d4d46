// The app's place is in the fragment of the address, "#/queue?kind=link" or "#/person/m-...", so that the server is asked
// for no path but "/" and the browser's back button works.

export interface Route {
  view: string;
  handle: string;
  query: Record<string, string>;
}

export function parseRoute(fragment: string): Route {
  const text = fragment.replace(/^#\/?/, "");
  const [path = "", search = ""] = text.split("?", 2);
  const [view = "", handle = ""] = path.split("/").map(decode);
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(search)) query[key] = value;
  return { view: view || "overview", handle, query };
}

export function formatRoute(view: string, handle = "", query: Record<string, string> = {}): string {
  const kept = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(kept).toString();
  return `#/${encodeURIComponent(view)}${handle ? `/${encodeURIComponent(handle)}` : ""}${search ? `?${search}` : ""}`;
}

// A fragment may hold anything; what cannot be decoded stands for itself.
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// The session's token from the address the program printed, "#token=...", or null.
export function tokenIn(fragment: string): string | null {
  const found = /^#token=([A-Za-z0-9_-]{20,})$/.exec(fragment);
  return found?.[1] ?? null;
}

// Which view shows a thing, by the letter of its handle.
export function viewOf(handle: string): string {
  switch (handle.slice(0, 2)) {
    case "m-":
      return "person";
    case "f-":
      return "finding";
    case "l-":
    case "d-":
      return "link";
    case "a-":
      return "address";
    default:
      return "network";
  }
}

export function linkTo(handle: string): string {
  return formatRoute(viewOf(handle), handle);
}
