import { type ServedPlace, servesLane } from "./serves-lane.ts";

/** Live workers that are given the same jobs. */
export interface WorkerGroup {
  pool: string;
  /** Dispatchers that call HTTP targets, whatever the pool. */
  callsTargets: boolean;
  definitions: readonly string[];
  /** `ejected`: given nothing for now, because it fails far more than its peers. */
  state: "active" | "draining" | "ejected";
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
  /** … and but for their ejection. */
  ejected: number;
  /** Live ones of its pool that serve other definitions only. */
  others: number;
  /** Other pools whose live workers serve its definition. */
  elsewhere: string[];
}

/** Who of the live workers claims from a lane; by the same test as the claim. */
export function findLaneWorkers(groups: readonly WorkerGroup[], place: ServedPlace): LaneWorkers {
  const found: LaneWorkers = {
    serving: 0,
    slots: 0,
    busy: 0,
    draining: 0,
    ejected: 0,
    others: 0,
    elsewhere: [],
  };
  const elsewhere = new Set<string>();
  for (const group of groups) {
    if (groupServes(group, place)) {
      if (group.state !== "active") found[group.state] += group.workers;
      else {
        found.serving += group.workers;
        found.slots += group.slots;
        found.busy += group.running;
      }
    } else if (group.callsTargets || place.target === "http" || group.state !== "active") continue;
    else if (group.pool === place.pool) found.others += group.workers;
    else if (groupServes(group, { ...place, pool: group.pool })) elsewhere.add(group.pool);
  }
  return { ...found, elsewhere: [...elsewhere].sort() };
}

/** Whether workers of a group are given jobs of a lane: what they ask for in their claims, by the test of the claim. */
export function groupServes(
  { pool, callsTargets, definitions }: Pick<WorkerGroup, "pool" | "callsTargets" | "definitions">,
  place: ServedPlace,
): boolean {
  return callsTargets
    ? servesLane({ pool: null, definitions: "all", target: "http" }, place)
    : servesLane({ pool, definitions, target: "worker" }, place);
}
