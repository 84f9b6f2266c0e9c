import { z } from "zod";
import { alertKinds, alertObjectKinds, alertSeverities } from "#core/alert/alert.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { pageAlerts } from "#server/store/alerts/page-alerts.ts";
import { isoTime, isoTimeOrNull } from "#server/store/jobs/job-view.ts";
import { type Route, route } from "../route.ts";
import { pageShape } from "../schemas/query-schemas.ts";

const instant = z.string();
const alertViewSchema = z.strictObject({
  id: z.string(),
  key: z.string(),
  kind: z.enum(alertKinds),
  severity: z.enum(alertSeverities),
  object: z.strictObject({ kind: z.enum(alertObjectKinds), id: z.string() }),
  since: instant,
  openedAt: instant,
  clearedAt: instant.nullable(),
  acknowledged: z.strictObject({ at: instant, by: z.string(), note: z.string().nullable() }).nullable(),
  silencedUntil: instant.nullable(),
  cause: z.string(),
  evidence: z.array(
    z.strictObject({ label: z.string(), value: z.union([z.number(), z.string()]), unit: z.string() }),
  ),
  ruledOut: z.array(z.string()),
  whatToDo: z.array(z.string()),
  jobIds: z.array(z.string()),
  runbook: z.string(),
});

export const alertRoutes: Route[] = [
  route({
    method: "GET",
    path: "/alerts",
    permission: "alerts.read",
    name: "listAlerts",
    tag: "alerts",
    summary: "What stalls or fails, or did",
    description:
      "state is open (the default; critical first, then the newest) or past (newest first, kept for 90 days).",
    query: z.strictObject({
      ...pageShape,
      state: z.enum(["open", "past"]).default("open"),
      kind: z.enum(alertKinds).optional(),
      severity: z.enum(alertSeverities).optional(),
    }),
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({ alerts: z.array(alertViewSchema), nextCursor: z.string().nullable() }),
      },
    },
    refusals: [400],
    handle: async ({ context, query: { state, kind, severity, ...page } }) => {
      const { alerts, nextCursor } = await pageAlerts(context.engine.pool, state, { kind, severity }, page);
      return { status: 200, json: { alerts: alerts.map(view), nextCursor } };
    },
  }),
];

function view(alert: AlertRow): z.infer<typeof alertViewSchema> {
  const { id, key, kind, severity, cause, evidence, ruledOut, whatToDo, jobIds, runbook } = alert;
  const { acknowledged } = alert;
  return {
    ...{ id, key, kind, severity, object: { kind: alert.objectKind, id: alert.objectId } },
    since: isoTime(alert.sinceMs),
    openedAt: isoTime(alert.openedAtMs),
    clearedAt: isoTimeOrNull(alert.clearedAtMs),
    acknowledged: acknowledged && {
      at: isoTime(acknowledged.atMs),
      by: acknowledged.by,
      note: acknowledged.note,
    },
    silencedUntil: isoTimeOrNull(alert.silencedUntilMs),
    ...{ cause, evidence, ruledOut, whatToDo, jobIds, runbook },
  };
}
