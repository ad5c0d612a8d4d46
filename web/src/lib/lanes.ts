// A person's events on lanes of a time line.
import { dayNumber } from "./format.ts";
import type { TimelineEvent } from "./types.ts";

export interface Mark {
  at: number; // 0 to 1 along the line
  event: TimelineEvent;
}
export interface Lane {
  name: string;
  marks: Mark[];
}

const laneOf: Record<string, string> = {
  snapshot: "Register",
  registered: "Register",
  joined: "Membership",
  keyed: "Membership",
  signed: "Membership",
  left: "Membership",
  freeze: "Freeze date",
  payment: "Payments",
  visit: "Visits",
  decision: "Decisions",
};
const order = ["Register", "Membership", "Payments", "Visits", "Decisions", "Other", "Freeze date"];

// Lanes in a fixed order, each with its events by day; years are where a year begins. Events without a day that can be
// read are in no lane (the table below the picture has them all).
export function lanesOf(events: TimelineEvent[]): { lanes: Lane[]; years: { at: number; year: number }[] } {
  const dated = events.filter((event) => Number.isFinite(dayNumber(event.day)));
  if (dated.length === 0) return { lanes: [], years: [] };
  const days = dated.map((event) => dayNumber(event.day));
  const first = Math.min(...days) - 20;
  const last = Math.max(...days) + 20;
  const place = (day: number) => (day - first) / (last - first);
  const lanes = new Map<string, Mark[]>();
  for (const event of dated) {
    const name = laneOf[event.kind] ?? "Other";
    lanes.set(name, [...(lanes.get(name) ?? []), { at: place(dayNumber(event.day)), event }]);
  }
  const years: { at: number; year: number }[] = [];
  const firstYear = new Date(first * 86_400_000).getUTCFullYear() + 1;
  const lastYear = new Date(last * 86_400_000).getUTCFullYear();
  const every = Math.max(1, Math.ceil((lastYear - firstYear + 1) / 12));
  for (let year = firstYear; year <= lastYear; year += every) years.push({ at: place(dayNumber(`${year}-01-01`)), year });
  return {
    lanes: order.filter((name) => lanes.has(name)).map((name) => ({ name, marks: lanes.get(name) ?? [] })),
    years,
  };
}
