// Numbers and days as they are read. Nothing here knows about people.

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return whole.format(value);
}

// "1 member", "2 members".
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

// A number with as many digits as mean something: 41.5, 0.04, 3 x 10^-6.
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 0.001) {
    const power = Math.floor(Math.log10(size));
    return `${(value / 10 ** power).toFixed(1)} × 10${superscript(power)}`;
  }
  if (size >= 100) return count(value);
  return String(Number(value.toPrecision(size >= 10 ? 3 : 2)));
}

function superscript(power: number): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return [...String(power)].map((sign) => (sign === "-" ? "⁻" : (digits[Number(sign)] ?? sign))).join("");
}

// A probability never rounds to certainty.
export function probability(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (value > 0.999 && value < 1) return "> 0.999";
  if (value < 0.001 && value > 0) return "< 0.001";
  return value.toFixed(value >= 0.995 || value < 0.1 ? 3 : 2);
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
}

// A weight in bits, with its sign.
export function bits(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

// "2026-05-06" as "6 May 2026"; anything else as it is.
export function day(value: string | null | undefined): string {
  if (!value) return "–";
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!parts) return value;
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const month = months[Number(parts[2]) - 1];
  return month ? `${Number(parts[3])} ${month} ${parts[1]}` : value;
}

// A moment of the ledger, which is in UTC: "6 May 2026, 10:00 UTC".
export function moment(value: string | null | undefined): string {
  if (!value) return "–";
  const time = /T(\d{2}:\d{2})/.exec(value);
  return time ? `${day(value)}, ${time[1]} UTC` : day(value);
}

// Days since 1970, for time lines.
export function dayNumber(value: string): number {
  return Math.floor(Date.parse(`${value.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

// Today where the reader is, as the server wants a day.
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// What the rows of a list come to, said wherever a list is shown.
export function innocentNote(rows: string, expected: number | null | undefined): string {
  if (expected === null || expected === undefined) return `How many of these ${rows} are there innocently was not counted.`;
  return `About ${figure(expected)} of these ${rows} are expected to be there innocently.`;
}
