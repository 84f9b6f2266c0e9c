import { dependencyRoom, isLimited, takenFrom } from "#core/flow/dependency-gate.ts";
import { capRoom, isLimitedQueue, queueRoom } from "#core/flow/queue-gate.ts";
import { nextTokenAtMs, type TokenBucket, takeTokens } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";
import { lockDefinitionCap } from "#server/store/definitions/lock-definition-cap.ts";
import { lockDependencyGates } from "#server/store/dependencies/lock-dependency-gates.ts";
import { saveDependencyBucket } from "#server/store/dependencies/save-dependency-bucket.ts";
import { lockQueueGates } from "#server/store/queues/lock-queue-gates.ts";
import { saveBucket } from "#server/store/queues/save-bucket.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { FlowCache } from "../flow/flow-cache.ts";

/** Lanes that are claimed under the same locks: of one limited queue, one capped definition, the same limited dependencies. */
export interface GatedLanes {
  key: string;
  /** The limited queue they are in; null when it has no limit. */
  queueId: number | null;
  /** The capped definition whose they are; null when it has no cap. */
  definitionId: number | null;
  /** In ascending order. */
  dependencyIds: number[];
  lanes: Lane[];
}

/**
 * Sort lanes by what stands in their way: nothing, or gates whose tokens and caps count. Lanes of an open breaker are in
 * neither, as those of a paused queue are not: their jobs stay where they are.
 */
export function splitLanes(lanes: readonly Lane[], flow: FlowCache): { open: Lane[]; gated: GatedLanes[] } {
  const open: Lane[] = [];
  const gated = new Map<string, GatedLanes>();
  for (const lane of lanes) {
    const gate = lane.dependencies.length === 0 ? "open" : flow.laneGate(lane);
    if (gate === "shut") continue;
    const queueId = isLimitedQueue(lane.queue) ? lane.queue.id : null;
    const definitionId = lane.definition.spec.maxRunning === undefined ? null : lane.definition.id;
    if (gate === "open" && queueId === null && definitionId === null) {
      open.push(lane);
      continue;
    }
    const dependencyIds = gate === "open" ? [] : limitedDependencies(lane, flow);
    const key = `${queueId ?? "-"} ${definitionId ?? "-"} ${dependencyIds.join(" ")}`;
    const known = gated.get(key);
    if (known) known.lanes.push(lane);
    else gated.set(key, { key, queueId, definitionId, dependencyIds, lanes: [lane] });
  }
  return { open, gated: [...gated.values()] };
}

/** What the locked gates of some lanes allow. */
export interface LockedGates {
  /** Most jobs that may start now. */
  room: number;
  /** Take the tokens of `started` jobs; returns until when there are none left, ms from now, 0 while there are. */
  spend(started: number): Promise<number>;
}

/** Lock what stands in the way of these lanes until the transaction ends: dependencies, then the queue, then the definition. */
export async function lockGates(transaction: Queryable, group: GatedLanes): Promise<LockedGates> {
  const buckets: {
    bucket: TokenBucket;
    nowMs: number;
    save: (bucket: TokenBucket) => Promise<void>;
  }[] = [];
  let room = Number.MAX_SAFE_INTEGER;
  if (group.dependencyIds.length > 0) {
    for (const gate of await lockDependencyGates(transaction, group.dependencyIds)) {
      const { dependencyId, nowMs } = gate;
      const bucket = takenFrom(gate);
      room = Math.min(room, dependencyRoom(gate, nowMs));
      if (bucket !== null)
        buckets.push({
          bucket,
          nowMs,
          save: (after) => saveDependencyBucket(transaction, dependencyId, after),
        });
    }
  }
  if (group.queueId !== null) {
    const { queueId } = group;
    const gates = await lockQueueGates(transaction, queueId);
    room = gates === null ? 0 : Math.min(room, queueRoom(gates, gates.nowMs));
    if (gates?.bucket) {
      const { bucket, nowMs } = gates;
      buckets.push({ bucket, nowMs, save: (after) => saveBucket(transaction, queueId, after) });
    }
  }
  if (group.definitionId !== null) {
    const cap = await lockDefinitionCap(transaction, group.definitionId);
    room = Math.min(room, cap === null ? 0 : capRoom(cap));
  }
  return {
    room,
    spend: async (started) => {
      let refillMs = 0;
      for (const { bucket, nowMs, save } of buckets) {
        const after = started > 0 ? takeTokens(bucket, started, nowMs).bucket : bucket;
        if (started > 0) await save(after);
        refillMs = Math.max(refillMs, nextTokenAtMs(after, nowMs) - nowMs);
      }
      return refillMs;
    },
  };
}

function limitedDependencies({ dependencies }: Lane, flow: FlowCache): number[] {
  return dependencies
    .map(({ id }) => id)
    .filter((id) => {
      const gate = flow.gateOf(id);
      return gate !== undefined && isLimited(gate);
    })
    .sort((a, b) => a - b);
}
