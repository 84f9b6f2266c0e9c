import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { noSuchJob } from "#server/operations/jobs/parse-job-id.ts";
import { type JobView, toJobView } from "#server/store/jobs/job-view.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";

/** One job as it stands now. Throws `not_found`. */
export async function loadJobView(db: Queryable, id: string): Promise<JobView> {
  const view = (await loadJobViews(db, [id])).get(id);
  if (view === undefined) throw noSuchJob(id);
  return view;
}

/** Jobs as they stand now, by id; those that are gone are left out. */
export async function loadJobViews(db: Queryable, ids: string[]): Promise<Map<string, JobView>> {
  const views = new Map<string, JobView>();
  let left = [...new Set(ids)];
  while (left.length > 0) {
    const { jobs, cut } = await loadJobRows(db, left);
    for (const row of jobs) views.set(row.id, toJobView(row));
    if (!cut) break;
    if (jobs.length === 0) throw new SignalboxError("internal", "a page of jobs was cut to nothing");
    left = left.filter((id) => !views.has(id));
  }
  return views;
}
