import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { patchQueue, patchQueueSchema } from "#server/operations/queues/patch-queue.ts";
import { listRunningJobs } from "#server/store/queues/list-running-jobs.ts";
import { buildBoard } from "../board/build-board.ts";
import { readQueueDetail } from "../board/read-queue-detail.ts";
import { readQueueKeys } from "../board/read-queue-keys.ts";
import { readQueueTimes } from "../board/read-queue-times.ts";
import { type SeriesRange, seriesRanges } from "../board/series-range.ts";
import { actOnJobs } from "../jobs/act-on-jobs.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const name = z.string().min(1).max(100);
const page = 100;
const mostCancelled = 500;
const range = z.enum(Object.keys(seriesRanges) as [SeriesRange, ...SeriesRange[]]);
/** What the console changes of a queue; the operation itself checks the values. */
const changeInput = patchQueueSchema.pick({
  paused: true,
  pausedUntil: true,
  draining: true,
  maxRunning: true,
  maxRunningPerKey: true,
  fair: true,
  keyWeights: true,
  rateLimit: true,
  thresholds: true,
  pool: true,
});

/** Queues and what stands in them. */
export const queuesRouter = router({
  /** Queues by name, a page at a time, each as a row of the Board. */
  list: procedureFor("viewer")
    .input(z.strictObject({ after: name.nullish(), q: z.string().max(100).nullish() }))
    .query(async ({ ctx, input }) => {
      const facts = await ctx.reader.readFacts();
      const wanted = facts.queues.filter(
        (queue) =>
          (!input.after || queue.name > input.after) &&
          (!input.q || queue.name.includes(input.q.toLowerCase())),
      );
      const board = buildBoard({ ...facts, queues: wanted.slice(0, page), more: wanted.length > page });
      return { ...board, next: board.more ? (board.queues.at(-1)?.name ?? null) : null };
    }),

  /** One queue with its definitions and its limits; no query of its own. */
  get: procedureFor("viewer")
    .input(z.strictObject({ name }))
    .query(async ({ ctx, input }) => {
      const detail = await readQueueDetail(ctx, input.name);
      if (!detail)
        throw new SignalboxError("not_found", `There is no queue ${input.name}. It may be mistyped.`);
      return detail;
    }),

  /** The concurrency keys of a queue that have jobs there or a weight of their own, 25 at a time. */
  keys: procedureFor("viewer")
    .input(z.strictObject({ name, after: z.string().max(200).default("") }))
    .query(({ ctx, input }) => readQueueKeys(ctx, input.name, input.after)),

  /** How long jobs of a queue waited and ran, by bucket of time, and how long the oldest has waited. */
  times: procedureFor("viewer")
    .input(z.strictObject({ name, range }))
    .query(({ ctx, input }) => readQueueTimes(ctx, input.range, input.name)),

  /**
   * Changes the gates of a queue: pause (also until a time), resume, drain, caps, turns and weights of keys, rate limit, pool. Acts on the next
   * claim. Pausing and draining need a reason.
   */
  change: procedureFor("operator")
    .input(z.strictObject({ name, change: changeInput, reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      if (input.change.paused || input.change.draining) requireReason(input.reason);
      const body = { ...input.change, reason: input.reason || undefined };
      const queue = await patchQueue(ctx.engine, { name: input.name, body, actor: ctx.actor.name });
      return { paused: queue.paused };
    }),

  /** Cancels up to 500 jobs of a queue that run now, each on its own; needs a reason. */
  cancelRunning: procedureFor("operator")
    .input(z.strictObject({ name, reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      const { lanes } = ctx.engine.catalog.current;
      const mine = [...lanes.values()].filter((lane) => lane.queue.name === input.name).map(({ id }) => id);
      const ids = await listRunningJobs(ctx.db, mine, mostCancelled);
      return actOnJobs(ids, (jobId) =>
        cancelJob(ctx.engine, { jobId, reason: input.reason, actor: ctx.actor.name }),
      );
    }),

  /** The names a filter can take, from memory. */
  names: procedureFor("viewer").query(({ ctx }) => {
    const catalog = ctx.engine.catalog.current;
    return { queues: [...catalog.queues.keys()].sort(), definitions: [...catalog.definitions.keys()].sort() };
  }),
});
