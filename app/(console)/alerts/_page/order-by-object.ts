import type { AlertView } from "#server/api/routers/alerts.ts";

/** An alert in the list; `isFurther` one of an object that an alert above it is about already. */
export interface ListedAlert<Alert> {
  alert: Alert;
  isFurther: boolean;
}

/** Alerts of one object stand together, where the first of them stood: a cause with several faces is read as one. */
export function orderByObject<Alert extends Pick<AlertView, "objectKind" | "objectId">>(
  alerts: readonly Alert[],
): ListedAlert<Alert>[] {
  const objects = Map.groupBy(alerts, ({ objectKind, objectId }) => `${objectKind} ${objectId}`);
  return [...objects.values()].flatMap((of) => of.map((alert, index) => ({ alert, isFurther: index > 0 })));
}
