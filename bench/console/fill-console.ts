import pg from "pg";
import { migrate } from "../../db/migrate.ts";
import { putDefinition } from "../../server/operations/definitions/put-definition.ts";
import { openEngine } from "../../server/operations/engine.ts";
import { countFedFailures } from "../../server/store/failures/count-fed-failures.ts";
import { openLog } from "../../server/system/log.ts";
import { pastFailures } from "./past-failures.ts";

export interface Filling {
  /** Completed, dead and cancelled jobs, spread evenly over the past seven days. */
  finishedJobs: number;
  /** Available, scheduled and retryable jobs. */
  waitingJobs: number;
}

const queues = [
  "billing",
  "mail",
  "search",
  "reports",
  "imports",
  "media",
  "orders",
  "sync",
  "webhooks",
  "nightly",
];
const definitionsPerQueue = 2;
const priorities = ["critical", "high", "normal", "low", "bulk"] as const;
const daysPast = 7;
const workersAlive = 40;
const countedAtOnce = 50_000;

/**
 * Fill an empty database as a busy installation leaves it, quickly, by SQL: 10 queues, 20 definitions, payloads of
 * about 200 bytes with nested keys, 2 % tags, 5 % correlation ids, 10 %
 * concurrency keys, 3 % of jobs with failed attempts of 60 kinds, 1 %
 * dead, live workers with leases, a week of counters and depths. `say` hears of each step with its seconds.
 */
export async function fillConsole(
  connectionString: string,
  filling: Filling,
  say: (line: string) => void,
): Promise<void> {
  await migrate(connectionString);
  await putDefinitions(connectionString);
  const client = new pg.Client({ connectionString });
  await client.connect();
  const step = async (name: string, text: string, values: unknown[] = []) => {
    const startedAtMs = performance.now();
    const { rowCount } = await client.query(text, values);
    say(`${name}: ${rowCount ?? 0} rows, ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  };
  try {
    await client.query("set search_path = signalbox; set synchronous_commit = off; set work_mem = '256MB'");
    await client.query("select signalbox.ensure_partitions((now() - interval '8 days')::date, 10)");
    const { finishedJobs, waitingJobs } = filling;
    const spanMs = daysPast * 86_400_000;
    const failures = pastFailures();
    await step("jobs of the past", insertJobs, [finishedJobs, spanMs, spanMs + 3_600_000]);
    await step("completed", insertCompleted);
    await step("attempts that failed", insertAttempts, [
      failures.map((each) => each.error),
      failures.map((each) => each.class),
      failures.map((each) => each.origin),
      failures.map((each) => each.ruleId),
      failures.map((each) => each.ruleName),
      failures.map((each) => each.fingerprint),
    ]);
    await countAll(client, say);
    await step("dead", insertDead);
    await step("cancelled", insertCancelled);
    await step("waiting jobs", insertJobs, [waitingJobs, 3_000_000, 3_300_000]);
    await step("available", insertReady);
    await step("scheduled and retryable", insertScheduled);
    await step("workers", insertWorkers, [workersAlive]);
    await step("running", insertLeases);
    await step("receipts and events", insertEvents);
    await step("minutes of counters", insertMinutes);
    await step("depths", insertDepths);
    await step("audit entries", insertAudit);
    await step("minutes of dependencies", insertDependencyMinutes);
    await step("automatic acts", insertAutomation);
    const startedAtMs = performance.now();
    await client.query("vacuum (analyze)");
    say(`vacuum: ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  } finally {
    await client.end();
  }
}

/** What the dispatcher would do in small steps: count the failures into their groups. */
async function countAll(client: pg.Client, say: (line: string) => void): Promise<void> {
  const startedAtMs = performance.now();
  let counted = 0;
  for (let taken = -1; taken !== 0; counted += taken)
    ({ taken } = await countFedFailures(client, countedAtOnce));
  say(`failures counted: ${counted}, ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

async function putDefinitions(connectionString: string): Promise<void> {
  const log = openLog("warn", "bench");
  const engine = await openEngine({ connectionString, applicationName: "signalbox bench", log });
  try {
    for (const [place, queue] of queues.entries())
      for (let number = 0; number < definitionsPerQueue; number++)
        await putDefinition(engine, {
          name: `${queue}-${number === 0 ? "send" : "build"}`,
          actor: "bench",
          body: {
            queue,
            priority: priorities[(place + number) % priorities.length],
            inputSchema: { type: "object" },
            retryPolicy: "default",
            timeouts: { attemptMs: 30_000 },
            guarantee: "at-least-once",
            dependencies: ["payments-api"],
            target: { kind: "worker" },
          },
        });
  } finally {
    await engine.close();
  }
}

// Ids carry their time: $1 jobs over $2 ms, the first of them $3 ms ago. n decides everything else of a job.
const insertJobs = `
  with lane as materialized (select array_agg(id order by id) as ids from lanes)
  insert into jobs (id, lane, class, definition_version, payload, correlation_id, concurrency_key, tags, submitted_by)
  select first_id_at((select now_ms()) - $3::bigint + (n * ($2::float8 / $1::int))::bigint) + 7 + n % 4000,
    lane.ids[1 + n % array_length(lane.ids, 1)], (n % array_length(lane.ids, 1)) % 5, 1,
    format('{"user":{"id":%s,"plan":"%s"},"order":"A-%s","amount":%s,"note":"%s"}',
      n % 5000, (array['free', 'team', 'pro'])[1 + n % 3], n, n % 997, repeat('lorem ipsum ', 8))::json,
    case when n % 20 = 0 then 'corr-' || n / 40 end, case when n % 10 = 1 then 'tenant-' || n % 997 end,
    case when n % 50 = 0 then array['vip', 'region-' || n % 7] end, 'bench'
  from lane, generate_series(1, $1::int) n`;

const isPast = "j.id < first_id_at((select now_ms()) - 3500000)";
/** Which job it was, as far as its id tells. */
const nth = "((j.id & 4194303) - 7)";
/** Of the past jobs one in a hundred is dead, and one in five hundred cancelled. */
const fate = `case when ${nth} % 100 = 3 then 'dead' when ${nth} % 500 = 7 then 'cancelled' else 'completed' end`;

const insertCompleted = `
  insert into completed (id, started_at_ms, finished_at_ms, worker_id, attempt, output)
  select j.id, id_ms(j.id) + 40 + j.id % 900, id_ms(j.id) + 60 + j.id % 3000, 1 + j.id % ${workersAlive}, 1 + (${nth} % 33 = 5)::int,
    case when j.id % 10 = 0 then '{"ok":true}'::json end
  from jobs j where ${isPast} and ${fate} = 'completed'`;

const insertAttempts = `
  insert into attempts (job_id, number, outcome, worker_id, lane, started_at_ms, finished_at_ms, error,
    failure_class, origin, rule_id, rule_name, fingerprint, decision)
  select j.id, a.number, 'failed', 1 + j.id % ${workersAlive}, j.lane, id_ms(j.id) + 40 * a.number, id_ms(j.id) + 55 * a.number,
    ($1::text[])[f.i]::json, ($2::text[])[f.i], ($3::text[])[f.i], ($4::text[])[f.i], ($5::text[])[f.i], ($6::text[])[f.i],
    '{"kind":"retry","delayMs":30000,"because":["exponential 30 s"]}'
  from jobs j, lateral (select 1 + (power((j.id / 7 % 1000) / 1000.0, 3) * 60)::int % 60 as i) f,
    lateral generate_series(1, case when ${nth} % 100 = 3 then 3 else 1 end) as a(number)
  where ${isPast} and (${nth} % 100 = 3 or ${nth} % 33 = 5)`;

const insertDead = `
  insert into dead (id, finished_at_ms, lane, class, attempt, failures, losses, failure_class, reason, fingerprint)
  select j.id, id_ms(j.id) + 165, j.lane, j.class, 3, 3, 0, a.failure_class, 'all 3 attempts are spent', a.fingerprint
  from jobs j join attempts a on a.job_id = j.id and a.number = 3`;

const insertCancelled = `
  insert into cancelled (id, finished_at_ms, lane, class, attempt, failures, losses, actor, reason)
  select j.id, id_ms(j.id) + 9000, j.lane, j.class, 0, 0, 0, 'bench', 'not needed any more'
  from jobs j where ${isPast} and ${fate} = 'cancelled'`;

const present = "jobs j where j.id >= first_id_at((select now_ms()) - 3400000)";

const insertReady = `
  insert into ready (run_at_ms, id, lane, attempt, class, failures, losses)
  select id_ms(j.id), j.id, j.lane, 0, j.class, 0, 0 from ${present} and j.id % 10 > 0`;

const insertScheduled = `
  insert into scheduled (id, run_at_ms, lane, attempt, class, failures, losses, retry)
  select j.id, now_ms() + 600000 + j.id % 86400000, j.lane, (j.id % 20 = 0)::int, j.class, (j.id % 20 = 0)::int, 0, j.id % 20 = 0
  from ${present} and j.id % 10 = 0`;

// A month of what each dependency answered.
const insertDependencyMinutes = `
  insert into dependency_minutes (dependency_id, at_ms, succeeded, failed, refused, slow, first_starts, retry_starts, durations)
  select d.id, (select now_ms()) / 60000 * 60000 - n::bigint * 60000, 1200, 20, 5, 30, 1100, 90, array_fill(50, array[24])
  from dependencies d, generate_series(0, 43199) n`;

// Every third on a dependency, the others on queues; the latest days of a busy installation.
const insertAutomation = `
  insert into automation_events (at_ms, kind, object_kind, object_id, cause, figures)
  select now_ms() - (200000 - n)::bigint * 5000, (array['breaker-opened', 'rate-lowered', 'pressure-rose'])[1 + n % 3],
    case when n % 3 = 0 then 'dependency' else 'queue' end,
    case when n % 3 = 0 then (select name from dependencies order by name limit 1) else names[1 + n % array_length(names, 1)] end,
    'the last 7 calls failed in a row; of the 281 calls before, 1 % failed', '{"inARow": 7, "callsBefore": 281}'
  from (select array_agg(name order by name) as names from queues) q, generate_series(1, 200000) n`;

const insertWorkers = `
  insert into workers (id, pool, definitions, concurrency, transport, host, pid, version, heartbeat_ms, running, loop_lag_ms, saturation, heartbeat_at)
  select nextval('worker_ids'), 'default', array(select name from definitions), 20, 'postgres', 'host-' || n, 1000 + n, '1.' || n % 3, 5000, 10,
    2.5, 0.5, now() + interval '1 day'
  from generate_series(1, $1::int) n`;

// Ten running jobs a worker: rows of their own, beside the waiting ones.
const insertLeases = `
  with lane as materialized (select array_agg(id order by id) as ids from lanes),
  made as (
    insert into jobs (id, lane, class, definition_version, payload)
    select first_id_at(now_ms() - 20000 + n) + 7, lane.ids[1 + n % array_length(lane.ids, 1)], n % 5, 1, '{"user":{"id":1}}'::json
    from lane, generate_series(0, ${workersAlive * 10 - 1}) n returning id)
  insert into leases (id, worker_id, claimed_at_ms, until_ms, ids, attempts)
  select first_id_at(now_ms()) + w, w, now_ms() - 10000, now_ms() + 86400000, array_agg(id), array_agg(1)
  from (select id, 1 + row_number() over (order by id) % ${workersAlive} as w from made) m group by w`;

const insertEvents = `
  insert into job_events (job_id, at, kind, from_state, to_state, actor, because)
  select d.id, to_timestamp((d.finished_at_ms + 5000) / 1000.0), 'note', 'dead', 'dead', 'bench', array['looked at']
  from dead d where d.id % 10 = 0`;

const insertMinutes = `
  insert into metrics_1m (at_ms, lane, class, submitted, started, completed, retried, died, cancelled, failures, wait_ms, run_ms)
  select ((select now_ms()) / 60000 - m) * 60000, l.id, l.id % 5, 50, 50, 48, 2, 1, 0, '{"timeout":2,"bug":1}',
    array[0,0,5,20,15,10] || array_fill(0, array[18]), array[10,20,15,5] || array_fill(0, array[20])
  from lanes l, generate_series(1, ${daysPast * 1440}) m`;

const insertDepths = `
  insert into depth_samples (at_ms, lane, class, available, scheduled, retryable, held, running, oldest_run_at_ms)
  select ((select now_ms()) / 10000 - t) * 10000, l.id, l.id % 5, 20000 + t % 300, 100, 20, 0, 5, now_ms() - 600000
  from lanes l, generate_series(1, 8640) t`;

const insertAudit = `
  insert into audit_entries (actor, action, object_kind, object_id, reason, after)
  select 'op' || n % 9 || '@example.test',
    (array['queue.patch', 'job.retry', 'policy.put', 'job.cancel'])[1 + n % 4],
    (array['queue', 'job', 'policy', 'job'])[1 + n % 4], (array['billing', '42', 'default', '43'])[1 + n % 4],
    'because ' || n, '{"paused":false}'
  from generate_series(1, 20000) n`;
