import { z } from "zod";
import { type PriorityClass, priorityClasses } from "./priority-class.ts";

const classSettingsSchema = z.strictObject({
  /** How long a job of the class may wait before it is late; 1 ms…7 days. */
  budgetMs: z.number().int().min(1).max(604_800_000),
  /** How fast lateness counts, 0.01…1,000; 1 is usual. */
  slope: z.number().min(0.01).max(1_000),
  /** Share of starts a class with backlog gets whatever the others do, 0…0.2. */
  floorShare: z.number().min(0).max(0.2),
});

/**
 * What orders the classes: rows that an edit changes and the next claim obeys. All five classes are required;
 * the floors add up to half of the starts at most; `reservedShare` (0…0.5) of slots is for critical and high alone.
 */
export const prioritySettingsSchema = z.strictObject({
  classes: z
    .strictObject({
      critical: classSettingsSchema,
      high: classSettingsSchema,
      normal: classSettingsSchema,
      low: classSettingsSchema,
      bulk: classSettingsSchema,
    } satisfies Record<PriorityClass, unknown>)
    .refine((classes) => priorityClasses.reduce((sum, name) => sum + classes[name].floorShare, 0) <= 0.5, {
      message: "floorShare of all classes together must not be above 0.5",
    }),
  reservedShare: z.number().min(0).max(0.5),
});
export type PrioritySettings = z.infer<typeof prioritySettingsSchema>;

/** Budgets 1 s, 10 s, 1 min, 10 min, 1 h; lateness of critical counts tenfold; floors 2 %; 10 % of slots reserved. */
export const defaultPrioritySettings: PrioritySettings = {
  classes: {
    critical: { budgetMs: 1_000, slope: 10, floorShare: 0.02 },
    high: { budgetMs: 10_000, slope: 1, floorShare: 0.02 },
    normal: { budgetMs: 60_000, slope: 1, floorShare: 0.02 },
    low: { budgetMs: 600_000, slope: 1, floorShare: 0.02 },
    bulk: { budgetMs: 3_600_000, slope: 1, floorShare: 0.02 },
  },
  reservedShare: 0.1,
};
