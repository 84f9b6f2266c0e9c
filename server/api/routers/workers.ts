import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import { SignalboxError } from "#core/error.ts";
import { findOutliers, type WorkerOutlier } from "#core/worker/find-outliers.ts";
import { drainWorker } from "#server/operations/workers/drain-worker.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import type { WorkerRow } from "#server/store/overview/read-workers.ts";
import { lookedAt, readWorkerAttempts } from "#server/store/workers/read-worker-attempts.ts";
import { readWorkerTallies } from "#server/store/workers/read-worker-tallies.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";
import { readWorkerDetail } from "../workers/read-worker-detail.ts";
import { viewDemand } from "../workers/view-demand.ts";

const page = 50;
const id = z.string().min(1).max(40);
const positionSchema = z.tuple([z.string().refine(isJobId), z.int()]);

/** A worker as a row of the list. */
export type WorkerSummary = WorkerRow;

/** The fleet. */
export const workersRouter = router({
  /** Live workers and those that ended within a quarter of an hour; read along with the Board. */
  list: procedureFor("viewer").query(({ ctx }) => ctx.reader.readWorkers()),

  /** Workers that fail far more than their peers on the same definitions, among the newest attempts. */
  outliers: procedureFor("viewer").query(async ({ ctx }): Promise<WorkerOutlier[]> => {
    const { lanes } = ctx.engine.catalog.current;
    const tallies = await readWorkerTallies(ctx.db);
    return findOutliers(
      tallies.map(({ lane, ...tally }) => ({
        ...tally,
        definition: lanes.get(lane)?.definition.name ?? "?",
      })),
    );
  }),

  /** Workers that would keep every class within its budget, by pool, from memory. */
  demand: procedureFor("viewer").query(({ ctx }) => viewDemand(ctx.engine)),

  /** One worker with what it holds now. */
  get: procedureFor("viewer")
    .input(z.strictObject({ id }))
    .query(async ({ ctx, input }) => {
      const detail = await readWorkerDetail(ctx, input.id);
      if (!detail)
        throw new SignalboxError("not_found", `There is no worker ${input.id}. The id may be mistyped.`);
      return detail;
    }),

  /** Attempts that a worker ended, newest job first, a page at a time; among the newest `lookedAt` of all. */
  attempts: procedureFor("viewer")
    .input(z.strictObject({ id, cursor: z.string().max(200).nullish() }))
    .query(async ({ ctx, input }) => {
      const position = input.cursor ? decodeCursor(input.cursor, positionSchema) : null;
      const before = position && { jobId: position[0], attempt: position[1] };
      const limit = page + 1;
      const rows = isJobId(input.id)
        ? await readWorkerAttempts(ctx.db, { workerId: input.id, before, limit })
        : [];
      const { lanes } = ctx.engine.catalog.current;
      const shown = rows.slice(0, page);
      const last = shown.at(-1);
      return {
        lookedAt,
        attempts: shown.map(({ lane, ...row }) => ({
          ...row,
          definition: lanes.get(lane)?.definition.name ?? "?",
        })),
        nextCursor: rows.length > page && last ? encodeCursor([last.jobId, last.attempt]) : null,
      };
    }),

  /** Tells a worker to claim no more and finish what it has, or takes that back. Draining needs a reason. */
  drain: procedureFor("operator")
    .input(z.strictObject({ id, draining: z.boolean(), reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      if (input.draining) requireReason(input.reason);
      await drainWorker(ctx.engine, {
        workerId: input.id,
        draining: input.draining,
        reason: input.reason || null,
        actor: ctx.actor.name,
      });
      ctx.reader.forget();
      return { draining: input.draining };
    }),
});
