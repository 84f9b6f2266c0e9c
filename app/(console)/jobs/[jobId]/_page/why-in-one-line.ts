import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";

const { why } = jobPageWords;

/** Why a job stands as it does, in one line: the reason that binds it, what runs, how it ended. */
export function whyInOneLine(job: JobPage): string {
  const { state, startedAtMs, finishedAtMs } = job;
  switch (state) {
    case "running":
      return why.running(job.attempt);
    case "completed":
      return why.completed(
        startedAtMs === null || finishedAtMs === null ? null : Math.max(0, finishedAtMs - startedAtMs),
      );
    case "cancelled": {
      const by = job.events.findLast(({ kind }) => kind === "cancelled")?.actor;
      return why.cancelled(by ? jobWords.by(by) : null);
    }
    case "dead":
      return why.dead(job.reason);
    default:
      return job.waitingReasons[0]?.text ?? why[state];
  }
}
