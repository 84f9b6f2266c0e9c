import { type Served, type ServedPlace, servesLane } from "./serves-lane.ts";

/** Live workers that are given the same jobs. */
export interface WorkerGroup {
  pool: string;
  /** Dispatchers that call HTTP targets, whatever the pool. */
  callsTargets: boolean;
  definitions: readonly string[];
  state: "active" | "draining";
  workers: number;
  slots: number;
  running: number;
}

/** Who works on a lane. */
export interface LaneWorkers {
  /** Live workers that claim from it. */
  serving: number;
  /** Their slots, and those in use, whatever the queue of the job in them. */
  slots: number;
  busy: number;
  /** Live ones that would, but for their drain. */
  draining: number;
  /** Live ones of its pool that serve other definitions only. */
  others: number;
  /** Other pools whose live workers serve its definition. */
  elsewhere: string[];
}

/** Who of the live workers claims from a lane; by the same test as the claim. */
export function findLaneWorkers(groups: readonly WorkerGroup[], place: ServedPlace): LaneWorkers {
  const found: LaneWorkers = { serving: 0, slots: 0, busy: 0, draining: 0, others: 0, elsewhere: [] };
  const elsewhere = new Set<string>();
  for (const group of groups) {
    const served = servedBy(group);
    const names = served.definitions === "all" ? "all" : new Set(served.definitions);
    if (servesLane(served, names, place)) {
      if (group.state === "draining") found.draining += group.workers;
      else {
        found.serving += group.workers;
        found.slots += group.slots;
        found.busy += group.running;
      }
    } else if (group.callsTargets || place.target === "http") continue;
    else if (group.pool === place.pool) found.others += group.workers;
    else if (servesLane(served, names, { ...place, pool: group.pool })) elsewhere.add(group.pool);
  }
  return { ...found, elsewhere: [...elsewhere].sort() };
}

/** What the workers of a group ask for in their claims. */
function servedBy({ pool, callsTargets, definitions }: WorkerGroup): Served {
  return callsTargets
    ? { pool: null, definitions: "all", target: "http" }
    : { pool, definitions, target: "worker" };
}
