import type { Engine } from "#server/operations/engine.ts";
import { noSuchJob } from "#server/operations/jobs/parse-job-id.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { type JobView, toJobView } from "#server/store/jobs/job-view.ts";
import type { Output } from "../command-line/output.ts";

/** Writes the job as it stands after an act on it: `{job}`, or a line. Resolves to the exit code. */
export async function answerWithJob(
  engine: Engine,
  id: string,
  output: Output,
  line: (job: JobView) => string,
): Promise<0> {
  const found = await findJob(engine.pool, id, engine.catalog.current.priority);
  if (found === null) throw noSuchJob(id);
  const job = toJobView(found.job);
  output.result({ job }, () => [line(job)]);
  return 0;
}
