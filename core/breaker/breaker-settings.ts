import { z } from "zod";
import { retryBudgetSchema } from "./retry-budget-settings.ts";

const share = (least: number, most: number) =>
  z
    .number("is a share between 0 and 1")
    .min(least, `is at least ${least}`)
    .max(most, `is a share, not a percentage: at most ${most}`);

const milliseconds = (least: number, most: number) =>
  z
    .int("is a whole number of milliseconds")
    .min(least, `is at least ${least} ms`)
    .max(most, `is at most ${most} ms`);

const probesSchema = z
  .strictObject({
    /** Shortest time between two probes: 100 ms…1 h, 250 ms unless said. */
    minGapMs: milliseconds(100, 3_600_000).default(250),
    /** Time between two probes as a share of how long the outage has lasted: 0.005…1, 0.02 unless said. */
    gapShare: share(0.005, 1).default(0.02),
    /** And at least so many times what the last probe took, so that probes which hang are few: 0…20, 3 unless said. */
    costFactor: z.number("is a number").min(0, "is at least 0").max(20, "is at most 20").default(3),
    /** Probes under way at a time: 1…10, 1 unless said. */
    concurrent: z.int("is a whole number").min(1, "is at least 1").max(10, "is at most 10").default(1),
  })
  .prefault({});

const rateLimitSchema = z.strictObject({
  count: z
    .int("is a whole number of calls")
    .min(1, "is at least 1 call: to stop all calls, force the breaker open")
    .max(1_000_000, "is at most 1,000,000 calls"),
  perMs: milliseconds(1, 86_400_000),
});

const multiplierSchema = z
  .strictObject({
    enabled: z.boolean("is true or false").default(true),
    /** The longest that delays may be stretched: 1…64 times, 16 unless said. */
    max: z
      .number("is a number")
      .min(1, "is at least 1, which leaves delays as they are")
      .max(64, "is at most 64")
      .default(16),
  })
  .prefault({});

/**
 * How one dependency is guarded: when its breaker opens, how it is probed, what it may be asked and how many retries it
 * is worth. Everything has a default, so `{}` is a full set. Unknown keys, contradictions, zero and negative figures
 * that would hold all work for ever are refused by name.
 */
export const breakerSettingsSchema = z
  .strictObject({
    /** Opens when the share of calls that fail is surely above this: 0.05…0.99, 0.5 unless said. */
    failureThreshold: share(0.05, 0.99).default(0.5),
    /** Opens when the share of slow calls is surely above this: 0.05…0.99, 0.6 unless said. */
    slowThreshold: share(0.05, 0.99).default(0.6),
    /** What is slow; without it the larger of 500 ms and 4 times the usual 95th percentile. 10 ms…1 day. */
    slowMs: milliseconds(10, 86_400_000).optional(),
    /** Calls that a share is judged by: 5…10,000, 20 unless said. */
    minimumCalls: z
      .int("is a whole number of calls")
      .min(5, "is at least 5: fewer tell nothing")
      .max(10_000, "is at most 10,000")
      .default(20),
    /** Failures in a row that open the breaker of a dependency with fewer calls than that: 2…100, 5 unless said. */
    consecutiveFailures: z
      .int("is a whole number of failures")
      .min(2, "is at least 2: one failure is no outage")
      .max(100, "is at most 100")
      .default(5),
    probes: probesSchema,
    /** The longest time without a probe, however long the outage lasts: 1 s…1 h, 1 min unless said. */
    longestOpenMs: milliseconds(1_000, 3_600_000).default(60_000),
    /** Most calls in a time, as a token bucket; null: as many as there are. */
    rateLimit: rateLimitSchema.nullable().default(null),
    retryBudget: retryBudgetSchema.prefault({}),
    multiplier: multiplierSchema,
  })
  .superRefine((settings, context) => {
    const { minimumCalls, consecutiveFailures, probes, longestOpenMs } = settings;
    if (minimumCalls >= 5 && consecutiveFailures > minimumCalls)
      context.addIssue({
        code: "custom",
        path: ["consecutiveFailures"],
        message: `may not be above minimumCalls (${minimumCalls}): the rule for few calls would be the slower one`,
      });
    if (longestOpenMs >= 1_000 && probes.minGapMs > longestOpenMs)
      context.addIssue({
        code: "custom",
        path: ["probes", "minGapMs"],
        message: `may not be above longestOpenMs (${longestOpenMs} ms)`,
      });
  });

export type BreakerSettings = z.infer<typeof breakerSettingsSchema>;
