import type { Catalog, Lane } from "../catalog/catalog.ts";

/** What a worker serves: its pool and definitions; `target` says whether it runs handlers or calls HTTP targets. */
export interface Served {
  /** Null for every pool: HTTP targets are called by any dispatcher. */
  pool: string | null;
  definitions: readonly string[] | "all";
  target: "worker" | "http";
}

/** The lanes a worker may claim from now: its definitions, in queues of its pool, neither of them paused. */
export function servedLanes(catalog: Catalog, served: Served): Lane[] {
  const names = served.definitions === "all" ? null : new Set(served.definitions);
  return [...catalog.lanes.values()].filter(
    ({ queue, definition }) =>
      (served.pool === null || queue.pool === served.pool) &&
      !queue.paused &&
      !definition.paused &&
      definition.spec.target.kind === served.target &&
      (names === null || names.has(definition.name)),
  );
}
