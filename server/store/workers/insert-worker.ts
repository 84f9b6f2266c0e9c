import type { Queryable } from "#db/client.ts";

export interface NewWorker {
  pool: string;
  definitions: string[];
  concurrency: number;
  transport: "postgres" | "http" | "target";
  host: string;
  pid: number | null;
  version: string | null;
  heartbeatMs: number;
}

/** Register a worker; its id is new for every registration, so an old one can never act for it. */
export async function insertWorker(db: Queryable, worker: NewWorker): Promise<string> {
  const { rows } = await db.query({
    text: `insert into signalbox.workers (id, pool, definitions, concurrency, transport, host, pid, version, heartbeat_ms)
      values (nextval('signalbox.worker_ids'), $1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    values: [
      worker.pool,
      worker.definitions,
      worker.concurrency,
      worker.transport,
      worker.host,
      worker.pid,
      worker.version,
      worker.heartbeatMs,
    ],
  });
  return (rows[0] as { id: string }).id;
}
