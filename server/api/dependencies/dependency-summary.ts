import type { BreakerStateName } from "#core/breaker/breaker-gate.ts";
import type { BreakerSettings } from "#core/breaker/breaker-settings.ts";
import type { FallbackRow } from "#server/store/fallbacks/fallback-row.ts";

/** A dependency as a row of its list. */
export interface DependencySummary {
  name: string;
  /** Of its settings. */
  version: number;
  /** What the policy says; `forced` is above it. */
  state: BreakerStateName;
  forced: "open" | "closed" | null;
  forcedBy: string | null;
  forcedReason: string | null;
  /** When that ends by itself; null when somebody has to end it. */
  forcedUntilMs: number | null;
  /** Since when it is so; null when it was never judged. */
  sinceMs: number | null;
  /** While open: when it is next probed. */
  untilMs: number | null;
  /** What opened it, while it is not closed. */
  opened: { cause: string; atMs: number } | null;
  /** Starts a second that are allowed, by the operator's limit or the policy's; null for as many as there are. */
  ratePerSecond: number | null;
  /** By how much delays of its retries are stretched at present; 1 is not at all. */
  multiplier: number;
  /** Calls that take longer are slow, ms; null while nobody knows what is usual. */
  slowMs: number | null;
  /** What was answered in the breaker's window, which is what it judges by. */
  window: {
    spanMs: number;
    /** Answered: well and badly. Refused ones (asked to slow down) are beside them. */
    calls: number;
    failed: number;
    slow: number;
    refused: number;
    callsPerSecond: number;
  };
  /** Over the last five minutes, within a factor of two; null without calls. */
  p50Ms: number | null;
  p95Ms: number | null;
  /** Retries in the budget's window; `about` while first starts are in it that were not counted one by one. */
  budget: { allowed: number; spent: number; windowMs: number; about: boolean; deferredAtMs: number | null };
  /** Jobs in line that need it, as last counted; `held` of them by its gate. */
  waiting: number;
  held: number;
  /** Queues in which they stand. */
  heldQueues: number;
  /** Jobs that need it and wait for a retry. */
  retryable: number;
  running: number;
  /** Definitions that need it, by name. */
  definitions: string[];
}

/** The jobs of one definition in one queue that need a dependency. */
export interface DependentLane {
  queue: string;
  definition: string;
  waiting: number;
  retryable: number;
  running: number;
}

/** What the fallback of a definition did while the dependency held it, in the hold that lasts or the last one. */
export interface DependentFallback {
  definition: string;
  /** The definition that runs in its stead; null where cached results answer. */
  alternate: string | null;
  /** How old a cached result may be, ms. */
  maxAgeMs: number | null;
  /** Null when it was never held since it has one. */
  hold:
    | (Pick<FallbackRow, "sinceMs" | "endedMs" | "diverted" | "answered" | "unfit" | "bar"> & {
        undoneBy: string | null;
      })
    | null;
}

/** Everything the page of a dependency shows but its charts and what was done. */
export interface DependencyDetail extends DependencySummary {
  settings: BreakerSettings;
  lanes: DependentLane[];
  /** Of the definitions that need it and name a fallback, by name. */
  fallbacks: DependentFallback[];
  asOfMs: number;
  /** When jobs were last counted; null before the first count. */
  depthAtMs: number | null;
}
