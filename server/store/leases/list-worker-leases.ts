import type { Queryable } from "#db/client.ts";

export interface WorkerLease {
  leaseId: string;
  /** Jobs it still holds, with the attempt each is in. */
  held: { jobId: string; attempt: number }[];
}

/** What a worker still holds, by lease; at most 10,000 leases. */
export async function listWorkerLeases(db: Queryable, workerId: string): Promise<WorkerLease[]> {
  const { rows } = await db.query({
    text: `select id as "leaseId", ids, attempts, fenced from signalbox.leases where worker_id = $1 order by id limit 10000`,
    values: [workerId],
  });
  return (rows as { leaseId: string; ids: string[]; attempts: number[]; fenced: string[] }[]).map((row) => {
    const fenced = new Set(row.fenced);
    const held = row.ids.map((jobId, index) => ({ jobId, attempt: row.attempts[index] ?? 1 }));
    return { leaseId: row.leaseId, held: held.filter(({ jobId }) => !fenced.has(jobId)) };
  });
}
