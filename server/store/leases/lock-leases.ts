import type { Queryable } from "#db/client.ts";

export interface LeaseRow {
  id: string;
  workerId: string;
  claimedAtMs: number;
  untilMs: number;
  deadlineMs: number | null;
  ids: string[];
  attempts: number[];
  fenced: string[];
}

const columns = `id, worker_id as "workerId", claimed_at_ms::float8 as "claimedAtMs", until_ms::float8 as "untilMs",
  deadline_ms::float8 as "deadlineMs", ids, attempts, fenced`;

/** Lock the worker's leases in id order; those that are gone are not returned. */
export async function lockLeases(
  transaction: Queryable,
  workerId: string,
  leaseIds: string[],
): Promise<LeaseRow[]> {
  const { rows } = await transaction.query({
    name: "lock-leases",
    text: `select ${columns} from signalbox.leases where id = any($1::bigint[]) and worker_id = $2 order by id for update`,
    values: [leaseIds, workerId],
  });
  return rows as LeaseRow[];
}

/** Lock up to `limit` leases that have run out, or whose attempt is past its deadline, skipping those in use. */
export async function lockExpiredLeases(transaction: Queryable, limit: number): Promise<LeaseRow[]> {
  const { rows } = await transaction.query({
    name: "lock-expired-leases",
    text: `select ${columns} from signalbox.leases
      where until_ms < (select signalbox.now_ms()) or deadline_ms < (select signalbox.now_ms()) order by id limit $1 for update skip locked`,
    values: [limit],
  });
  return rows as LeaseRow[];
}

/** The lease that holds a job now, locked; null when the job is not running. */
export async function lockLeaseOfJob(transaction: Queryable, jobId: string): Promise<LeaseRow | null> {
  const { rows } = await transaction.query({
    name: "lock-lease-of-job",
    text: `select ${columns} from signalbox.leases where $1 = any(ids) and $1 <> all(fenced) order by id desc limit 1 for update`,
    values: [jobId],
  });
  return (rows[0] as LeaseRow | undefined) ?? null;
}
