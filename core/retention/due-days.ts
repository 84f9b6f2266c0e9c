const dayMs = 86_400_000;

/** The first instant after a UTC day written `YYYY-MM-DD`, ms since 1970. */
export function endOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + dayMs;
}

/**
 * Whether what was submitted on a day is past its keeping of `days` whole days, counted from the end of that day;
 * null keeps it for ever.
 */
export function isPastKeeping(day: string, days: number | null, nowMs: number): boolean {
  return days !== null && endOfDayMs(day) + days * dayMs <= nowMs;
}
