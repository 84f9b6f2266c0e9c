import type { Pool } from "#db/client.ts";

/** A page to take a picture of. */
export interface Screen {
  /** Name of its file. */
  name: string;
  path: string;
  /** The page of docs/guide that shows it, without its ending. */
  guide?: string;
  /** Whether nobody is signed in on it. */
  outside?: boolean;
}

interface Things {
  job: string;
  group: string;
  worker: string;
  operation: string | null;
}

/** Every page of the console, with the things of a running demo where a page is of one. */
export async function listScreens(database: Pool): Promise<Screen[]> {
  const { job, group, worker, operation } = await findThings(database);
  return [
    { name: "sign-in", path: "/sign-in", outside: true, guide: "access" },
    { name: "board", path: "/", guide: "board" },
    { name: "queues", path: "/queues" },
    { name: "queue", path: "/queues/billing", guide: "queues" },
    { name: "jobs", path: "/jobs?q=since%3A2h+-state%3Acompleted", guide: "jobs" },
    { name: "job", path: `/jobs/${job}`, guide: "job" },
    ...(operation === null
      ? []
      : [
          { name: "bulk", path: "/bulk" },
          { name: "bulk-operation", path: `/bulk/${operation}`, guide: "bulk" },
        ]),
    { name: "definitions", path: "/definitions" },
    { name: "definition", path: "/definitions/charge-card", guide: "definitions" },
    { name: "failures", path: "/failures", guide: "failures" },
    { name: "failure-group", path: `/failures/${group}` },
    { name: "dead-letter", path: "/dead-letter" },
    { name: "rules", path: "/rules", guide: "rules" },
    { name: "policies", path: "/policies" },
    { name: "policy", path: "/policies/default", guide: "policies" },
    { name: "priorities", path: "/priorities", guide: "priorities" },
    { name: "dependencies", path: "/dependencies" },
    { name: "dependency", path: "/dependencies/payments-api" },
    { name: "automation", path: "/automation" },
    { name: "workers", path: "/workers" },
    { name: "worker", path: `/workers/${worker}`, guide: "workers" },
    { name: "audit", path: "/audit", guide: "audit" },
    { name: "settings", path: "/settings", guide: "settings" },
    { name: "people", path: "/settings/people" },
    { name: "tokens", path: "/settings/tokens" },
    { name: "redaction", path: "/settings/redaction", guide: "redaction" },
    { name: "retention", path: "/settings/retention" },
  ];
}

/** A job with a story, the busiest group and worker, and a bulk operation if there was one. */
async function findThings(database: Pool): Promise<Things> {
  const first = async (text: string) => (await database.query<{ id: string }>(text)).rows[0]?.id ?? null;
  const job = await first(
    `select d.id::text from signalbox.dead d join signalbox.attempts a on a.job_id = d.id
     group by d.id order by count(*) desc, d.id desc limit 1`,
  );
  const group = await first(
    "select fingerprint as id from signalbox.failure_groups order by attempts desc limit 1",
  );
  const worker = await first(
    "select id::text from signalbox.workers where ended_at is null and transport = 'postgres' order by id limit 1",
  );
  const operation = await first(
    "select id::text from signalbox.bulk_operations order by matched desc limit 1",
  );
  if (job === null || group === null || worker === null)
    throw new Error(
      "nothing has failed here yet, or no worker runs: take the pictures of a demo that runs for minutes",
    );
  return { job, group, worker, operation };
}
