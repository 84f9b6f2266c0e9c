import type { Queryable } from "#db/client.ts";

export interface LostWorkerRow {
  id: string;
  host: string;
  pool: string;
  heartbeatAtMs: number;
  endedAtMs: number;
  takenBack: number;
}

/** Workers that fell silent within `spanMs` with jobs in hand, newest first, 200 at most. */
export async function readLostWorkers(db: Queryable, spanMs: number): Promise<LostWorkerRow[]> {
  const { rows } = await db.query({
    name: "read-lost-workers",
    text: `select id::text as id, host, pool, (extract(epoch from heartbeat_at) * 1000)::float8 as "heartbeatAtMs",
        (extract(epoch from ended_at) * 1000)::float8 as "endedAtMs", taken_back as "takenBack"
      from signalbox.workers
      where state = 'lost' and ended_at > clock_timestamp() - make_interval(secs => $1 / 1000.0) and taken_back > 0
      order by ended_at desc limit 200`,
    values: [spanMs],
  });
  return rows as LostWorkerRow[];
}
