import { z } from "zod";
import { scalingSetting } from "#core/capacity/scaling-setting.ts";
import { storageGuardSetting } from "#core/pressure/storage-guard.ts";
import { generalSetting } from "#core/settings/general-setting.ts";
import { retentionSetting } from "#core/settings/retention-setting.ts";
import { validationError } from "#core/validation-error.ts";
import { putSetting } from "#server/operations/settings/put-setting.ts";
import { reasonInput } from "../reason.ts";
import { previewRetention } from "../settings/preview-retention.ts";
import { readStoredSetting } from "../settings/read-stored-setting.ts";
import { procedureFor, router } from "../trpc.ts";

/** The value is checked by the operation, which names each wrong field. */
const put = z.strictObject({
  value: z.unknown(),
  expectedVersion: z.number().int().min(0),
  reason: reasonInput,
});

/** Settings of the installation. */
export const settingsRouter = router({
  general: procedureFor("viewer").query(({ ctx }) => readStoredSetting(ctx.db, generalSetting)),

  putGeneral: procedureFor("admin")
    .input(put)
    .mutation(({ ctx, input: { reason, ...given } }) =>
      putSetting(ctx.engine, generalSetting, { ...given, reason: reason || null, actor: ctx.actor.name }),
    ),

  storageGuards: procedureFor("viewer").query(({ ctx }) => readStoredSetting(ctx.db, storageGuardSetting)),

  putStorageGuards: procedureFor("admin")
    .input(put)
    .mutation(({ ctx, input: { reason, ...given } }) =>
      putSetting(ctx.engine, storageGuardSetting, {
        ...given,
        reason: reason || null,
        actor: ctx.actor.name,
      }),
    ),

  scaling: procedureFor("viewer").query(({ ctx }) => readStoredSetting(ctx.db, scalingSetting)),

  putScaling: procedureFor("admin")
    .input(put)
    .mutation(({ ctx, input: { reason, ...given } }) =>
      putSetting(ctx.engine, scalingSetting, { ...given, reason: reason || null, actor: ctx.actor.name }),
    ),

  retention: procedureFor("viewer").query(({ ctx }) => readStoredSetting(ctx.db, retentionSetting)),

  /** What is stored by day, and what a draft of the retention would take of it now. */
  previewRetention: procedureFor("viewer")
    .input(z.strictObject({ value: z.unknown() }))
    .query(({ ctx, input }) => {
      const parsed = retentionSetting.schema.safeParse(input.value);
      if (!parsed.success) throw validationError(parsed.error, retentionSetting.name);
      return previewRetention(ctx, parsed.data);
    }),

  putRetention: procedureFor("admin")
    .input(put)
    .mutation(({ ctx, input: { reason, ...given } }) =>
      putSetting(ctx.engine, retentionSetting, { ...given, reason: reason || null, actor: ctx.actor.name }),
    ),
});
