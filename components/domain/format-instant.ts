import { inTimeZone } from "./time-zone.ts";

/** An instant to the millisecond in the reader's time zone, with the zone. */
export function formatExactInstant(atMs: number): string {
  const full = inTimeZone("full", {
    year: "numeric",
    month: "short",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    timeZoneName: "short",
  });
  return full.format(atMs);
}

/** The time of day, to the second. */
export function formatClock(atMs: number): string {
  return inTimeZone("clock", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(atMs);
}

/** The time of day, to the minute, for axes. */
export function formatClockShort(atMs: number): string {
  return inTimeZone("short", { hour: "2-digit", minute: "2-digit" }).format(atMs);
}
