import { z } from "zod";

/** How many retries a dependency or a definition is worth: a share of first starts, and always a few. */
export const retryBudgetSchema = z
  .strictObject({
    /** Retries allowed for each first start: 0…10, 0.2 unless said. */
    ratio: z
      .number("is a number of retries for each first start")
      .min(0, "is not negative: 0 leaves only minPerSecond")
      .max(10, "is at most 10 retries for each first start")
      .default(0.2),
    /** Retries a second that are always allowed, so that quiet dependencies recover: 0…10,000, 1 unless said. */
    minPerSecond: z
      .number("is a number of retries a second")
      .min(0, "is not negative")
      .max(10_000, "is at most 10,000 retries a second")
      .default(1),
    /** The window over which both are counted: 1 s…10 min, 30 s unless said. */
    windowMs: z
      .int("is a whole number of milliseconds")
      .min(1_000, "is at least 1000 ms")
      .max(600_000, "is at most 600000 ms")
      .default(30_000),
  })
  .refine(({ ratio, minPerSecond }) => ratio > 0 || minPerSecond > 0, {
    path: ["minPerSecond"],
    message: "may not be 0 while ratio is 0: no retry would ever start",
  });

export type RetryBudgetSettings = z.infer<typeof retryBudgetSchema>;
