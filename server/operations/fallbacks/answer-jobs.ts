import { sayDuration } from "#core/say-duration.ts";
import type { Queryable } from "#db/client.ts";
import { completeFromCache } from "#server/store/fallbacks/complete-from-cache.ts";
import type { LockedJob } from "#server/store/fallbacks/lock-held-jobs.ts";
import { takeLockedJobs } from "#server/store/fallbacks/take-locked-jobs.ts";
import { insertJobEvents } from "#server/store/jobs/insert-job-event.ts";
import { fallbackActor } from "./divert-jobs.ts";
import type { HeldDefinition } from "./find-held-definitions.ts";

/** End locked jobs with the output of the completed job that was found for each; their attempts stay as they are. */
export async function answerJobs(
  transaction: Queryable,
  { held, jobs, nowMs }: { held: HeldDefinition; jobs: readonly LockedJob[]; nowMs: number },
): Promise<void> {
  await takeLockedJobs(
    transaction,
    jobs.map(({ tid }) => tid),
  );
  await completeFromCache(transaction, jobs);
  await insertJobEvents(
    transaction,
    jobs.map(({ id, cachedFrom, cachedAtMs }) => ({
      jobId: id,
      kind: "completed" as const,
      from: "available" as const,
      to: "completed" as const,
      actor: fallbackActor,
      because: [
        `answered from the cache because the breaker of ${held.dependency} is open: job ${cachedFrom} of the same payload completed ${sayDuration(Math.max(0, nowMs - (cachedAtMs ?? nowMs)))} before`,
      ],
      data: { cachedFrom, dependency: held.dependency },
    })),
  );
}
