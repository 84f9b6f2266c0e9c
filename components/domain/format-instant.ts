const full = new Intl.DateTimeFormat("en-GB", {
  year: "numeric",
  month: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  timeZoneName: "short",
});
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const short = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** An instant to the millisecond in the reader's time zone, with the zone. */
export function formatExactInstant(atMs: number): string {
  return full.format(atMs);
}

/** The time of day, to the second. */
export function formatClock(atMs: number): string {
  return clock.format(atMs);
}

/** The time of day, to the minute, for axes. */
export function formatClockShort(atMs: number): string {
  return short.format(atMs);
}
