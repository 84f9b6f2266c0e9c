import { openLog } from "#server/system/log.ts";
import type { Command } from "../command-line/command.ts";
import { readWhole } from "../command-line/read-option.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { withDatabase } from "../database/with-database.ts";
import { loadJobs } from "../process/load-jobs.ts";
import { runUntilStopped } from "../process/run-until-stopped.ts";
import { startWorker } from "../process/start-worker.ts";

/** The SDK gives handlers ten seconds, then a second after their abort. */
const stopLimitMs = 15_000;
const defaultConcurrency = 10;

export const worker: Command = {
  usage: "worker <module>",
  positionals: { least: 1, most: 1 },
  options: {
    pool: { value: "P", description: "serve the queues of this pool; default: default" },
    concurrency: {
      value: "N",
      description: `handlers at work at once, 1 to 10000; default ${defaultConcurrency}`,
    },
    "min-concurrency": {
      value: "N",
      description: "adapt to load: run as few as this when slowed down; default: do not adapt",
    },
  },
  async run(call) {
    const { settings, output, positionals } = call;
    const concurrency = readWhole(call, "concurrency", { from: 1, to: 10_000 }) ?? defaultConcurrency;
    const minConcurrency = readWhole(call, "min-concurrency", { from: 1, to: concurrency });
    const pool = call.text("pool") ?? "default";
    if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(pool))
      throw new UsageError(`--pool is ${JSON.stringify(pool)}: it is 1 to 100 of a-z 0-9 . _ -`);
    const jobs = await loadJobs(positionals[0] ?? "");
    const log = openLog(settings.logLevel, "worker");
    await withDatabase(call, (connectionString) =>
      runUntilStopped({
        stopLimitMs,
        log,
        start: async () => {
          const slots = { concurrency, minConcurrency };
          const part = await startWorker({ connectionString, jobs, pool, ...slots, settings, log });
          const definitions = jobs.map(({ name }) => name);
          output.result({ worker: { pool, concurrency, definitions } }, () => []);
          return part;
        },
      }),
    );
    return 0;
  },
};
