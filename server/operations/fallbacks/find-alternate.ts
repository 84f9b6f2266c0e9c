import { type AlternateFacts, alternateLine } from "#core/flow/fallback-bar.ts";
import { findLaneWorkers } from "#core/flow/lane-workers.ts";
import type { Queryable } from "#db/client.ts";
import { countInLine } from "#server/store/jobs/count-in-line.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import type { Lane } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import { type HeldDefinition, holderOf } from "./find-held-definitions.ts";

/** The lane that takes over, null when there is none, and how its claims would find it. */
export interface Alternate {
  lane: Lane | null;
  facts: AlternateFacts;
}

/** Look at the alternate of a held definition: its lane is that of its own queue, whatever queue the job was in. */
export async function findAlternate(
  engine: Engine,
  db: Queryable,
  held: HeldDefinition,
  name: string,
): Promise<Alternate> {
  const { current } = engine.catalog;
  const definition = current.definitions.get(name);
  const id = definition && current.laneOf(definition);
  const lane = id === undefined ? undefined : current.lanes.get(id);
  if (definition === undefined || lane === undefined)
    return { lane: null, facts: { ...nobody, name, exists: false } };
  const { queue, dependencies } = lane;
  const shares = dependencies.some((each) => each.name === held.dependency);
  const place = { pool: queue.pool, definition: name, target: definition.spec.target.kind };
  return {
    lane,
    facts: {
      name,
      exists: true,
      isPaused: definition.paused,
      queue: { name: queue.name, paused: queue.paused },
      heldBy: shares ? held.dependency : (holderOf(lane, engine.flow)?.dependency ?? null),
      serving: findLaneWorkers(await readFleet(db), place).serving,
      waiting: await countInLine(db, [lane.id], alternateLine),
    },
  };
}

const nobody = {
  isPaused: false,
  queue: { name: "", paused: false },
  heldBy: null,
  serving: 0,
  waiting: 0,
};
