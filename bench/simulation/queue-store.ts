import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import type { BreakerSettings } from "../../core/breaker/breaker-settings.ts";
import type { DependencyOutcomes } from "../../core/breaker/dependency-outcomes.ts";
import type { FailureClass } from "../../core/failure/failure-class.ts";
import type { PrioritySettings } from "../../core/priority/priority-settings.ts";
import type { RetryPolicy } from "../../core/retry/retry-policy.ts";

/** What is queued where: a lane a definition. Lanes and dependencies go by their place in these lists. */
export interface QueueLayout {
  lanes: readonly { name: string; dependencies: readonly number[] }[];
  dependencies: readonly { name: string; settings: BreakerSettings }[];
  priority: PrioritySettings;
  policy: RetryPolicy;
}

export interface SubmittedJob {
  lane: number;
  rank: number;
  /** Not before; absent: due now. */
  runAtMs?: number;
}

/** A claimed job. Jobs are numbered from 0 in the order of their submits. */
export interface HeldJob {
  readonly number: number;
  readonly lane: number;
  readonly rank: number;
  readonly runAtMs: number;
  /** Number of the attempt that began with the claim. */
  readonly attempt: number;
}

/** Most jobs of a claim: beyond that the database merges in steps, which the queue in memory does not. */
export const mostClaimJobs = 127;

export interface ClaimOrder {
  /** Workers are numbered from 0. */
  worker: number;
  /** Most jobs, {@link mostClaimJobs} at most. */
  max: number;
  /** Of those, most from the classes below high. */
  maxOther: number;
  /** Nothing that needs one of these dependencies. */
  except?: readonly number[];
}

export const places = ["ready", "scheduled", "leased", "dead", "completed"] as const;
export type Place = (typeof places)[number];

/** Where a failed job went, and when it is due again. */
export interface FailedJob {
  place: Extract<Place, "ready" | "scheduled" | "dead">;
  runAtMs: number | null;
}

/** What one process reports of one dependency. */
export interface Report {
  dependency: number;
  outcomes: DependencyOutcomes;
}

export interface PromotedJobs {
  moved: number;
  /** Due retries that a budget put off. */
  deferred: number;
  /** Until the next job falls due, ms; null when none is scheduled. */
  nextInMs: number | null;
}

type Awaitable<Value> = Value | Promise<Value>;

/**
 * What the simulated services need of a store. The one in memory and the one on Postgres (the real operations) answer
 * alike: queue-store-contract.ts holds both to that. Time stands still but for `advance`.
 */
export interface QueueStore {
  advance(byMs: number): Awaitable<void>;
  submit(jobs: readonly SubmittedJob[]): Awaitable<void>;
  /** In the order to start them. */
  claim(order: ClaimOrder): Awaitable<readonly HeldJob[]>;
  /** When a gate that the worker found without a token may give again, ms from now; null for none. */
  tokensInMs(worker: number): number | null;
  complete(worker: number, job: HeldJob): Awaitable<void>;
  /** Settle a failed attempt: retried, dead, or waiting for its breaker.. */
  fail(worker: number, job: HeldJob, failure: FailureClass): Awaitable<FailedJob>;
  /** Hand back what never started, with no attempt used. */
  release(worker: number, jobs: readonly HeldJob[]): Awaitable<void>;
  /** Put what is due in line, as far as retry budgets let it. */
  promote(limit: number): Awaitable<PromotedJobs>;
  report(report: Report): Awaitable<void>;
  /** Reports since the last call. */
  readReports(): Awaitable<readonly Report[]>;
  /** What a breaker decided: its gate, the tokens behind it, and how far backoffs are stretched. */
  setGate(dependency: number, gate: BreakerGate, multiplier: number): Awaitable<void>;
  /** Jobs in line of a lane and class. */
  countReady(lane: number, rank: number): Awaitable<number>;
  /** Every job by its place, in ascending order. */
  list(): Awaitable<Record<Place, number[]>>;
}
