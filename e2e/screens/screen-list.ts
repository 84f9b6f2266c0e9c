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
  /** The heading that the picture begins with, where that is not the top of the page. */
  from?: string;
}

interface Things {
  job: string;
  group: string;
  worker: string;
  operation: string | null;
  /** A job in line that an open breaker holds; null while none is. */
  held: string | null;
  /** The worst open alert. */
  alert: string | null;
}

/** Every page of the console, with the things of a running demo where a page is of one. */
export async function listScreens(database: Pool): Promise<Screen[]> {
  const { job, group, worker, operation, held, alert } = await findThings(database);
  return [
    { name: "sign-in", path: "/sign-in", outside: true, guide: "access" },
    { name: "board", path: "/", guide: "board" },
    { name: "queues", path: "/queues" },
    { name: "queue", path: "/queues/billing", guide: "queues" },
    { name: "queue-pressed", path: "/queues/mail", guide: "backpressure" },
    { name: "jobs", path: "/jobs?q=state%3Adead%2Cretryable+since%3A2h", guide: "jobs" },
    { name: "job", path: `/jobs/${job}`, guide: "job" },
    ...(held === null ? [] : [{ name: "job-held", path: `/jobs/${held}` }]),
    ...(alert === null ? [] : [{ name: "alert", path: `/alerts?alert=${alert}`, guide: "alerts" }]),
    { name: "alerts-past", path: "/alerts?view=past" },
    ...(operation === null
      ? []
      : [
          { name: "bulk", path: "/bulk" },
          { name: "bulk-operation", path: `/bulk/${operation}`, guide: "bulk" },
        ]),
    { name: "definitions", path: "/definitions" },
    { name: "definition", path: "/definitions/charge-card", guide: "definitions" },
    { name: "definition-edit", path: "/definitions/charge-card?tab=edit" },
    { name: "definition-retries", path: "/definitions/send-receipt-mail?tab=retries" },
    { name: "failures", path: "/failures", guide: "failures" },
    { name: "failure-group", path: `/failures/${group}`, guide: "twelve-questions" },
    { name: "dead-letter", path: "/dead-letter" },
    { name: "rules", path: "/rules", guide: "rules" },
    { name: "rules-built-in", path: "/rules?tab=builtIn" },
    { name: "policies", path: "/policies" },
    { name: "policy", path: "/policies/default", guide: "policies" },
    { name: "policy-retries", path: "/policies/default", from: "Do retries help?" },
    { name: "priorities", path: "/priorities", guide: "priorities" },
    { name: "dependencies", path: "/dependencies" },
    { name: "dependency", path: "/dependencies/payments-api", guide: "dependencies" },
    { name: "dependency-settings", path: "/dependencies/payments-api?tab=settings" },
    { name: "automation", path: "/automation", guide: "automation" },
    { name: "workers", path: "/workers" },
    { name: "worker", path: `/workers/${worker}`, guide: "workers" },
    { name: "audit", path: "/audit", guide: "audit" },
    { name: "settings", path: "/settings", guide: "settings" },
    { name: "people", path: "/settings/people" },
    { name: "tokens", path: "/settings/tokens" },
    { name: "redaction", path: "/settings/redaction", guide: "redaction" },
    { name: "retention", path: "/settings/retention" },
    { name: "storage", path: "/settings/storage" },
    { name: "scaling", path: "/settings/scaling" },
    { name: "alert-policies", path: "/settings/alerts" },
    { name: "webhooks", path: "/settings/webhooks" },
  ];
}

/** A job with a story, the group of the outage or else the busiest, a worker; a bulk operation, a held job and an alert if there are any. */
async function findThings(database: Pool): Promise<Things> {
  const first = async (text: string) => (await database.query<{ id: string }>(text)).rows[0]?.id ?? null;
  const job = await first(
    `select d.id::text from signalbox.dead d join signalbox.attempts a on a.job_id = d.id
     group by d.id order by count(*) desc, d.id desc limit 1`,
  );
  const group = await first(
    `select fingerprint as id from signalbox.failure_groups
     order by class = 'dependency-down' and last_seen_ms > signalbox.now_ms() - 60000 desc, attempts desc limit 1`,
  );
  const worker = await first(
    "select id::text from signalbox.workers where ended_at is null and transport = 'postgres' order by id limit 1",
  );
  const operation = await first(
    "select id::text from signalbox.bulk_operations order by matched desc limit 1",
  );
  const held = await first(
    `select r.id::text from signalbox.ready r
       join signalbox.lanes l on l.id = r.lane join signalbox.definitions d on d.id = l.definition_id
     where d.name = 'charge-card' order by r.run_at_ms limit 1`,
  );
  const alert = await first(
    `select id::text from signalbox.alerts where cleared_at_ms is null
     order by kind = 'blocked' desc, severity, id desc limit 1`,
  );
  if (job === null || group === null || worker === null)
    throw new Error(
      "nothing has failed here yet, or no worker runs: take the pictures of a demo that runs for minutes",
    );
  return { job, group, worker, operation, held, alert };
}
