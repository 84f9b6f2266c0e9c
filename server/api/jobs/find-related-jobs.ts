import type { Pool } from "#db/client.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { type JobSummary, toJobSummary } from "./job-summary.ts";

const most = 5;

export interface RelatedJobs {
  sameIdempotencyKey: JobSummary[];
  sameCorrelation: JobSummary[];
}

/** The newest jobs with the same idempotency key and with the same correlation id, at most five of each. */
export async function findRelatedJobs(db: Pool, jobId: string): Promise<RelatedJobs> {
  const { jobs } = await loadJobRows(db, [jobId], { brief: true });
  const { idempotencyKey, correlationId } = jobs[0] ?? {};
  const others = async (filter: { idempotencyKey: string } | { correlationId: string }) => {
    const page = await listJobs(db, filter, { limit: most + 1, brief: true });
    return page.jobs
      .filter(({ id }) => id !== jobId)
      .slice(0, most)
      .map((row) => toJobSummary(row));
  };
  return {
    sameIdempotencyKey: idempotencyKey ? await others({ idempotencyKey }) : [],
    sameCorrelation: correlationId ? await others({ correlationId }) : [],
  };
}
