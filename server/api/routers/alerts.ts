import { z } from "zod";
import { alertKinds, alertObjectKinds, alertSeverities } from "#core/alert/alert.ts";
import { alertSetting } from "#core/alert/alert-settings.ts";
import { acknowledgeAlert } from "#server/operations/alerts/acknowledge-alert.ts";
import { containAlert, findAlert } from "#server/operations/alerts/contain-alert.ts";
import { silenceAlerts, unsilenceAlerts } from "#server/operations/alerts/silence-alerts.ts";
import { putSetting } from "#server/operations/settings/put-setting.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { listSilences } from "#server/store/alerts/alert-silences.ts";
import { pageAlerts } from "#server/store/alerts/page-alerts.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { readStoredSetting } from "../settings/read-stored-setting.ts";
import { procedureFor, router } from "../trpc.ts";

const page = 50;
const id = z.string().regex(/^[1-9]\d{0,18}$/, "is a number");
const filter = {
  kind: z.enum(alertKinds).nullish(),
  severity: z.enum(alertSeverities).nullish(),
  objectKind: z.enum(alertObjectKinds).nullish(),
  objectId: z.string().max(200).nullish(),
  cursor: z.string().max(200).nullish(),
};

/** An alert as the console has it. */
export type AlertView = AlertRow;

/** What stalls or fails, and what is done about it. */
export const alertsRouter = router({
  /** Open alerts, critical first, then the newest; a page at a time. */
  open: procedureFor("viewer")
    .input(z.strictObject(filter))
    .query(async ({ ctx, input: { cursor, ...narrowed } }) => ({
      ...(await pageAlerts(ctx.db, "open", narrowed, { cursor, limit: page })),
      asOfMs: ctx.engine.clock.nowMs(),
    })),

  /** Alerts that are over, newest first, a page at a time; they are kept for 90 days. */
  past: procedureFor("viewer")
    .input(z.strictObject(filter))
    .query(async ({ ctx, input: { cursor, ...narrowed } }) => ({
      ...(await pageAlerts(ctx.db, "past", narrowed, { cursor, limit: page })),
      asOfMs: ctx.engine.clock.nowMs(),
    })),

  /** One alert, open or over. */
  get: procedureFor("viewer")
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => findAlert(ctx.engine, input.id)),

  /** Takes an alert on: it leaves the banner, and no policy acts on it. */
  acknowledge: procedureFor("operator")
    .input(z.strictObject({ id, reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      const { reason, ...alert } = input;
      await acknowledgeAlert(ctx.engine, { ...alert, reason: reason || null, actor: ctx.actor.name });
      ctx.reader.forget();
      return { acknowledged: true };
    }),

  /** Does what the alert offers to limit the damage; `label` and `jobIds` are what was confirmed. */
  contain: procedureFor("operator")
    .input(
      z.strictObject({
        id,
        label: z.string().min(1).max(300),
        jobIds: z.array(id).max(100),
        reason: reasonInput,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      const contained = await containAlert(ctx.engine, { ...input, actor: ctx.actor.name });
      ctx.reader.forget();
      return contained;
    }),

  /** Silences in force. */
  silences: procedureFor("viewer").query(async ({ ctx }) => ({ silences: await listSilences(ctx.db) })),

  /** Silences an alert, a kind or an object for a time; checked by the operation, which names each wrong field. */
  silence: procedureFor("operator")
    .input(z.strictObject({ silence: z.unknown() }))
    .mutation(async ({ ctx, input }) => {
      const silence = await silenceAlerts(ctx.engine, { silence: input.silence, actor: ctx.actor.name });
      ctx.reader.forget();
      return silence;
    }),

  /** Ends a silence before its time. */
  unsilence: procedureFor("operator")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => {
      await unsilenceAlerts(ctx.engine, { id: input.id, actor: ctx.actor.name });
      ctx.reader.forget();
      return { ended: true };
    }),

  /** What is done by itself about alerts, with the version that an edit must name. */
  policies: procedureFor("viewer").query(({ ctx }) => readStoredSetting(ctx.db, alertSetting)),

  putPolicies: procedureFor("admin")
    .input(
      z.strictObject({
        value: z.unknown(),
        expectedVersion: z.number().int().min(0),
        reason: reasonInput,
      }),
    )
    .mutation(({ ctx, input: { reason, ...given } }) =>
      putSetting(ctx.engine, alertSetting, { ...given, reason: reason || null, actor: ctx.actor.name }),
    ),
});
