/** What a worker serves: its pool and definitions; `target` says whether it runs handlers or calls HTTP targets. */
export interface Served {
  /** Null for every pool: HTTP targets are called by any dispatcher. */
  pool: string | null;
  definitions: readonly string[] | "all";
  target: "worker" | "http";
}

/** Where the jobs of a lane are worked on. */
export interface ServedPlace {
  pool: string;
  definition: string;
  target: "worker" | "http";
}

/** The same with its definitions as a set, for asking of many lanes. */
type ServedSet = Omit<Served, "definitions"> & { definitions: Served["definitions"] | ReadonlySet<string> };

/** Whether a worker may be given jobs of a lane: its pool, its kind of target, its definition. */
export function servesLane({ pool, target, definitions }: ServedSet, place: ServedPlace): boolean {
  return (
    (pool === null || pool === place.pool) &&
    target === place.target &&
    includes(definitions, place.definition)
  );
}

function includes(definitions: ServedSet["definitions"], name: string): boolean {
  if (definitions === "all") return true;
  return definitions instanceof Set
    ? definitions.has(name)
    : (definitions as readonly string[]).includes(name);
}
