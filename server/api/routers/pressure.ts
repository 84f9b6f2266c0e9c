import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { viewPressure, viewQueuePressure } from "../pressure/pressure-view.ts";
import { procedureFor, router } from "../trpc.ts";

/** How pressed the classes are. */
export const pressureRouter = router({
  /** What is not at ease, from memory. */
  now: procedureFor("viewer").query(({ ctx }) => viewPressure(ctx.engine)),

  /** The pressure on one queue, its thresholds, and what was refused for it in the last hour. */
  ofQueue: procedureFor("viewer")
    .input(z.strictObject({ name: z.string().min(1).max(100) }))
    .query(async ({ ctx, input }) => {
      const found = await viewQueuePressure(ctx.engine, input.name);
      if (found === null)
        throw new SignalboxError("not_found", `There is no queue ${input.name}. It may be mistyped.`);
      return found;
    }),
});
