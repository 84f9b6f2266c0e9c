import type { Catalog } from "#server/operations/catalog/catalog.ts";
import type { NamedLane } from "./build-board.ts";

/** Every lane of the catalogue by its names. */
export function namedLanes(catalog: Catalog): NamedLane[] {
  return [...catalog.lanes.values()].map(({ id, queue, definition }) => ({
    lane: id,
    queue: queue.name,
    definition: definition.name,
    target: definition.spec.target.kind,
  }));
}
