/** The demo's day lasts ten minutes, so that its waves can be watched. */
export const demoDayMs = 600_000;

/**
 * Jobs a second at a moment of the demo's day: a wave around `meanPerSecond` from half of it (a quarter past
 * the start of the night half) to one and a half times, starting at the mean and rising.
 */
export function arrivalRate(meanPerSecond: number, elapsedMs: number): number {
  return meanPerSecond * (1 + 0.5 * Math.sin((2 * Math.PI * elapsedMs) / demoDayMs));
}
