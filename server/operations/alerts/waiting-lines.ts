import type { WaitingLine } from "#core/alert/find-starved-alerts.ts";
import { findLimit } from "#core/flow/find-limit.ts";
import { nextTokenAtMs, type TokenBucket } from "#core/flow/token-bucket.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { FleetRow } from "#server/store/overview/read-fleet.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import type { DependencyGate } from "../flow/flow-cache.ts";

/** What the lines are made of. */
export interface LineFacts {
  engine: Pick<Engine, "catalog" | "flow">;
  depths: readonly DepthRow[];
  fleet: readonly FleetRow[];
  buckets: readonly (TokenBucket & { queueId: number })[];
  nowMs: number;
}

/** What waits, by lane and class, with what bounds it; without what somebody paused or a breaker holds. */
export function waitingLines({ engine, depths, fleet, buckets, nowMs }: LineFacts): WaitingLine[] {
  const { lanes, priority } = engine.catalog.current;
  const runningIn = new Map<number, number>();
  for (const { lane, running } of depths) {
    const queue = lanes.get(lane)?.queue.id;
    if (queue !== undefined) runningIn.set(queue, (runningIn.get(queue) ?? 0) + running);
  }
  return depths.flatMap((row): WaitingLine[] => {
    const lane = lanes.get(row.lane);
    if (!lane || row.available === 0 || row.oldestRunAtMs === null) return [];
    const { queue, definition } = lane;
    const gates = lane.dependencies.flatMap(({ name }) => engine.flow.gates.get(name) ?? []);
    if (queue.paused || definition.paused || gates.some(isHeld)) return [];
    const group = fleet.filter((each) => each.state === "active" && serves(each, lane));
    const [workers, slots, busy] = [
      group.reduce((sum, each) => sum + each.workers, 0),
      group.reduce((sum, each) => sum + each.slots, 0),
      group.reduce((sum, each) => sum + each.running, 0),
    ];
    const bucket = buckets.find(({ queueId }) => queueId === queue.id);
    const tokenAtMs = bucket === undefined ? nowMs : nextTokenAtMs(bucket, nowMs);
    const limit = findLimit({
      ...{ paused: false, waiting: row.available, running: runningIn.get(queue.id) ?? 0 },
      ...{ maxRunning: queue.maxRunning, workers, slots, busy },
      rateLimit: queue.rateLimit && {
        ...queue.rateLimit,
        nextTokenAtMs: tokenAtMs > nowMs ? tokenAtMs : null,
      },
    });
    const rated = gates.find((gate) => gate.ratePerSecond !== null);
    const name = priorityAt(row.rank);
    return [
      {
        queue: queue.name,
        definition: definition.name,
        priority: name,
        waiting: row.available,
        oldestDueMs: row.oldestRunAtMs,
        budgetMs: priority.classes[name].budgetMs,
        limit:
          rated?.ratePerSecond != null && limit.kind === "nothing"
            ? { kind: "dependency-rate", dependency: rated.dependency, perSecond: rated.ratePerSecond }
            : limit,
        ...{ workers, busy, slots },
        runbookUrl: definition.spec.runbookUrl ?? null,
      },
    ];
  });
}

/** Whether a breaker, and not only a rate, holds what goes through a gate. */
function isHeld(gate: DependencyGate): boolean {
  if (gate.forced !== null) return gate.forced === "open";
  return gate.state !== "closed";
}

/** Whether workers of a group are given jobs of a lane; the conditions are those of the claim. */
function serves(group: FleetRow, { queue, definition }: Lane): boolean {
  if (definition.spec.target.kind === "http") return group.callsTargets;
  return !group.callsTargets && group.pool === queue.pool && group.definitions.includes(definition.name);
}
