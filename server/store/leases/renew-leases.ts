import type { Queryable } from "#db/client.ts";

export interface Renewal {
  /** active or draining; null when the worker's registration has ended. */
  state: string | null;
  /** Leases that stand and were renewed. */
  leaseIds: string[];
  cancel: { jobId: string; reason: string | null }[];
  /** Jobs that are to give up their slot at their next checkpoint. */
  preempt: string[];
  /** Out for failing more than its peers, or probed; null for a worker like any other. */
  ejection: "ejected" | "probing" | null;
  databaseMs: number;
}

export interface WorkerVitals {
  running: number;
  loopLagMs: number | null;
  saturation: number | null;
  /** How far its clock is behind the database's (negative: ahead), ms; absent leaves what is known. */
  clockOffsetMs?: number | null;
  /** How many it runs at once where that is not its concurrency, and why; absent or null otherwise. */
  limit?: { slots: number; because: string } | null;
}

const renew = `with beat as (
  update signalbox.workers set heartbeat_at = clock_timestamp(), running = $3, loop_lag_ms = $4, saturation = $5,
    clock_offset_ms = coalesce($8, clock_offset_ms), slot_limit = $9, limit_because = $10
  where id = $1 and ended_at is null returning state),
mine as materialized (
  select id from signalbox.leases where worker_id = $1 and ($6::bigint[] is null or id = any($6::bigint[]))
    and id <> all($7::bigint[]) order by id for no key update),
renewed as (
  update signalbox.leases l set until_ms = signalbox.now_ms() + $2 from mine where l.id = mine.id returning l.id)
select (select state from beat) as state, array(select id from renewed) as lease_ids, signalbox.now_ms()::float8 as now_ms,
  coalesce((select json_agg(json_build_object('jobId', job_id::text, 'reason', reason))
    from signalbox.cancel_requests where worker_id = $1), '[]')::text as cancel,
  array(select job_id from signalbox.preempt_requests where worker_id = $1) as preempt,
  (select phase from signalbox.worker_ejections where worker_id = $1 and phase <> 'returned') as ejection`;

/**
 * A worker's heartbeat: renew all its leases (or only those named) to now + `leaseMs`, record its vitals, and learn
 * what to cancel. Renews nothing of a lease that was taken away, nor those in `except`, which are left to run out.
 */
export async function renewLeases(
  db: Queryable,
  workerId: string,
  leaseMs: number,
  vitals: WorkerVitals,
  only: string[] | null,
  except: readonly string[] = [],
): Promise<Renewal> {
  const { rows } = await db.query({
    name: "renew-leases",
    text: renew,
    values: [
      workerId,
      leaseMs,
      vitals.running,
      vitals.loopLagMs,
      vitals.saturation,
      only,
      except,
      vitals.clockOffsetMs ?? null,
      vitals.limit?.slots ?? null,
      vitals.limit?.because ?? null,
    ],
  });
  const row = rows[0] as {
    state: string | null;
    lease_ids: string[];
    now_ms: number;
    cancel: string;
    preempt: string[];
    ejection: Renewal["ejection"];
  };
  return {
    state: row.state,
    leaseIds: row.lease_ids,
    databaseMs: row.now_ms,
    cancel: JSON.parse(row.cancel),
    preempt: row.preempt,
    ejection: row.ejection,
  };
}
