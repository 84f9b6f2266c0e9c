import { groupServes } from "#core/flow/lane-workers.ts";
import { isDrained, nextTokenAtMs, type TokenBucket } from "#core/flow/token-bucket.ts";
import type { QueueRow } from "#server/store/catalog/load-catalog.ts";
import type { SecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { countedReady } from "#server/store/metrics/sample-depth.ts";
import type { FleetRow } from "#server/store/overview/read-fleet.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import {
  type BoardFleet,
  type BoardFlow,
  type BoardQueue,
  type FlowBucket,
  rateWindowMs,
  settleMs,
  tailBucketMs,
  trendWindowMs,
} from "./board-snapshot.ts";

/** A queue as far as it can hold its jobs. */
export type QueueGate = Pick<
  QueueRow,
  | "id"
  | "name"
  | "pool"
  | "paused"
  | "maxRunning"
  | "maxRunningPerKey"
  | "fair"
  | "rateLimit"
  | "pausedUntilMs"
  | "drainingSinceMs"
>;

/** A lane by its names: the jobs of one definition in one queue. */
export interface NamedLane {
  lane: number;
  queue: string;
  definition: string;
  /** Whether workers run a handler for it or dispatchers call its HTTP target. */
  target: "worker" | "http";
}

/** What was read for one snapshot; queues are those to be shown. `seconds` covers at least the trend window. */
export interface BoardFacts {
  nowMs: number;
  queues: QueueGate[];
  /** Whether there are more queues than these. */
  more: boolean;
  lanes: NamedLane[];
  depths: { atMs: number; rows: DepthRow[] } | null;
  fleet: FleetRow[];
  /** Token buckets of queues with a rate limit, by the queue's id. */
  buckets: readonly (TokenBucket & { queueId: number })[];
  seconds: SecondCounters[];
  /** How long jobs of paused queues run in the mean, as last assessed. */
  pausedRuns: readonly { queue: string; runMs: number }[];
}

/** The Board from the facts; a paused queue's available jobs are held, as everywhere. */
export function buildBoard(facts: BoardFacts): BoardFlow {
  const byName = new Map(facts.queues.map((queue) => [queue.name, emptyQueue(queue)]));
  const laneById = new Map(facts.lanes.map((lane) => [lane.lane, lane]));
  for (const row of facts.depths?.rows ?? []) {
    const queue = byName.get(laneById.get(row.lane)?.queue ?? "");
    if (queue) addDepth(queue, row);
  }
  for (const second of facts.seconds) {
    const queue = byName.get(laneById.get(second.lane)?.queue ?? "");
    if (queue) addSecond(queue, second, facts.nowMs);
  }
  for (const { queue, runMs } of facts.pausedRuns) {
    const paused = byName.get(queue);
    if (paused?.paused) paused.pausedRunMs = runMs;
  }
  addWorkers(byName, facts.lanes, facts.fleet);
  addBuckets(byName, facts);
  return {
    asOfMs: facts.nowMs,
    depthAtMs: facts.depths?.atMs ?? null,
    queues: [...byName.values()],
    more: facts.more,
    fleet: sumFleet(facts.fleet),
    tail: tailBuckets(facts.seconds, facts.nowMs),
  };
}

function emptyQueue(gate: QueueGate): BoardQueue {
  const { name, pool, paused, maxRunning, maxRunningPerKey, fair } = gate;
  const { rateLimit, pausedUntilMs, drainingSinceMs } = gate;
  return {
    name,
    pool,
    paused,
    pausedUntilMs,
    drainingSinceMs,
    maxRunning,
    maxRunningPerKey,
    fair,
    rateLimit: rateLimit && { ...rateLimit, nextTokenAtMs: null },
    waiting: [0, 0, 0, 0, 0],
    atLeast: false,
    held: 0,
    scheduled: 0,
    retryable: 0,
    running: 0,
    oldestRunAtMs: null,
    workers: 0,
    slots: 0,
    busy: 0,
    rates: { arrivals: 0, starts: 0, finishes: 0, failures: 0 },
    trend: {
      windowMs: trendWindowMs,
      inflow: 0,
      starts: 0,
      completed: 0,
      died: 0,
      failures: 0,
      failuresByClass: {},
    },
    pausedRunMs: null,
  };
}

function addDepth(queue: BoardQueue, row: DepthRow): void {
  queue.waiting[row.rank] = (queue.waiting[row.rank] ?? 0) + row.available + row.held;
  if (row.available >= countedReady) queue.atLeast = true;
  queue.held += row.held + (queue.paused ? row.available : 0);
  queue.scheduled += row.scheduled;
  queue.retryable += row.retryable;
  queue.running += row.running;
  if (row.oldestRunAtMs !== null && row.oldestRunAtMs < (queue.oldestRunAtMs ?? Number.POSITIVE_INFINITY)) {
    queue.oldestRunAtMs = row.oldestRunAtMs;
  }
}

function addSecond(queue: BoardQueue, second: SecondCounters, nowMs: number): void {
  const endMs = nowMs - settleMs;
  if (second.atMs >= endMs || second.atMs < endMs - trendWindowMs) return;
  const failed = Object.values(second.failures).reduce((sum, count) => sum + count, 0);
  const { trend, rates } = queue;
  trend.inflow += second.submitted + second.retried;
  trend.starts += second.started;
  trend.completed += second.completed;
  trend.died += second.died;
  trend.failures += failed;
  for (const [failureClass, count] of Object.entries(second.failures)) {
    trend.failuresByClass[failureClass] = (trend.failuresByClass[failureClass] ?? 0) + count;
  }
  if (second.atMs < endMs - rateWindowMs) return;
  const perSecond = 1_000 / rateWindowMs;
  rates.arrivals += second.submitted * perSecond;
  rates.starts += second.started * perSecond;
  rates.finishes += second.completed * perSecond;
  rates.failures += failed * perSecond;
}

/** Adds to each queue the workers that may be given one of its jobs; the conditions are those of the claim. */
function addWorkers(
  byName: Map<string, BoardQueue>,
  lanes: readonly NamedLane[],
  fleet: readonly FleetRow[],
): void {
  const lanesOf = Map.groupBy(lanes, (lane) => lane.queue);
  for (const queue of byName.values()) {
    for (const group of fleet) {
      if (
        group.state !== "active" ||
        !lanesOf.get(queue.name)?.some((lane) => groupServes(group, { ...lane, pool: queue.pool }))
      )
        continue;
      queue.workers += group.workers;
      queue.slots += group.slots;
      queue.busy += group.running;
    }
  }
}

function addBuckets(byName: Map<string, BoardQueue>, { queues, buckets, nowMs }: BoardFacts): void {
  const nameOf = new Map(queues.map(({ id, name }) => [id, name]));
  for (const bucket of buckets) {
    const limit = byName.get(nameOf.get(bucket.queueId) ?? "")?.rateLimit;
    const atMs = nextTokenAtMs(bucket, nowMs);
    if (limit) limit.nextTokenAtMs = isDrained(bucket, nowMs) ? atMs : null;
  }
}

function sumFleet(fleet: readonly FleetRow[]): BoardFleet {
  const sum: BoardFleet = { workers: 0, draining: 0, slots: 0, running: 0 };
  for (const group of fleet) {
    if (group.callsTargets) continue;
    sum.workers += group.workers;
    if (group.state === "draining") sum.draining += group.workers;
    sum.slots += group.slots;
    sum.running += group.running;
  }
  return sum;
}

/** The last three buckets: the one that fills, the one that may still get late counts, and one that is whole. */
function tailBuckets(seconds: readonly SecondCounters[], nowMs: number): FlowBucket[] {
  const firstMs = Math.floor(nowMs / tailBucketMs) * tailBucketMs - 2 * tailBucketMs;
  const buckets = [0, 1, 2].map((index) => emptyBucket(firstMs + index * tailBucketMs));
  for (const second of seconds) {
    const bucket = buckets[Math.floor((second.atMs - firstMs) / tailBucketMs)];
    if (!bucket) continue;
    for (const key of ["submitted", "started", "completed", "died", "retried", "cancelled"] as const)
      bucket[key] += second[key];
    for (const [failureClass, count] of Object.entries(second.failures)) {
      bucket.failures[failureClass] = (bucket.failures[failureClass] ?? 0) + count;
    }
  }
  return buckets;
}

function emptyBucket(atMs: number): FlowBucket {
  return { atMs, submitted: 0, started: 0, completed: 0, died: 0, retried: 0, cancelled: 0, failures: {} };
}
