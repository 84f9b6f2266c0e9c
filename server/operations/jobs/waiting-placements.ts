import type { TakeablePlacement } from "#server/store/jobs/take-waiting-job.ts";

/** Where a job can wait, in the order in which it is looked for. */
export const waitingPlacements: TakeablePlacement[] = ["scheduled", "held", "pending", "ready"];
