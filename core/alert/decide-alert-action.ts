import type { AlertBody } from "./alert.ts";
import type { AlertAction, AlertPolicy, AlertSettings } from "./alert-settings.ts";

/** An open alert as far as a policy looks at it. */
export interface OpenAlert
  extends Pick<AlertBody, "kind" | "objectKind" | "objectId" | "jobIds" | "containment"> {
  openedAtMs: number;
  acknowledged: boolean;
  silenced: boolean;
  /** Whether a policy has acted on it: it does so once. */
  acted: boolean;
}

/** The policy that holds for an alert: that of its definition, else that of its kind. */
export function policyOfAlert(
  { kind, objectKind, objectId }: Pick<AlertBody, "kind" | "objectKind" | "objectId">,
  settings: AlertSettings,
): AlertPolicy {
  const own = objectKind === "definition" ? settings.definitions[objectId]?.[kind] : undefined;
  return own ?? settings.kinds[kind];
}

/**
 * What is to be done about an alert now, once; null for nothing. Whoever acknowledged or silenced it has taken it on
 * themselves. Without jobs to retry, or a class to raise them to, nothing is done.
 */
export function decideAlertAction(
  alert: OpenAlert,
  settings: AlertSettings,
  nowMs: number,
): Exclude<AlertAction, "nothing"> | null {
  if (alert.acted || alert.acknowledged || alert.silenced) return null;
  const { action, afterMs } = policyOfAlert(alert, settings);
  if (action === "nothing" || nowMs - alert.openedAtMs < afterMs) return null;
  if (action === "retry" && alert.jobIds.length === 0) return null;
  if (action === "reprioritise" && alert.containment?.action !== "reprioritise") return null;
  return action;
}
