import type { Queryable } from "#db/client.ts";

/** A job with a concurrency key, and whether the queue it is to stand in limits its keys. */
export interface KeyGate {
  jobId: string;
  key: string;
  queueId: number;
  limits: boolean;
}

/** Those of these jobs that have a concurrency key, with the gate of the lane each is to stand in. By primary keys. */
export async function findKeyGates(
  db: Queryable,
  jobs: readonly { jobId: string; lane: number }[],
): Promise<Map<string, KeyGate>> {
  const { rows } = await db.query({
    name: "find-key-gates",
    text: `select w.id::text as "jobId", j.concurrency_key as key, q.id as "queueId",
        q.max_running_per_key is not null or q.fair as limits
      from unnest($1::bigint[], $2::int[]) w(id, lane)
      cross join lateral (select concurrency_key from signalbox.jobs where id = w.id limit 1) j
      join signalbox.lanes l on l.id = w.lane join signalbox.queues q on q.id = l.queue_id
      where j.concurrency_key is not null`,
    values: [jobs.map(({ jobId }) => jobId), jobs.map(({ lane }) => lane)],
  });
  return new Map((rows as KeyGate[]).map((gate) => [gate.jobId, gate]));
}

/** Take the slots of these jobs back; those that have none are passed over. */
export async function dropKeySlots(transaction: Queryable, jobIds: readonly string[]): Promise<void> {
  await transaction.query({
    name: "drop-key-slots",
    text: "delete from signalbox.key_slots where job_id = any($1::bigint[])",
    values: [jobIds],
  });
}
