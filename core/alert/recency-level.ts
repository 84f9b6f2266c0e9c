/** What happened at once is news for this long, and is kept in sight for so much longer, ms. */
const newsMs = 60_000;
const keptMs = 300_000;

/** The level of something that happened and is over: wrong for a minute, held for five, then done with. */
export function recencyLevel(lastMs: number, nowMs: number): number {
  const ageMs = nowMs - lastMs;
  if (ageMs <= newsMs) return 1;
  return ageMs <= keptMs ? 0.6 : 0;
}
