import type { Random } from "../clock.ts";
import type { JitterKind } from "./jitter-kind.ts";

export interface JitterInput {
  /** The delay d that law and factors gave, in milliseconds. */
  delayMs: number;
  /** Floor of full jitter. A delay below it is lifted to it. */
  minDelayMs: number;
  /** Ends of the walk of decorrelated jitter, with the same factors applied as to the delay. */
  baseMs: number;
  capMs: number;
  /** What decorrelated jitter drew last time; null the first time, which starts at base. */
  previousDelayMs: number | null;
  random: Random;
}

/**
 * Spreads a delay by chance, in milliseconds: none d; full uniform on [minDelayMs, d]; equal d/2 + U(0, d/2);
 * decorrelated min(cap, U(base, 3·previous)). After Marc Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015. Draws one number of `random`, or none for `none`.
 */
export function jitterDelayMs(jitter: JitterKind, input: JitterInput): number {
  const { delayMs, minDelayMs, baseMs, capMs, previousDelayMs, random } = input;
  switch (jitter) {
    case "none":
      return delayMs;
    case "full":
      return between(minDelayMs, delayMs, random);
    case "equal":
      return between(delayMs / 2, delayMs, random);
    case "decorrelated":
      return Math.min(capMs, between(baseMs, 3 * (previousDelayMs ?? baseMs), random));
  }
}

function between(low: number, high: number, random: Random): number {
  return low + Math.max(0, high - low) * random();
}
