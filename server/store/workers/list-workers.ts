import type { Queryable } from "#db/client.ts";

/** A registration as it is shown. */
export interface WorkerListRow {
  id: string;
  pool: string;
  definitions: string[];
  concurrency: number;
  transport: "postgres" | "http" | "target";
  host: string;
  version: string | null;
  state: "active" | "draining" | "stopped" | "lost";
  running: number;
  loopLagMs: number | null;
  saturation: number | null;
  startedAtMs: number;
  heartbeatAtMs: number;
  endedAtMs: number | null;
}

/** Registrations, newest first, those before `beforeId`; with `live` only the ones that have not ended. */
export async function listWorkers(
  db: Queryable,
  options: { live: boolean; beforeId: string | null; limit: number },
): Promise<WorkerListRow[]> {
  const { rows } = await db.query({
    text: `select id, pool, definitions, concurrency, transport, host, version, state, running, loop_lag_ms as "loopLagMs", saturation,
        (extract(epoch from started_at) * 1000)::float8 as "startedAtMs", (extract(epoch from heartbeat_at) * 1000)::float8 as "heartbeatAtMs",
        (extract(epoch from ended_at) * 1000)::float8 as "endedAtMs"
      from signalbox.workers where ($1::bigint is null or id < $1) and (not $2 or ended_at is null) order by id desc limit $3`,
    values: [options.beforeId, options.live, options.limit],
  });
  return rows as WorkerListRow[];
}
