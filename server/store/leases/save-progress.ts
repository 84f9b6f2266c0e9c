import type { Queryable } from "#db/client.ts";

/** Keep what handlers say of their progress on the leases they run under; `progress` is JSON text. */
export async function saveProgress(
  db: Queryable,
  workerId: string,
  reports: { leaseId: string; progress: string }[],
): Promise<void> {
  await db.query({
    text: `with mine as materialized (
        select l.id, r.progress from unnest($2::bigint[], $3::text[]) as r(lease, progress)
        join signalbox.leases l on l.id = r.lease and l.worker_id = $1 order by l.id for no key update of l)
      update signalbox.leases l set progress = mine.progress::json from mine where l.id = mine.id`,
    values: [workerId, reports.map((each) => each.leaseId), reports.map((each) => each.progress)],
  });
}
