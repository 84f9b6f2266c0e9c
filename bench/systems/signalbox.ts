import pg from "pg";
import { z } from "zod";
import { priorityClasses } from "../../core/priority/priority-class.ts";
import { priorityFactor } from "../../core/retry/next-delay.ts";
import { migrate } from "../../db/migrate.ts";
import { createProducer, createWorker, defineJob } from "../../sdk/index.ts";
import { registerJobs } from "../../sdk/register-jobs.ts";
import { ensurePartitions } from "../../server/store/jobs/manage-partitions.ts";
import type { BenchSystem, JobPayload, Place } from "../harness/system.ts";
import { benchLog as log, openBenchEngine, startDispatcher } from "./bench-engine.ts";
import { flow } from "./flow/signalbox.ts";

const concurrency = 100;
const retryDelayMs = 1000;
const input = z.object({ index: z.number(), note: z.string() });

/** One definition a priority class, all in one queue; a failure is retried after 1 s, whatever the class. */
function makeDefinitions(handler: (payload: JobPayload) => Promise<void>) {
  return priorityClasses.map((priority) =>
    defineJob({
      name: `work-${priority}`,
      queue: "work",
      priority,
      input,
      retryPolicy: {
        law: { kind: "constant", delayMs: retryDelayMs / priorityFactor[priority] },
        jitter: "none",
        maxAttempts: 4,
      },
      handler,
    }),
  );
}

const definitions = makeDefinitions(async () => undefined);

function definitionOf({ index }: JobPayload) {
  const definition = definitions[index % definitions.length];
  if (!definition) throw new RangeError(`no definition for job ${index}`);
  return definition;
}

async function query(place: Place, text: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows[0];
}

/**
 * $1 jobs with ids made $2 minutes ago (ids carry their time), spread over the five lanes. Whoever uses it vacuums
 * afterwards: these rows stand for old ones.
 */
const madeJobs = `
  lane as materialized (
    select array_agg(l.id order by d.name) as ids from signalbox.lanes l join signalbox.definitions d on d.id = l.definition_id),
  made as (
    insert into signalbox.jobs (id, lane, class, definition_version, payload)
    select signalbox.first_id_at(signalbox.now_ms() - $2::bigint * 60000) + n, lane.ids[1 + n % 5], n % 5, 1,
      json_build_object('index', n, 'note', repeat('0123456789', 17))
    from lane, generate_series(1, $1::int) n
    returning id, lane, class)`;

/** Signalbox through its SDK, with a dispatcher: history, leases, fences, schemas and five classes as always. */
export const system: BenchSystem = {
  name: "signalbox",
  server: "postgres",
  settings: `concurrency ${concurrency}, five priority classes mixed, history kept, dispatcher in the same process`,
  retryDelayMs,
  flow,

  async prepare(place) {
    await migrate(place.url);
    const engine = await openBenchEngine(place, "signalbox bench");
    await ensurePartitions(engine.pool);
    await registerJobs(engine, definitions);
    await engine.close();
  },

  async openProducer(place) {
    const producer = await createProducer({ connectionString: place.url, log });
    return {
      submit: async (payload) => {
        await producer.enqueue(definitionOf(payload), payload);
      },
      submitMany: async (payloads) => {
        const results = await producer.enqueueMany(
          payloads.map((payload) => ({ definition: definitionOf(payload).name, payload })),
        );
        const refused = results.find((result) => result instanceof Error);
        if (refused) throw refused;
      },
      close: () => producer.close(),
    };
  },

  async startWorker(place, { handler }) {
    const observer = new pg.Client({ connectionString: place.url });
    await observer.connect();
    const stopDispatcher = await startDispatcher(place);
    const worker = createWorker({
      connectionString: place.url,
      jobs: makeDefinitions(handler),
      concurrency,
      log,
    });
    await worker.start();
    return {
      settled: async () => {
        const { rows } = await observer.query(
          `select not exists (select from signalbox.leases) and not exists (select from signalbox.ready)
             and not exists (select from signalbox.scheduled
               where run_at_ms < (extract(epoch from now()) * 1000)::bigint + 3600000) as settled`,
        );
        return rows[0].settled;
      },
      stop: async () => {
        await worker.stop();
        await stopDispatcher();
        await observer.end();
      },
    };
  },

  async verifyHistory(place, jobs) {
    const { completed } = await query(place, "select count(*)::int as completed from signalbox.completed");
    if (completed !== jobs) throw new Error(`Signalbox recorded ${completed} of ${jobs} completions`);
  },

  async addFuture(place, jobs) {
    await query(
      place,
      `with ${madeJobs}
       insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, retry)
       select id, signalbox.now_ms() + 86400000, lane, 0, class, 0, 0, false from made`,
      [jobs, 30],
    );
    await query(place, "vacuum (analyze)");
  },

  async addPast(place, jobs) {
    await query(
      place,
      `with ${madeJobs}
       insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt)
       select id, signalbox.now_ms(), signalbox.now_ms(), 1, 1 from made`,
      [jobs, 60],
    );
    await query(place, "vacuum (analyze)");
  },
};
