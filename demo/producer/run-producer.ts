import type { NowMs } from "#core/clock.ts";
import type { Log } from "#server/system/log.ts";
import type { Wait } from "../wait.ts";
import type { ProducerTick } from "./plan-jobs.ts";
import type { PlannedJob } from "./planned-job.ts";
import { type SubmitOutcome, submitUntilDone } from "./submit-until-done.ts";

/** How far the producer may fall behind its plan before it lets the rest of the debt go, in milliseconds. */
const forgivenLagMs = 2_000;
/** How often it says what it did. */
const reportEveryMs = 60_000;
/** Submits in flight at once. */
const lanes = 4;

/**
 * Carries out a plan in real time until the signal aborts or the plan ends. When the database was away, the
 * plan goes on from where it stopped: nothing planned is skipped, and the time lost is not made up for.
 * Resolves with how many submits ended which way.
 */
export async function runProducer(options: {
  plan: Iterable<ProducerTick>;
  submit: (job: PlannedJob) => Promise<{ deduplicated: boolean }>;
  wait: Wait;
  nowMs: NowMs;
  log: Log;
  signal: AbortSignal;
}): Promise<Record<SubmitOutcome, number>> {
  const { plan, wait, nowMs, log, signal } = options;
  const counts: Record<SubmitOutcome, number> = { submitted: 0, deduplicated: 0, refused: 0, stopped: 0 };
  let startMs = nowMs();
  let reportAtMs = startMs + reportEveryMs;
  let reported = { ...counts };
  let inBurst = false;

  for (const tick of plan) {
    await wait(startMs + tick.elapsedMs - nowMs(), signal);
    if (signal.aborted) break;
    if (tick.burst && !inBurst) log.info({ jobs: tick.jobs.length }, "a burst of jobs begins");
    inBurst = tick.burst;
    await submitAll(tick.jobs);

    const lagMs = nowMs() - startMs - tick.elapsedMs;
    if (lagMs > forgivenLagMs) startMs += lagMs;
    if (nowMs() >= reportAtMs) {
      const submitted = counts.submitted - reported.submitted;
      const deduplicated = counts.deduplicated - reported.deduplicated;
      log.info(
        { submitted, deduplicated, refused: counts.refused - reported.refused },
        `submitted ${submitted} jobs in the last minute; ${deduplicated} repeats were answered with the first job`,
      );
      reported = { ...counts };
      reportAtMs = nowMs() + reportEveryMs;
    }
  }
  return counts;

  async function submitAll(jobs: readonly PlannedJob[]): Promise<void> {
    const queue = jobs.values();
    const lane = async () => {
      for (const job of queue) counts[await submitUntilDone(job, options)] += 1;
    };
    await Promise.all(Array.from({ length: Math.min(lanes, jobs.length) }, lane));
  }
}
