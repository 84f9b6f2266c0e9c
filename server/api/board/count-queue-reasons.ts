import { type CountedLine, countWaitingReasons, type ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import { findLaneWorkers } from "#core/flow/lane-workers.ts";
import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { LaneFacts, WaitingDependency } from "#core/job/waiting-facts.ts";
import type { Lane } from "#server/operations/catalog/catalog.ts";
import type { Engine } from "#server/operations/engine.ts";
import { countedLater, countedReady } from "#server/store/metrics/sample-depth.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import type { BoardFacts } from "./build-board.ts";

/** What was read, and what this process knows of gates and pressure. */
export interface ReasonSources {
  engine: Pick<Engine, "catalog" | "flow" | "pressure">;
  facts: Pick<BoardFacts, "nowMs" | "depths" | "fleet" | "buckets">;
  /** Token buckets of dependencies, by the dependency's id. */
  dependencyBuckets: readonly (TokenBucket & { dependencyId: number })[];
}

/**
 * What the jobs of each of these queues wait for, from the last count of depths: no job is looked at. Running jobs are
 * those that were counted, not the leases under a cap, so a cap that was just set may be told a moment early.
 */
export function countQueueReasons(
  sources: ReasonSources,
  queues: ReadonlySet<string>,
): Record<string, ReasonCount[]> {
  const { lanes } = sources.engine.catalog.current;
  const depths = sources.facts.depths?.rows ?? [];
  const running = { queue: new Map<number, number>(), definition: new Map<number, number>() };
  for (const row of depths) {
    const lane = lanes.get(row.lane);
    if (lane === undefined) continue;
    running.queue.set(lane.queue.id, (running.queue.get(lane.queue.id) ?? 0) + row.running);
    const { id } = lane.definition;
    running.definition.set(id, (running.definition.get(id) ?? 0) + row.running);
  }
  const isScaled = depths.reduce((sum, row) => sum + row.scheduled + row.retryable, 0) >= countedLater;
  const known = new Map<number, LaneFacts>();
  const lines = new Map<string, CountedLine[]>();
  for (const row of depths) {
    const lane = lanes.get(row.lane);
    if (lane === undefined || !queues.has(lane.queue.name) || !isWaited(row)) continue;
    const facts =
      known.get(lane.id) ??
      factsOf(sources, lane, {
        queue: running.queue.get(lane.queue.id) ?? 0,
        definition: running.definition.get(lane.definition.id) ?? 0,
      });
    known.set(lane.id, facts);
    const { rank, available, scheduled, retryable, held } = row;
    const line = { lane: facts, rank, available, scheduled, retryable, held };
    const of = lines.get(lane.queue.name) ?? [];
    of.push({ ...line, atLeast: available >= countedReady, about: isScaled });
    lines.set(lane.queue.name, of);
  }
  return Object.fromEntries([...lines].map(([queue, of]) => [queue, countWaitingReasons(of)]));
}

function isWaited({ available, scheduled, retryable, held }: DepthRow): boolean {
  return available + scheduled + retryable + held > 0;
}

function factsOf(
  { engine, facts, dependencyBuckets }: ReasonSources,
  lane: Lane,
  running: { queue: number; definition: number },
): LaneFacts {
  const { queue, definition, dependencies } = lane;
  const { nowMs, fleet, buckets } = facts;
  const target = definition.spec.target.kind;
  const { name, pool, paused, maxRunning, maxRunningPerKey } = queue;
  return {
    nowMs,
    definition: {
      name: definition.name,
      paused: definition.paused,
      target,
      deferrable: definition.spec.deferrable === true,
      maxRunning: definition.spec.maxRunning ?? null,
      running: running.definition,
    },
    queue: {
      ...{ name, pool, paused, running: running.queue, maxRunning, maxRunningPerKey },
      bucket: queue.rateLimit === null ? null : (buckets.find(({ queueId }) => queueId === queue.id) ?? null),
    },
    workers: findLaneWorkers(fleet, { pool, definition: definition.name, target }),
    dependencies: dependencies.map((each): WaitingDependency => {
      const gate = engine.flow.gateOf(each.id);
      return {
        name: each.name,
        state: gate?.state ?? "closed",
        forced: gate?.forced ?? null,
        ratePerSecond: gate?.ratePerSecond ?? null,
        sinceMs: gate?.sinceMs ?? null,
        untilMs: gate?.untilMs ?? null,
        ...{ forcedBy: null, forcedReason: null, forcedUntilMs: null, cause: null },
        bucket: dependencyBuckets.find(({ dependencyId }) => dependencyId === each.id) ?? null,
      };
    }),
    deferral: engine.pressure.deferralOf(lane.id),
    // Reasons are counted by what holds, whatever is done about it.
    fallback: null,
  };
}
