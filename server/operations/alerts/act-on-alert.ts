import type { AlertAction } from "#core/alert/alert-settings.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import type { Engine } from "../engine.ts";
import { limitDamage } from "./limit-damage.ts";

/** Something a policy says to do about an alert. */
export interface AlertAct {
  alert: AlertRow;
  action: Exclude<AlertAction, "nothing">;
}

/** In whose name the system acts. */
export const systemActor = "signalbox";

/**
 * Do what a policy says about an alert, through the operations that people use, and put it on the automation feed. What
 * cannot be done is told there and in the log; it is not tried again.
 */
export async function actOnAlert(engine: Engine, { alert, action }: AlertAct): Promise<void> {
  const { id, kind, objectKind, objectId, cause, jobIds, containment } = alert;
  const reason = `alert ${id} (${kind}) was open and nobody had acknowledged it`;
  let outcome: string;
  try {
    if (action === "escalate") outcome = "raised to critical and told again";
    else if (action === "reprioritise" && containment?.action === "reprioritise")
      outcome = await limitDamage(engine, { containment, jobIds, actor: systemActor, reason });
    else {
      const restart = { action: kind === "stuck" ? "restart-jobs" : "retry-jobs", label: "" } as const;
      outcome = await limitDamage(engine, { containment: restart, jobIds, actor: systemActor, reason });
    }
  } catch (error) {
    engine.log.warn(
      { alert: id, action, error: String(error) },
      "a policy of alerts could not be carried out",
    );
    outcome = "could not be done";
  }
  await recordAutomation(engine.pool, {
    kind: `alert-${action}`,
    objectKind,
    objectId,
    cause: `Policy ${action} on alert ${kind}: ${outcome}. ${cause}`,
    figures: { alert: id, jobs: jobIds.length },
  });
}
