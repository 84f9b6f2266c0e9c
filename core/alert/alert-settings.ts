import { z } from "zod";
import { nameSchema } from "../definition/name.ts";
import type { Setting } from "../settings/setting.ts";
import { type AlertKind, alertKinds } from "./alert.ts";

/** What Signalbox does by itself about an alert that nobody has acknowledged. */
export const alertActions = ["nothing", "retry", "reprioritise", "escalate"] as const;
export type AlertAction = (typeof alertActions)[number];

/** What can be done about each kind: some have no jobs to retry, and only what waits can be given another class. */
export const actionsOfKind: Record<AlertKind, readonly AlertAction[]> = {
  lost: ["nothing", "escalate"],
  stuck: ["nothing", "retry", "escalate"],
  "throughput-zero": ["nothing", "escalate"],
  blocked: ["nothing", "escalate"],
  starved: ["nothing", "reprioritise", "escalate"],
  overdue: ["nothing", "retry", "escalate"],
  escalated: ["nothing", "retry", "escalate"],
  "failure-rise": ["nothing", "escalate"],
  storage: ["nothing", "escalate"],
};

/** One rule: what is done, and how long after the alert opened, 0…1 day in ms. */
export interface AlertPolicy {
  action: AlertAction;
  afterMs: number;
}

/** By kind, and for single definitions where they part from that. */
export interface AlertSettings {
  kinds: Record<AlertKind, AlertPolicy>;
  definitions: Record<string, Partial<Record<AlertKind, AlertPolicy>>>;
}

const mostDefinitions = 200;

function policySchema(kind: AlertKind) {
  const allowed = actionsOfKind[kind];
  return z.strictObject({
    action: z
      .enum(alertActions)
      .refine(
        (action) => allowed.includes(action),
        `cannot be done about ${kind}: give ${allowed.join(" or ")}`,
      ),
    afterMs: z
      .number()
      .int("is a whole number of ms")
      .min(0, "is at least 0 ms")
      .max(86_400_000, "is at most a day (86,400,000 ms)"),
  });
}

const byKind = Object.fromEntries(alertKinds.map((kind) => [kind, policySchema(kind)])) as Record<
  AlertKind,
  ReturnType<typeof policySchema>
>;

/** Nothing is done by itself until somebody has said so; an escalation, once chosen, comes after ten minutes. */
const standardPolicy: AlertPolicy = { action: "nothing", afterMs: 600_000 };

/** Of a kind that came later: what was stored before it is read as it stood. */
const later = (kind: AlertKind) => byKind[kind].default(() => ({ ...standardPolicy }));

/** The policies as they are set. */
export const alertSetting: Setting<AlertSettings> = {
  key: "alerts",
  name: "the alert policies",
  schema: z.strictObject({
    kinds: z.strictObject({ ...byKind, storage: later("storage"), escalated: later("escalated") }),
    definitions: z
      .record(nameSchema, z.strictObject(byKind).partial())
      .refine(
        (definitions) => Object.keys(definitions).length <= mostDefinitions,
        `has more than ${mostDefinitions} definitions: give the kind a policy instead`,
      ),
  }) as z.ZodType<AlertSettings>,
  standard: {
    kinds: Object.fromEntries(alertKinds.map((kind) => [kind, { ...standardPolicy }])) as Record<
      AlertKind,
      AlertPolicy
    >,
    definitions: {},
  },
};
