import type { Queryable } from "#db/client.ts";
import type { LockedJob } from "./lock-held-jobs.ts";

/** End jobs that were taken out of the line as completed with the output that was found for them; no worker ran them. */
export async function completeFromCache(transaction: Queryable, jobs: readonly LockedJob[]): Promise<void> {
  await transaction.query({
    name: "complete-from-cache",
    text: `insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt, output)
      select i.id, n.now_ms, n.now_ms, 0, i.attempt, i.output::json
      from unnest($1::bigint[], $2::int[], $3::text[]) as i(id, attempt, output), (select signalbox.now_ms() as now_ms) n`,
    values: [jobs.map(({ id }) => id), jobs.map(({ attempt }) => attempt), jobs.map(({ output }) => output)],
  });
}
