import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { patchQueue } from "#server/operations/queues/patch-queue.ts";
import { buildBoard } from "../board/build-board.ts";
import { readQueueDetail } from "../board/read-queue-detail.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const name = z.string().min(1).max(100);
const page = 100;

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

  /** One queue with its definitions, its limits and how long its jobs waited and ran over the last minute. */
  get: procedureFor("viewer")
    .input(z.strictObject({ name }))
    .query(async ({ ctx, input }) => {
      const detail = await readQueueDetail(ctx, input.name);
      if (!detail)
        throw new SignalboxError("not_found", `There is no queue ${input.name}. It may be mistyped.`);
      return detail;
    }),

  /** Pauses or resumes a queue; acts on the next claim. Pausing needs a reason. */
  setPaused: procedureFor("operator")
    .input(z.strictObject({ name, paused: z.boolean(), reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      if (input.paused) requireReason(input.reason);
      const body = { paused: input.paused, reason: input.reason || undefined };
      const queue = await patchQueue(ctx.engine, { name: input.name, body, actor: ctx.actor.name });
      return { paused: queue.paused };
    }),

  /** The names a filter can take, from memory. */
  names: procedureFor("viewer").query(({ ctx }) => {
    const catalog = ctx.engine.catalog.current;
    return { queues: [...catalog.queues.keys()].sort(), definitions: [...catalog.definitions.keys()].sort() };
  }),
});
