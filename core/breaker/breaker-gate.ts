/** What a breaker is: letting all through, nothing, a probe, or a growing part. */
export const breakerStates = ["closed", "open", "half-open", "recovering"] as const;
export type BreakerStateName = (typeof breakerStates)[number];

/** What claims may start of jobs that need the dependency. */
export interface BreakerGate {
  state: BreakerStateName;
  /** Starts a second, or null for as many as there are; 0 while open or half-open. */
  ratePerSecond: number | null;
  /** Most tokens that the bucket of that rate may hold. */
  burst: number;
  /** Probes granted by this very call, to be added to the tokens there are; those unused are void when the state leaves half-open. */
  permits: number;
  /** While open: when the next probe is due, ms since 1970; null when nothing will happen by itself. */
  untilMs: number | null;
  /** Calls longer than this are to be reported as slow, ms; null while nobody knows what is usual. */
  slowMs: number | null;
}
