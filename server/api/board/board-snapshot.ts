import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import type { Attention } from "#server/operations/attention/assess-attention.ts";
import type { OpenAlerts } from "#server/store/alerts/count-open-alerts.ts";
import type { AuditEntry } from "#server/store/audit/audit-entry.ts";
import type { OpenBulk } from "#server/store/bulk/list-bulk.ts";
import type { PressureOverview } from "../pressure/pressure-view.ts";

/** Events a second over the last {@link rateWindowMs}. `failures` are failed attempts, whatever came of the job. */
export interface FlowRates {
  arrivals: number;
  starts: number;
  finishes: number;
  failures: number;
}

/** What happened over the last `windowMs` ({@link trendWindowMs}), in counts. */
export interface FlowTrend {
  windowMs: number;
  /** Jobs that became runnable as far as is counted: submitted and sent back for a retry. */
  inflow: number;
  starts: number;
  completed: number;
  died: number;
  failures: number;
  /** Failed attempts by failure class. */
  failuresByClass: Record<string, number>;
}

/** One row of the Board. Depths are as of {@link BoardSnapshot.depthAtMs}. */
export interface BoardQueue {
  name: string;
  pool: string;
  paused: boolean;
  /** When a pause ends by itself; null when someone must end it. */
  pausedUntilMs: number | null;
  /** Since when it takes no new jobs and is worked off; null when it is not draining. */
  drainingSinceMs: number | null;
  maxRunning: number | null;
  /** Most jobs of one concurrency key at a time. */
  maxRunningPerKey: number | null;
  /** Keys are taken by turns. */
  fair: boolean;
  /** `nextTokenAtMs`: when it may start again; null while its rate holds nothing back. */
  rateLimit: { count: number; perMs: number; nextTokenAtMs: number | null } | null;
  /** Available and held jobs by class rank, 0 critical … 4 bulk. */
  waiting: number[];
  /** True when there were too many to count one by one: `waiting` is then a lower bound. */
  atLeast: boolean;
  held: number;
  scheduled: number;
  retryable: number;
  running: number;
  /** When the longest waiting available job was due; null when none waits. */
  oldestRunAtMs: number | null;
  /** Live workers that serve at least one definition of the queue, not draining, and the slots they have in all. */
  workers: number;
  slots: number;
  /** Of those slots the ones in use, whatever the queue of the job in them. */
  busy: number;
  rates: FlowRates;
  trend: FlowTrend;
  /** How long a job of it runs in the mean, ms: told of a paused queue of which enough runs are known, else null. */
  pausedRunMs: number | null;
}

/** Live workers that run handlers; dispatchers that call HTTP targets are not among them. */
export interface BoardFleet {
  workers: number;
  draining: number;
  slots: number;
  running: number;
}

/** The figures of one bucket of the short charts. */
export interface FlowBucket {
  atMs: number;
  submitted: number;
  started: number;
  completed: number;
  died: number;
  retried: number;
  cancelled: number;
  failures: Record<string, number>;
}

/** How work flows now, queue by queue. */
export interface BoardFlow {
  /** The database's now when it was read. */
  asOfMs: number;
  /** When depths were last counted; null before the first count. */
  depthAtMs: number | null;
  queues: BoardQueue[];
  /** Whether there are more queues than are shown. */
  more: boolean;
  fleet: BoardFleet;
  /** The newest buckets of the shortest chart, to be put in the place of the same ones there. */
  tail: FlowBucket[];
}

/** Everything the Board shows, read by one reader (see BoardFeed for how often) and sent to every tab. */
export interface BoardSnapshot extends BoardFlow {
  /** What needs a person; null while no dispatcher assesses it. */
  attention: Attention | null;
  /** The latest acts of people, tokens and Signalbox itself, newest first. */
  acts: AuditEntry[];
  /** Bulk operations that are not over. */
  bulk: OpenBulk;
  /** Alerts that are open. */
  alerts: OpenAlerts;
  /** How pressed the classes and the storage are. */
  pressure: PressureOverview;
  /** How many jobs of a queue wait for what, most first, by the queue's name; queues in which nothing waits have no entry. */
  reasons: Record<string, Pick<ReasonCount, "kind" | "of" | "jobs">[]>;
}

/** Span of the rates shown, ms; it ends {@link settleMs} ago, because counters arrive up to a second late. */
export const rateWindowMs = 10_000;
/** Span of trends, verdicts and forecasts, ms. */
export const trendWindowMs = 60_000;
export const settleMs = 2_000;
/** Bucket of the shortest chart, ms. */
export const tailBucketMs = 10_000;
/** Most queues the Board draws. */
export const mostQueues = 200;
