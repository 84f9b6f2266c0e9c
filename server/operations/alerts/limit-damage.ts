import type { Containment } from "#core/alert/alert.ts";
import { SignalboxError } from "#core/error.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { startBulk } from "../bulk/start-bulk.ts";
import { forceBreaker } from "../dependencies/force-breaker.ts";
import type { Engine } from "../engine.ts";
import { retryJob } from "../jobs/retry-job.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { drainWorker } from "../workers/drain-worker.ts";
import { restartJobs } from "./restart-jobs.ts";

export interface LimitDamage {
  containment: Containment;
  jobIds: readonly string[];
  actor: string;
  reason: string;
}

/** Do what limits the damage of an alert. Returns what was done, in words that end a sentence. Throws what the operation throws. */
export async function limitDamage(engine: Engine, act: LimitDamage): Promise<string> {
  const { containment, jobIds, actor, reason } = act;
  switch (containment.action) {
    case "pause-queue":
      await patchQueue(engine, { name: containment.queue, body: { paused: true, reason }, actor });
      return `queue ${containment.queue} is paused`;
    case "drain-worker":
      await drainWorker(engine, { workerId: containment.workerId, draining: true, reason, actor });
      return `worker ${containment.workerId} is draining`;
    case "restart-jobs":
      return `${said(await restartJobs(engine, { jobIds, actor, reason }))} will be restarted`;
    case "retry-jobs":
      return `${said(await retryJobs(engine, act))} put in line again`;
    case "reprioritise": {
      const { operationId, matched } = await startBulk(engine, {
        act: { action: "reprioritise", priority: classOf(containment.to) },
        jobs: {
          kind: "filter",
          filter: {
            queue: containment.queue,
            priorities: [classOf(containment.from)],
            states: ["available"],
          },
        },
        ...{ reason, actor },
      });
      return `${said(matched)} given class ${containment.to} by bulk operation ${operationId}`;
    }
    case "open-breaker": {
      const { held, warning } = await forceBreaker(engine, {
        ...{ name: containment.dependency, forced: "open", reason, actor },
      });
      const also = warning === null ? "" : `; ${warning}`;
      return `the breaker of ${containment.dependency} is open, ${said(held.jobs)} held${also}`;
    }
  }
}

/** Retry each of the jobs that still can be; throws `invalid_state` when none can. */
async function retryJobs(engine: Engine, { jobIds, actor, reason }: LimitDamage): Promise<number> {
  let done = 0;
  for (const jobId of jobIds) {
    try {
      await retryJob(engine, { jobId, reason, actor });
      done++;
    } catch (error) {
      if (!(error instanceof SignalboxError)) throw error;
    }
  }
  if (done > 0) return done;
  throw new SignalboxError("invalid_state", "none of the jobs can be retried any more; nothing was done");
}

function classOf(name: string): PriorityClass {
  return priorityClasses.find((each) => each === name) ?? "normal";
}

function said(jobs: number): string {
  return jobs === 1 ? "1 job" : `${jobs} jobs`;
}
