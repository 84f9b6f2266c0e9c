import type { Queryable } from "#db/client.ts";

/** How the failures of a group's newest jobs, at most `looked` attempts, spread over hosts; most first. */
export async function countGroupHosts(
  db: Queryable,
  fingerprint: string,
  looked: number,
): Promise<{ host: string | null; failures: number }[]> {
  const { rows } = await db.query({
    name: "count-group-hosts",
    text: `select w.host, count(*)::int as failures
      from (select worker_id from signalbox.attempts where fingerprint = $1 order by job_id desc limit $2) a
      left join signalbox.workers w on w.id = a.worker_id group by 1 order by 2 desc limit 20`,
    values: [fingerprint, looked],
  });
  return rows as { host: string | null; failures: number }[];
}
