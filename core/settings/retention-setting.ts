import { z } from "zod";
import type { Setting } from "./setting.ts";

/** How many days what has ended is kept; null: for ever. Counted from the end of the day a job was submitted on. */
export interface RetentionSettings {
  /** Completed jobs with all that belongs to them. */
  completedDays: number | null;
  /** Attempts that did not complete, of jobs that have; not longer than the jobs. */
  attemptsDays: number | null;
  /** Events of completed jobs; not longer than the jobs. */
  eventsDays: number | null;
  /** Cancelled jobs, from when they were cancelled. */
  cancelledDays: number | null;
  /** Dead jobs, from when they died; those in the dead letter too. */
  deadDays: number | null;
}

const days = z
  .number("is a whole number of days, or empty for ever")
  .int("is a whole number of days")
  .min(1, "is at least 1 day")
  .max(3_650, "is at most 3,650 days")
  .nullable();

/** Whether `part` asks for longer than `whole` is kept. */
function longer(part: number | null, whole: number | null): boolean {
  return whole !== null && (part === null || part > whole);
}

export const retentionSetting: Setting<RetentionSettings> = {
  key: "retention",
  name: "the retention",
  schema: z
    .strictObject({
      completedDays: days,
      attemptsDays: days,
      eventsDays: days,
      cancelledDays: days,
      deadDays: days,
    })
    .superRefine(({ completedDays, attemptsDays, eventsDays }, context) => {
      const message = `cannot be longer than completed jobs are kept (${completedDays} days)`;
      if (longer(attemptsDays, completedDays))
        context.addIssue({ code: "custom", path: ["attemptsDays"], message });
      if (longer(eventsDays, completedDays))
        context.addIssue({ code: "custom", path: ["eventsDays"], message });
    }),
  // Nothing goes until somebody has said so.
  standard: {
    completedDays: null,
    attemptsDays: null,
    eventsDays: null,
    cancelledDays: null,
    deadDays: null,
  },
};
