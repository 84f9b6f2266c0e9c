/** A lane as far as who serves it goes. */
export interface ServedLane {
  id: number;
  definition: string;
  pool: string;
  /** Called by dispatchers over HTTP, whatever its pool. */
  callsTarget: boolean;
}

/** Live workers that can be given the same jobs. */
export interface ServingGroup {
  pool: string;
  /** Dispatchers, which call HTTP targets for every pool. */
  callsTargets: boolean;
  definitions: readonly string[];
  state: "active" | "draining" | "ejected";
  workers: number;
  slots: number;
}

/**
 * Workers that share their work, directly or by others, with all the lanes they serve: what waits in one of them
 * stands in the way of the others, and nothing else does.
 */
export interface Crew {
  /** The same as long as its first definition by name is. */
  key: string;
  /** Null for the dispatchers that call HTTP targets. */
  pool: string | null;
  definitions: string[];
  lanes: number[];
  workers: number;
  slots: number;
}

/** Part lanes and workers into crews; lanes that nobody serves are in none. Draining workers do not count. */
export function findCrews(lanes: readonly ServedLane[], groups: readonly ServingGroup[]): Crew[] {
  const pools = Map.groupBy(lanes, (lane) => (lane.callsTarget ? null : lane.pool));
  return [...pools].flatMap(([pool, own]) =>
    crewsOf(
      pool,
      own,
      groups.filter(
        (group) =>
          group.state === "active" &&
          (pool === null ? group.callsTargets : !group.callsTargets && group.pool === pool),
      ),
    ),
  );
}

function crewsOf(pool: string | null, lanes: ServedLane[], groups: ServingGroup[]): Crew[] {
  // Dispatchers call every target, and name none.
  if (pool === null) return groups.length === 0 ? [] : [toCrew(pool, lanes, groups)];
  const parts: { names: Set<string>; groups: ServingGroup[] }[] = [];
  for (const group of groups) {
    const shared = parts.filter(({ names }) => group.definitions.some((name) => names.has(name)));
    const names = new Set([...group.definitions, ...shared.flatMap((part) => [...part.names])]);
    const joined = { names, groups: [group, ...shared.flatMap((part) => part.groups)] };
    parts.splice(0, parts.length, ...parts.filter((part) => !shared.includes(part)), joined);
  }
  return parts.flatMap((part) => {
    const own = lanes.filter((lane) => part.names.has(lane.definition));
    return own.length === 0 ? [] : [toCrew(pool, own, part.groups)];
  });
}

function toCrew(pool: string | null, lanes: ServedLane[], groups: readonly ServingGroup[]): Crew {
  const sum = (of: "workers" | "slots") => groups.reduce((total, group) => total + group[of], 0);
  const definitions = [...new Set(lanes.map((lane) => lane.definition))].sort();
  const key = `${pool ?? "(http)"} ${definitions[0]}`;
  return {
    key,
    pool,
    definitions,
    lanes: lanes.map((lane) => lane.id),
    workers: sum("workers"),
    slots: sum("slots"),
  };
}
