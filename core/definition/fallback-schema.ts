import { z } from "zod";
import type { Fallback } from "./fallback.ts";
import { nameSchema } from "./name.ts";

const dayMs = 86_400_000;

/** {@link Fallback} as definitions are written with it. */
export const fallbackSchema: z.ZodType<Fallback> = z
  .strictObject({
    definition: nameSchema.optional(),
    result: z.literal("cached", { error: 'must be "cached"' }).optional(),
    maxAgeMs: z
      .number()
      .int()
      .min(1_000)
      .max(30 * dayMs)
      .optional(),
  })
  .superRefine(({ definition, result, maxAgeMs }, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if ((definition === undefined) === (result === undefined))
      say([], 'must name either a definition, or result "cached" with maxAgeMs');
    else if (result !== undefined && maxAgeMs === undefined)
      say(["maxAgeMs"], "is required with a cached result: how old it may be, ms");
    else if (definition !== undefined && maxAgeMs !== undefined)
      say(["maxAgeMs"], "is for cached results only: remove it");
  });
