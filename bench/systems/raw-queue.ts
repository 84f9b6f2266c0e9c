import type pg from "pg";
import type { JobPayload } from "../harness/system.ts";

interface RawJob {
  id: string;
  payload: JobPayload;
}

type Handler = (payload: JobPayload) => Promise<void>;

export interface RawWorker {
  stop(): Promise<void>;
}

const batch = 2000;
const slots = 100;
const retryDelayMs = 1000;

export const claim = {
  name: "claim",
  text: `with picked as materialized (
           select id from raw_jobs where state = 0 and run_at <= now()
           order by run_at, id limit $1 for update skip locked)
         update raw_jobs j set state = 1, attempt = attempt + 1, lease_until = now() + interval '30 s'
         from picked where j.id = picked.id returning j.id, j.payload`,
};
const complete = { name: "complete", text: "delete from raw_jobs where id = any ($1::bigint[])" };
const postpone = {
  name: "postpone",
  text: `update raw_jobs set state = 0, lease_until = null, run_at = now() + interval '1 s'
         where id = any ($1::bigint[])`,
};

async function claimJobs(client: pg.Client, limit: number): Promise<RawJob[]> {
  const { rows } = await client.query<RawJob>({ ...claim, values: [limit] });
  return rows;
}

/** Each connection claims a batch, runs it and deletes it, until nothing is left. */
export function drainBacklog(clients: pg.Client[], handler: Handler): RawWorker {
  const lanes = clients.map(async (client) => {
    for (let jobs = await claimJobs(client, batch); jobs.length > 0; jobs = await claimJobs(client, batch)) {
      await Promise.all(jobs.map((job) => handler(job.payload)));
      await client.query({ ...complete, values: [jobs.map((job) => job.id)] });
    }
  });
  return {
    stop: async () => {
      await Promise.all(lanes);
    },
  };
}

/**
 * The least that a queue on NOTIFY needs: wake on a notification, claim what there are slots for, delete in the
 * background whatever has finished since the last delete, put failures off by a second.
 */
export async function workStream(
  claimer: pg.Client,
  settler: pg.Client,
  listener: pg.Client,
  handler: Handler,
): Promise<RawWorker> {
  let free = slots;
  const running = new Set<Promise<void>>();
  let claiming = false;
  let again = false;
  let settling: Promise<void> | null = null;
  let stopped = false;
  let finished: string[] = [];
  let failed: string[] = [];

  const settle = async () => {
    while (finished.length + failed.length > 0) {
      const done = finished;
      const broken = failed;
      finished = [];
      failed = [];
      if (done.length > 0) await settler.query({ ...complete, values: [done] });
      if (broken.length === 0) continue;
      await settler.query({ ...postpone, values: [broken] });
      setTimeout(wake, retryDelayMs);
    }
    settling = null;
  };

  const run = async (job: RawJob) => {
    await handler(job.payload).then(
      () => finished.push(job.id),
      () => failed.push(job.id),
    );
    free++;
    settling ??= settle();
    if (again) wake();
  };

  const claimAll = async () => {
    claiming = true;
    while (again && free > 0 && !stopped) {
      again = false;
      const limit = free;
      const jobs = await claimJobs(claimer, limit);
      if (jobs.length === limit) again = true;
      free -= jobs.length;
      for (const job of jobs) {
        const attempt = run(job);
        running.add(attempt);
        void attempt.then(() => running.delete(attempt));
      }
    }
    claiming = false;
  };

  function wake(): void {
    again = true;
    if (!claiming && !stopped) void claimAll();
  }

  listener.on("notification", wake);
  await listener.query("listen raw_jobs");
  const floor = setInterval(wake, 1000);
  wake();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(floor);
      await Promise.all(running);
      await settling;
    },
  };
}
