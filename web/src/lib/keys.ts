// The keyboard. One letter acts only where nothing is being typed and no modifier is held, so that the browser's and the
// screen reader's own keys stay theirs.

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function isTyping(element: { tagName: string; isContentEditable?: boolean; type?: string } | null): boolean {
  if (!element) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === "INPUT") return !["checkbox", "radio", "button", "submit", "range"].includes(element.type ?? "text");
  return element.tagName === "TEXTAREA" || element.tagName === "SELECT";
}

export type Action =
  | { kind: "next" }
  | { kind: "previous" }
  | { kind: "open" }
  | { kind: "search" }
  | { kind: "undo" }
  | { kind: "help" }
  | { kind: "refresh" }
  | { kind: "blind" }
  | { kind: "go" }
  | { kind: "decide"; number: number };

export function actionOf(press: Press): Action | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-5]$/.test(press.key)) return { kind: "decide", number: Number(press.key) };
  switch (press.key) {
    case "j":
      return { kind: "next" };
    case "k":
      return { kind: "previous" };
    case "o":
      return { kind: "open" };
    case "/":
      return { kind: "search" };
    case "u":
      return { kind: "undo" };
    case "?":
      return { kind: "help" };
    case "r":
      return { kind: "refresh" };
    case "b":
      return { kind: "blind" };
    case "g":
      return { kind: "go" };
    default:
      return null;
  }
}

// The key that follows "g".
export const places: Record<string, string> = {
  o: "overview",
  q: "queue",
  p: "persons",
  a: "addresses",
  n: "network",
  c: "calendar",
  m: "map",
  d: "canvass",
  t: "contest",
  l: "ledger",
  e: "export",
};
