import type { WebhookEvent } from "#core/alert/webhook.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { isoTime } from "#server/store/jobs/job-view.ts";

/** What a webhook is told of an alert; its page in the console is `path` under the console's address. */
export function alertMessage(event: WebhookEvent, alert: AlertRow, atMs: number): Record<string, unknown> {
  const { id, key, kind, severity, objectKind, objectId, cause, evidence, ruledOut, whatToDo, runbook } =
    alert;
  return {
    event,
    at: isoTime(atMs),
    alert: {
      ...{ id, key, kind, severity, object: { kind: objectKind, id: objectId } },
      since: isoTime(alert.sinceMs),
      openedAt: isoTime(alert.openedAtMs),
      clearedAt: alert.clearedAtMs === null ? null : isoTime(alert.clearedAtMs),
      ...{ cause, evidence, ruledOut, whatToDo, runbook, path: `/alerts?alert=${id}` },
    },
  };
}
