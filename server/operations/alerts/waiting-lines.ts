import type { LineLimit, WaitingLine } from "#core/alert/find-starved-alerts.ts";
import { findLimit } from "#core/flow/find-limit.ts";
import { groupServes } from "#core/flow/lane-workers.ts";
import { isDrained, nextTokenAtMs, type TokenBucket } from "#core/flow/token-bucket.ts";
import { keepsBackClass, keepsBackDefinition } from "#core/pressure/keeps-back.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { FleetRow } from "#server/store/overview/read-fleet.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import type { DependencyGate } from "../flow/flow-cache.ts";

/** What the lines are made of. */
export interface LineFacts {
  engine: Pick<Engine, "catalog" | "flow" | "pressure">;
  depths: readonly DepthRow[];
  fleet: readonly FleetRow[];
  buckets: readonly (TokenBucket & { queueId: number })[];
  nowMs: number;
}

/** What waits, by lane and class, with what bounds it; without what somebody paused or a breaker holds. */
export function waitingLines({ engine, depths, fleet, buckets, nowMs }: LineFacts): WaitingLine[] {
  const { lanes, priority } = engine.catalog.current;
  const runningIn = new Map<number, number>();
  const runningOf = new Map<number, number>();
  for (const { lane, running } of depths) {
    runningOf.set(lane, (runningOf.get(lane) ?? 0) + running);
    const queue = lanes.get(lane)?.queue.id;
    if (queue !== undefined) runningIn.set(queue, (runningIn.get(queue) ?? 0) + running);
  }
  return depths.flatMap((row): WaitingLine[] => {
    const lane = lanes.get(row.lane);
    if (!lane || row.available === 0 || row.oldestRunAtMs === null) return [];
    const { queue, definition } = lane;
    const gates = lane.dependencies.flatMap(({ name }) => engine.flow.gates.get(name) ?? []);
    if (queue.paused || definition.paused || gates.some(isHeld)) return [];
    const place = { pool: queue.pool, definition: definition.name, target: definition.spec.target.kind };
    const group = fleet.filter((each) => each.state === "active" && groupServes(each, place));
    const [workers, slots, busy] = [
      group.reduce((sum, each) => sum + each.workers, 0),
      group.reduce((sum, each) => sum + each.slots, 0),
      group.reduce((sum, each) => sum + each.running, 0),
    ];
    const bucket = buckets.find(({ queueId }) => queueId === queue.id);
    const limit = findLimit({
      ...{ paused: false, waiting: row.available, running: runningIn.get(queue.id) ?? 0 },
      ...{ maxRunning: queue.maxRunning, workers, slots, busy },
      rateLimit: queue.rateLimit && {
        ...queue.rateLimit,
        nextTokenAtMs: bucket !== undefined && isDrained(bucket, nowMs) ? nextTokenAtMs(bucket, nowMs) : null,
      },
    });
    const held =
      limit.kind === "nothing" || limit.kind === "workers" ? heldBack(engine, lane, row.rank) : null;
    const name = priorityAt(row.rank);
    return [
      {
        queue: queue.name,
        definition: definition.name,
        priority: name,
        waiting: row.available,
        running: runningOf.get(lane.id) ?? 0,
        oldestDueMs: row.oldestRunAtMs,
        budgetMs: priority.classes[name].budgetMs,
        limit: held ?? (limit.kind === "nothing" ? rateOf(queue, nowMs) : limit),
        ...{ workers, busy, slots },
        runbookUrl: definition.spec.runbookUrl ?? null,
      },
    ];
  });
}

/** With free slots and nothing else in its way a line waits for its queue's rate, tokens or not at this very moment. */
function rateOf({ rateLimit }: Lane["queue"], nowMs: number): LineLimit {
  return rateLimit === null ? { kind: "nothing" } : { kind: "rate", ...rateLimit, nextTokenAtMs: nowMs };
}

/** What keeps a lane from slots that it may have: pressure, or the rate of what it calls; null for neither. */
function heldBack(engine: LineFacts["engine"], lane: Lane, rank: number): LineLimit | null {
  const deferral = engine.pressure.deferralOf(lane.id);
  const isKept = keepsBackClass(deferral, rank) || keepsBackDefinition(deferral, lane.definition.spec);
  if (deferral !== null && isKept) return { kind: "deferred", forPriority: priorityAt(deferral.forRank) };
  for (const { name } of lane.dependencies) {
    const perSecond = engine.flow.gates.get(name)?.ratePerSecond ?? null;
    if (perSecond !== null) return { kind: "dependency-rate", dependency: name, perSecond };
  }
  return null;
}

/** Whether a breaker, and not only a rate, holds what goes through a gate. */
function isHeld(gate: DependencyGate): boolean {
  if (gate.forced !== null) return gate.forced === "open";
  return gate.state !== "closed";
}
