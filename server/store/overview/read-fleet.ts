import type { Queryable } from "#db/client.ts";

/** A group of live workers that can be given the same jobs. */
export interface FleetRow {
  pool: string;
  /** Dispatchers that call HTTP targets, for every pool, are workers too. */
  callsTargets: boolean;
  definitions: string[];
  /** `ejected`: given nothing for now, because it fails far more than its peers; a probed one while it has its one job. */
  state: "active" | "draining" | "ejected";
  workers: number;
  slots: number;
  running: number;
}

/** The statement of {@link readFleet}, for reading it together with others. */
export const fleetGroups = `select pool, transport = 'target' as "callsTargets", definitions,
    case when state = 'active' and (e.phase = 'ejected' or e.phase = 'probing' and running > 0) then 'ejected' else state end as state,
    count(*)::int as workers, sum(concurrency)::int as slots, sum(running)::int as running
  from signalbox.workers w left join signalbox.worker_ejections e on e.worker_id = w.id
  where ended_at is null and state in ('active', 'draining')
    and heartbeat_at > clock_timestamp() - make_interval(secs => heartbeat_ms * 3 / 1000.0)
  group by pool, 2, definitions, 4 order by pool limit 1000`;

/**
 * Live workers by pool, definitions and state. A worker counts as live while its last heartbeat is younger than three
 * of its heartbeat intervals, whether or not the dispatcher has ended it yet.
 */
export async function readFleet(db: Queryable): Promise<FleetRow[]> {
  const { rows } = await db.query({
    name: "read-fleet",
    text: fleetGroups,
  });
  return rows as FleetRow[];
}
