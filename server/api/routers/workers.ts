import { readWorkers, type WorkerRow } from "#server/store/overview/read-workers.ts";
import { procedureFor, router } from "../trpc.ts";

/** How long a worker that ended stays in the list, ms. */
const endedMs = 900_000;
const most = 500;

/** A worker as a row of the list. */
export type WorkerSummary = WorkerRow;

/** The fleet. */
export const workersRouter = router({
  /** Live workers and those that ended within a quarter of an hour. */
  list: procedureFor("viewer").query(async ({ ctx }) => {
    const workers = await readWorkers(ctx.db, { endedMs, limit: most + 1 });
    return { asOfMs: ctx.engine.clock.nowMs(), workers: workers.slice(0, most), more: workers.length > most };
  }),
});
