import type { Queryable } from "#db/client.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import type { Catalog } from "../catalog/catalog.ts";

/** Jobs in line that need a dependency, and the queues they stand in, as last counted. */
export interface HeldJobs {
  jobs: number;
  queues: number;
  /** When they were counted; null before the first count. */
  atMs: number | null;
}

/** How many jobs in line wait on a dependency while its gate is shut. */
export async function countHeld(db: Queryable, catalog: Catalog, dependencyId: number): Promise<HeldJobs> {
  const depths = await readLatestDepths(db);
  const queues = new Set<string>();
  let jobs = 0;
  for (const { lane, available } of depths?.rows ?? []) {
    const known = catalog.lanes.get(lane);
    if (available === 0 || !known?.dependencies.some(({ id }) => id === dependencyId)) continue;
    jobs += available;
    queues.add(known.queue.name);
  }
  return { jobs, queues: queues.size, atMs: depths?.atMs ?? null };
}
