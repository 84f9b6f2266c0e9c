/** What a breaker does by itself, or as told. */
export const breakerActKinds = [
  "breaker-opened",
  "breaker-half-open",
  "breaker-ramp-started",
  "breaker-closed",
  "breaker-force-ended",
  "rate-lowered",
  "rate-lifted",
] as const;
export type BreakerActKind = (typeof breakerActKinds)[number];

/** One entry for the automation feed: what was done, why in a plain sentence, and the figures behind it. */
export interface BreakerAct {
  kind: BreakerActKind;
  cause: string;
  figures: Record<string, number | string>;
}
