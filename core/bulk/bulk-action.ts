import { z } from "zod";
import { nameSchema } from "../definition/name.ts";
import { priorityClasses } from "../priority/priority-class.ts";

/** What can be done to many jobs at once; `restore` takes back a cancel or a discard. */
export const bulkActions = ["retry", "cancel", "reprioritise", "move", "discard", "restore"] as const;
export type BulkAction = (typeof bulkActions)[number];

/** An action with what it needs to know: the class of a reprioritise, the queue of a move. */
export const bulkActSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("retry") }),
  z.strictObject({ action: z.literal("cancel") }),
  z.strictObject({ action: z.literal("reprioritise"), priority: z.enum(priorityClasses) }),
  z.strictObject({ action: z.literal("move"), queue: nameSchema }),
  z.strictObject({ action: z.literal("discard") }),
]);
/** What an operator may ask for; a restore is asked for by the operation it takes back. */
export type BulkAct = z.infer<typeof bulkActSchema> | { action: "restore" };

/** Most jobs of one operation. */
export const maxBulkJobs = 1_000_000;
/** From here up a reason is needed. */
export const reasonNeededFrom = 10;
/** Above this a destructive action needs its count typed. */
export const typedCountAbove = 1_000;

/** Whether the action takes jobs away: a cancel or a discard. */
export function isDestructive(action: BulkAction): boolean {
  return action === "cancel" || action === "discard";
}
