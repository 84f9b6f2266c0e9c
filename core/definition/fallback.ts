import { z } from "zod";
import { nameSchema } from "./name.ts";

const dayMs = 86_400_000;

/**
 * What takes over the jobs of a definition while a breaker holds them: `definition`, which runs in its stead, or
 * `result: "cached"`, the output of a completed job of the same payload not older than `maxAgeMs` (1 s…30 days).
 */
export const fallbackSchema = z
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
export type Fallback = z.infer<typeof fallbackSchema>;

/** The definition that runs in its stead; null without one. */
export function alternateOf({ fallback }: { fallback?: Fallback | undefined }): string | null {
  return fallback?.definition ?? null;
}

/** How old a cached result may be, ms; null where none answers. */
export function cachedForMs({ fallback }: { fallback?: Fallback | undefined }): number | null {
  return fallback?.result === "cached" ? (fallback.maxAgeMs ?? null) : null;
}
