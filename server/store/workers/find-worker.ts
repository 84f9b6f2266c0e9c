import type { Queryable } from "#db/client.ts";

/** A registration, with what a claim for it needs to know. */
export interface WorkerRecord {
  id: string;
  pool: string;
  definitions: string[];
  concurrency: number;
  state: "active" | "draining" | "stopped" | "lost";
  /** It has ended, or has sent no heartbeat for three of its intervals and is about to. */
  over: boolean;
  /** Jobs of classes below high that it holds. */
  runningOther: number;
  /** Jobs that it holds. */
  running: number;
  /** By its own last word it has more than it can bear: a saturation above 1. */
  overloaded: boolean;
  /** Out for failing more than its peers, or probed; null for a worker like any other. */
  ejection: "ejected" | "probing" | null;
}

/** A worker by its id; null when there never was one. */
export async function findWorker(db: Queryable, id: string): Promise<WorkerRecord | null> {
  const { rows } = await db.query({
    name: "find-worker",
    text: `select id, pool, definitions, concurrency, state,
        ended_at is not null or heartbeat_at < clock_timestamp() - make_interval(secs => heartbeat_ms * 3 / 1000.0) as over,
        (select count(*)::int from signalbox.leases l cross join lateral unnest(l.ids) as u(id) join signalbox.jobs j on j.id = u.id
          where l.worker_id = w.id and u.id <> all(l.fenced) and j.class > 1) as "runningOther",
        (select count(*)::int from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
          where l.worker_id = w.id and u.id <> all(l.fenced)) as running,
        coalesce(saturation > 1, false) as overloaded,
        (select phase from signalbox.worker_ejections e where e.worker_id = w.id and e.phase <> 'returned') as ejection
      from signalbox.workers w where id = $1`,
    values: [id],
  });
  return (rows[0] as WorkerRecord | undefined) ?? null;
}

/** Take an open claim for a sign of life, unless the registration has ended. */
export async function touchWorker(db: Queryable, id: string): Promise<void> {
  await db.query({
    name: "touch-worker",
    text: `update signalbox.workers set heartbeat_at = clock_timestamp()
      where id = $1 and ended_at is null and heartbeat_at < clock_timestamp() - interval '1 second'`,
    values: [id],
  });
}
