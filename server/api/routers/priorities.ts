import { z } from "zod";
import { prioritySettingsSchema } from "#core/priority/priority-settings.ts";
import {
  prioritySettingKey,
  putPrioritySettings,
} from "#server/operations/settings/put-priority-settings.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import { readClassLoads } from "../priorities/read-class-loads.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

/** What orders the priority classes. */
export const prioritiesRouter = router({
  /** The settings in force and who wrote them last; nobody: the defaults. */
  get: procedureFor("viewer").query(async ({ ctx }) => {
    const stored = await findSetting(ctx.db, prioritySettingKey);
    const parsed = prioritySettingsSchema.safeParse(stored?.value);
    const settings = parsed.success ? parsed.data : ctx.engine.catalog.current.priority;
    return { settings, updatedAtMs: stored?.updatedAtMs ?? null, updatedBy: stored?.updatedBy ?? null };
  }),

  /** What waits, arrives and runs by class, for the effect preview. */
  loads: procedureFor("viewer").query(({ ctx }) => readClassLoads(ctx)),

  /** Writes the settings over `expected`, those that the edit started from; the next claim obeys. Needs a reason. */
  put: procedureFor("admin")
    .input(z.strictObject({ settings: z.unknown(), expected: prioritySettingsSchema, reason: reasonInput }))
    .mutation(({ ctx, input }) => {
      requireReason(input.reason);
      return putPrioritySettings(ctx.engine, { ...input, actor: ctx.actor.name });
    }),
});
