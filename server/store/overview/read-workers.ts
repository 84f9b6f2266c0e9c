import type { Queryable } from "#db/client.ts";

/** A worker as it last told of itself. */
export interface WorkerRow {
  id: string;
  pool: string;
  definitions: string[];
  concurrency: number;
  transport: "postgres" | "http" | "target";
  host: string;
  pid: number | null;
  version: string | null;
  heartbeatMs: number;
  state: "active" | "draining" | "stopped" | "lost";
  running: number;
  loopLagMs: number | null;
  /** Share of its slots in use as it reckons, 0…1. */
  saturation: number | null;
  startedAtMs: number;
  heartbeatAtMs: number;
  endedAtMs: number | null;
}

/** Workers that live, then those that ended within `endedMs`, newest end first; `limit` at most in all. */
export async function readWorkers(
  db: Queryable,
  options: { endedMs: number; limit: number },
): Promise<WorkerRow[]> {
  const { rows } = await db.query({
    name: "read-workers",
    text: `select id, pool, definitions, concurrency, transport, host, pid, version, heartbeat_ms as "heartbeatMs", state, running,
        loop_lag_ms::float8 as "loopLagMs", saturation::float8 as saturation,
        (extract(epoch from started_at) * 1000)::float8 as "startedAtMs",
        (extract(epoch from heartbeat_at) * 1000)::float8 as "heartbeatAtMs",
        (extract(epoch from ended_at) * 1000)::float8 as "endedAtMs"
      from signalbox.workers where ended_at is null or ended_at > clock_timestamp() - make_interval(secs => $1 / 1000.0)
      order by ended_at desc nulls first, pool, host, id limit $2`,
    values: [options.endedMs, options.limit],
  });
  return rows as WorkerRow[];
}
