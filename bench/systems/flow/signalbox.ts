import pg from "pg";
import { z } from "zod";
import { migrate } from "../../../db/migrate.ts";
import { createProducer, createWorker, defineJob } from "../../../sdk/index.ts";
import { registerJobs } from "../../../sdk/register-jobs.ts";
import { ensurePartitions } from "../../../server/store/jobs/manage-partitions.ts";
import type { FlowKind, FlowSystem } from "../../harness/flow-system.ts";
import { benchLog, openBenchEngine, startDispatcher } from "../bench-engine.ts";

const input = z.object({ index: z.number() });

const definitionsOf = (kinds: readonly FlowKind[]) =>
  kinds.map(({ name, priority, dependency, handler }) =>
    defineJob({
      name,
      queue: "work",
      priority,
      input,
      ...(dependency === undefined ? {} : { dependencies: [dependency] }),
      handler: ({ index }) => handler(index),
    }),
  );

/** Signalbox as it comes: a definition a kind, its default policy, a dispatcher beside the worker; nothing is tuned. */
export const flow: FlowSystem = {
  async prepare(place, kinds) {
    await migrate(place.url);
    const engine = await openBenchEngine(place, "signalbox bench");
    await ensurePartitions(engine.pool);
    await registerJobs(engine, definitionsOf(kinds));
    await engine.close();
  },

  async openProducer(place) {
    const producer = await createProducer({ connectionString: place.url, log: benchLog });
    return {
      submit: async (jobs) => {
        const results = await producer.enqueueMany(
          jobs.map(({ kind, index }) => ({ definition: kind, payload: { index } })),
        );
        const refused = results.find((result) => result instanceof Error);
        if (refused) throw refused;
      },
      close: () => producer.close(),
    };
  },

  async startWorker(place, kinds, slots) {
    const observer = new pg.Client({ connectionString: place.url });
    await observer.connect();
    const stopDispatcher = await startDispatcher(place);
    const worker = createWorker({
      connectionString: place.url,
      jobs: definitionsOf(kinds),
      concurrency: slots,
      log: benchLog,
      drainMs: 3_000,
    });
    await worker.start();
    return {
      countDead: async () => {
        const { rows } = await observer.query("select count(*)::int as dead from signalbox.dead");
        return rows[0].dead;
      },
      stop: async () => {
        await worker.stop();
        await stopDispatcher();
        await observer.end();
      },
    };
  },
};
