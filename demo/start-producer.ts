import { seededRandom } from "#core/random.ts";
import { createProducer } from "#sdk/index.ts";
import { nowMs } from "#server/system/clock.ts";
import { openLog } from "#server/system/log.ts";
import { readDemoSettings } from "./demo-settings.ts";
import { openUntilReachable } from "./producer/open-until-reachable.ts";
import { planJobs } from "./producer/plan-jobs.ts";
import type { PlannedJob } from "./producer/planned-job.ts";
import { runProducer } from "./producer/run-producer.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { wait } from "./wait.ts";

/**
 * The process that submits the demo's jobs. `node demo/start-producer.ts` with `DATABASE_URL` set; SIGTERM ends
 * it with exit code 0.
 */
await runUntilStopped(async (signal) => {
  const { databaseUrl, logLevel, ratePerSecond, seed } = readDemoSettings();
  if (databaseUrl === undefined) {
    throw new Error("The demo's producer does not know the database. Set DATABASE_URL, or use npm run demo.");
  }
  const log = openLog(logLevel, "demo-producer");
  const open = () => createProducer({ connectionString: databaseUrl, name: "demo-producer", log });
  const producer = await openUntilReachable({ open, wait, log, signal });
  if (producer === null) return;

  // By name, as a producer in another code base would: until a worker has registered the job it is unknown.
  const submit = ({ job, input, delayMs, ...options }: PlannedJob) => {
    const runAt = delayMs === undefined ? undefined : new Date(nowMs() + delayMs);
    return producer.enqueue(job, input, { ...options, runAt });
  };

  // Keys of this run must not meet those of an earlier one, which the database may still remember.
  const startMs = nowMs();
  const plan = planJobs({ ratePerSecond, random: seededRandom(seed), runId: startMs.toString(36), startMs });
  try {
    log.info({ ratePerSecond, seed }, `submitting about ${ratePerSecond} jobs a second`);
    await runProducer({ plan, submit, wait, nowMs, log, signal });
  } finally {
    await producer.close();
  }
});
