import { type SubmittedJob, submitSchema } from "#core/definition/submit.ts";
import { SignalboxError } from "#core/error.ts";
import type { PressureSignal } from "#core/pressure/pressure-signal.ts";
import { validationError } from "#core/validation-error.ts";
import type { Engine } from "#server/operations/engine.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import type { JobView } from "#server/store/jobs/job-view.ts";
import { type Problem, toProblem } from "../answer/problem.ts";
import { loadJobViews } from "./load-job-views.ts";

/** What became of one job of a batch. */
export type BatchResult =
  | { job: JobView; deduplicated?: true; pressure?: PressureSignal }
  | { error: Problem };

/** Submit each job that is one, and say of every job, at its place, what became of it. */
export async function submitBatch(engine: Engine, jobs: unknown[], actor: string): Promise<BatchResult[]> {
  const results: (BatchResult | undefined)[] = jobs.map(() => undefined);
  const submits: SubmittedJob[] = [];
  const places: number[] = [];
  for (const [place, job] of jobs.entries()) {
    const parsed = submitSchema.safeParse(job);
    if (parsed.success) {
      submits.push(parsed.data);
      places.push(place);
    } else results[place] = { error: toProblem(validationError(parsed.error, "the job")) };
  }
  const enqueued = submits.length > 0 ? await enqueueJobs(engine, submits, { actor }) : [];
  const views = await loadJobViews(
    engine.pool,
    enqueued.flatMap((result) => (result.ok ? [result.id] : [])),
  );
  for (const [index, result] of enqueued.entries()) {
    const job = result.ok ? views.get(result.id) : undefined;
    results[places[index] as number] = !result.ok
      ? { error: toProblem(result.error) }
      : job === undefined
        ? {
            error: toProblem(
              new SignalboxError(
                "conflict",
                "the job of this idempotencyKey has just passed its retention: submit again",
              ),
            ),
          }
        : result.deduplicated
          ? { job, deduplicated: true }
          : result.pressure
            ? { job, pressure: result.pressure }
            : { job };
  }
  return results as BatchResult[];
}
