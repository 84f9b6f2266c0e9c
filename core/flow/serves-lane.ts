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

/** Whether a worker may be given jobs of a lane, by its pool, its kind of target and its definitions; `names` are those as a set. */
export function servesLane(
  { pool, target }: Omit<Served, "definitions">,
  names: ReadonlySet<string> | "all",
  place: ServedPlace,
): boolean {
  return (
    (pool === null || pool === place.pool) &&
    target === place.target &&
    (names === "all" || names.has(place.definition))
  );
}
