import { alertSetting } from "#core/alert/alert-settings.ts";
import { decideAlertAction } from "#core/alert/decide-alert-action.ts";
import { findStalls } from "#core/alert/find-stalls.ts";
import { watchAlerts } from "#core/alert/watch-alerts.ts";
import type { WebhookEvent } from "#core/alert/webhook.ts";
import { readSetting } from "#core/settings/setting.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { readAlertWatch, saveAlertWatch } from "#server/store/alerts/alert-watch.ts";
import { clearAlerts } from "#server/store/alerts/clear-alerts.ts";
import { findAlerts, listOpenAlerts } from "#server/store/alerts/list-alerts.ts";
import { markAlertActed } from "#server/store/alerts/mark-alert-acted.ts";
import { openAlert } from "#server/store/alerts/open-alert.ts";
import { refreshAlerts } from "#server/store/alerts/refresh-alerts.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import { insertDeliveries } from "#server/store/webhooks/insert-deliveries.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { type AlertAct, actOnAlert } from "./act-on-alert.ts";
import { alertMessage } from "./alert-message.ts";
import { continueRestarts } from "./continue-restarts.ts";
import { readStallFacts } from "./read-stall-facts.ts";

/** Open alerts that policies look at. */
const mostOpen = 500;

/**
 * One look for what stalls: open, renew and clear alerts with hysteresis, queue what webhooks are told, and do what
 * policies say, each once. Facts are read before the transaction, which is short. False when the duty was lost.
 */
export async function assessAlerts(engine: Engine, duty: Duty): Promise<boolean> {
  const watch = await readAlertWatch(engine.pool);
  const { facts, progress } = await readStallFacts(engine, watch.progress);
  const findings = findStalls(facts, new Set(Object.keys(watch.watched)));
  const { nowMs } = facts;
  const levels = new Map(findings.map((finding) => [finding.key, finding.level]));
  const { watched, opened } = watchAlerts(watch.watched, levels);
  const acts = await inTransaction(engine.pool, async (transaction): Promise<AlertAct[] | null> => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return null;
    const openKeys = Object.entries(watched).flatMap(([key, { open }]) => (open ? [key] : []));
    const open = new Set(openKeys);
    const fresh: string[] = [];
    for (const finding of findings)
      if (opened.includes(finding.key)) fresh.push(await openAlert(transaction, finding, nowMs));
    const rose = await refreshAlerts(
      transaction,
      findings.filter(({ key }) => open.has(key) && !opened.includes(key)),
      nowMs,
    );
    const cleared = await clearAlerts(transaction, openKeys, nowMs);
    await saveAlertWatch(transaction, { watched, progress }, nowMs);
    const due = await markDue(transaction, nowMs);
    const escalated = due.flatMap(({ action, alert }) => (action === "escalate" ? [alert.id] : []));
    await tell(transaction, { fresh, rose: [...rose, ...escalated], cleared }, nowMs);
    return due;
  });
  if (acts === null) return false;
  for (const act of acts) await actOnAlert(engine, act);
  await continueRestarts(engine);
  return true;
}

/** Mark what policies are to do now as done, before it is: a process that dies in between leaves it undone, never done twice. */
async function markDue(transaction: Queryable, atMs: number): Promise<AlertAct[]> {
  const settings = readSetting(alertSetting, (await findSetting(transaction, alertSetting.key))?.value);
  const acts: AlertAct[] = [];
  for (const alert of await listOpenAlerts(transaction, {}, null, mostOpen)) {
    const { acknowledged, silencedUntilMs, acted } = alert;
    const standing = {
      acknowledged: acknowledged !== null,
      silenced: silencedUntilMs !== null,
      acted: acted !== null,
    };
    const action = decideAlertAction({ ...alert, ...standing }, settings, atMs);
    if (action !== null && (await markAlertActed(transaction, { id: alert.id, action, atMs })))
      acts.push({ alert, action });
  }
  return acts;
}

/** Queue a message for each alert that opened, rose or cleared, unless it is silenced. */
async function tell(
  transaction: Queryable,
  ids: { fresh: string[]; rose: string[]; cleared: string[] },
  atMs: number,
): Promise<void> {
  const events = new Map<string, WebhookEvent>([
    ...ids.cleared.map((id) => [id, "alert.cleared"] as const),
    ...ids.rose.map((id) => [id, "alert.escalated"] as const),
    ...ids.fresh.map((id) => [id, "alert.opened"] as const),
  ]);
  if (events.size === 0) return;
  const told = (await findAlerts(transaction, [...events.keys()])).filter(
    (alert: AlertRow) => alert.silencedUntilMs === null,
  );
  await insertDeliveries(
    transaction,
    told.map((alert) => {
      const event = events.get(alert.id) ?? "alert.opened";
      return { alertId: alert.id, kind: alert.kind, event, body: alertMessage(event, alert, atMs) };
    }),
  );
}
