import type { BulkGuard } from "./bulk-guard.ts";

type Ramp = Pick<BulkGuard, "startPerSecond" | "maxPerSecond" | "doubleEveryMs">;

/** How long the ramp takes to reach its highest rate, ms. */
function climbMs({ startPerSecond, maxPerSecond, doubleEveryMs }: Ramp): number {
  return doubleEveryMs * Math.log2(maxPerSecond / startPerSecond);
}

/** Jobs a second at a moment of the ramp: startPerSecond · 2^(t / doubleEveryMs), capped. */
export function rampRate(ramp: Ramp, atMs: number): number {
  return Math.min(ramp.maxPerSecond, ramp.startPerSecond * 2 ** (atMs / ramp.doubleEveryMs));
}

/** Jobs released in all up to a moment of the ramp: the integral of {@link rampRate}. */
export function rampTotal(ramp: Ramp, atMs: number): number {
  const perMs = Math.LN2 / ramp.doubleEveryMs;
  const climbed = Math.min(atMs, climbMs(ramp));
  const onTheWay = (ramp.startPerSecond / 1_000 / perMs) * (Math.exp(perMs * climbed) - 1);
  return onTheWay + ((atMs - climbed) * ramp.maxPerSecond) / 1_000;
}

/** How long the ramp takes for so many jobs, ms: the inverse of {@link rampTotal}. */
export function rampDurationMs(ramp: Ramp, jobs: number): number {
  const perMs = Math.LN2 / ramp.doubleEveryMs;
  const climb = climbMs(ramp);
  const atTop = rampTotal(ramp, climb);
  if (jobs > atTop) return climb + ((jobs - atTop) * 1_000) / ramp.maxPerSecond;
  return Math.log1p((jobs * perMs * 1_000) / ramp.startPerSecond) / perMs;
}
