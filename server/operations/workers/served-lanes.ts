import { isPaused } from "#core/flow/is-paused.ts";
import { type Served, servesLane } from "#core/flow/serves-lane.ts";
import type { Catalog, Lane } from "../catalog/catalog.ts";

/** The lanes a worker may claim from now: its definitions, in queues of its pool, neither of them paused. */
export function servedLanes(catalog: Catalog, served: Served): Lane[] {
  const { definitions } = served;
  const asked = { ...served, definitions: definitions === "all" ? definitions : new Set(definitions) };
  return [...catalog.lanes.values()].filter((lane) => {
    const { queue, definition } = lane;
    const place = { pool: queue.pool, definition: definition.name, target: definition.spec.target.kind };
    return !isPaused(lane) && servesLane(asked, place);
  });
}
